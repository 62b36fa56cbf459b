"""The control of a file, or of several: its appearance, what it holds, and its errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args, get_origin

from nofields.ask import Reader
from nofields.errors import Problem, Reason
from nofields.forms.file_names import clean_filename
from nofields.forms.file_types import FileType
from nofields.forms.upload_sources import sent_name
from nofields.forms.uploads import Upload, is_empty_upload, type_names
from nofields.forms.widgets import Appearance, Widget
from nofields.keys import Phrase
from nofields.located import Located
from nofields.messages import sentences

if TYPE_CHECKING:
    from nofields.forms.controls import Control

#: How forms are encoded, with files and without.
MULTIPART, URL_ENCODED = "multipart/form-data", "application/x-www-form-urlencoded"


class Files(NamedTuple):
    """What a field of a model accepts: one file, or several.

    Attributes:
        type: The type of each file.
        several: Whether the field is a list.
        min: How many files it must have.
        max: How many it may have; ``None`` for any number.
    """

    type: type[Upload]
    several: bool = False
    min: int = 1
    max: int | None = 1

    @property
    def params(self) -> dict[str, object]:
        """The parameters of the hint."""
        known = {"types": type_names(self.type.types), "max_bytes": self.type.max_size, "max": self.max}
        return {name: value for name, value in known.items() if value}

    @property
    def hint(self) -> str:
        """The key of the hint on types, size and count; empty if there is no limit."""
        named, sized = bool(self.type.types), self.type.max_size is not None
        hints: list[str]
        if self.several and self.max is not None and self.max > 1:
            hints = [Phrase.HINT_FILES_COUNT, Phrase.HINT_FILES_SIZE, Phrase.HINT_FILES_TYPES, Phrase.HINT_FILES]
        else:
            hints = ["", Phrase.HINT_FILE_SIZE, Phrase.HINT_FILE_TYPES, Phrase.HINT_FILE]
        return hints[2 * named + sized]

    @property
    def appearance(self) -> Appearance:
        """The input. Browsers offer the files that ``accept`` names, and let users choose others."""
        accept = ",".join(dict.fromkeys(each for known in self.type.types for each in _accepted(known)))
        several = {"multiple": ""} if self.several else {}
        return Appearance(Widget.FILE, {"type": "file", **({"accept": accept} if accept else {}), **several})


def files_of(annotation: object, constraints: Iterable[object]) -> Files | None:
    """Return what a field of a type accepts, or ``None`` if it is neither a file nor a list of files."""
    if isinstance(annotation, type) and issubclass(annotation, Upload):
        return Files(annotation)
    item = _without_metadata(next(iter(get_args(annotation)), None)) if get_origin(annotation) is list else None
    if not isinstance(item, type) or not issubclass(item, Upload):
        return None
    least, most = 0, None
    for each in constraints:
        least = max(least, getattr(each, "min_length", None) or 0)
        longest = getattr(each, "max_length", None)
        most = longest if most is None or (longest is not None and longest < most) else most
    return Files(item, True, least, most)


def sent_files(values: object) -> tuple[object, ...]:
    """Return the files among what was submitted under a name: the objects of the web framework."""
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(each for each in several if not is_empty_upload(each))


def files_input(control: Control, files: Files, value: object) -> dict[str, object]:
    """Return the model's input for a control, by name; empty if the field's default applies."""
    sent = value if isinstance(value, tuple) else ()
    if sent:
        return {control.name: list(sent) if files.several else sent[0]}
    if control.nullable:
        return {control.name: None}
    return {} if not control.required else {control.name: [] if files.several else None}


def as_stored(controls: Mapping[str, Control], values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a form's stored fields, with names of files as files that can be told from sent ones."""
    known = {name: each.files.type for name, each in controls.items() if each.files}
    return {name: _as_stored(known[name], value) if name in known else value for name, value in values.items()}


def _as_stored(kind: type[Upload], value: object) -> object:
    if value is None or isinstance(value, kind):
        return value
    return [_as_stored(kind, each) for each in value] if isinstance(value, list | tuple) else kind.stored(sent_name(value))


def stored_names(value: object) -> list[str]:
    """Return the names of stored files, from their names, their paths, or objects that have one; no name if there is none."""
    values = value if isinstance(value, list | tuple) else [value]
    return [clean_filename(name) for name in map(sent_name, values) if name]


def file_note(control: Control, sent: object, found: Sequence[Located], stored: object, reader: Reader) -> str:
    """Return what became of the files of a control. Errors do not name a file, whose name may contain personal data.

    Args:
        control: The control.
        sent: The files that a rejected form was sent with.
        found: The problems of the form.
        stored: The files that are stored already.
        reader: Who reads it.
    """
    files, several = sent if isinstance(sent, tuple) else (), bool(control.files and control.files.several)
    errors = [each.place.loc for each in found if each.place.loc[:1] == (control.name,)]
    numbers = dict.fromkeys(loc[1] for loc in errors if several and len(loc) > 1)
    wrong = [files[each] for each in numbers if isinstance(each, int) and each < len(files)]
    again = Phrase.FORM_FILES_AGAIN if several else "" if errors else Phrase.FORM_FILE_AGAIN
    kept = Phrase.FORM_FILE_KEPT if control.kept == Phrase.FORM_SECRET_KEPT else control.kept
    return sentences(
        reader.text(Phrase.FORM_FILES_REJECTED, _filenames(wrong)) if wrong else "",
        reader.text(again) if files else "",
        reader.text(kept, _filenames(stored)) if stored_names(stored) else "",
    )


def _filenames(values: object) -> dict[str, object]:
    return {"filenames": ", ".join(stored_names(values))}


def count_problem(files: Files, problem: Problem, is_blank: bool) -> Problem | None:
    """Return the problem of a list with too few or too many files, or of none; ``None`` if it is another problem."""
    if is_blank and files.min <= 1:
        return Problem(Phrase.UPLOAD_REQUIRED, Reason.REQUIRED)
    if is_blank:
        return Problem(Phrase.UPLOADS_FEW, Reason.TOO_FEW, {"min": files.min, "count": files.min})
    keys = {Reason.TOO_FEW: Phrase.UPLOADS_FEW, Reason.TOO_MANY: Phrase.UPLOADS_MANY}
    key = keys.get(problem.reason) if isinstance(problem.reason, Reason) else None
    return Problem(key, problem.reason, problem.params) if key else None


def enctype(controls: Iterable[Control]) -> str:
    """Return how a form with some controls is encoded, as HTML's ``enctype`` has it."""
    return MULTIPART if any(each.files for each in controls) else URL_ENCODED


def _accepted(known: FileType) -> tuple[str, ...]:
    return (known.mime_type, *known.extensions) if known.mime_type != FileType.mime_type else known.extensions


def _without_metadata(annotation: object) -> object:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation

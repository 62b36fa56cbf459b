"""The control of a file, or of several: its appearance, what it holds, and its errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nofields.ask import Reader
from nofields.errors import Problem, Reason
from nofields.forms.files.file_names import clean_filename
from nofields.forms.files.file_types import FileType
from nofields.forms.files.upload_sources import sent_name
from nofields.forms.files.uploads import Upload, is_empty_upload, type_names
from nofields.forms.types.annotations import item_type, unwrapped_type
from nofields.forms.types.widgets import Appearance, Widget
from nofields.keys import Phrase
from nofields.messages import sentences

if TYPE_CHECKING:
    from nofields.forms.parts.controls import Control

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


def files_of(annotation: object, limits: tuple[int, int | None]) -> Files | None:
    """Return what a field of a type accepts, or ``None`` if it is neither a file nor a list of files.

    Args:
        annotation: The type.
        limits: The least and the greatest length of a list.
    """
    if isinstance(annotation, type) and issubclass(annotation, Upload):
        return Files(annotation)
    item = unwrapped_type(item_type(annotation))[0]
    is_file = isinstance(item, type) and issubclass(item, Upload)
    return Files(item, True, *limits) if is_file else None  # type: ignore[arg-type]


def sent_files(values: object) -> tuple[object, ...]:
    """Return the files among what was submitted under a name: the objects of the web framework."""
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(each for each in several if not is_empty_upload(each))


def files_input(control: Control, files: Files, value: object) -> list[object]:
    """Return the model's input for a control: one value, or none if the field's default applies."""
    sent = value if isinstance(value, tuple) else ()
    if sent:
        return [[*sent] if files.several else sent[0]]
    if control.nullable:
        return [None]
    return [] if not control.required else [[] if files.several else None]


def as_stored(kind: type[Upload], value: object) -> object:
    """Return a stored file, or the name of one, as a file that can be told from a sent one; several in a list."""
    if value is None or isinstance(value, kind):
        return value
    if isinstance(value, list | tuple):
        return [as_stored(kind, each) for each in value if stored_names(each)]
    return kind.stored(sent_name(value))


def stored_names(value: object) -> list[str]:
    """Return the names of stored files, from their names, their paths, or objects that have one; no name if there is none."""
    values = value if isinstance(value, list | tuple) else [value]
    return [clean_filename(name) for name in map(sent_name, values) if name.strip()]


def file_note(control: Control, sent: object, errors: Sequence[tuple[int | str, ...]], stored: object, reader: Reader) -> str:
    """Return what became of the files of a control. Errors do not name a file, whose name may contain personal data.

    Args:
        control: The control.
        sent: The files that a form was sent with, which is shown again.
        errors: Where in the control's value its errors are.
        stored: The files that are stored already.
        reader: Who reads it.
    """
    files, several = sent if isinstance(sent, tuple) else (), bool(control.files and control.files.several)
    numbers = dict.fromkeys(loc[0] for loc in errors if several and loc)
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

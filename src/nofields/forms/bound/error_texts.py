"""The error of a control in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nofields.ask import Reader
from nofields.errors import Problem, Reason
from nofields.forms.entries.entries import ControlEntry, Entry
from nofields.forms.error import FormError, shown_texts
from nofields.forms.parts.controls import Control
from nofields.forms.parts.ids import control_id, first_invalid_id
from nofields.forms.parts.part import Part
from nofields.forms.types.file_controls import count_problem
from nofields.forms.types.submitted import Submitted, is_blank
from nofields.keys import Phrase
from nofields.localization import localized
from nofields.located import Located
from nofields.pydantic_errors import problem_of

#: The errors of a length that may be that of a list, which the value of a control is not: pydantic's types of those of texts.
_LENGTHS: Mapping[str, str] = {
    Phrase.ERROR_VALUE_SHORT: "string_too_short",
    Phrase.ERROR_VALUE_LONG: "string_too_long",
}


def form_error(located: Located, entry: Entry[Part] | None, around: Sequence[str], prefix: str, reader: Reader) -> FormError:
    """Return an error of a form.

    Args:
        located: The problem with its place.
        entry: The part that it is in; ``None`` if it concerns the form as a whole.
        around: The names of the groups and rows that the part is in.
        prefix: The prefix of every id of the form.
        reader: Who reads the error.
    """
    part = entry.part if entry else None
    if isinstance(entry, ControlEntry) and entry.part.field_type is None and not located.is_project_error:
        located = _of_plain_type(located, entry.part, entry.value)
    text = localized(located, reader)
    own = reader.plain_text(part.label, part.params) if part else ""
    is_row = bool(around) and entry is not None and not entry.part.key
    return FormError(
        name=part.name if part else "",
        id=_focused_id(entry, prefix) if entry else "",
        label=", ".join(around if is_row else [*around, own]),
        loc=located.place.loc,
        key=text["key"],
        reason=text["reason"],
        **shown_texts(text, reader),
    )


def _focused_id(entry: Entry[Part], prefix: str) -> str:
    """Return the id of the element to focus."""
    if isinstance(entry, ControlEntry):
        return first_invalid_id(entry.part, prefix, entry.value)
    return control_id(entry.part, prefix)


def _of_plain_type(located: Located, control: Control, value: Submitted) -> Located:
    """Return pydantic's own error of a missing value or choice as that of a field of nofields."""
    if control.files:
        return located._replace(problem=count_problem(control.files, located.problem, is_blank(value)) or located.problem)
    if is_blank(value):
        return located._replace(problem=Problem(control.blank_key, Reason.REQUIRED))
    if located.problem.reason == Reason.CHOICE:
        return located._replace(problem=Problem(control.blank_key, Reason.CHOICE, located.problem.params))
    if (kind := _LENGTHS.get(located.problem.key)) and (problem := problem_of(*_length(kind, located.problem))):
        return located._replace(problem=problem)
    return located


def _length(kind: str, problem: Problem) -> tuple[str, dict[str, object]]:
    return kind, {f"{name}_length": limit for name, limit in problem.params.items() if name in ("min", "max")}

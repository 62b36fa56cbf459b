"""The error of a control in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.ask import Reader
from nofields.errors import Problem, Reason
from nofields.forms.bound_control import first_invalid_id
from nofields.forms.controls import Control
from nofields.forms.error import FormError, shown_texts
from nofields.forms.file_controls import count_problem
from nofields.forms.submitted import Submitted, is_blank
from nofields.keys import Phrase
from nofields.localization import localized
from nofields.located import Located
from nofields.pydantic_errors import problem_of

#: The errors of a length that may be that of a list, which the value of a control is not: pydantic's types of those of texts.
_LENGTHS: Mapping[str, str] = {
    Phrase.ERROR_VALUE_SHORT: "string_too_short",
    Phrase.ERROR_VALUE_LONG: "string_too_long",
}


def form_error(located: Located, control: Control | None, value: Submitted, prefix: str, reader: Reader) -> FormError:
    """Return an error of a form.

    Args:
        located: The problem with its place.
        control: The control that it is in; ``None`` if it concerns the model as a whole.
        value: The control's value.
        prefix: The prefix of every id of the form.
        reader: Who reads the error.
    """
    if control is not None and control.field_type is None and not located.is_project_error:
        located = _of_plain_type(located, control, value)
    text = localized(located, reader)
    return FormError(
        name=control.name if control else "",
        id=first_invalid_id(control, prefix, value) if control else "",
        label=reader.plain_text(control.label, control.params) if control else "",
        loc=located.place.loc,
        key=text["key"],
        reason=text["reason"],
        **shown_texts(text, reader),
    )


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

"""Says a whole validation error in a language: nofields' problems and pydantic's own errors alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypedDict

from nofields.errors import FieldError, Problem, Reason
from nofields.keys import Key

#: pydantic's own errors of what is not there: a field, an argument, what tells the branches of a union apart.
_MISSING = {
    "missing",
    "missing_argument",
    "missing_keyword_only_argument",
    "missing_positional_only_argument",
    "union_tag_not_found",
}


class LocalizedError(TypedDict):
    """One error, ready to be shown: it holds no rejected value."""

    loc: tuple[int | str, ...]
    key: str
    reason: str
    message: str


class _HasErrors(Protocol):
    def errors(self) -> Any: ...


def localize(error: _HasErrors | FieldError, locale: str | None = "nb") -> list[LocalizedError]:
    """The errors of a pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a :class:`FieldError`.

    ``locale`` is a locale name or an Accept-Language header. A missing field is ``TEXT_FIELD_ERROR``; what nofields
    does not know is ``TEXT_FIELD_CONTENTS_ERROR``. The rejected input is left out, also of a field that is missing.

    >>> localize(FieldError(Problem(Key.ACCOUNT_FIELD_ERROR, Reason.LENGTH, {"digits": 11})), "en")
    [{'loc': (), 'key': 'ACCOUNT_FIELD_ERROR', 'reason': 'length', 'message': 'Enter a valid account number (11 digits).'}]
    """
    if isinstance(error, FieldError):
        return [_said((), error.problem, locale)]
    details: Iterable[Mapping[str, Any]] = error.errors()
    return [_said(tuple(detail["loc"]), _problem(detail), locale) for detail in details]


def _problem(detail: Mapping[str, Any]) -> Problem:
    context = dict(detail.get("ctx") or {})
    raised = context.get("error")
    if isinstance(raised, FieldError):  # by a validator of the user's own
        return raised.problem
    if "reason" in context and detail["type"] in Key.__members__:
        return Problem(detail["type"], context.pop("reason"), context)
    if detail["type"] in _MISSING:
        return Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
    return Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)


def _said(loc: tuple[int | str, ...], problem: Problem, locale: str | None) -> LocalizedError:
    return LocalizedError(loc=loc, key=str(problem.key), reason=str(problem.reason), message=problem.message(locale))

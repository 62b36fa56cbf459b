"""Says a whole validation error in a language: nofields' problems and pydantic's own errors alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypedDict

from nofields.errors import FieldError, Problem, Reason
from nofields.keys import Key
from nofields.locations import masked, shape

#: pydantic's own errors of what is not there: a field, an argument, what tells the branches of a union apart.
_MISSING = {
    "missing",
    "missing_argument",
    "missing_keyword_only_argument",
    "missing_positional_only_argument",
    "union_tag_not_found",
}


#: Where a value is, as pydantic gives it: names of fields and places in lists.
Loc = tuple[int | str, ...]


class LocalizedError(TypedDict):
    """One error, ready to be shown: it holds no rejected value."""

    loc: Loc
    key: str
    reason: str
    message: str


class _HasErrors(Protocol):
    def errors(self) -> Any: ...


def localize(error: _HasErrors | FieldError, locale: str | None = "nb", *, model: Any = None) -> list[LocalizedError]:
    """The errors of a pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a :class:`FieldError`.

    A missing field is ``TEXT_FIELD_ERROR``; what nofields does not know is ``TEXT_FIELD_CONTENTS_ERROR``. The rejected
    input is left out, also of a field that is missing.

    Args:
        error: The error; it need not be of nofields' fields.
        locale: A locale name or an Accept-Language header.
        model: The model, or any other type, that was validated; for FastAPI's error that of the body. With it ``loc``
            shows names and aliases of its fields, branches of unions and places in lists, and ``***`` for all else, such
            as a dictionary's key. Without it ``***`` stands for the name of a superfluous field, a key that was refused
            itself, and what is or contains a national identity number.

    Returns:
        ``loc``, ``key``, ``reason`` and ``message`` of each error.

    >>> localize(FieldError(Problem(Key.ACCOUNT_FIELD_ERROR, Reason.LENGTH, {"digits": 11})), "en")
    [{'loc': (), 'key': 'ACCOUNT_FIELD_ERROR', 'reason': 'length', 'message': 'Enter a valid account number (11 digits).'}]
    """
    return [
        LocalizedError(loc=loc, key=str(problem.key), reason=str(problem.reason), message=problem.message(locale))
        for loc, problem in problems(error, model)
    ]


def problems(error: _HasErrors | FieldError, model: Any = None) -> list[tuple[Loc, Problem]]:
    """Return the problem of each error and where it is, with the arguments of :func:`localize`."""
    return [(_loc(error, detail, model), _problem(detail)) for detail in details(error)]


def details(error: _HasErrors | FieldError) -> list[Mapping[str, Any]]:
    """The errors as pydantic lists them, each with ``type``, ``loc`` and perhaps ``ctx``; one where pydantic cannot."""
    if isinstance(error, FieldError):
        return [{"type": str(error.problem.key), "loc": (), "ctx": {"error": error}}]
    try:
        return list(error.errors())
    except Exception:  # of a parameter in its ``ctx`` that cannot be made text, or is no parameter
        return [{"type": "", "loc": ()}]


def _loc(error: _HasErrors | FieldError, detail: Mapping[str, Any], model: Any) -> Loc:
    loc, kind = tuple(detail["loc"]), detail["type"]
    if model is None or not loc:
        return masked(loc, kind)
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return masked(loc, kind, shape(model))
    if loc[0] == "body":
        return "body", *masked(loc[1:], kind, shape(model))
    return masked(loc, kind)


def _problem(detail: Mapping[str, Any]) -> Problem:
    context: dict[str, Any] = {name: value for name, value in (detail.get("ctx") or {}).items() if type(name) is str}
    raised = context.get("error")
    problem = getattr(raised, "problem", None) if issubclass(type(raised), FieldError) else None
    if type(problem) is Problem:  # by a validator of the user's own
        return problem
    reason = context.pop("reason", None)
    if issubclass(type(reason), str) and detail["type"] in Key.__members__:
        return Problem(detail["type"], str.__str__(reason), context)
    if detail["type"] in _MISSING:
        return Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
    return Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)

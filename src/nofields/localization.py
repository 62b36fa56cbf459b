"""Translate a whole validation error: nofields' problems and pydantic's own errors alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, Protocol, TypedDict, cast

from nofields.errors import FieldError, Problem, Reason
from nofields.keys import Key
from nofields.locations import mask_loc, shape

#: Types of pydantic's errors for a missing field, argument or discriminator.
_MISSING = {
    "missing",
    "missing_argument",
    "missing_keyword_only_argument",
    "missing_positional_only_argument",
    "union_tag_not_found",
}


#: The path to a value, as pydantic gives it: names of fields and indexes of lists.
Loc = tuple[int | str, ...]


class LocalizedError(TypedDict):
    """One error in the reader's language. It holds no rejected value."""

    loc: Loc
    key: str
    reason: str
    message: str


class ErrorDetail(TypedDict):
    """The parts of an entry of pydantic's ``errors()`` that are read here."""

    type: str
    loc: Loc
    ctx: NotRequired[Mapping[str, object] | None]


class HasErrors(Protocol):
    """An error that lists others, such as pydantic's ``ValidationError``."""

    def errors(self) -> Sequence[Mapping[str, object]]: ...


def localize(error: HasErrors | FieldError, locale: str | None = "nb", *, model: object = None) -> list[LocalizedError]:
    """Return each error of a validation error in the reader's language, without the rejected input.

    A missing field has the key ``TEXT_FIELD_ERROR``; an error of a type that is not nofields' has
    ``TEXT_FIELD_CONTENTS_ERROR``.

    Args:
        error: A pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a
            :class:`FieldError`. Its fields need not be nofields'.
        locale: A locale name or an Accept-Language header.
        model: The model, or any other type, that was validated; for FastAPI's error that of the
            body. With it ``loc`` shows names and aliases of its fields, branches of unions and
            indexes of lists, and ``***`` for all else, such as a key of a dictionary. Without it
            ``***`` replaces the name of an extra field, a key that was rejected itself, and any
            part that is or contains a national identity number.

    Returns:
        ``loc``, ``key``, ``reason`` and ``message`` of each error.

    >>> localize(FieldError(Problem(Key.ACCOUNT_FIELD_ERROR, Reason.LENGTH, {"digits": 11})), "en")
    [{'loc': (), 'key': 'ACCOUNT_FIELD_ERROR', 'reason': 'length', 'message': 'Enter a valid account number (11 digits).'}]
    """
    return [
        LocalizedError(loc=loc, key=str(problem.key), reason=str(problem.reason), message=problem.message(locale))
        for loc, problem in problems(error, model)
    ]


def problems(error: HasErrors | FieldError, model: object = None) -> list[tuple[Loc, Problem]]:
    """Return the problem of each error and its location, with the arguments of :func:`localize`."""
    return [(_loc(error, detail, model), _problem(detail)) for detail in details(error)]


def details(error: HasErrors | FieldError) -> Sequence[ErrorDetail]:
    """Return the errors as pydantic lists them, or a single blank one if pydantic cannot list them."""
    if isinstance(error, FieldError):
        return [{"type": str(error.problem.key), "loc": (), "ctx": {"error": error}}]
    try:
        return cast(Sequence[ErrorDetail], error.errors())
    except Exception:  # a parameter in ``ctx`` cannot be converted to text
        return [{"type": "", "loc": ()}]


def _loc(error: HasErrors | FieldError, detail: ErrorDetail, model: object) -> Loc:
    loc, kind = tuple(detail["loc"]), detail["type"]
    if model is None or not loc:
        return mask_loc(loc, kind)
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        return mask_loc(loc, kind, shape(model))
    if loc[0] == "body":
        return "body", *mask_loc(loc[1:], kind, shape(model))
    return mask_loc(loc, kind)


def _problem(detail: ErrorDetail) -> Problem:
    context = {name: value for name, value in (detail.get("ctx") or {}).items() if type(name) is str}
    raised = context.get("error")
    problem = getattr(raised, "problem", None) if issubclass(type(raised), FieldError) else None
    if type(problem) is Problem:  # raised by a validator of the user's own
        return problem
    reason = context.pop("reason", None)
    if issubclass(type(reason), str) and detail["type"] in Key.__members__:
        return Problem(detail["type"], str.__str__(cast(str, reason)), context)
    if detail["type"] in _MISSING:
        return Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
    return Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)

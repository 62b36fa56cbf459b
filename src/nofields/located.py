"""Find the problem, and the place in the model, of each error of a validation error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, NotRequired, Protocol, TypedDict, cast

from nofields.check import compile_rule
from nofields.errors import MASK, CarriedReason, FieldError, Problem, Reason, path
from nofields.fields import ALL
from nofields.keys import Key, replaced_by
from nofields.locations import mask_loc
from nofields.messages import LocalText
from nofields.pydantic_errors import problem_of, project_text
from nofields.schema_paths import Place, place_in

#: The path to a value, as pydantic gives it: names of fields and indexes of lists.
Loc = tuple[int | str, ...]
#: The fields whose values must not be shown.
_SECRET = tuple(each for each in ALL if each.secret)
#: What may be a name in a context.
_NAME = re.compile(r"[\w.-]+")
#: How many values of an input are compared with a project's text, and how long a number among them may be.
_MOST_VALUES, _MOST_DIGITS = 1000, 100


class Locate(Protocol):
    """Finds the place of an error: from its ``loc``, its type, and the path from there to the field it belongs to."""

    def __call__(self, loc: Loc, kind: str, at: Loc = ()) -> Place: ...


class ErrorDetail(TypedDict):
    """The parts of an entry of pydantic's ``errors()`` that are read here."""

    type: str
    loc: Loc
    msg: NotRequired[str]
    input: NotRequired[object]
    ctx: NotRequired[Mapping[str, object] | None]


class HasErrors(Protocol):
    """An error that lists others, such as pydantic's ``ValidationError``."""

    def errors(self) -> Sequence[Mapping[str, object]]: ...


class Located(NamedTuple):
    """A problem with its place.

    Attributes:
        problem: The problem.
        place: Where it is, and what the model's author set for the field.
        label: The field's own label, a key, where the model is not known.
        text: The project's own text in place of the key's, already masked.
        local_text: The project's own text that a :class:`FieldError` carries.
        carried: The reason that carried the problem through pydantic.
        rejected: The texts of the input, to be masked in the project's text.
        secrets: Those of them that may be secret.
        is_project_error: Whether the project itself raised the error.
    """

    problem: Problem
    place: Place
    label: str = ""
    text: str = ""
    local_text: LocalText = ""
    carried: CarriedReason | None = None
    rejected: Sequence[str] = ()
    secrets: Sequence[str] = ()
    is_project_error: bool = False


def problems(error: HasErrors | FieldError, model: object = None) -> list[Located]:
    """Return the problem of each error with its place, for the arguments of :func:`localize`."""
    locate = _locator(error, model)
    return [problem_at(detail, locate) for detail in details(error)]


def problem_at(detail: ErrorDetail, locate: Locate) -> Located:
    """Return the problem of one of pydantic's errors with its place."""
    kind, loc, listed = detail["type"], tuple(detail["loc"]), detail.get("ctx")
    if type(listed) is dict and type(reason := listed.get("reason")) is CarriedReason:
        where = locate(loc, kind)
        problem = _true_if_optional(reason.problem, where)
        return Located(problem, where, reason.label, carried=reason if problem is reason.problem else None)
    context = {name: value for name, value in (listed or {}).items() if type(name) is str}
    raised, reason = context.get("error"), context.get("reason")
    where = _linked_place(raised, context, detail, locate)
    if issubclass(type(raised), FieldError) and type(getattr(raised, "problem", None)) is Problem:
        return _of_field_error(cast(FieldError, raised), where, detail, locate)
    if kind in Key.__members__ or replaced_by(kind):
        named = issubclass(type(context.pop("reason", None)), str)
        return Located(Problem(kind, str.__str__(cast(str, reason)) if named else Reason.OTHER, context), where)
    rejected, secrets = _rejected(detail, locate)
    if (text := project_text(cast(Mapping[str, object], detail), rejected, secrets=secrets)) is not None:
        problem = _problem_of_project(kind, context)
        return Located(problem, where, text=text, rejected=rejected, secrets=secrets, is_project_error=True)
    known = problem_of(kind, context) or Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)
    return Located(_missing_choice(known, where), where)


def _linked_place(raised: object, context: dict[str, object], detail: ErrorDetail, locate: Locate) -> Place:
    """Return the place of an error, or of the field that the project links it to, if there is one.

    The path to that field is an attribute of a ``FieldError``, or ``at`` in the context of a ``PydanticCustomError``,
    from which it is removed.
    """
    loc, kind = tuple(detail["loc"]), detail["type"]
    is_own = issubclass(type(raised), FieldError)
    at = path(getattr(raised, "at", ()) if is_own else context.get("at", ()))
    if at and (is_own or all(_NAME.fullmatch(str(part)) for part in at)):  # a parameter may have the name, such as a time
        linked = locate(loc, kind, at)
        if MASK not in linked.loc[len(loc) :]:
            context.pop("at", None)
            return linked
    return locate(loc, kind)


def _of_field_error(raised: FieldError, where: Place, detail: ErrorDetail, locate: Locate) -> Located:
    """Return the problem that a validator of the project's own raised."""
    label, text = str(getattr(raised, "label", "")), getattr(raised, "text", "")
    if not text:
        return Located(raised.problem, where, label, is_project_error=True)
    rejected, secrets = _rejected(detail, locate)
    return Located(raised.problem, where, label, local_text=text, rejected=rejected, secrets=secrets, is_project_error=True)


def details(error: HasErrors | FieldError) -> Sequence[ErrorDetail]:
    """Return the errors as pydantic lists them, or a single blank one if pydantic cannot list them."""
    if isinstance(error, FieldError):
        return [{"type": str(error.problem.key), "loc": (), "ctx": {"error": error}}]
    try:  # the type as text: looking `Sequence[…]` up takes as long as pydantic's list
        return cast("Sequence[ErrorDetail]", error.errors())
    except Exception:  # a parameter in ``ctx`` cannot be converted to text
        return [{"type": "", "loc": ()}]


def _locator(error: HasErrors | FieldError, model: object) -> Locate:
    """Return what finds the place of an error, in the model if that is known."""
    if model is None:
        return without_model
    from pydantic import ValidationError

    if isinstance(error, ValidationError) or (isinstance(error, FieldError) and error.at):
        return partial(place_in, model)

    def in_body(loc: Loc, kind: str, at: Loc = ()) -> Place:
        if loc[:1] != ("body",):
            return without_model(loc, kind, at)
        found = place_in(model, loc[1:], kind, at)
        return found._replace(loc=("body", *found.loc))

    return in_body


def without_model(loc: Loc, kind: str, at: Loc = ()) -> Place:
    """Return a place of which only the masked location is known."""
    masked = mask_loc(loc, kind)
    return Place((*masked, *mask_loc(at, "")) if at else masked)


def _true_if_optional(problem: Problem, where: Place) -> Problem:
    """A blank text for a field that may be ``None`` is rejected, though the field need not be filled in."""
    if problem.reason == Reason.REQUIRED and where.nullable and where.field_type:
        return Problem(where.field_type.rule.key, Reason.BLANK, compile_rule(where.field_type.rule).params)
    return problem


def _missing_choice(problem: Problem, where: Place) -> Problem:
    """A missing tick or choice has a documented key of its own."""
    if problem.reason == Reason.REQUIRED and where.field_type:
        return where.field_type.problem(None) or problem
    return problem


def _rejected(detail: ErrorDetail, locate: Locate) -> tuple[list[str], list[str]]:
    """Return the texts in a rejected input, and those of them that may be secret."""
    rejected: list[str] = []
    secrets: list[str] = []
    for text, loc in _texts_in(detail.get("input"), tuple(detail["loc"])):
        where = locate(loc, detail["type"])
        types = (where.field_type,) if where.field_type else _SECRET
        clean = [str(found) for found in (each._clean(text) for each in types) if type(found) is not Problem]
        rejected += [text, *clean]
        if where.secret or (where.field_type is None and clean):
            secrets += [text, *clean]
    return rejected, secrets


def _texts_in(value: object, loc: Loc) -> Iterator[tuple[str, Loc]]:
    """Yield the texts and numbers in an input with their locations, at any depth of dictionaries and lists, up to a limit."""
    waiting = [(value, loc)]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        each, place = waiting.pop()
        if issubclass(type(each), str):
            yield str.__str__(cast(str, each)), place
        elif type(each) is int:
            yield str(each) if abs(each) < 10**_MOST_DIGITS else "", place
        elif type(each) is dict:
            waiting += [(member, (*place, name)) for name, member in each.items() if type(name) is str]
        elif type(each) is list or type(each) is tuple:
            waiting += [(member, (*place, number)) for number, member in enumerate(each[:_MOST_VALUES])]


def _problem_of_project(kind: str, context: Mapping[str, object]) -> Problem:
    """Return the problem of an error that the project itself raised."""
    if kind in ("value_error", "assertion_error"):
        return Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)
    return Problem(kind, Reason.OTHER, context)

"""Translate a whole validation error: nofields' problems, pydantic's own errors, and the project's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, NotRequired, Protocol, TypedDict, cast

from nofields import messages
from nofields.ask import LocalText, in_language
from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.errors import CarriedReason, FieldError, Problem, Reason
from nofields.fields.altinn import AltinnPassword
from nofields.fields.identity import NationalIdentityNumber
from nofields.keys import Key
from nofields.languages import negotiate
from nofields.locations import mask_loc
from nofields.pydantic_errors import problem_of, project_text
from nofields.schema_paths import Place, place, shape
from nofields.value import Field

#: The path to a value, as pydantic gives it: names of fields and indexes of lists.
Loc = tuple[int | str, ...]
#: Finds the place of an error, from its ``loc`` and its type.
Locate = Callable[[Loc, str], Place]


class LocalizedError(TypedDict):
    """One error in the reader's language. It holds no rejected value.

    Attributes:
        loc: Where the value is, with ``***`` in place of names from the input.
        key: The key of the message: a documented one, one of nofields' own or of the project's.
        reason: Why the value was rejected, one of :class:`nofields.Reason` or the project's own.
        message: The sentence that tells the user what to enter.
        explanation: The sentence that tells why; empty where the message is the project's own.
        params: The parameters of the key's text, such as ``{"digits": 9}``.
        label: What the field is called; empty if that is not known.
    """

    loc: Loc
    key: str
    reason: str
    message: str
    explanation: str
    params: dict[str, object]
    label: str


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
        text: The project's own text in place of the key's.
    """

    problem: Problem
    place: Place
    label: str = ""
    text: str = ""


def localize(
    error: HasErrors | FieldError,
    locale: str | None = "nb",
    *,
    model: object = None,
    catalogs: Catalogs = PROCESS_WIDE,
) -> list[LocalizedError]:
    """Return each error of a validation error in the reader's language, without the rejected input.

    Args:
        error: A pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a
            :class:`FieldError`. Its fields need not be nofields'.
        locale: A locale name or an Accept-Language header.
        model: The model, or any other type, that was validated; for FastAPI's error that of the
            body. With it labels and messages are those that its author set by :class:`nofields.Ask`,
            and ``loc`` shows names and aliases of its fields, branches of unions and indexes of
            lists, and ``***`` for all else, such as a key of a dictionary. Without it ``***``
            replaces the name of an extra field, a key that was rejected itself, and any part that is
            or contains a national identity number.
        catalogs: The catalogs of an app that has its own.

    Returns:
        A dictionary for each error, see :class:`LocalizedError`.

    >>> problem = Problem(Key.ACCOUNT_FIELD_ERROR, Reason.LENGTH, {"digits": 11})
    >>> localize(FieldError(problem), "en")[0]["message"]
    'Enter a valid account number (11 digits).'
    """
    language = negotiate(locale, catalogs=catalogs)
    return [localized(each, language, catalogs) for each in problems(error, model)]


def localized(located: Located, language: str, catalogs: Catalogs = PROCESS_WIDE) -> LocalizedError:
    """Return one error in a language."""
    problem, label = located.problem, label_of(located, language, catalogs)
    own = own_text(located, language, label, catalogs)
    return LocalizedError(
        loc=located.place.loc,
        key=str(problem.key),
        reason=str(problem.reason),
        message=own or messages.message_with({**problem.params, "label": label}, problem.key, language, catalogs),
        explanation=explanation_of(located, language, catalogs),
        params=_serializable(problem.params),
        label=label,
    )


def label_of(located: Located, language: str, catalogs: Catalogs = PROCESS_WIDE) -> str:
    """Return what the field is called: by the model's author, by its type, or by its name."""
    where = located.place
    own = where.field_type.label if where.field_type else located.label
    label = in_language(where.ask.label or where.title or own, language, catalogs=catalogs)
    return label.strip() or where.name.replace("_", " ").capitalize()


def own_text(located: Located, language: str, label: str, catalogs: Catalogs = PROCESS_WIDE) -> str:
    """Return the sentence of the model's author or of the project, or an empty string."""
    ask, problem = located.place.ask, located.problem
    text: LocalText = ask.messages.get(problem.reason) or ask.message
    if text:
        return in_language(text, language, {**problem.params, "label": label}, catalogs)
    if located.text and messages.has_text(located.text, language, catalogs):
        return messages.message_with(problem.params, located.text, language, catalogs)
    return located.text


def explanation_of(located: Located, language: str, catalogs: Catalogs = PROCESS_WIDE) -> str:
    """Return the sentence for the reason; empty where the author's or the project's own sentence replaces it."""
    ask, problem = located.place.ask, located.problem
    if ask.messages.get(problem.reason) or (located.text and not ask.message):
        return ""
    return problem.explanation(language, catalogs)


def problems(error: HasErrors | FieldError, model: object = None) -> list[Located]:
    """Return the problem of each error with its place, for the arguments of :func:`localize`."""
    locate = _locator(error, model)
    return [problem_at(detail, locate) for detail in details(error)]


def problem_at(detail: ErrorDetail, locate: Locate) -> Located:
    """Return the problem of one of pydantic's errors with its place."""
    kind, where = detail["type"], locate(tuple(detail["loc"]), detail["type"])
    context = {name: value for name, value in (detail.get("ctx") or {}).items() if type(name) is str}
    raised, reason = context.get("error"), context.get("reason")
    if type(reason) is CarriedReason:
        return Located(_true_if_optional(reason.problem, where), where, reason.label)
    problem = getattr(raised, "problem", None) if issubclass(type(raised), FieldError) else None
    if type(problem) is Problem:  # raised by a validator of the user's own
        return Located(problem, where)
    if issubclass(type(reason), str) and (kind in Key.__members__ or kind in messages.own_keys()):
        del context["reason"]
        return Located(Problem(kind, str.__str__(cast(str, reason)), context), where)
    if (known := problem_of(kind, context)) is not None:
        return Located(_missing_choice(known, where), where)
    text = project_text(cast(Mapping[str, object], detail), *_rejected(detail.get("input"), where.field_type))
    return Located(_problem_of_project(kind, context), where, text=text or "")


def details(error: HasErrors | FieldError) -> Sequence[ErrorDetail]:
    """Return the errors as pydantic lists them, or a single blank one if pydantic cannot list them."""
    if isinstance(error, FieldError):
        return [{"type": str(error.problem.key), "loc": (), "ctx": {"error": error}}]
    try:
        return cast(Sequence[ErrorDetail], error.errors())
    except Exception:  # a parameter in ``ctx`` cannot be converted to text
        return [{"type": "", "loc": ()}]


def _locator(error: HasErrors | FieldError, model: object) -> Locate:
    """Return what finds the place of an error, in the model if that is known."""
    if model is None:
        return without_model
    from pydantic import ValidationError

    known = shape(model)
    if isinstance(error, ValidationError):
        return lambda loc, kind: place(loc, kind, known)

    def in_body(loc: Loc, kind: str) -> Place:
        if loc[:1] != ("body",):
            return without_model(loc, kind)
        found = place(loc[1:], kind, known)
        return found._replace(loc=("body", *found.loc))

    return in_body


def without_model(loc: Loc, kind: str) -> Place:
    """Return a place of which only the masked location is known."""
    return Place(mask_loc(loc, kind))


def _true_if_optional(problem: Problem, where: Place) -> Problem:
    """A blank text for a field that may be ``None`` is rejected, though the field need not be filled in."""
    if problem.reason == Reason.REQUIRED and where.nullable and where.field_type:
        return Problem(where.field_type.rule.key, Reason.BLANK, problem_params(where.field_type))
    return problem


def problem_params(field_type: type[Field]) -> Mapping[str, object]:
    """Return the parameters of a field's messages."""
    from nofields.check import compile_rule

    return compile_rule(field_type.rule).params


def _missing_choice(problem: Problem, where: Place) -> Problem:
    """A missing tick or choice has a documented key of its own."""
    if problem.reason == Reason.REQUIRED and where.field_type:
        return where.field_type.problem(None) or problem
    return problem


def _rejected(value: object, field_type: type[Field] | None) -> tuple[Sequence[str], Sequence[str]]:
    """Return the rejected texts, and those of them that may be secret."""
    if not issubclass(type(value), str):
        return (), ()
    text = str.__str__(cast(str, value))
    secret_types = (field_type,) if field_type else (AltinnPassword, NationalIdentityNumber)
    clean = [str(each._clean(text)) for each in secret_types if each.secret and each.is_valid(text)]
    is_secret = field_type.secret if field_type else bool(clean)
    return (text, *clean), (text, *clean) if is_secret else ()


def _problem_of_project(kind: str, context: Mapping[str, object]) -> Problem:
    """The problem of an error that the project itself raised."""
    if kind in ("value_error", "assertion_error", ""):
        return Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)
    return Problem(kind, Reason.OTHER)


def _serializable(params: Mapping[str, object]) -> dict[str, object]:
    """Return those parameters that JSON can hold."""
    simple = (str, int, float, bool)
    lists = {name: list(value) for name, value in params.items() if isinstance(value, tuple | list)}
    texts = {name: value for name, value in lists.items() if all(issubclass(type(each), str) for each in value)}
    return {name: value for name, value in params.items() if type(value) in simple} | texts

"""Translate a whole validation error: nofields' problems, pydantic's own errors, and the project's."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict, cast

from nofields.ask import Ask, LocalText, Reader, name_text
from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.check import compile_rule
from nofields.errors import CarriedReason, FieldError, Reason
from nofields.keys import GENERIC_LABELS, Key
from nofields.languages import negotiate
from nofields.located import HasErrors, Loc, Located, problems
from nofields.message_templates import PLACEHOLDER, has_text
from nofields.pydantic_errors.project_texts import masked

#: The largest integer that every reader of JSON reads as it is.
_LARGEST = 2**53 - 1
#: How many readers and fields the sentences of one problem are remembered for.
_MOST_SENTENCES = 64
#: Bounds that pydantic reports as objects.
_WRITTEN = (Decimal, datetime.date, datetime.datetime, datetime.time, datetime.timedelta)


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
        A dictionary for each error, see :class:`~nofields.localization.LocalizedError`.

    >>> from nofields import Key, Problem, Reason
    >>> problem = Problem(Key.ACCOUNT_FIELD_ERROR, Reason.LENGTH, {"digits": 11})
    >>> localize(FieldError(problem), "en")[0]["message"]
    'Enter a valid account number (11 digits).'
    """
    reader = Reader(negotiate(locale, catalogs=catalogs), catalogs)
    return [localized(each, reader) for each in problems(error, model)]


def localized(located: Located, reader: Reader) -> LocalizedError:
    """Return one error in the reader's language."""
    sentences = _sentences(located, reader) if located.carried is None else _remembered(located, located.carried, reader)
    return cast(LocalizedError, {"loc": located.place.loc, **sentences, "params": {**cast(Any, sentences["params"])}})


def _remembered(located: Located, carried: CarriedReason, reader: Reader) -> Mapping[str, object]:
    """Return the sentences for a problem of nofields, which are made once for each reader and field."""
    wanted = (reader.catalogs.catalog(reader.language), reader.language, *located.place[1:])
    if (sentences := carried.sentences.get(wanted)) is None:
        if len(carried.sentences) >= _MOST_SENTENCES:
            carried.sentences.clear()
        sentences = carried.sentences[wanted] = _sentences(located, reader)
    return sentences


def _sentences(located: Located, reader: Reader) -> dict[str, object]:
    """Return the members of a localized error but ``loc``."""
    problem, label = located.problem, _label(located, reader)
    return {
        "key": _key(located, reader),
        "reason": str(problem.reason),
        "message": _own_text(located, reader, label) or reader.text(problem.key, {**problem.params, "label": label}),
        "explanation": _explanation(located, reader),
        "params": _shown_params(located),
        "label": label,
    }


def _key(located: Located, reader: Reader) -> str:
    """Return the key of the message: the project's text if that is one."""
    text = located.local_text
    named = isinstance(text, str) and (text in Key.__members__ or has_text(text, *reader))
    return str(text) if named else str(located.problem.key)


def _label(located: Located, reader: Reader) -> str:
    """Return what the field is called: by the model's author, by its type, or by its name."""
    where = located.place
    own = located.label or (where.field_type.label if where.field_type else "")
    if where.name and own in GENERIC_LABELS:
        own = ""
    return reader.plain_text(where.ask.label or where.title or own).strip() or name_text(where.name)


def _own_text(located: Located, reader: Reader, label: str) -> str:
    """Return the sentence of the model's author or of the project, or an empty string."""
    ask, problem = located.place.ask, located.problem
    params = {**_params_of(located), "label": label}
    own = _message_for(ask, problem.reason) or ("" if located.is_project_error else ask.message)
    if own and not PLACEHOLDER.search(text := reader.plain_text(own, params)):  # a missing value has no parameters
        return text
    if located.local_text:
        return masked(reader.plain_text(located.local_text, params), located.rejected, secrets=located.secrets)
    if not located.text:
        return ""
    for key in (problem.key, located.text):  # the type of a PydanticCustomError may be a key, and so may the text itself
        if key not in Key.__members__ and has_text(key, *reader):
            return masked(reader.text(key, params), located.rejected, secrets=located.secrets)
    return located.text


def _message_for(ask: Ask, reason: str) -> LocalText:
    """Return the author's message for a reason. A blank text of an optional field has that of a missing value too."""
    return ask.messages.get(reason) or (ask.messages.get(Reason.REQUIRED, "") if reason == Reason.BLANK else "")


def _params_of(located: Located) -> dict[str, object]:
    """Return the parameters of a problem, and those of the field's other messages."""
    field_type = located.place.field_type
    return {**(compile_rule(field_type.rule).params if field_type else {}), **located.problem.params}


def _explanation(located: Located, reader: Reader) -> str:
    """Return the sentence for the reason; empty where the author's or the project's own sentence replaces it."""
    ask, problem = located.place.ask, located.problem
    if _message_for(ask, problem.reason) or located.text or located.local_text:
        return ""
    return problem.explanation(*reader)


def _shown_params(located: Located) -> dict[str, object]:
    """Return the parameters of a problem, those of a project's error without what was rejected."""
    params = _serializable(located.problem.params)
    if not located.text:
        return params
    texts = {name: masked(str(value), located.rejected, secrets=located.secrets) for name, value in params.items()}
    return {name: value if texts[name] == str(value) else texts[name] for name, value in params.items()}


def _serializable(params: Mapping[str, object]) -> dict[str, object]:
    """Return those parameters that JSON can hold; dates and decimals as text."""
    return {name: value for name, value in ((name, _as_json(value)) for name, value in params.items()) if value is not None}


def _as_json(value: object) -> object:
    """Return a value as JSON holds it, or ``None``. Instances of subclasses may do anything, and are left out."""
    if type(value) is tuple or type(value) is list:
        texts = [str.__str__(each) for each in value if issubclass(type(each), str)]
        return texts if len(texts) == len(value) else None
    if type(value) is int:
        return value if abs(value) <= _LARGEST else None
    if type(value) is float:
        return value if math.isfinite(value) else None
    if any(type(value) is each for each in _WRITTEN):
        return str(value)
    return str.__str__(value) if issubclass(type(value), str) else value if type(value) is bool else None

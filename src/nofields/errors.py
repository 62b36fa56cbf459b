"""``Problem``, why a value was rejected, and ``FieldError``, the exception that carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn, final

from nofields import messages
from nofields.catalogs import PROCESS_WIDE, Catalogs
from nofields.keys import Key

#: Replaces a value that must not be shown.
MASK = "***"


class Reason(StrEnum):
    """Why a value was rejected; ``Problem.explanation`` is the sentence for people."""

    REQUIRED = "required"  #: empty, blank or missing
    BLANK = "blank"  #: an empty or blank text for a field that may be left out or be ``None``
    TYPE = "type"  #: not text, such as an ``int``: leading zeros may be lost
    NUMBER = "number"  #: has decimals or an exponent: leading zeros may be lost
    CHARACTERS = "characters"  #: a character that such a value cannot have
    LENGTH = "length"  #: too few or too many digits
    SERIES = "series"  #: no series of such numbers has these first digits
    DATE = "date"  #: no such date
    CHECK_DIGIT = "check_digit"  #: a check digit does not fit the others
    SYNTHETIC = "synthetic"  #: a synthetic or temporary number, where only real ones are accepted
    REAL = "real"  #: a real number, where only synthetic ones are accepted
    KIND = "kind"  #: a number of another kind than the field accepts, such as a D-number
    UNASSIGNED = "unassigned"  #: a phone number or postal code that is not in use
    NOT_MOBILE = "not_mobile"  #: a phone number that is no mobile number
    COUNTRY = "country"  #: a foreign country code
    TOO_LONG = "too_long"  #: more characters than the field accepts
    ORDER = "order"  #: the range ends before it begins
    REQUIREMENTS = "requirements"  #: a password that does not meet ``params["requirements"]``
    FORMAT = "format"  #: none of the forms in which such a value is written
    DECIMALS = "decimals"  #: more decimals than the field accepts
    CHOICE = "choice"  #: not one of the choices
    TOO_SHORT = "too_short"  #: fewer characters than the field requires
    TOO_SMALL = "too_small"  #: below the smallest value that is accepted
    TOO_LARGE = "too_large"  #: above the largest value that is accepted
    TOO_EARLY = "too_early"  #: before the first date or time that is accepted
    TOO_LATE = "too_late"  #: after the last date or time that is accepted
    TOO_FEW = "too_few"  #: fewer items than the list requires
    TOO_MANY = "too_many"  #: more items than the list accepts
    DATA_TYPE = "data_type"  #: another type of data, such as a list where text belongs
    EXTRA = "extra"  #: a field or argument that does not belong here
    READ_ONLY = "read_only"  #: a value that cannot be changed
    OTHER = "other"  #: an error of another library


#: The reasons by their texts.
_REASONS: dict[str, Reason] = {str(reason): reason for reason in Reason}


class Params(dict[str, object]):
    """The parameters of a problem, read-only since problems are cached and shared."""

    __slots__ = ()

    def _read_only(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the parameters of a problem cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _read_only

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (dict(self),)


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value was rejected, without the value. Problems with equal parts are equal.

    Args:
        key: The key of the message, a documented one for nofields' own fields.
        reason: A :class:`Reason`, or the text of a project's own.
        params: Numbers and short texts that the messages mention, such as ``{"digits": 9}``.

    >>> Problem("ORGANISATION_FIELD_ERROR", "length", {"digits": 9}).message()
    'Skriv inn et gyldig organisasjonsnummer (9 siffer).'
    """

    key: str
    reason: Reason | str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", _REASONS.get(self.reason, self.reason))
        object.__setattr__(self, "params", Params(self.params))

    def message(self, locale: str | None = "nb", catalogs: Catalogs = PROCESS_WIDE) -> str:
        """Return the sentence that tells the user what to enter.

        Args:
            locale: A locale name or Accept-Language header; see :func:`nofields.negotiate`.
            catalogs: The catalogs of an app that has its own.
        """
        return messages.message_with(self.params, self.key, locale, catalogs)

    def message_for(self, label: str, locale: str | None = "nb") -> str:
        """Return :meth:`message` for a field with a label, a key, which a project's text may mention as ``{label}``."""
        named = {"label": messages.message_with({}, label, locale)} if label else {}
        return messages.message_with({**self.params, **named}, self.key, locale)

    def explanation(self, locale: str | None = "nb", catalogs: Catalogs = PROCESS_WIDE) -> str:
        """Return the sentence that tells the user why this value was rejected and what to check.

        Args:
            locale: A locale name or Accept-Language header; see :func:`nofields.negotiate`.
            catalogs: The catalogs of an app that has its own.
        """
        params = self.params
        if "requirements" in params:  # `message` names them
            params = {name: value for name, value in params.items() if name != "requirements"}
        return messages.explanation(self.reason, self.key, locale, params, catalogs)


class CarriedReason(str):
    """The reason in ``ctx`` of pydantic's error: a ``str`` that carries the problem along.

    Attributes:
        problem: The problem.
        label: The field's label, a key.
        sentences: What was made of the problem for readers, by what it depends on.
    """

    __slots__ = ("label", "problem", "sentences")
    problem: Problem
    label: str
    sentences: dict[object, Mapping[str, object]]

    def __new__(cls, problem: Problem, label: str) -> CarriedReason:
        carried = super().__new__(cls, problem.reason)
        carried.problem, carried.label, carried.sentences = problem, label, {}
        return carried

    @property
    def value(self) -> str:
        """The text, as of a :class:`Reason`."""
        return str(self)

    def __reduce__(self) -> tuple[object, ...]:
        return (Reason if isinstance(self.problem.reason, Reason) else str), (str(self),)


class FieldError(ValueError):
    """A field rejected a value, or a project's own check did. The text is the bokmål message.

    A field's own error never contains the value.

    Args:
        problem: The problem, or what a project says: a sentence, a key of a catalog, or sentences by language.
        label: The key of the field's label; empty if the error is not a field's own.
        at: The field that an error of a model's validator belongs to, by name or alias; for a nested
            one its path, such as ``("lines", 0, "price")``. A field that the model does not have is ignored.

    Attributes:
        problem: The :class:`Problem`.
        label: The key of the field's label.
        text: The project's own text; empty if the problem's key has it.
        at: The path to the field, from the model whose validator raised the error.

    >>> from pydantic import BaseModel, ValidationError, model_validator
    >>> from nofields import NorwegianDate, localize
    >>> class Leave(BaseModel):
    ...     start: NorwegianDate
    ...     end: NorwegianDate
    ...     @model_validator(mode="after")
    ...     def in_order(self):
    ...         if self.end < self.start:
    ...             raise FieldError("Permisjonen slutter før den begynner.", at="end")
    ...         return self
    >>> try:
    ...     Leave.model_validate({"start": "2.1.2025", "end": "1.1.2025"})
    ... except ValidationError as error:
    ...     print(localize(error, model=Leave)[0]["loc"], localize(error, model=Leave)[0]["message"])
    ('end',) Permisjonen slutter før den begynner.
    """

    def __init__(
        self, problem: Problem | messages.LocalText, label: str = "", *, at: str | int | Sequence[str | int] = ()
    ) -> None:
        super().__init__(problem, label)
        self.problem: Problem = (
            problem if isinstance(problem, Problem) else Problem(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)
        )
        self.text: messages.LocalText = "" if isinstance(problem, Problem) else problem
        self.label = label
        self.at = path(at)

    def __str__(self) -> str:
        return messages.without_html(messages.local_text(self.text, {})) if self.text else self.problem.message_for(self.label)


def path(at: object) -> tuple[str | int, ...]:
    """Return the path to a field: its name alone, or a sequence of names and indexes. Empty for anything else."""
    parts = (at,) if isinstance(at, str | int) else at
    if not isinstance(parts, tuple | list) or not all(type(part) is str or type(part) is int for part in parts):
        return ()
    return tuple(parts)

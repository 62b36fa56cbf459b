"""What is wrong with a value: ``Problem``, a value itself, and ``FieldError``, the one exception that carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn, final

from nofields import messages

#: What stands in the place of a value that must not be shown.
MASK = "***"


class Reason(StrEnum):
    """Why a value was refused; ``Problem.explanation`` says it to people."""

    REQUIRED = "required"  #: empty, blank or missing
    TYPE = "type"  #: not text; a number has lost its leading zeros
    NUMBER = "number"  #: a number once, by its decimals or exponent: leading zeros may be gone
    CHARACTERS = "characters"  #: a character that cannot stand in such a value
    LENGTH = "length"  #: too few or too many digits
    SERIES = "series"  #: the first digits belong to no series of such numbers
    DATE = "date"  #: no such day in the calendar
    CHECK_DIGIT = "check_digit"  #: a check digit does not fit the others
    SYNTHETIC = "synthetic"  #: a synthetic or help number, where only real ones are let through
    REAL = "real"  #: a real number, where only synthetic ones are let through
    UNASSIGNED = "unassigned"  #: a phone number or postal code that is not in use
    NOT_MOBILE = "not_mobile"  #: a phone number, but no mobile number
    COUNTRY = "country"  #: a foreign country code
    TOO_LONG = "too_long"  #: more text than there is room for
    ORDER = "order"  #: the range ends before it begins
    REQUIREMENTS = "requirements"  #: a password that lacks what ``params["requirements"]`` names
    FORMAT = "format"  #: not in any form that such a value is written in
    CHOICE = "choice"  #: not among the choices
    OTHER = "other"  #: another library's verdict


class Params(dict[str, object]):
    """The parameters of a problem. Nobody changes them: a problem is a value, and shared."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the parameters of a problem cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a value. It never holds the value.

    ``key`` is a documented key, ``reason`` one of :class:`Reason`, ``params`` what the texts speak of (whole numbers
    and short texts, e.g. ``{"digits": 9}``). Two problems with the same three parts are equal.

    >>> Problem("ORGANISATION_FIELD_ERROR", "length", {"digits": 9}).message()
    'Skriv inn et gyldig organisasjonsnummer (9 siffer).'
    """

    key: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", Params(self.params))

    def message(self, locale: str | None = "nb") -> str:
        """The documented sentence for the reader, in ``nb``, ``nn`` or ``en``."""
        return messages.message_with(self.params, self.key, locale)

    def explanation(self, locale: str | None = "nb") -> str:
        """One more sentence: why this value was refused, and what to look at."""
        params = {name: value for name, value in self.params.items() if name != "requirements"}
        return messages.explanation(self.reason, locale, params)


class FieldError(ValueError):
    """A value was refused; ``problem`` says why. The text of the error is the bokmål message, never the value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.message()

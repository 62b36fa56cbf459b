"""The rules of dates, passwords, e-mail addresses, texts and decimal numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from nofields.characters import SPACES
from nofields.keys import Phrase
from nofields.rules.limits import MOST_DIGITS

#: The first or the last date that is accepted, or what returns it at each check; ``None`` for no limit.
DateLimit = datetime.date | Callable[[], datetime.date] | None


@dataclass(frozen=True, kw_only=True)
class DateRule:
    """A date from ``min`` to ``max`` in one of ``patterns``, each with the groups ``day``, ``month`` and ``year``.

    The first pattern that fits a text decides. Invisible characters are ignored.
    """

    key: str
    patterns: tuple[str, ...]
    example: str
    min: DateLimit = None
    max: DateLimit = None


@dataclass(frozen=True, kw_only=True)
class DateRangeRule:
    """Two dates by the rule ``date``, in order, as text joined by one of ``separators``.

    A space in a separator stands for any white space. The separator of the clean form, ``clean_separator``, stands
    only between two dates of the clean form.
    """

    key: str
    date: DateRule
    separators: tuple[str, ...]
    clean_separator: str = "/"


@dataclass(frozen=True)
class Requirement:
    """A password must contain ``pattern``, or must not if ``absent``; ``phrase`` is the message."""

    phrase: Phrase
    pattern: str
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class PasswordRule:
    """A password of ``min`` to ``max`` characters that meets every requirement."""

    key: str
    min: int
    max: int
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class EmailRule:
    """An address of at most ``max`` characters that email-validator accepts."""

    key: str
    max: int


@dataclass(frozen=True, kw_only=True)
class TextRule:
    """Text of ``min`` to ``max`` characters, with line ends and tabs if ``multiline``."""

    key: str
    too_long_key: str
    max: int
    min: int = 1
    multiline: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class NumberRule:
    """A decimal number from ``min`` to ``max`` with at most ``decimals`` decimals.

    Its whole part may be written in groups of three digits, with one of ``separators`` between every two.
    """

    key: str
    min: Decimal = Decimal("-Infinity")
    max: Decimal = Decimal("Infinity")
    decimals: int = MOST_DIGITS
    separators: str = SPACES


@dataclass(frozen=True, kw_only=True)
class AmountRule(NumberRule):
    """An amount of money, whose clean form has exactly ``decimals`` decimals.

    A full stop may stand between groups as well if a comma separates the decimals, and the other way round. ``currency``
    may stand before or after the number, in either case.
    """

    currency: str

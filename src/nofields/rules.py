"""The kinds of rule: what makes a Norwegian value valid, as frozen data without behaviour.

A field (see ``fields/``) is one of these tables filled in. The scalar check, the generators, the JSON Schema and the
messages read the table; none of them knows a weight, a length or a pattern of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nofields.keys import Key, Phrase

#: Blanks that people and programs put between and around digits: ASCII, no-break, narrow no-break and thin space.
WHITE_SPACE = " \t\r\n\u00a0\u202f\u2009"
#: The only digits there are: ``str.isdigit`` and ``\\d`` also take Arabic-Indic and full-width ones.
DIGITS = "0123456789"
#: What separates whole numbers from decimals, in Norway and elsewhere.
DECIMAL_SIGNS = ".,"
#: How programs write a number that they hold as one: with decimals, with an exponent, or both. A number written so has lost
#: its leading zeros, and digits that did not fit.
AS_NUMBER = f"[+-]?[0-9]+(?:[{DECIMAL_SIGNS}][0-9]*(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)"
#: The names of a range's two days, in a mapping and in a form.
ENDS = ("from", "to")
#: What browsers send for a box that is ticked.
TICK = "on"
#: Longest line of text where a field sets no length of its own.
LONGEST_LINE = 255
#: Longest text looked at, in characters, where a rule has no limit of its own: anything longer is refused unread.
LONGEST_INPUT = 64


class Series(StrEnum):
    """Whom a number can belong to."""

    REAL = "real"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True)
class WeightedSum:
    """``sum(weight * digit) % modulus`` must be one of ``remainders``; a check digit has a weight of its own."""

    weights: tuple[int, ...]
    remainders: frozenset[int] = frozenset({0})
    modulus: int = 11


@dataclass(frozen=True)
class CyclicSum:
    """A weighted sum for numbers of any length, from the right: the check digit weighs 1, those before it ``weights`` in turn.

    It must be a multiple of ``modulus``. Where ``folded``, the digits of each product are added up, as Luhn does. ``ten`` is
    what is written for a check digit of 10; without it there are no such numbers.
    """

    weights: tuple[int, ...]
    modulus: int
    folded: bool = False
    ten: str = ""


@dataclass(frozen=True)
class Century:
    """Individual numbers (``individuals``) that were given to people born in ``years``."""

    individuals: range
    years: range


@dataclass(frozen=True)
class BirthDate:
    """A birth date ``DDMMYY`` in the first six digits, moved by the offsets, and an individual number in the next three."""

    centuries: tuple[Century, ...]
    day_offset: int = 0
    month_offset: int = 0


@dataclass(frozen=True)
class Kind:
    """One family of numbers under a rule, told from the others by its first digit or by how its date is moved."""

    name: str
    series: Series = Series.REAL
    first_digits: str = DIGITS
    birth_date: BirthDate | None = None


@dataclass(frozen=True, kw_only=True)
class DigitRule:
    """A number with a fixed count of digits: its kinds, its weighted sums, its written form (``#`` stands for a digit).

    White space among ``separators`` may stand anywhere. Other separators may stand only between the groups of the written
    form, and only where every two groups are separated; a decimal sign is none where there are only two groups, since two
    groups with a decimal sign between them are a number with decimals. ``accept`` names the kinds that are accepted; ``None``
    leaves synthetic ones to ``NOFIELDS_SYNTHETIC``.
    """

    key: Key
    digits: int
    written: str
    kinds: tuple[Kind, ...] = (Kind("any"),)
    sums: tuple[WeightedSum, ...] = ()
    separators: str = WHITE_SPACE
    accept: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class PostalRule(DigitRule):
    """A postal code; in the register of postal codes where ``registered``."""

    registered: bool = False


@dataclass(frozen=True, kw_only=True)
class ReferenceRule:
    """A number of ``min`` to ``max`` digits; one of ``sums``, whichever it is, must come out right."""

    key: Key
    min: int
    max: int
    sums: tuple[CyclicSum, ...]
    separators: str = WHITE_SPACE


@dataclass(frozen=True, kw_only=True)
class PhoneRule:
    """A number of the national plan, which stands in phonenumbers' metadata for ``regions``."""

    key: Key
    digits: int = 8
    country_code: str = "47"
    regions: tuple[str, ...] = ("NO", "SJ")
    mobile_only: bool = False
    separators: str = WHITE_SPACE


@dataclass(frozen=True, kw_only=True)
class DateRule:
    """A calendar date in one of ``patterns``, each with the groups ``day``, ``month`` and ``year``."""

    key: Key
    patterns: tuple[str, ...]
    example: str


@dataclass(frozen=True, kw_only=True)
class DateRangeRule:
    """Two dates under ``date``, the first not after the second, joined by one of ``separators`` when written as text."""

    key: Key
    date: DateRule
    separators: tuple[str, ...]


@dataclass(frozen=True)
class Requirement:
    """One demand on a password: ``pattern`` is found in it, or is not where ``absent``; ``phrase`` says so to people."""

    phrase: Phrase
    pattern: str
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class PasswordRule:
    """A secret of ``min`` to ``max`` characters that meets every requirement."""

    key: Key
    min: int
    max: int
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class SystemIdRule:
    """A number of 1 to ``max_digits`` digits, or an organisation number under ``vendor``, ``_`` and a ``name``."""

    key: Key
    max_digits: int
    vendor: DigitRule
    name: str
    max_name: int


@dataclass(frozen=True, kw_only=True)
class EmailRule:
    """An address that email-validator takes, of at most ``max`` characters."""

    key: Key
    max: int


@dataclass(frozen=True, kw_only=True)
class TextRule:
    """Free text of at most ``max`` characters; line breaks and tabs where ``multiline``."""

    key: Key
    too_long_key: Key
    max: int
    multiline: bool = False


@dataclass(frozen=True, kw_only=True)
class NumberRule:
    """A decimal number: ``pattern``, once the separators are gone and what is ``also_written`` stands for the other sign."""

    key: Key
    pattern: str
    also_written: tuple[tuple[str, str], ...] = ()
    separators: str = WHITE_SPACE


@dataclass(frozen=True, kw_only=True)
class ChoiceRule:
    """One of ``choices``, or at least one of them where ``several``; any text when ``choices`` is ``None``."""

    key: Key
    choices: tuple[str, ...] | None = None
    several: bool = False


@dataclass(frozen=True, kw_only=True)
class CountryRule(ChoiceRule):
    """One of the territories that Babel names, by its two letters, but for those that are no countries."""

    no_countries: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class CheckboxRule:
    """A box that must be ticked: ``checked`` are the texts that browsers send for a tick."""

    key: Key
    checked: frozenset[str] = frozenset({TICK, "true", "1"})


Rule = (
    DigitRule
    | PostalRule
    | ReferenceRule
    | PhoneRule
    | DateRule
    | DateRangeRule
    | PasswordRule
    | SystemIdRule
    | EmailRule
    | TextRule
    | NumberRule
    | ChoiceRule
    | CountryRule
    | CheckboxRule
)

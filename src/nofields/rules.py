"""The kinds of rule: what makes a Norwegian value valid, as frozen data without behaviour.

A field (see ``fields/``) is one of these dataclasses filled in. Checks, columns, generators, the JSON
Schema, JavaScript and messages all read it; none has a weight, a length or a pattern of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nofields.characters import DASHES, DIGITS, SPACES, WHITE_SPACE
from nofields.keys import Phrase

#: Most digits of a decimal number.
MOST_DIGITS = 30
#: The names of a date range's two ends, in mappings and in forms.
ENDS = ("from", "to")
#: What browsers send for a ticked box.
TICK = "on"
#: Longest line of text, in characters, unless a field sets its own length.
LONGEST_LINE = 255
#: Longest IBAN, in characters (ISO 13616).
LONGEST_IBAN = 34
#: Longest input, in characters, unless a rule sets its own: anything longer is rejected unread.
LONGEST_INPUT = 64


class Series(StrEnum):
    """Whether numbers belong to real persons and organisations or to synthetic ones."""

    REAL = "real"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True)
class WeightedSum:
    """``sum(weight * digit) % modulus`` must be in ``remainders``; check digits are weighted."""

    weights: tuple[int, ...]
    remainders: frozenset[int] = frozenset({0})
    modulus: int = 11


@dataclass(frozen=True)
class CyclicSum:
    """A weighted sum over a number of any length, which must be a multiple of ``modulus``.

    From the right, the check digit has weight 1 and the others ``weights`` in turn. If ``folded``, the
    digits of each product are added up, as in Luhn's algorithm. ``ten`` is written for a check digit
    of 10; if empty, there are no such numbers.
    """

    weights: tuple[int, ...]
    modulus: int
    folded: bool = False
    ten: str = ""


@dataclass(frozen=True)
class Century:
    """The range of individual numbers of people born in ``years``."""

    individuals: range
    years: range


@dataclass(frozen=True)
class BirthDate:
    """A birth date ``DDMMYY`` with offsets added to day and month, then an individual number."""

    centuries: tuple[Century, ...]
    day_offset: int = 0
    month_offset: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of number, recognised by its first digit or the offsets of its birth date."""

    name: str
    series: Series = Series.REAL
    first_digits: str = DIGITS
    birth_date: BirthDate | None = None


@dataclass(frozen=True)
class Affix:
    """What may stand before and after the digits of a number: lower-case letters, for either case, and signs.

    ``head`` further digits may follow ``before``; they and the number's satisfy ``sum``.
    """

    before: str = ""
    after: str = ""
    head: int = 0
    sum: WeightedSum | None = None


@dataclass(frozen=True, kw_only=True)
class DigitRule:
    """A number with a fixed count of digits.

    ``written`` is the written form, with ``#`` for a digit; people also group the digits as in ``grouped``. White space
    among ``separators`` and invisible characters may stand anywhere; other separators only between the groups of one of
    these forms, and then between all of them. Between two groups a decimal separator is rejected, as the value could be
    a float. One of ``affixes`` may stand around the digits. ``accept`` names the accepted kinds; ``None`` leaves
    synthetic ones to ``NOFIELDS_SYNTHETIC``.
    """

    key: str
    digits: int
    written: str
    grouped: tuple[str, ...] = ()
    affixes: tuple[Affix, ...] = ()
    kinds: tuple[Kind, ...] = (Kind("any"),)
    sums: tuple[WeightedSum, ...] = ()
    separators: str = WHITE_SPACE
    accept: frozenset[str] | None = None
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class PostalRule(DigitRule):
    """A postal code, which must be in the register if ``registered``."""

    registered: bool = False


@dataclass(frozen=True, kw_only=True)
class ReferenceRule:
    """A number of ``min`` to ``max`` digits that satisfies at least one of ``sums``."""

    key: str
    min: int
    max: int
    sums: tuple[CyclicSum, ...]
    separators: str = WHITE_SPACE
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class PhoneRule:
    """A number in use by the numbering plans of ``regions`` in phonenumbers' metadata.

    White space among ``separators`` and invisible characters may stand anywhere, other separators only between the groups
    of one of the forms in ``grouped``, as in a :class:`DigitRule`, and behind the country code.
    """

    key: str
    digits: int = 8
    grouped: tuple[str, ...] = ("## ## ## ##", "### ## ###", "#### ####")
    country_code: str = "47"
    regions: tuple[str, ...] = ("NO", "SJ")
    mobile_only: bool = False
    separators: str = WHITE_SPACE + "-."
    secret: bool = False


#: The first or the last date that is accepted, or what returns it at each check; ``None`` for no limit.
DateLimit = datetime.date | Callable[[], datetime.date] | None


@dataclass(frozen=True, kw_only=True)
class AnyPhoneRule(PhoneRule):
    """A phone number that may be ``foreign``, a ``short`` one that matches ``short_pattern`` or, if ``lenient``, not in use.

    A lenient Norwegian number matches ``pattern``, a mobile one also ``mobile_pattern``. The separators may stand anywhere.
    """

    foreign: bool = False
    short: bool = False
    lenient: bool = False
    separators: str = WHITE_SPACE + "().-" + DASHES
    pattern: str = "[2-9][0-9]{7}"
    mobile_pattern: str = "[49][0-9]{7}"
    short_digits: int = 5
    short_prefix: str = "0"
    short_pattern: str = "0[2-9][0-9]{3}"


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
class SystemIdRule:
    """A number of 1 to ``max_digits`` digits, or ``{organisation number}_{name}``.

    ``vendor`` is the rule of the organisation number, ``name`` the pattern of a character of the name.
    """

    key: str
    max_digits: int
    vendor: DigitRule
    name: str
    max_name: int


@dataclass(frozen=True, kw_only=True)
class VatRule:
    """A number by the rule ``organisation`` between ``prefix``, which may be missing, and ``suffix``, in either case."""

    key: str
    organisation: DigitRule
    prefix: str
    suffix: str
    separators: str = WHITE_SPACE
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class IbanRule:
    """An IBAN of a country in stdnum's copy of the IBAN registry. Account numbers of ``country`` are checked by ``account``."""

    key: str
    country: str
    account: DigitRule
    separators: str = WHITE_SPACE
    secret: bool = False


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


@dataclass(frozen=True, kw_only=True)
class ChoiceRule:
    """One of ``choices``, or one or more if ``several``; any text if ``choices`` is ``None``. Forms list ``open`` ones."""

    key: str
    choices: tuple[str, ...] | None = None
    several: bool = False
    open: bool = False
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class CountryRule(ChoiceRule):
    """The two-letter code of one of CLDR's territories, except ``no_countries``."""

    no_countries: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class CheckboxRule:
    """A box that must be ticked; ``checked`` are the texts that mean ticked."""

    key: str
    checked: frozenset[str] = frozenset({TICK, "true", "1"})


Rule = (
    DigitRule | PostalRule | ReferenceRule | PhoneRule | AnyPhoneRule | DateRule | DateRangeRule | PasswordRule | SystemIdRule
    | VatRule | IbanRule | EmailRule | TextRule | NumberRule | AmountRule | ChoiceRule | CountryRule | CheckboxRule
)  # fmt: skip

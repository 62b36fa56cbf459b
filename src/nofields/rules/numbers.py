"""The rules of numbers with check digits, of postal codes and of phone numbers."""

from __future__ import annotations

from dataclasses import dataclass

from nofields.characters import DASHES, WHITE_SPACE
from nofields.rules.parts import Affix, CyclicSum, Kind, WeightedSum


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

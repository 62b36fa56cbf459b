"""Texts similar to valid ones for every field that is one text, and fields with settings of a project's own. Needs no extra."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from helpers.hostile import TEXTS
from helpers.near import NEAR
from helpers.values import POLICIES, VALUES, digits, identity_numbers, organisation_numbers
from nofields import (
    Checkbox,
    CheckboxGroup,
    DateRange,
    Dropdown,
    Field,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PostalCode,
    strategies,
    synthetic,
)
from nofields.characters import WHITE_SPACE
from nofields.fields import ALL
from nofields.rules import DateRule, DigitRule, PhoneRule, SystemIdRule, VatRule
from nofields.strategies.near_misses import mistyped


class Issued(NationalIdentityNumber, issued="before_2032"): ...


class Patient(NationalIdentityNumber, accept={"fnr", "dnr", "fh"}, issued="before_2032"): ...


class OtherKinds(NationalIdentityNumber, accept={"dnr", "fh", "bost"}): ...


class NoKind(NationalIdentityNumber, accept=()): ...


class SyntheticCompany(OrganisationNumber, accept={"synthetic_organisation"}): ...


class Delivery(PostalCode, registered=True): ...


class LuhnReference(PaymentReference, modulus=10, min=5, max=20): ...


class OurReference(PaymentReference, modulus=11, digits=12): ...


class Size(Dropdown, choices=["small", "large", "0357"]): ...


class EightDigits(NorwegianDate, patterns=(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",)): ...


class OddDates(
    NorwegianDate,
    patterns=(
        r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<day>\d{1,5})\s*[/.]\s*(?P<month>\d+)\s*[/.]\s*(?P<year>\d{1,5})",
        r"(?P<year>[0-9 ]{4})-(?P<month>[0-9]*)-?(?P<day>[0-9]*)",
    ),
):
    """Groups of other lengths, with other characters, or empty."""


class ThisMillennium(NorwegianDate, patterns=(r"(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.(?P<year>2[0-9]{3})",)):
    """A pattern that does not treat all digits alike."""


class ThisCentury(NorwegianDate, min=date(2000, 1, 1), max=date(2099, 12, 31)): ...


class AskedLimit(NorwegianDate, max=lambda: date(1970, 1, 1)):
    """A limit that may be another one at the next check."""


class LimitedDigits(EightDigits, min=date(1900, 1, 1)):
    """A limit of dates that are written in another form."""


#: The fields whose value is not one text.
UNSUPPORTED = (DateRange, Checkbox, CheckboxGroup)
FIELDS = [field for field in ALL if field not in UNSUPPORTED]
FIELDS += [Issued, Patient, OtherKinds, NoKind, SyntheticCompany, Delivery, LuhnReference, OurReference, Size]
FIELDS += [EightDigits, OddDates, ThisMillennium, ThisCentury, AskedLimit, LimitedDigits]
#: Those of them whose values are digits.
NUMBERS = [field for field in FIELDS if isinstance(field.rule, DigitRule | PhoneRule)]

#: Numbers of every kind, and of a kind that does not exist (day 40, month 20).
_OF_ALL_KINDS = {
    OrganisationNumber: organisation_numbers("2389"),
    NationalIdentityNumber: st.one_of([identity_numbers(day, month) for day in (0, 40) for month in (0, 20, 40, 65, 80)]),
}
_PREFIXES = ["+47", "0047", "47", "+ 4 7", "00 47", "+", "00", "0", "++47", "47+", "+0047", "+46", "0046", "46", "+4", "004"]
_SEPARATORS = [*WHITE_SPACE, ".", "-", "/"]
#: Lengths around those of a window, of a text in a string view, and of the longest text that is scanned.
_PADDINGS = [1, 3, 4, 5, 7, 8, 12, 13, 16, 17, 31, 53, 55, 56, 60, 63, 64, 65, 100]
_ODD = st.characters(codec="utf-8") | st.sampled_from("+/:;.-\x00\x1c\x7f\x80٣９²\u200b\u2028\ufeff𝟗😀")

_DATE_FORMS = ["{0}.{1}.{2}", "{0:02}.{1:02}.{2:04}", "{2:04}-{1:02}-{0:02}", "{0}/{1}/{2}", "{0}\u00a0.\u00a0{1}.{2}"]
_DATE_FORMS += ["{0:02}{1:02}{2:04}", "{2:04}{1:02}{0:02}", "{2:02}{1:02}{0:02}", "{0:03}/{1:03}/{2:04}", "{0}.{1}.{2:05}"]
_DATE_FORMS += ["{0:02}-{1:02}-{2:04}", "{0} {1} {2:04}", "{0}. {1}. {2}", "{0:02}\u202f{1:02}\t{2:04}", "{0}.{1}/{2}"]
_DATE_FORMS += ["{0}.\u200b{1}.{2:04}", "\ufeff{0:02}{1:02}\u00ad{2:04}", "{0}/\u200e{1}/{2:04}\u200e", "{2:04}/{1}/{0}"]
_DATE_FORMS += ["{2:>4}-{1}-{0}", "{2:04}-{1}", "{2:04}-{1:03}-{0:05}"]
#: Days that exist or not, in every form that a date is written in somewhere.
_DATES = st.builds(
    str.format,
    st.sampled_from(_DATE_FORMS),
    st.integers(0, 32) | st.sampled_from([28, 29, 30, 31]),
    st.integers(0, 13) | st.just(2),
    st.integers(0, 9999) | st.integers(1795, 2205) | st.sampled_from([0, 1, 4, 1900, 2000, 2024, 2100, 9999]),
)


def encodable(text: object) -> bool:
    """Whether an object is text that UTF-8, and so Arrow, can hold."""
    return isinstance(text, str) and not any("\ud800" <= character <= "\udfff" for character in text)


@cache
def near(field: type[Field]) -> st.SearchStrategy[str]:
    """Valid texts of a field, and texts similar to them."""
    base = next(each for each in VALUES if issubclass(field, each))
    valid = _OF_ALL_KINDS.get(base, VALUES[base])
    blanks = st.builds(str.__mul__, st.sampled_from(_SEPARATORS), st.sampled_from(_PADDINGS))
    drawn = [
        valid,
        strategies.invalid(field).filter(encodable),
        st.sampled_from([*filter(encodable, TEXTS.values()), *_PREFIXES]),
        st.builds(_spread, valid, st.lists(st.sampled_from([*_SEPARATORS, "", "", ""]), min_size=1, max_size=12)),
        st.builds("{1}{0}".format, valid, blanks),
        st.builds("{0}{1}".format, valid, blanks),
        st.builds("{1}{0}{1}".format, valid, blanks),
        st.builds(_replaced, valid, st.integers(0, 12), _ODD),
        st.text("0479+ .\u00a0", max_size=20),
    ]
    if field.name:
        drawn.append(mistyped(field).map(lambda pair: pair[1]))
    if isinstance(field.rule, PhoneRule):
        drawn.append(st.builds(str.__add__, st.sampled_from(_PREFIXES), valid))
    if isinstance(field.rule, DigitRule | PhoneRule):
        drawn.append(digits(field.rule.digits))
    if isinstance(field.rule, DateRule):
        drawn += [_DATES, st.builds("{1}{0}{1}".format, _DATES, blanks), st.builds(_replaced, _DATES, st.integers(0, 12), _ODD)]
    if type(field.rule) in NEAR:
        drawn.append(NEAR[type(field.rule)])
    return st.one_of(drawn)


def _spread(text: str, separators: list[str]) -> str:
    return "".join(separators[place % len(separators)] + character for place, character in enumerate(text))


def _replaced(text: str, place: int, character: str) -> str:
    place %= len(text) + 1
    return text[:place] + character + text[place + 1 :]


def policies(field: type[Field]) -> tuple[str | None, ...]:
    """The settings of NOFIELDS_SYNTHETIC that may make a difference to a field."""
    rule = field.rule
    if isinstance(rule, SystemIdRule):
        rule = rule.vendor
    elif isinstance(rule, VatRule):
        rule = rule.organisation
    return (None, *POLICIES) if isinstance(rule, DigitRule) and synthetic.depends(rule) else (None,)

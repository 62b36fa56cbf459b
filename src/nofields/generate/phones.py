"""Phone numbers in use by phonenumbers' metadata, which may be someone's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.fields import PhoneNumber
from nofields.generate.choices import Choose, pick, text
from nofields.rules import AnyPhoneRule, PhoneRule

#: Digits of which all are in use behind a prefix.
_FREE = 3


def phone_number(choose: Choose, rule: PhoneRule = PhoneNumber.rule) -> str:
    """Return eight digits in use by phonenumbers' metadata, which may be someone's number."""
    group = pick(choose, _groups(rule))
    place, rest = divmod(choose(0, len(group) * 10**_FREE - 1), 10**_FREE)
    return f"{group[place]}{rest:0{_FREE}}"


def any_phone_number(choose: Choose, rule: AnyPhoneRule) -> str:
    """Return a Norwegian number or, as the rule accepts them, a short one, or phonenumbers' example of another country."""
    norwegian = PhoneRule(key=rule.key, regions=rule.regions, mobile_only=rule.mobile_only)
    groups: list[tuple[Sequence[str], int]] = [(pick(choose, _groups(norwegian) or [()]), rule.digits)]
    if rule.short and not rule.mobile_only:
        groups.append((_short_prefixes(rule), rule.short_digits))
    if rule.foreign:
        groups.append((_foreign(rule), 0))
    group, length = pick(choose, [group for group in groups if group[0]])
    start = pick(choose, group)
    return start + text(choose, DIGITS, max(0, length - len(start)))


@cache
def _prefixes(rule: PhoneRule) -> tuple[str, ...]:
    """Return the five-digit prefixes of numbers in use, which any three digits may follow."""
    check: Any = compile_rule(rule)
    prefixes = (f"{prefix:05}" for prefix in range(10**5))
    return tuple(prefix for prefix in prefixes if check.is_valid(prefix + "000") and check.is_valid(prefix + "999"))


@cache
def _groups(rule: PhoneRule) -> tuple[tuple[str, ...], ...]:
    """Return the prefixes in groups by their first two digits, each of which is as likely, however many numbers it has."""
    return tuple(tuple(group) for _, group in groupby(_prefixes(rule), itemgetter(slice(2))))


@cache
def _short_prefixes(rule: AnyPhoneRule) -> tuple[str, ...]:
    """Return the two-digit prefixes of short numbers, which any three digits may follow."""
    check = compile_rule(rule)
    prefixes = (f"{rule.short_prefix}{digit}" for digit in DIGITS)
    return tuple(prefix for prefix in prefixes if check.is_valid(prefix.ljust(rule.short_digits, "0")))


@cache
def _foreign(rule: AnyPhoneRule) -> tuple[str, ...]:
    """Return phonenumbers' examples that the rule accepts, of every region and type."""
    import phonenumbers

    check = compile_rule(rule)
    found = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in phonenumbers.PhoneNumberType.values():
            example = phonenumbers.example_number_for_type(region, kind)
            if example and str(example.country_code) != rule.country_code:
                found.append(phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164))
    return tuple(dict.fromkeys(filter(check.is_valid, found)))

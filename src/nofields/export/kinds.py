"""The kinds of a rule of digits as tuples for ``static/kinds.js``."""

from __future__ import annotations

from nofields.check.codes import rejection
from nofields.rules import DigitRule, Kind, Series


def rule_kinds(rule: DigitRule) -> list[list[object]]:
    """Return the kinds, each with the reason for which the field's ``accept`` leaves it out, if it does."""
    accepted = frozenset(kind.name for kind in rule.kinds) if rule.accept is None else rule.accept
    has_synthetic = any(kind.series is Series.SYNTHETIC for kind in rule.kinds)
    kinds = []
    for kind in rule.kinds:
        first, synthetic, date = _parts(kind)
        refused = None if kind.name in accepted else rejection(rule, kind, accepted)
        kinds.append(_trimmed([first, synthetic if has_synthetic else None, date, refused]))
    return kinds


def named_kinds(rule: DigitRule) -> list[list[object]]:
    """Return the accepted kinds with the centuries of their birth dates and with their names."""
    kinds: list[list[object]] = []
    for kind in rule.kinds:
        if rule.accept is None or kind.name in rule.accept:
            first, synthetic, date = _parts(kind)
            kinds.append([first, synthetic, date and [*date, _centuries(kind)], kind.name])
    return kinds


def _parts(kind: Kind) -> tuple[int, bool, list[int] | None]:
    """Return a bit for each first digit, whether numbers are synthetic, and the offsets of the day and month of birth."""
    date = kind.birth_date
    first = sum(1 << int(digit) for digit in kind.first_digits)
    return first, kind.series is Series.SYNTHETIC, [date.day_offset, date.month_offset] if date else None


def _centuries(kind: Kind) -> list[list[int]]:
    """Return the first and last individual numbers and years of each century."""
    assert kind.birth_date
    centuries = kind.birth_date.centuries
    return [[each.individuals[0], each.individuals[-1], each.years[0], each.years[-1]] for each in centuries]


def _trimmed(parts: list[object]) -> list[object]:
    while parts[-1] is None:
        parts.pop()
    return parts

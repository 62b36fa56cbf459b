"""The kinds and series of a rule of digits for ``static/kinds.js`` and ``static/digits.js``."""

from __future__ import annotations

from nofields.check.codes import rejection
from nofields.rules import DigitRule, Kind, Series


def rule_kinds(rule: DigitRule) -> list[list[object]]:
    """Return the kinds, each with the reason for which the field's ``accept`` leaves it out, if it does."""
    accepted = frozenset(kind.name for kind in rule.kinds) if rule.accept is None else rule.accept
    kinds = []
    for kind in rule.kinds:
        first, _, date = _parts(kind)
        refused = None if kind.name in accepted else rejection(rule, kind, accepted)
        kinds.append(_trimmed([first, _series(rule, kind), date, refused]))
    return kinds


def rule_series(rule: DigitRule) -> list[int]:
    """Return the series of the numbers that begin with each digit, or 0 if none do, of a rule without dates."""
    by_first = {digit: _series(rule, kind) for kind in reversed(rule.kinds) for digit in kind.first_digits}
    return [by_first.get(str(digit), 0) for digit in range(10)]


def _series(rule: DigitRule, kind: Kind) -> int:
    """Return the series of a kind: 1 for real numbers, 2 for synthetic ones, 3 if the rule does not tell these apart."""
    if all(each.series is not Series.SYNTHETIC for each in rule.kinds):
        return 3
    return 2 if kind.series is Series.SYNTHETIC else 1


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

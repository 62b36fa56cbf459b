"""Compiles a rule of digits to tables: what each pair of digits adds to an index, and the code of each index."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from nofields.characters import DIGITS
from nofields.check.codes import CODES, KIND, RIGHT
from nofields.errors import Reason
from nofields.rules import BirthDate, DigitRule, Kind, WeightedSum

#: Two axes become one table if it has at most so many codes, so that it stays in the processor's first cache.
_SMALL = 1 << 12
#: A rule whose table would have more codes is not compiled.
LARGEST = 1 << 20
_PAIRS = ["".join(pair) for pair in product(DIGITS, repeat=2)]

#: What the digits of each pair of places add.
Additions = Sequence[Mapping[str, int]]


@dataclass(frozen=True)
class Table:
    """A compiled rule.

    What the pairs of a number add gives one index or, in the low and the high bits, two. Of two codes the lower one
    holds or, if ``either``, the higher one.

    Attributes:
        additions: For each pair of places, what its digits add. A single last digit is a pair of its own.
        codes: The code of every index; one or two tables.
        last: If the count of digits varies, what the last character adds; the pairs before it are aligned right.
        either: Whether the higher code holds.
    """

    additions: tuple[Mapping[str, int], ...]
    codes: tuple[bytes | bytearray, ...]
    last: Mapping[str, int] | None = None
    either: bool = False

    def parts(self, count: int) -> list[tuple[int, int, Mapping[str, int]]]:
        """Return how a number of ``count`` digits is looked up: from where to where, and what the characters there add."""
        if self.last is None:
            return [(2 * at, min(2 * at + 2, count), each) for at, each in enumerate(self.additions)]
        body = count - 1
        pairs = list(self.additions[len(self.additions) - (body + 1) // 2 :])
        first = [(0, 1, _after_zero(pairs.pop(0)))] if body % 2 else []
        return [
            *first,
            *((2 * at + body % 2, 2 * at + body % 2 + 2, each) for at, each in enumerate(pairs)),
            (body, count, self.last),
        ]

    @property
    def bits(self) -> int:
        """How many bits of a sum are the first index."""
        return 32 if len(self.codes) == 1 else (len(self.codes[0]) - 1).bit_length()


def _after_zero(additions: Mapping[str, int]) -> Mapping[str, int]:
    """Return what a digit adds as the second of a pair that begins with 0."""
    return {pair[1]: add for pair, add in additions.items() if pair[0] == "0"}


class Axis(NamedTuple):
    """One property of a number: what each pair adds to its total, and the code of each total."""

    additions: Additions
    codes: bytes


def pairs_of(digits: int) -> list[list[str]]:
    """Return the digits that may stand in each pair of places, from the left."""
    return [_PAIRS] * (digits // 2) + [list(DIGITS)] * (digits % 2)


def digit_table(rule: DigitRule) -> Table | None:
    """Return the table of a rule; ``None`` if it would be too large."""
    sums = rule.sums or (WeightedSum((), modulus=1),)
    axes = [_sum_axis(rule, each, zeros=not place) for place, each in enumerate(sums)]
    tables: list[Axis] = []
    for axis in [*axes, _kind_axis(rule)]:
        if tables and (len(tables[-1].codes) * len(axis.codes) <= _SMALL or len(tables) == 2):
            if len(tables[-1].codes) * len(axis.codes) > LARGEST:
                return None
            tables[-1] = _merged(tables[-1], axis)
        else:
            tables.append(axis)
    return packed(tables)


def packed(axes: Sequence[Axis]) -> Table | None:
    """Return one or two axes as a table, the second above the first one's bits; ``None`` if they need more than 32."""
    first, *rest = axes
    bits = (len(first.codes) - 1).bit_length()
    for second in rest:
        if bits + (len(second.codes) - 1).bit_length() > 32:
            return None
        first = Axis(_with_stride(first, second, 1 << bits), first.codes)
    return Table(tuple(first.additions), tuple(axis.codes for axis in axes))


def _merged(low: Axis, high: Axis) -> Axis:
    """Return two axes as one, with the lower code of each two totals."""
    codes = bytes(min(one, other) for other in high.codes for one in low.codes)
    return Axis(_with_stride(low, high, len(low.codes)), codes)


def _with_stride(low: Axis, high: Axis, stride: int) -> Additions:
    both = zip(low.additions, high.additions)
    return [{pair: add + stride * other[pair] for pair, add in one.items()} for one, other in both]


def coded(additions: Additions, code: Callable[[int], int]) -> Axis:
    """Return an axis with the code of every total that its additions can reach."""
    highest = sum(max(each.values()) for each in additions)
    return Axis(additions, bytes(map(code, range(highest + 1))))


def _sum_axis(rule: DigitRule, weighted_sum: WeightedSum, *, zeros: bool) -> Axis:
    """Return the axis of a weighted sum. If ``zeros``, its total is 0 for zeros alone, if those may be of a valid kind."""
    modulus, wrong = weighted_sum.modulus, CODES[Reason.CHECK_DIGIT]
    marked = zeros and any(may_be_zeros(kind) for kind in rule.kinds)
    dated = any(kind.birth_date and "0" in kind.first_digits for kind in rule.kinds)

    def part(start: int, pair: str) -> int:
        weights = (*weighted_sum.weights, *[0] * rule.digits)[start : start + len(pair)]
        remainder = sum(weight * int(digit) for weight, digit in zip(weights, pair)) % modulus
        return remainder or modulus * (marked and pair.strip("0") != "")

    def code(total: int) -> int:
        if marked and not total:
            return CODES[Reason.DATE if dated else Reason.SERIES]
        return RIGHT if total % modulus in weighted_sum.remainders else wrong

    return coded([{pair: part(2 * at, pair) for pair in pairs} for at, pairs in enumerate(pairs_of(rule.digits))], code)


def may_be_zeros(kind: Kind) -> bool:
    """Return whether a kind would have the number of zeros alone, which nobody is given."""
    return "0" in kind.first_digits and kind.birth_date is None


def _kind_axis(rule: DigitRule) -> Axis:
    """Return the axis of the kind, by the *classes* of the first three pairs: first digit and day, month, leap year."""
    axes: list[list[Any]] = []
    additions = [dict.fromkeys(pairs, 0) for pairs in pairs_of(rule.digits)]
    stride = 1
    for place, class_of in enumerate((_first_class, _second_class, _third_class)):
        classes: dict[Hashable, int] = {}
        table = additions[place] if place < len(additions) else {"00": 0}
        for pair in table:
            table[pair] = classes.setdefault(class_of(rule, pair), len(classes)) * stride
        axes.append(list(classes))
        stride *= len(classes)
    codes = bytes(_kind_code(rule, *reversed(each)) for each in product(*reversed(axes)))
    return Axis(additions, codes)


def _first_class(rule: DigitRule, pair: str) -> tuple[bool, tuple[int, ...]]:
    """Return whether a kind with a date has this first digit, and for each kind how long the month must be, or 0."""
    dated = any(kind.birth_date and pair[0] in kind.first_digits for kind in rule.kinds)
    return dated, tuple(_needed(kind.birth_date, pair) if pair[0] in kind.first_digits else 0 for kind in rule.kinds)


def _needed(birth_date: BirthDate | None, pair: str) -> int:
    if birth_date is None:
        return 28
    day = int(pair) - birth_date.day_offset
    return max(day, 28) if 1 <= day <= 31 else 0


def _second_class(rule: DigitRule, pair: str) -> tuple[tuple[int, int], ...]:
    """Return for each kind how long the month is, in common and in leap years."""
    return tuple(_lengths(kind.birth_date, pair) for kind in rule.kinds)


def _lengths(birth_date: BirthDate | None, pair: str) -> tuple[int, int]:
    if birth_date is None:
        return 31, 31
    month = int(pair) - birth_date.month_offset
    return (monthrange(2001, month)[1], monthrange(2000, month)[1]) if 1 <= month <= 12 else (0, 0)


def _third_class(rule: DigitRule, pair: str) -> bool:
    """Return whether a year leaps, if any kind has a date."""
    return any(kind.birth_date for kind in rule.kinds) and isleap(2000 + int(pair))


def _kind_code(rule: DigitRule, first: tuple[bool, tuple[int, ...]], lengths: tuple[tuple[int, int], ...], leaps: bool) -> int:
    """Return the code of the kind that classes of pairs fit, or of the reason that they fit none."""
    dated, needed = first
    for code, (need, length) in enumerate(zip(needed, lengths), KIND):
        if 0 < need <= length[leaps]:
            return code
    return CODES[Reason.DATE if dated else Reason.SERIES]

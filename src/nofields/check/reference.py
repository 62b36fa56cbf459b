"""Reads rules of payment references: digits of varying count, with sums from the right."""

from __future__ import annotations

from nofields.characters import DIGITS
from nofields.check.codes import CODES, RIGHT
from nofields.check.definition import additions, satisfies_cyclic
from nofields.check.notation import Notation, reference_notation
from nofields.check.reading import ReadingCheck
from nofields.check.tables import Axis, Table, coded, packed, pairs_of
from nofields.errors import Reason
from nofields.rules import CyclicSum, ReferenceRule


class ReferenceCheck(ReadingCheck):
    """Text -> digits, and at the end what a sum writes for ten."""

    rule: ReferenceRule

    def __init__(self, rule: ReferenceRule) -> None:
        super().__init__(rule, digits=rule.max if rule.min == rule.max else f"{rule.min}–{rule.max}")
        self._ten = "".join(dict.fromkeys(each.ten for each in rule.sums))

    def notation(self) -> Notation:
        return reference_notation(range(self.rule.min, self.rule.max + 1), self.rule.separators, self._ten)

    def table(self) -> Table | None:
        axes = [_axis(each, self._ten, self.rule.max) for each in self.rule.sums]
        if len(axes) > 2 or len(self._ten) > 1:
            return None
        table = packed([axis for axis, _ in axes])
        bits = table.bits if table else 0
        lasts = [last for _, last in axes]
        last = {character: sum(each[character] << bits * number for number, each in enumerate(lasts)) for character in lasts[0]}
        return table and Table(table.additions, table.codes, last, either=len(axes) == 2)

    def define(self, digits: str) -> int:
        if not digits.strip("0"):  # satisfies every sum, and refers to nothing
            return CODES[Reason.SERIES]
        return RIGHT if self.moduli(digits) else CODES[Reason.CHECK_DIGIT]

    def moduli(self, number: str) -> list[int]:
        """Return the moduli of the sums that a number satisfies."""
        return [each.modulus for each in self.rule.sums if satisfies_cyclic(each, number)]


def _axis(cyclic: CyclicSum, ten: str, most: int) -> tuple[Axis, dict[str, int]]:
    """Return the axis of a sum over a number of at most ``most`` digits, and what the last character adds.

    Any digit but 0 adds at least 1, so that the total of zeros alone is 0. What cannot be the last character of the sum
    adds more than any total.
    """
    last, *rows = additions(cyclic, most + 1)
    modulus = cyclic.modulus

    def part(right: int, pair: str) -> int:
        total = rows[right][pair[1]] + rows[right + 1][pair[0]]
        return total % modulus or modulus * (pair != "00")

    *pairs, _ = pairs_of(most - most % 2 + 1)
    axis = coded([{pair: part(2 * right, pair) for pair in each} for right, each in enumerate(pairs)][::-1], lambda total: 0)
    most_total = len(axis.codes) - 1 + max(last.values())
    right = [RIGHT if total % modulus == 0 else CODES[Reason.CHECK_DIGIT] for total in range(most_total + 1)]
    codes = bytes([CODES[Reason.SERIES], *right[1:], *[CODES[Reason.CHECK_DIGIT]] * (most_total + 1)])
    return Axis(axis.additions, codes), {character: last.get(character, most_total + 1) for character in DIGITS + ten}

"""Counts the numbers that satisfy weighted sums, and picks them by rank, without a search."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nofields.rules import WeightedSum


class Numbers:
    """The numbers of given digits that satisfy all sums, in ascending order.

    Args:
        choices: The digits that may stand at each place, in ascending order.
        sums: The weighted sums. One with fewer weights than places leaves the last places free.

    >>> numbers = Numbers(["0123456789"] * 4, [WeightedSum((4, 3, 2, 1))])
    >>> numbers.count(), numbers.pick(0), numbers.pick(1), numbers.pick(0, "99")
    (909, '0000', '0019', '9903')
    """

    def __init__(self, choices: Sequence[str], sums: Sequence[WeightedSum]) -> None:
        self._choices, self._sums = choices, sums
        self._start = (0,) * len(sums)
        self._count_from = cache(self._count)

    def count(self, prefix: str = "") -> int:
        """Return how many numbers begin with ``prefix``."""
        return self._count_from(len(prefix), self._totals(prefix))

    def pick(self, rank: int, prefix: str = "") -> str:
        """Return the number with this rank, from 0, among those that begin with ``prefix``.

        Raises:
            IndexError: There are only ``rank`` such numbers or fewer.
        """
        number, totals = prefix, self._totals(prefix)
        while len(number) < len(self._choices):
            for digit in self._choices[len(number)]:
                after = self._add(totals, len(number), digit)
                count = self._count_from(len(number) + 1, after)
                if rank < count:
                    break
                rank -= count
            else:
                raise IndexError("rank out of range")
            number, totals = number + digit, after
        return number

    def _count(self, place: int, totals: tuple[int, ...]) -> int:
        """Count the completions from ``place`` on, given the sums of the digits before it."""
        if place == len(self._choices):
            return int(all(total in each.remainders for total, each in zip(totals, self._sums)))
        return sum(self._count_from(place + 1, self._add(totals, place, digit)) for digit in self._choices[place])

    def _totals(self, prefix: str) -> tuple[int, ...]:
        totals = self._start
        for place, digit in enumerate(prefix):
            totals = self._add(totals, place, digit)
        return totals

    def _add(self, totals: tuple[int, ...], place: int, digit: str) -> tuple[int, ...]:
        return tuple(
            (total + each.weights[place] * int(digit)) % each.modulus if place < len(each.weights) else total
            for total, each in zip(totals, self._sums)
        )

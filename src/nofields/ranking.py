"""Counts the numbers that satisfy weighted sums, and picks them by rank, without a search."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import mul

from nofields.rules import WeightedSum

#: The sums of the digits so far.
_Totals = tuple[int, ...]


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
        self._count_from = cache(self._count)
        self._steps_from = cache(self._steps)
        self._totals = lru_cache(maxsize=8)(self._totals_of)  # the same prefix is counted, then completed

    def count(self, prefix: str = "") -> int:
        """Return how many numbers begin with ``prefix``."""
        return self._count_from(len(prefix), self._totals(prefix))

    def pick(self, rank: int, prefix: str = "") -> str:
        """Return the number with this rank, from 0, among those that begin with ``prefix``.

        Raises:
            IndexError: There are only ``rank`` such numbers or fewer.
        """
        number, totals = [prefix], self._totals(prefix)
        for place in range(len(prefix), len(self._choices)):
            ranks, afters = self._steps_from(place, totals)
            step = bisect_right(ranks, rank) - 1
            if step == len(afters):
                raise IndexError("rank out of range")
            rank -= ranks[step]
            number.append(self._choices[place][step])
            totals = afters[step]
        return "".join(number)

    def _steps(self, place: int, totals: _Totals) -> tuple[list[int], list[_Totals]]:
        """Return the first rank behind each digit of a place and, last, of none; then the sums after each digit."""
        afters = [self._add(totals, place, digit) for digit in self._choices[place]]
        counts = (self._count_from(place + 1, after) for after in afters)
        return list(accumulate(counts, initial=0)), afters

    def _count(self, place: int, totals: _Totals) -> int:
        """Count the completions from ``place`` on, given the sums of the digits before it."""
        if place == len(self._choices):
            return int(all(total in each.remainders for total, each in zip(totals, self._sums)))
        return self._steps_from(place, totals)[0][-1]

    def _totals_of(self, prefix: str) -> _Totals:
        digits = [*map(int, prefix)]
        return tuple(sum(map(mul, each.weights, digits)) % each.modulus for each in self._sums)

    def _add(self, totals: _Totals, place: int, digit: str) -> _Totals:
        return tuple(
            (total + each.weights[place] * int(digit)) % each.modulus if place < len(each.weights) else total
            for total, each in zip(totals, self._sums)
        )

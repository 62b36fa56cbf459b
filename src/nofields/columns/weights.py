"""Weighs digits, eight at a time: a multiplication adds four of them up, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nofields.columns.found import Array
from nofields.columns.texts import WORD, Block

#: The low half of every other byte of a word: of a digit's character, the digit.
_DIGITS, _BYTE = np.uint64(0x000F000F000F000F), np.uint64(8)
#: The weighted sum comes out in a product's top sixteen bits, so that it can be no larger.
_TOP, LARGEST = np.uint64(48), (1 << 16) - 1

#: What stands behind a short text may be no digit, but its low half is weighed, by nothing.
_LARGEST_HALF = 15


def places(digits: int) -> list[int]:
    """Where the words begin that show all of so many digits."""
    return sorted({0, max(0, digits - WORD.itemsize)})


class Scales:
    """Weighted sums over numbers of ``digits`` digits: 4, or from 8 to 16."""

    def __init__(self, digits: int, sums: Sequence[Sequence[int]]) -> None:
        assert digits == 4 or WORD.itemsize <= digits <= 2 * WORD.itemsize
        assert all(_LARGEST_HALF * sum(weights) <= LARGEST for weights in sums)
        self._count = len(sums)
        #: For each word, the factors that weigh its even and its odd bytes for each sum.
        self._words = [
            (place, [[np.uint64(_factor(weights, place, odd)) for weights in sums] for odd in (False, True)])
            for place in places(digits)
        ]

    def weigh(self, block: Block, rows: Array | None = None) -> list[Array]:
        """Each sum of each row, or of some rows, as numbers that look something up."""
        count = block.stop - block.start if rows is None else len(rows)
        part, product, *totals = (np.empty(count, np.uint64) for _ in range(2 + self._count))
        begun = set()
        for place, (even, odd) in self._words:
            word = block.words(place) if rows is None else block.words(place)[rows]
            for shift, factors in ((0, even), (_BYTE, odd)):
                if any(factors):
                    np.bitwise_and(np.right_shift(word, shift, out=part) if shift else word, _DIGITS, out=part)
                for number, factor in enumerate(factors):
                    if factor and number in begun:
                        np.add(totals[number], np.multiply(part, factor, out=product), out=totals[number])
                    elif factor:
                        np.multiply(part, factor, out=totals[number])
                        begun.add(number)
        return [np.right_shift(total, _TOP, out=total).view(np.int64) for total in totals]


def _factor(weights: Sequence[int], place: int, odd: bool) -> int:
    """The weights of every other digit of a word, each where the multiplication brings its digit to the top.

    A second word begins with digits that the first has too; they are weighed there.
    """
    factor = 0
    for byte in range(odd, WORD.itemsize, 2):
        digit = place + byte
        if digit < len(weights) and (place == 0 or digit >= WORD.itemsize):
            factor += weights[digit] << 16 * (3 - byte // 2)
    return factor

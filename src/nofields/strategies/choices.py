"""Choices that Hypothesis draws, and shrinks towards the first."""

from __future__ import annotations

import datetime
from functools import lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

#: Larger ranges are drawn as bytes: Hypothesis prefers the small integers of a large range.
_LARGEST = 256
#: Bytes of an integer, or of a very large one two more than it needs, so that all are about as likely. One count for most:
#: Hypothesis repeats values in other places, and there replaces bytes of another count by zeros.
_BYTES, _MORE = 12, 2


class Choices:
    """A source of choices for :mod:`nofields.generate`, all equally likely.

    Args:
        draw: What draws from a strategy.
    """

    __slots__ = ("_draw",)

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw

    def __call__(self, low: int, high: int) -> int:
        """Return an integer from ``low`` to ``high``."""
        count = high - low + 1
        if count == 1:
            return low
        if count <= _LARGEST:
            return self._draw(_integers(low, high))
        return low + int.from_bytes(self._draw(_bytes(max(_BYTES, (count.bit_length() + 7) // 8 + _MORE))), "big") % count

    def day(self, first: datetime.date, last: datetime.date) -> datetime.date:
        """Return a day from ``first`` to ``last``."""
        return self._draw(_days(first, last))


@lru_cache(maxsize=1024)
def _integers(low: int, high: int) -> SearchStrategy[int]:
    return st.sampled_from(range(low, high + 1))


@lru_cache(maxsize=64)
def _bytes(count: int) -> SearchStrategy[bytes]:
    return st.binary(min_size=count, max_size=count)


@lru_cache(maxsize=1024)
def _days(first: datetime.date, last: datetime.date) -> SearchStrategy[datetime.date]:
    return st.dates(first, last)

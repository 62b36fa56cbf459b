"""A source of choices, and what can be drawn from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

#: Returns an integer from low to high, both included; Hypothesis shrinks towards low.
Choose = Callable[[int, int], int]

T = TypeVar("T")


def chooser(seed: int | None = None) -> Choose:
    """Return random choices, the same for the same seed."""
    return Random(seed).randint


def pick(choose: Choose, choices: Sequence[T]) -> T:
    """Return one of ``choices``."""
    return choices[choose(0, len(choices) - 1)]


def text(choose: Choose, alphabet: str, length: int) -> str:
    """Return ``length`` characters of ``alphabet``."""
    return "".join(pick(choose, alphabet) for _ in range(length))


def day_between(choose: Choose, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return a day from ``first`` to ``last``, both included."""
    return first + datetime.timedelta(days=choose(0, (last - first).days))

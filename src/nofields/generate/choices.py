"""A source of choices, and what can be drawn from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from math import factorial
from random import Random
from typing import TypeVar

#: Returns an integer from low to high, both included and all equally likely; Hypothesis shrinks towards low.
Choose = Callable[[int, int], int]

T = TypeVar("T")

#: One value in so many is an edge: the shortest or longest, or the first or last of a range.
EDGE_EVERY = 9


def chooser(seed: int | None = None) -> Choose:
    """Return random choices, the same for the same seed."""
    return Random(seed).randint


def pick(choose: Choose, choices: Sequence[T]) -> T:
    """Return one of ``choices``."""
    return choices[choose(0, len(choices) - 1)]


def or_edge(choose: Choose, usual: T, edges: Sequence[T]) -> T:
    """Return one of ``edges`` for one value in :data:`EDGE_EVERY`, otherwise ``usual``.

    An edge takes more choices than a usual value, so that Hypothesis shrinks to the latter.
    """
    return pick(choose, edges) if edge_group(choose, 1) is not None and edges else usual


def edge_group(choose: Choose, groups: int) -> int | None:
    """Return which of so many groups of edges, counted from 0, one value in :data:`EDGE_EVERY` is from, otherwise ``None``."""
    drawn = choose(0, EDGE_EVERY * groups - 1) - (EDGE_EVERY - 1) * groups
    return drawn if drawn >= 0 else None


def text(choose: Choose, alphabet: str, length: int) -> str:
    """Return ``length`` characters of ``alphabet``."""
    base = len(alphabet)
    number, characters = choose(0, base**length - 1), []
    for _ in range(length):
        number, place = divmod(number, base)
        characters.append(alphabet[place])
    return "".join(reversed(characters))


def shuffled(choose: Choose, characters: Sequence[str]) -> str:
    """Return characters in an order of which each is equally likely."""
    rest, order = list(characters), []
    number = choose(0, factorial(len(rest)) - 1)
    while rest:
        number, place = divmod(number, len(rest))
        order.append(rest.pop(place))
    return "".join(order)


def day_between(choose: Choose, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return a day from ``first`` to ``last``, both included, by the source's own method ``day`` if it has one."""
    own: Callable[[datetime.date, datetime.date], datetime.date] | None = getattr(choose, "day", None)
    if own:
        return own(first, last)
    return first + datetime.timedelta(days=choose(0, (last - first).days))

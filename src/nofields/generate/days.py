"""Days that programs get wrong: 29 February, the turn of the year, and the ends of a range."""

from __future__ import annotations

import datetime
from calendar import isleap
from collections.abc import Iterable
from functools import lru_cache

from nofields.generate.choices import Choose, day_between, or_edge, pick

#: How many times as often as an edge of another kind a limit is drawn.
_LIMITS = 12


def edge_days(first: datetime.date, last: datetime.date, limits: Iterable[datetime.date] = ()) -> list[list[datetime.date]]:
    """Return groups of edges from ``first`` to ``last``. Pick a group, then a day of it.

    Args:
        first: The first day.
        last: The last day.
        limits: Days at which a rule changes, which come more often than the other edges.
    """
    years = range(first.year, last.year + 1)
    leap_days = [datetime.date(year, 2, 29) for year in years if isleap(year)]
    turns = [[datetime.date(year, *day) for year in years] for day in ((1, 1), (12, 31))]
    groups = [leap_days, leap_days, *turns, *[[first, last, *limits]] * _LIMITS]
    within = ([day for day in dict.fromkeys(group) if first <= day <= last] for group in groups)
    return [group for group in within if group]


def day_or_edge(choose: Choose, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return a day from ``first`` to ``last``, sometimes an edge."""
    usual = day_between(choose, first, last)
    group = or_edge(choose, None, _edge_days(first, last))
    return pick(choose, group) if group else usual


@lru_cache
def _edge_days(first: datetime.date, last: datetime.date) -> list[list[datetime.date]]:
    return edge_days(first, last)

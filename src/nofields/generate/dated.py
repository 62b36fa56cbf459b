"""Birth dates and individual numbers: how numbers with a birth date begin."""

from __future__ import annotations

import datetime
from bisect import bisect
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import chain, islice

from nofields.check.definition import kinds_of
from nofields.fields import Gender
from nofields.fields.identity import gender_of
from nofields.generate.choices import Choose, day_between, edge_group, pick
from nofields.generate.days import edge_days
from nofields.ranking import Numbers
from nofields.rules import BirthDate, Century, DigitRule, Kind

Born = tuple[datetime.date, datetime.date]

#: Birth dates of a kind whose numbers do not show a century.
BIRTHS: Born = (datetime.date(1900, 1, 1), datetime.date(1999, 12, 31))
#: Individual numbers that may follow any date from 2032 on.
_ANY = Century(range(1000), range(1, 10**4))


class Dated:
    """The first digits of a kind's numbers: a birth date and, if the kind has centuries, an individual number.

    One number in so many has an edge as its date or its individual number. All other dates, and all other individual
    numbers of a date, are equally likely.

    Args:
        rule: The rule.
        kind: The kind, with a birth date.
        numbers: The numbers of the rule.
        born: First and last birth date; by default all that the kind's numbers show.
        gender: The gender in the number; any if ``None``.
        any_century: Whether any individual number may follow any date.
        edges: Whether there are edges.

    Raises:
        ValueError: ``born`` is reversed, or has a year that the kind's numbers do not show.
    """

    def __init__(
        self,
        rule: DigitRule,
        kind: Kind,
        numbers: Numbers,
        *,
        born: Born | None = None,
        gender: Gender | None = None,
        any_century: bool = False,
        edges: bool = True,
    ) -> None:
        self._rule, self._kind, self._numbers, self._gender = rule, kind, numbers, gender
        self._shape = kind.birth_date or BirthDate(())
        shown = births(kind)
        if born is not None:
            _check(kind, born, None if any_century else shown)
        self._born = born or shown
        self._centuries = (_ANY,) if any_century else self._shape.centuries
        self._bounds = individual_bounds(rule)
        self._has_edges = edges
        self._individuals = cache(self._individuals_of)
        self._is_only_kind = cache(self._is_only_kind_of)

    def prefix(self, choose: Choose) -> tuple[str, datetime.date]:
        """Return a birth date and, if the kind has centuries, an individual number with check digits; and the date."""
        birth = day_between(choose, *self._born)
        group = edge_group(choose, 2) if self._has_edges else None
        if group == 0 and self._edges:
            birth = pick(choose, pick(choose, self._edges))
        birth = self._certain(birth)
        date = self._digits(birth)
        return date + (self._individual(choose, date, birth.year, is_edge=group == 1) if self._centuries else ""), birth

    def _individual(self, choose: Choose, date: str, year: int, is_edge: bool) -> str:
        """Return an individual number that has check digits behind a date; any if none has."""
        usual, edges = self._individuals(year)
        tried = chain(_from_any(choose, edges), usual) if is_edge and edges else _from_any(choose, usual)
        first = next(tried)
        return next((each for each in chain((first,), tried) if self._numbers.count(date + each)), first)

    def _certain(self, birth: datetime.date) -> datetime.date:
        """Return a birth date, or another if it may be another kind's and there is one that may not.

        All others are about as likely. The date is not drawn again: Hypothesis would repeat one in the other's place.
        """
        if self._is_certain(birth):
            return birth
        certain, uncertain = self._days
        return certain[bisect(uncertain, birth) * len(certain) // (len(uncertain) + 1)] if certain else birth

    @cached_property
    def _days(self) -> tuple[list[datetime.date], list[datetime.date]]:
        """Birth dates that no other kind has in this form, and those that one has."""
        groups: tuple[list[datetime.date], list[datetime.date]] = ([], [])
        first, last = self._born
        for step in range((last - first).days + 1):
            birth = first + datetime.timedelta(step)
            groups[not self._is_certain(birth)].append(birth)
        return groups

    @cached_property
    def _edges(self) -> list[list[datetime.date]]:
        """Groups of edges, those alone that no other kind has in this form if there are any."""
        limits = (date for century in self._shape.centuries for date in _ends(century))
        groups = edge_days(*self._born, limits)
        return [certain for group in groups if (certain := [*filter(self._is_certain, group)])] or groups

    def _is_certain(self, birth: datetime.date) -> bool:
        return self._is_only_kind(self._digits(birth)[:4])

    def _is_only_kind_of(self, day_and_month: str) -> bool:
        """Return whether no other kind has such dates, in a leap year, which has all."""
        return all(each is self._kind for each in kinds_of(self._rule, day_and_month + "00"))

    def _digits(self, birth: datetime.date) -> str:
        """Return a birth date as a number of the kind has it."""
        return f"{birth.day + self._shape.day_offset:02}{birth.month + self._shape.month_offset:02}{birth.year % 100:02}"

    def _individuals_of(self, year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the individual numbers of people born in ``year``, then the edges of them."""
        ranges = [century.individuals for century in self._centuries if year in century.years]
        found = [f"{number:03}" for numbers in ranges for number in numbers]
        of_gender = [individual for individual in found if self._gender in (None, gender_of(individual))]
        return tuple(of_gender), tuple(individual for individual in of_gender if int(individual) in self._bounds)


def _from_any(choose: Choose, individuals: tuple[str, ...]) -> Iterator[str]:
    """Return individual numbers in order from any of them on, all of which are equally likely."""
    start = choose(0, len(individuals) - 1)
    return chain(islice(individuals, start, None), islice(individuals, start))


def births(kind: Kind) -> Born:
    """Return the first and the last birth date that the numbers of a kind show."""
    years = [year for century in (kind.birth_date or BirthDate(())).centuries for year in century.years]
    return (datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)) if years else BIRTHS


def individual_bounds(rule: DigitRule) -> frozenset[int]:
    """Return the individual numbers at which the centuries of a rule's kinds begin and end, and those before and after."""
    ranges = [century.individuals for kind in rule.kinds if kind.birth_date for century in kind.birth_date.centuries]
    return frozenset(bound for each in ranges for bound in (each.start - 1, each.start, each.stop - 1, each.stop))


def _check(kind: Kind, born: Born, shown: Born | None) -> None:
    """Raise ``ValueError`` for a reversed range, or one with birth dates that the numbers of a kind do not show."""
    first, last = born
    if any(not isinstance(day, datetime.date) or isinstance(day, datetime.datetime) for day in born):
        raise ValueError(f"born: {first!r} and {last!r} are not two dates")
    if first > last:
        raise ValueError(f"born: the first date, {first}, is after the last, {last}")
    if shown and kind.birth_date and kind.birth_date.centuries and not shown[0] <= first <= last <= shown[1]:
        raise ValueError(f"born: numbers of the kind {str(kind.name)!r} show birth dates from {shown[0]} to {shown[1]} only")


def _ends(century: Century) -> Born:
    return datetime.date(century.years[0], 1, 1), datetime.date(century.years[-1], 12, 31)

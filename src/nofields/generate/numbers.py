"""Numbers under a rule of digits, built by rank: check digits are computed, not searched for."""

from __future__ import annotations

import datetime
from functools import cache

from nofields.characters import DIGITS
from nofields.check.definition import kinds_of
from nofields.fields import Gender
from nofields.generate.choices import Choose, pick
from nofields.ranking import Numbers
from nofields.rules import BirthDate, DigitRule, Kind, Series

#: Default range of birth dates; every kind of number can express them.
BIRTHS = (datetime.date(1940, 1, 1), datetime.date(2019, 12, 31))


def digits(
    rule: DigitRule,
    kind: Kind,
    choose: Choose,
    born: tuple[datetime.date, datetime.date] = BIRTHS,
    gender: Gender | None = None,
) -> str:
    """Return a number of ``kind``; without a birth date, all of them are equally likely.

    Raises:
        ValueError: The rule has no such numbers.
    """
    numbers = _numbers(rule, kind.first_digits)
    prefix = _prefix(kind, numbers, choose, _birth(rule, kind, choose, born), gender) if kind.birth_date else ""
    count = numbers.count(prefix)
    first = int(count > 0 and not numbers.pick(0, prefix).strip("0"))  # zeros alone are invalid
    if count == first:
        raise ValueError(f"there are no numbers of the kind {kind.name!r}")
    return numbers.pick(choose(first, count - 1), prefix)


def _prefix(kind: Kind, numbers: Numbers, choose: Choose, birth: datetime.date, gender: Gender | None) -> str:
    """Return a birth date and, if the kind has centuries, an individual number with check digits."""
    date = _date(kind, birth)
    if not kind.birth_date or not kind.birth_date.centuries:
        return date
    individuals = _individuals(kind, birth.year, gender)
    if not individuals:
        raise ValueError(f"no {kind.name} has the birth year {birth.year}")
    start = choose(0, len(individuals) - 1)
    prefixes = (date + individual for individual in individuals[start:] + individuals[:start])
    return next((prefix for prefix in prefixes if numbers.count(prefix)), date + individuals[start])


def _birth(rule: DigitRule, kind: Kind, choose: Choose, born: tuple[datetime.date, datetime.date]) -> datetime.date:
    """Return a birth date: the one chosen, or the next that no other kind has in this form, if there is one."""
    first, days = born[0], (born[1] - born[0]).days + 1
    chosen = choose(0, days - 1)
    dates = (first + datetime.timedelta((chosen + later) % days) for later in range(days))
    certain = (date for date in dates if all(each is kind for each in kinds_of(rule, _date(kind, date))))
    return next(certain, first + datetime.timedelta(chosen))


def _date(kind: Kind, birth: datetime.date) -> str:
    """Return a birth date as a number of a kind has it."""
    shape = kind.birth_date or BirthDate(())
    return f"{birth.day + shape.day_offset:02}{birth.month + shape.month_offset:02}{birth.year % 100:02}"


@cache
def _numbers(rule: DigitRule, first_digits: str) -> Numbers:
    return Numbers(("".join(sorted(first_digits)), *[DIGITS] * (rule.digits - 1)), rule.sums)


def kind_named(rule: DigitRule, name: str) -> Kind:
    """Return the kind of a rule by its name.

    Raises:
        ValueError: The rule has no such kind.
    """
    for kind in rule.kinds:
        if kind.name == name:
            return kind
    raise ValueError(f"unknown kind {name!r}; known: {', '.join(kind.name for kind in rule.kinds)}")


def digits_of_any_kind(rule: DigitRule, choose: Choose) -> str:
    """Return a number of an accepted kind, a synthetic one if the rule has any."""
    kinds = [kind for kind in rule.kinds if rule.accept is None or kind.name in rule.accept]
    synthetic = [kind for kind in kinds if kind.series is Series.SYNTHETIC]
    return digits(rule, pick(choose, synthetic or kinds), choose)


@cache
def _individuals(kind: Kind, year: int, gender: Gender | None) -> tuple[str, ...]:
    """Return the individual numbers of people born in ``year``: even for women, odd for men."""
    centuries = kind.birth_date.centuries if kind.birth_date else ()
    ranges = [century.individuals for century in centuries if year in century.years]
    parity = {Gender.FEMALE: (0,), Gender.MALE: (1,), None: (0, 1)}[gender]
    return tuple(f"{number:03}" for numbers in ranges for number in numbers if number % 2 in parity)

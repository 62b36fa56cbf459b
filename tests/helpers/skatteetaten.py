"""Skatteetaten's rule of national identity numbers, written independently of nofields."""

from __future__ import annotations

import datetime
import random
from collections.abc import Container
from typing import NamedTuple

from helpers.values import identity_number, weighted

#: What is added to the day and to the month.
SHIFTS = {
    "fnr": (0, 0),
    "dnr": (40, 0),
    "tenor-fnr": (0, 80),
    "tenor-dnr": (40, 80),
    "nav-fnr": (0, 40),
    "nav-dnr": (40, 40),
    "nhn-fnr": (0, 65),
    "nhn-dnr": (40, 65),
    "nav-npid": (0, 60),
    "bost": (0, 20),
}
REAL = {"fnr", "dnr"}
EVERY = {*SHIFTS, "fh"}


class Person(NamedTuple):
    kind: str
    birth_date: datetime.date | None
    gender: str | None


def read(number: str, accepted: Container[str] = EVERY) -> Person | None:
    """The facts of a number; ``None`` if it is invalid by both rules, or of no kind that is accepted."""
    kinds = ["fh"] if number[0] in "89" else [kind for kind in SHIFTS if date_without_offsets(number, kind)]
    kind, *others = [kind for kind in kinds if kind in accepted] or [None]
    first = weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1))
    second = weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
    if kind is None or first > 3 or second != 0:
        return None
    if kind == "fh" or first != 0:
        return Person(kind, None, None)
    return Person(kind, None if others else birth_date(number, kind), "male" if number[8] in "13579" else "female")


def date_without_offsets(number: str, kind: str, century: int = 2000) -> datetime.date | None:
    day, month = SHIFTS[kind]
    try:
        return datetime.date(century + int(number[4:6]), int(number[2:4]) - month, int(number[:2]) - day)
    except ValueError:
        return None


def birth_date(number: str, kind: str) -> datetime.date | None:
    year, individual = int(number[4:6]), int(number[6:9])
    century = (dnr_century if kind.endswith("dnr") else fnr_century)(year, individual)
    return None if century is None else date_without_offsets(number, kind, century)


def fnr_century(year: int, individual: int) -> int | None:
    if individual < 500:
        return 1900
    if year < 40:
        return 2000
    if individual >= 900:
        return 1900
    return 1800 if year >= 54 and individual < 750 else None


def dnr_century(year: int, individual: int) -> int | None:
    if year < 40:
        return 1900 if individual < 200 else 2000
    if not 500 <= individual <= 599:
        return 1900
    return 1800 if year >= 58 else None


def nearly_valid(count: int, seed: int) -> list[str]:
    """Valid and nearly valid numbers: dates up to and just past their limits, check digits right and slightly wrong."""
    draw = random.Random(seed)
    days = [*range(32), *range(32), 29, 29, 30, 31, 32, 39]
    numbers = []
    while len(numbers) < count:
        day, month = draw.choice([*SHIFTS.values(), (80, 0), (40, 20), (0, 64)])
        date = f"{(day + draw.choice(days)) % 100:02}{(month + draw.randrange(14)) % 100:02}{draw.randrange(100):02}"
        number = identity_number(f"{date}{draw.randrange(1000):03}", draw.choice((0, 0, 0, 1, 2, 3, 4, 10)))
        if number and draw.random() < 0.25:
            place = draw.randrange(11)
            number = number[:place] + draw.choice("0123456789") + number[place + 1 :]
        if number:
            numbers.append(number)
    return numbers


def any_digits(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [f"{draw.randrange(10**11):011}" for _ in range(count)]

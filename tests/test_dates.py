"""Dates are read in Norwegian and ISO forms, and otherwise behave like Python's dates."""

from __future__ import annotations

import datetime
from collections import OrderedDict, UserDict
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import DateRange, FieldError, NorwegianDate, Problem


@given(st.dates())
def test_every_date_in_every_form(day: datetime.date) -> None:
    """A day is the same in all its forms, and equal to Python's own."""
    forms = [f"{day:%d.%m.}{day.year:04}", f"{day.day}.{day.month}.{day.year:04}", day.isoformat(), day, f" {day} \n"]
    for form in forms:
        made = NorwegianDate(form)
        assert type(made) is NorwegianDate
        assert made == day
        assert hash(made) == hash(day)
        assert str(made) == day.isoformat()
    assert NorwegianDate(day).formatted == forms[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.11.2016", "date"),
        ("29.2.1900", "date"),
        ("29.02.2023", "date"),
        ("0.1.2020", "date"),
        ("1.13.2020", "date"),
        ("1.1.0000", "date"),
        ("2020-00-10", "date"),
        ("31.12.16", "format"),
        ("31/12/2016", "format"),
        ("31-12-2016", "format"),
        ("2016-1-1", "format"),
        ("2016.12.31", "format"),
        ("31.12.2016.", "format"),
        ("31. 12. 2016", "format"),
        ("2016-12-31T00:00", "format"),
        ("３1.12.2016", "format"),
        ("today", "format"),
        (datetime.datetime(2016, 12, 31), "type"),
        (20161231, "type"),
    ],
)
def test_reasons(text: object, reason: str) -> None:
    """The reason distinguishes a day that does not exist from a form that is not accepted."""
    problem = NorwegianDate.problem(text)
    assert problem is not None
    assert (problem.key, problem.reason) == ("DATE_TO_FROM_ERROR", reason)


@pytest.mark.parametrize("leap", ["29.2.2000", "29.2.2024", "2024-02-29"])
def test_leap_days(leap: str) -> None:
    """29 February is a day in leap years."""
    assert (NorwegianDate(leap).day, NorwegianDate(leap).month) == (29, 2)


def test_arithmetic() -> None:
    """Arithmetic works as in Python and returns Norwegian dates."""
    day = NorwegianDate("28.02.2024")
    week = datetime.timedelta(days=7)
    assert day + week == datetime.date(2024, 3, 6)
    assert type(day + week) is NorwegianDate
    assert day - week == datetime.date(2024, 2, 21)
    assert (day + week) - day == week
    assert day < datetime.date(2024, 2, 29) <= day + week
    assert day.replace(day=1) == datetime.date(2024, 2, 1)
    assert type(day.replace(day=1)) is NorwegianDate
    assert NorwegianDate.fromisoformat("2024-02-28") == day
    assert type(NorwegianDate.fromisoformat("2024-02-28")) is NorwegianDate
    assert NorwegianDate(2024, 2, 28) == day
    assert isinstance(day, datetime.date)
    assert repr(day) == "NorwegianDate(2024, 2, 28)"


def problem_of(field: type[DateRange], *ends: object) -> Problem:
    with pytest.raises(FieldError) as raised:
        field(*ends)
    return raised.value.problem


@given(st.dates(), st.dates())
def test_ranges(one: datetime.date, other: datetime.date) -> None:
    """A pair in order is a range in every written form; a pair out of order is rejected for its order."""
    first, last = sorted([one, other])
    year = DateRange(first, last)
    written = [NorwegianDate(day).formatted for day in (first, last)]
    forms: list[object] = [
        (first, last), [str(first), str(last)], written, {"from": first, "to": last}, f"{first}/{last}",
        "–".join(written), " – ".join(written), " - ".join(written), year,
    ]  # fmt: skip
    assert [DateRange(form) for form in forms] == [year] * len(forms)
    assert DateRange.problem((first, None)) == problem_of(DateRange, first, None) == problem_of(DateRange, first, "")
    assert (year.start, year.end, year.days) == (first, last, (last - first).days + 1)
    assert type(year.start) is type(year.end) is NorwegianDate
    if first != last:
        problem = DateRange.problem((last, first))
        assert problem is not None
        assert (problem.key, problem.reason) == ("DATE_TO_FROM_ERROR", "order")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (("1.1.2020", "31.2.2020"), "date"),
        (("1.1.2020", "soon"), "format"),
        (("1.1.2020", None), "required"),
        ({"from": "1.1.2020"}, "required"),
        ({"fra": "1.1.2020", "til": "2.1.2020"}, "required"),
        ("1.1.2020/", "required"),
        ("/", "required"),
        ((), "format"),
        (("1.1.2020",), "format"),
        (("1.1.2020", "2.1.2020", "3.1.2020"), "format"),
        ("1.1.2020", "format"),
        ("1.1.2020-2.1.2020", "format"),
        ("2020-01-01/2020-01-02/2020-01-03", "format"),
        (("1.1.2020", 7), "type"),
        (7, "type"),
        (None, "required"),
    ],
)
def test_range_reasons(value: object, reason: str) -> None:
    """A range is rejected for its first wrong end, or for not having two."""
    problem = DateRange.problem(value)
    assert problem is not None
    assert problem.reason == reason


class Period(NamedTuple):
    first: str
    last: str


@pytest.mark.parametrize(
    "kind",
    [
        lambda first, last: OrderedDict({"from": first, "to": last}),
        lambda first, last: MappingProxyType({"from": first, "to": last}),
        lambda first, last: UserDict({"from": first, "to": last}),
        Period,
        lambda first, last: [first, last],
    ],
)
def test_range_from_mapping_or_pair(kind: Any) -> None:
    assert DateRange(kind("01.01.2016", "2016-12-31")) == "2016-01-01/2016-12-31"
    assert DateRange.problem(kind("2016-12-31", "01.01.2016")).reason == "order"


class Raising:
    """A key that cannot be compared with another."""

    def __hash__(self) -> int:
        return hash("from")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def test_own_separators() -> None:
    """A range accepts its own clean value, whatever separators a subclass names."""

    class Period(DateRange, separators=(" til ",)): ...

    assert Period("1.1.2016 til 31.12.2016") == Period("2016-01-01/2016-12-31") == "2016-01-01/2016-12-31"
    assert not Period.is_valid("1.1.2016 - 31.12.2016")


@pytest.mark.parametrize("value", [{Raising(): 1}, {Raising(): 1, "to": "2016-12-31"}, Period("", ""), (1, 2, 3), []])
def test_not_a_range(value: object) -> None:
    assert not DateRange.is_valid(value)
    assert DateRange.problem(value) is not None

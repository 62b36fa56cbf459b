"""Dates are read in Norwegian and ISO forms, and otherwise behave like Python's dates."""

from __future__ import annotations

import datetime
from collections import OrderedDict, UserDict
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import DateRange, FieldError, NorwegianDate, Problem
from nofields.characters import INVISIBLE, WHITE_SPACE
from nofields.columns import check
from nofields.rules import LONGEST_INPUT

#: What may stand between the parts of a date.
SEPARATORS = [".", "/", "-", " ", ". ", ".\u00a0", ".\t \u2009", "\u202f", "  ", "\u200b.\u00ad", "\u200e/", " \ufeff "]
#: The days that texts name, and some that do not exist.
PARTS = st.tuples(st.integers(0, 32), st.integers(0, 13), st.integers(1795, 2205) | st.integers(0, 9999))
PLACES = ["{0}.{1}.{2}", "{0:02}.{1:02}.{2:04}", "{0:02}. {1}. {2}", "{0}/{1}/{2:04}", "{0:02}-{1:02}-{2:04}", "{0} {1} {2:04}"]
PLACES += ["{2:04}-{1:02}-{0:02}", "{0:02}{1:02}{2:04}", "{2:04}{1:02}{0:02}", "{0}.{1}/{2}", "{2}.{1}.{0}", "{0}{1}{2}"]
TEXTS = st.builds(lambda form, parts: form.format(*parts), st.sampled_from(PLACES), PARTS)


@given(st.dates())
def test_every_date_in_every_form(day: datetime.date) -> None:
    """A day is the same in all its forms, and equal to Python's own."""
    year, both = f"{day.year:04}", (f"{day:%d}", f"{day:%m}")
    forms: list[object] = [f"{day:%d.%m.}{year}", day.isoformat(), day, f" {day} \n", "\ufeff".join(str(day))]
    forms += [separator.join((*parts, year)) for separator in SEPARATORS for parts in (both, (str(day.day), str(day.month)))]
    if 1800 <= day.year <= 2199:
        forms += [f"{day:%d%m%Y}", f"{day:%Y%m%d}", f" {day:%d%m}\u00ad{day:%Y}"]
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
        ("2016-1-1", "format"),
        ("31/12.2016", "format"),
        ("31.12 2016", "format"),
        ("31. 12-2016", "format"),
        ("31 .12.2016", "format"),
        ("31 . 12 . 2016", "format"),
        ("31 / 12 / 2016", "format"),
        ("31 - 12 - 2016", "format"),
        ("31..12.2016", "format"),
        ("31--12-2016", "format"),
        ("2016/12/31", "format"),
        ("2016 12 31", "format"),
        ("31 122016", "format"),
        ("3112 2016", "format"),
        ("31/12/16", "format"),
        ("31 12 16", "format"),
        ("161231", "format"),
        ("3112016", "format"),
        ("31.12.2016\x1c", "format"),
        ("12/31/2016", "date"),
        ("31 11 2016", "date"),
        ("\u200b", "required"),
        # Eight digits in an order that they fit are a day, or none in the calendar.
        ("31112016", "date"),
        ("20161131", "date"),
        ("29021900", "date"),
        ("32132016", "date"),
        ("20163913", "format"),
        ("20161939", "date"),
        ("00012016", "date"),
        # Whichever the order is, there is no such day.
        ("20131813", "date"),
        # Another order, a phone number, a year that is too far away.
        ("12312016", "format"),
        ("21234567", "format"),
        ("40122016", "format"),
        ("31121799", "format"),
        ("22001231", "format"),
        ("00000000", "format"),
        ("2016.12.31", "format"),
        ("31.12.2016.", "format"),
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
    assert problem.reason == reason
    assert problem.key == ("TEXT_FIELD_ERROR" if reason == "required" else "DATE_TO_FROM_ERROR")


def test_no_date_in_both_orders() -> None:
    """Eight digits are one date at most."""
    days = [datetime.date(1800, 1, 1) + datetime.timedelta(days) for days in range(146_097)]
    assert days[-1] == datetime.date(2199, 12, 31)
    assert {f"{day:%d%m%Y}" for day in days}.isdisjoint(f"{day:%Y%m%d}" for day in days)


DECORATIONS: list[Callable[[str, int, str, str], str]] = [
    lambda text, place, blank, invisible: blank + text + blank,
    lambda text, place, blank, invisible: text[:place] + invisible + text[place:],
    lambda text, place, blank, invisible: invisible.join(text),
    lambda text, place, blank, invisible: text.replace(" ", blank),
    lambda text, place, blank, invisible: text.replace(".", f".{blank}"),
]


@given(
    st.sampled_from(DECORATIONS), st.integers(0, 30), st.sampled_from(WHITE_SPACE), st.sampled_from(INVISIBLE), st.data()
)  # fmt: skip
def test_decorations(decorate: Any, place: int, blank: str, invisible: str, data: st.DataObject) -> None:
    """A text is valid if a decorated one is, with the same value; the same holds for ranges."""
    text = data.draw(TEXTS)
    decorated = decorate(text, place, blank, invisible)
    if NorwegianDate.is_valid(decorated):
        assert NorwegianDate(text) == NorwegianDate(decorated)
    separator = data.draw(st.sampled_from(["–", " – ", " - ", "/", " / ", "-", " -"]))
    both = f"{text}{separator}{data.draw(TEXTS)}"
    decorated = decorate(both, place, blank, invisible)
    if DateRange.is_valid(decorated):
        assert DateRange(both) == DateRange(decorated)


@given(
    st.sampled_from(DECORATIONS[:-1]), st.integers(0, 30), st.sampled_from(WHITE_SPACE), st.sampled_from(INVISIBLE),
    TEXTS | st.builds("{} - {}".format, TEXTS, TEXTS),
)  # fmt: skip
def test_decorations_without_effect(decorate: Any, place: int, blank: str, invisible: str, text: str) -> None:
    """Invisible characters, and white space at the ends or in place of a space, leave the reason as it is too."""
    decorated = decorate(text, place, blank, invisible)
    if len(decorated) <= LONGEST_INPUT:
        for field in (NorwegianDate, DateRange):
            assert field.problem(decorated) == field.problem(text)


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
        "–".join(written), " – ".join(written), " - ".join(written), "\u00a0-\t".join(written), year, str(year), year.formatted,
        f" {first} / {last}\n", "\u200b".join(f"{first}/{last}"), " - ".join(text.replace(".", "/") for text in written),
        " - ".join(text.replace(".", "-") for text in written), " - ".join(text.replace(".", " ") for text in written),
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
        ((), "format"),
        (("1.1.2020",), "format"),
        (("1.1.2020", "2.1.2020", "3.1.2020"), "format"),
        ("1.1.2020", "format"),
        ("1.1.2020-2.1.2020", "format"),
        ("1.1.2020 -2.1.2020", "format"),
        ("1-1-2020-2-1-2020", "format"),
        ("1.1.2020/2.1.2020", "format"),
        ("01/01/2020/02/01/2020", "format"),
        ("01/02/2020", "format"),
        ("20200101/20200102", "format"),
        ("2020-01-01/2.1.2020", "format"),
        ("2020-01-01/", "format"),
        ("1.1.2020/", "format"),
        ("/", "format"),
        ("–", "format"),
        ("1.1.2020 – ", "format"),
        (("1.1.2020", ""), "required"),
        ("1.1.2020–2.1.2020–3.1.2020", "format"),
        ("1.1.2020 - 31.2.2020", "date"),
        ("2.1.2020 - 1.1.2020", "order"),
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
    assert Period("1.1.2016\u00a0til\u00a031.12.2016") == Period(Period("1.1.2016 til 31.12.2016").formatted)


def test_separator_that_dates_have() -> None:
    """A text is split where two dates come of it."""

    class Period(DateRange, separators=("-", ".", "/")): ...

    for text in ("1-1-2016-31-12-2016", "1.1.2016.31.12.2016", "2016-01-01-2016-12-31", "1.1.2016-2016-12-31"):
        assert Period(text) == "2016-01-01/2016-12-31"
    assert not Period.is_valid("1/1/2016/31/12/2016")
    assert Period.problem("2016-12-31-2016-01-01") == Period.problem(("31.12.2016", "1.1.2016"))


@given(st.dates(), st.dates(), st.booleans())
def test_reads_what_it_writes(one: datetime.date, other: datetime.date, narrowed: bool) -> None:
    """Every text of a date or a range is read again, by both fields and their subclasses."""

    class Period(DateRange, separators=(" til ",)): ...

    kind = Period if narrowed else DateRange
    period = kind(*sorted([one, other]))
    for text in (period, str(period), period.formatted, f"{period.start}/{period.end}"):
        assert kind(text) == DateRange(text) == period
    for end in (period.start, period.end):
        assert NorwegianDate(str(end)) == NorwegianDate(end.formatted) == NorwegianDate(end.isoformat()) == end


@pytest.mark.parametrize("value", [{Raising(): 1}, {Raising(): 1, "to": "2016-12-31"}, Period("", ""), (1, 2, 3), []])
def test_not_a_range(value: object) -> None:
    assert not DateRange.is_valid(value)
    assert DateRange.problem(value) is not None


OWN_PATTERNS: list[tuple[str, str, str | None]] = [
    ("(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", "2016-12-31", None),
    ("(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", "2016-12", "format"),
    ("(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", "2016", "format"),
    ("(?P<day>[0-9]*)[.](?P<month>[0-9]*)[.](?P<year>[0-9]*)", "1..2016", "date"),
    ("(?P<day>[0-9]*)[.](?P<month>[0-9]*)[.](?P<year>[0-9]*)", f"1.{'9' * 50}.2016", "date"),
    ("(?P<day>[0-9]*)[.](?P<month>[0-9]*)[.](?P<year>[0-9]*)", "1.1.10000", "date"),
    ("(?P<day>.)(?P<month>.)(?P<year>.*)", "x12016", "date"),
    ("(?P<day>.)(?P<month>.)(?P<year>.*)", "112016", None),
]


@pytest.mark.parametrize(("pattern", "text", "reason"), OWN_PATTERNS)
def test_own_patterns(pattern: str, text: str, reason: str | None) -> None:
    """Groups may be missing or hold anything; nothing is raised."""
    field: Any = type("Own", (NorwegianDate,), {}, patterns=(pattern,))
    problem = field.problem(text)
    assert (problem.reason if problem else None) == reason
    (found,) = check(field, [text]).reasons.to_pylist()
    assert found == reason


def test_next_pattern_where_a_group_is_missing() -> None:
    """The first pattern that fits with all groups decides."""
    first = "(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})?|[0-9]{8}x?"
    field: Any = type("Own", (NorwegianDate,), {}, patterns=(first, "(?P<year>[0-9]{2})(?P<month>[0-9])(?P<day>[0-9])"))
    assert field("2016") == datetime.date(20, 1, 6)
    assert check(field, ["2016"]).clean().to_pylist() == [datetime.date(20, 1, 6)]


def test_pattern_without_a_group() -> None:
    """Rejected when the class is defined."""
    with pytest.raises(ValueError, match="has no group day and no group year"):
        type("Own", (NorwegianDate,), {}, patterns=("(?P<month>[0-9]+)",))


@pytest.mark.parametrize("separators", [("",), ("–", ""), (7,)])
def test_separator_that_is_none(separators: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="a separator must be a text that is not empty"):
        type("Own", (DateRange,), {}, separators=separators)

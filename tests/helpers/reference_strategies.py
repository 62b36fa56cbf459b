"""Plain strategies with the edges of ``nofields.strategies``, written without nofields: what a draw may cost."""

from __future__ import annotations

import datetime
from calendar import isleap

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from helpers.values import account_number, digits, identity_number, luhn_digit, mod11_digit, organisation_number

FIRST, LAST = datetime.date(1858, 1, 1), datetime.date(2039, 12, 31)
_LIMITS = [datetime.date(year, 1, 1) for year in (1858, 1900, 1940, 2000)]
_LIMITS += [datetime.date(year, 12, 31) for year in (1899, 1939, 1999, 2039)]
_YEARS = range(FIRST.year, LAST.year + 1)
_TURNS = [datetime.date(year, *day) for year in _YEARS for day in ((1, 1), (12, 31))]
_LEAP_DAYS = [datetime.date(year, 2, 29) for year in _YEARS if isleap(year)]
_BOUNDS = ["000", "199", "200", "499", "500", "599", "600", "749", "750", "899", "900", "999"]

_DAYS = st.dates(FIRST, LAST)
_EDGE_DAYS = st.sampled_from([_LIMITS, _LIMITS, _TURNS, _LEAP_DAYS]).flatmap(st.sampled_from)
_ONE_OF_FOUR, _ONE_OF_NINE, _ONE_OF_EIGHTEEN = (st.sampled_from(range(count)) for count in (4, 9, 18))
_INDIVIDUALS, _EDGES_OF_INDIVIDUALS = digits(3), st.sampled_from(_BOUNDS)


@st.composite
def identity_numbers(draw: DrawFn) -> str:
    """Synthetic national identity numbers of both kinds and rules; any individual number follows any date."""
    day_offset = draw(st.sampled_from([0, 40]))
    is_new = draw(_ONE_OF_FOUR) == 3
    day, edge = draw(_DAYS), draw(_ONE_OF_EIGHTEEN)
    if edge == 16:
        day = draw(_EDGE_DAYS)
    individual = int(draw(_EDGES_OF_INDIVIDUALS if edge == 17 else _INDIVIDUALS))
    remainder = draw(st.sampled_from([1, 2, 3])) if is_new else 0
    date = f"{day.day + day_offset:02}{day.month + 80:02}{day.year % 100:02}"
    numbers = (identity_number(f"{date}{(individual + more) % 1000:03}", remainder) for more in range(1000))
    return next(number for number in numbers if number)


@st.composite
def days(draw: DrawFn) -> str:
    """Days as ISO dates."""
    day = draw(_DAYS)
    return (draw(_EDGE_DAYS) if draw(_ONE_OF_NINE) == 8 else day).isoformat()


def organisation_numbers() -> SearchStrategy[str]:
    """Synthetic organisation numbers."""
    first = st.builds(str.__add__, st.sampled_from("23"), digits(7))
    return first.map(lambda text: _next(organisation_number, text))


def account_numbers() -> SearchStrategy[str]:
    """Account numbers."""
    return digits(10).map(lambda text: _next(account_number, text))


@st.composite
def payment_references(draw: DrawFn) -> str:
    """Payment references of every length, by both moduli."""
    make, length = draw(st.sampled_from([luhn_digit, mod11_digit])), draw(st.sampled_from(range(3, 25)))
    body = draw(digits(length))
    return body + make(body)


def _next(make: object, first: str) -> str:
    """The number of the first digits, or of those that follow them, with a check digit."""
    numbers = (make(f"{int(first) + more:0{len(first)}}") for more in range(20))  # type: ignore[operator]
    return next(number for number in numbers if number)

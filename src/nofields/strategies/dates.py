"""Dates and date ranges of a field, and what it rejects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields import generate
from nofields.check import compile_rule
from nofields.check.date import DateCheck
from nofields.errors import Reason
from nofields.generate import FIRST_DAY, LAST_DAY
from nofields.rules import DateRangeRule, DateRule
from nofields.strategies import valid
from nofields.strategies.valid import built_from
from nofields.value import Field

_DAY = datetime.timedelta(days=1)
_D, _M, _Y = "{0.day:02}", "{0.month:02}", "{0.year:04}"
#: The usual forms, the clean one first.
_FORMS = [f"{_Y}-{_M}-{_D}", f"{_D}.{_M}.{_Y}", f"{_D}{_M}{_Y}", f"{_Y}{_M}{_D}", f"{_D}/{_M}/{_Y}"]
_WRONG_DAYS = ["31.04.{:04}", "30.02.{:04}", "0.1.{:04}", "1.13.{:04}", "32.1.{:04}", "{:04}-02-30", "{:04}-00-01"]

Days = SearchStrategy[datetime.date]


def dates(field: type[Field]) -> SearchStrategy[str | datetime.date]:
    """Generate dates that a subclass of ``NorwegianDate`` accepts."""
    return _as_read(_check(field), _within(_check(field)))


def date_ranges(field: type[Field]) -> SearchStrategy[tuple[str, str]]:
    """Generate pairs of ISO dates that a subclass of ``DateRange`` accepts."""
    days = _within(_check(field))
    return st.tuples(days, days).map(valid.in_order)


def wrong_dates(field: type[Field]) -> Mapping[str, SearchStrategy[object]]:
    """Generate what a subclass of ``NorwegianDate`` rejects, by reason."""
    others = st.text("0123456789/ ", min_size=1, max_size=12).filter(str.strip) | st.sampled_from(["1.1.16", "i dag"])
    outside = _outside(_check(field))
    return {
        Reason.DATE: st.builds(str.format, st.sampled_from(_WRONG_DAYS), st.integers(1, 9999)),
        Reason.FORMAT: others.filter(lambda text: _reason(field, text) == Reason.FORMAT),
        **{reason: _as_read(_check(field), days) for reason, days in outside.items()},
    }


def wrong_date_ranges(field: type[Field]) -> Mapping[str, SearchStrategy[object]]:
    """Generate what a subclass of ``DateRange`` rejects, by reason."""
    backwards = valid.date_ranges().filter(lambda pair: pair[0] != pair[1]).map(lambda pair: (pair[1], pair[0]))
    no_day = st.builds(str.format, st.sampled_from(_WRONG_DAYS), st.integers(1, 9999))
    within = _within(_check(field))
    return {
        Reason.ORDER: backwards,
        Reason.DATE: st.tuples(no_day, valid.norwegian_dates()) | st.tuples(valid.norwegian_dates(), no_day),
        Reason.FORMAT: st.sampled_from(["2016", "x", "1.1.2016"]),
        **{reason: st.tuples(days, within).map(valid.in_order) for reason, days in _outside(_check(field)).items()},
    }


def _check(field: type[Field]) -> DateCheck:
    rule = field.rule.date if isinstance(field.rule, DateRangeRule) else field.rule
    assert isinstance(rule, DateRule)
    check = compile_rule(rule)
    assert isinstance(check, DateCheck)
    return check


def _reason(field: type[Field], value: object) -> str | None:
    problem = field.problem(value)
    return problem.reason if problem else None


def _as_read(check: DateCheck, days: Days) -> SearchStrategy[str | datetime.date]:
    """Generate days in the first of the usual forms that a check reads; as dates, which all read, if it reads none."""
    samples = FIRST_DAY, LAST_DAY
    form = next((form for form in _FORMS if any(check.match(form.format(day)) for day in samples)), None)
    return days if form is None else days.map(form.format).filter(lambda text: check.match(text) is not None)


def _within(check: DateCheck) -> Days:
    """Generate days within the limits, which are asked for at each draw."""
    return built_from(lambda choose: generate.day_or_edge(choose, *generate.within_limits(check.rule, FIRST_DAY, LAST_DAY)))


def _outside(check: DateCheck) -> dict[str, Days]:
    """Return the days outside of the limits, by reason."""

    @st.composite
    def early(draw: DrawFn) -> datetime.date:
        lower, _ = check.limits()
        return draw(st.dates(max_value=(lower or datetime.date.max) - _DAY))

    @st.composite
    def late(draw: DrawFn) -> datetime.date:
        _, upper = check.limits()
        return draw(st.dates(min_value=(upper or datetime.date.min) + _DAY))

    rule = check.rule
    found: dict[str, Days] = {}
    if rule.min not in (None, datetime.date.min):
        found[Reason.TOO_EARLY] = early()
    if rule.max not in (None, datetime.date.max):
        found[Reason.TOO_LATE] = late()
    return found

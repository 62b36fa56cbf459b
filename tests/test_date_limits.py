"""Dates and ranges have limits: dates, or functions that are called at each check."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from nofields import DateRange, FieldError, NorwegianDate, OrNone, Problem, Reason, generate, localize, strategies
from nofields.columns import check
from nofields.forms import Form
from nofields.strategies.from_type import values

FIRST, LAST = datetime.date(2000, 2, 1), datetime.date(2099, 12, 31)
BEFORE, AFTER = FIRST - datetime.timedelta(1), LAST + datetime.timedelta(1)


class Since(NorwegianDate, min=FIRST): ...


class Until(NorwegianDate, max=LAST): ...


class Within(NorwegianDate, min=FIRST, max=LAST): ...


class Asked(NorwegianDate, min=lambda: FIRST, max=lambda: LAST): ...


class OfField(NorwegianDate, min=NorwegianDate(FIRST), max=lambda: NorwegianDate(LAST)):
    """Its limits are values of a field, instances of a subclass of ``date``."""


class Period(DateRange, min=FIRST, max=LAST): ...


class AskedPeriod(DateRange, min=lambda: FIRST, max=lambda: LAST): ...


class PeriodOfField(DateRange, min=NorwegianDate(FIRST), max=NorwegianDate(LAST)): ...


DATES: list[type[NorwegianDate]] = [Since, Until, Within, Asked, OfField]
RANGES: list[type[DateRange]] = [Period, AskedPeriod, PeriodOfField]


def reason(field: type[NorwegianDate | DateRange], value: object) -> str | None:
    problem = field.problem(value)
    assert field.is_valid(value) is (problem is None)
    return problem.reason if problem else None


@given(st.dates() | st.sampled_from([BEFORE, FIRST, LAST, AFTER]), st.sampled_from(DATES))
def test_dates(day: datetime.date, field: type[NorwegianDate]) -> None:
    """Both limits are accepted, whatever form the date has."""
    expected = "too_early" if field is not Until and day < FIRST else "too_late" if field is not Since and day > LAST else None
    for form in (day, NorwegianDate(day), day.isoformat(), NorwegianDate(day).formatted):
        assert reason(field, form) == expected
    if expected is None:
        assert field(day) == day


@given(st.dates(), st.dates(), st.sampled_from(RANGES))
def test_ranges(first: datetime.date, last: datetime.date, field: type[DateRange]) -> None:
    """The order comes first, then where the range begins, then where it ends."""
    expected = "order" if first > last else "too_early" if first < FIRST else "too_late" if last > LAST else None
    for form in ((first, last), f"{first}/{last}", {"from": str(first), "to": last}):
        assert reason(field, form) == expected


@pytest.mark.parametrize("field", DATES + RANGES, ids=lambda field: field.__name__)
@pytest.mark.parametrize(("value", "expected"), [("x", "format"), ("31.2.2016", "date"), (7, "type"), (" ", "required")])
def test_other_reasons(field: type[NorwegianDate | DateRange], value: Any, expected: str) -> None:
    """What is no date has the same reason as without limits, and an example within them."""
    value = (value, "1.1.2100") if field in RANGES else value
    problem = field.problem(value)
    assert problem is not None
    assert problem.reason == expected
    assert problem.params.get("example", "31.12.2016") == "31.12.2016"


SENTENCES = [
    ("31.1.2000", "Datoen er for tidlig. Velg 01.02.2000 eller en senere dato."),
    ("31.1.2000", "Datoen er for tidleg. Vel 01.02.2000 eller ein seinare dato."),
    ("31.1.2000", "The date is too early. Choose 01.02.2000 or a later date."),
    ("1.1.2100", "Datoen er for sen. Velg 31.12.2099 eller en tidligere dato."),
    ("1.1.2100", "Datoen er for sein. Vel 31.12.2099 eller ein tidlegare dato."),
    ("1.1.2100", "The date is too late. Choose 31.12.2099 or an earlier date."),
]


@pytest.mark.parametrize("field", [Within, Asked, *RANGES], ids=lambda field: field.__name__)
@pytest.mark.parametrize(
    ("language", "value", "sentence"), [(("nb", "nn", "en")[n % 3], *row) for n, row in enumerate(SENTENCES)]
)
def test_sentences(field: type[NorwegianDate | DateRange], language: str, value: str, sentence: str) -> None:
    """The limit is shown as a date that the field reads."""
    given = value if field not in RANGES else ("31.1.2000", "1.1.2050") if "2000" in value else ("1.1.2050", "1.1.2100")
    problem = field.problem(given)
    assert problem is not None
    assert problem.explanation(language) == sentence
    (limit,) = [problem.params[name] for name in ("min", "max") if name in problem.params]
    assert Within.is_valid(limit)
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(field).validate_python(given)
    (error,) = localize(raised.value, language)
    assert (error["reason"], error["explanation"]) == (problem.reason, sentence)
    assert json.loads(raised.value.json())[0]["ctx"] == json.loads(json.dumps({"reason": problem.reason, **problem.params}))
    for other in (copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):
        assert other == problem


@pytest.mark.parametrize(
    ("settings", "example"),
    [
        ({"min": datetime.date(2017, 1, 2)}, "02.01.2017"),
        ({"max": datetime.date(1999, 1, 2)}, "02.01.1999"),
        ({"min": lambda: datetime.date(2017, 1, 2)}, "02.01.2017"),
        ({"min": FIRST, "max": LAST}, "31.12.2016"),
        ({"min": datetime.date(2017, 1, 2), "example": "3.1.2017"}, "3.1.2017"),
        ({"min": datetime.date(2017, 1, 2), "patterns": ("(?P<day>..)(?P<month>..)(?P<year>....)",)}, "02.01.2017"),
    ],
)
@pytest.mark.parametrize("value", ["x", "1.1.2016", "1.1.2018"])
def test_example(settings: dict[str, Any], example: str, value: str) -> None:
    """The message does not show an example that is too early or too late."""
    field: Any = type("Own", (NorwegianDate,), {}, **settings)
    problem = field.problem(value)
    assert problem is None or problem.params["example"] == example
    assert problem is None or example in problem.message("en")


class Clock:
    """A limit that is another date at each call, which it counts."""

    def __init__(self, *days: datetime.date) -> None:
        self.days = list(days)
        self.calls = 0

    def __call__(self) -> datetime.date:
        self.calls += 1
        return self.days[min(self.calls, len(self.days)) - 1]


def validate(field: Any, value: str) -> bool:
    try:
        TypeAdapter(field).validate_python(value)
    except ValidationError:
        return False
    return True


def construct(field: Any, value: str) -> bool:
    try:
        field(value)
    except FieldError:
        return False
    return True


WAYS: list[Callable[[Any, str], bool]] = [lambda field, value: bool(field.is_valid(value)), construct, validate]


@pytest.mark.parametrize("base", [NorwegianDate, DateRange])
@pytest.mark.parametrize("way", WAYS)
def test_limit_is_asked_for_at_each_check(base: type[NorwegianDate | DateRange], way: Callable[[Any, str], bool]) -> None:
    """A verdict is not remembered with a text."""
    today = FIRST

    def now() -> datetime.date:
        return today

    field: Any = type("Own", (base,), {}, max=now)
    text = str(FIRST) if base is NorwegianDate else f"{FIRST}/{FIRST}"
    verdicts = []
    for today in (FIRST, BEFORE, FIRST):  # noqa: B007 - read by `now`
        verdicts.append(way(field, text))
    assert verdicts == [True, False, True]


@pytest.mark.parametrize("value", [BEFORE, AFTER, FIRST, "x", "31.2.2000", "1.1.1", "", 7])
def test_limit_is_asked_for_once(value: object) -> None:
    """At most, in a check."""
    for base, form in ((NorwegianDate, value), (DateRange, (value, value))):
        clock = Clock(FIRST)
        field: Any = type("Own", (base,), {}, min=clock)
        field.problem(form)
        assert clock.calls <= 1


def test_no_clock_when_a_class_is_defined() -> None:
    clock = Clock(FIRST)
    type("Own", (NorwegianDate,), {}, min=clock)
    type("Own", (DateRange,), {}, min=clock)
    assert clock.calls == 0


TEXTS = [str(day) for day in (BEFORE, FIRST, LAST, AFTER)] + ["1.1.1", "x", "", None, "31.2.2000", "31122099", "01012100"]


@pytest.mark.parametrize("field", DATES, ids=lambda field: field.__name__)
def test_columns(field: type[NorwegianDate]) -> None:
    """Every row has the problem that the value alone has."""
    checked = check(field, TEXTS)
    expected = [field.problem(text) if text is not None else None for text in TEXTS]
    assert checked.reasons.to_pylist() == [problem.reason if problem else None for problem in expected]
    assert set(checked.counts()) == {problem for problem in expected if problem}
    clean = [field(text) if text is not None and problem is None else None for text, problem in zip(TEXTS, expected)]
    assert checked.clean().to_pylist() == clean


@pytest.mark.parametrize("threads", [1, 2])
def test_columns_ask_once(threads: int) -> None:
    """All rows of one call have the same limits; the next call asks again."""
    clock = Clock(FIRST, AFTER)
    field: Any = type("Own", (NorwegianDate,), {}, min=clock)
    column = [str(FIRST)] * 300_000
    assert check(field, column, threads=threads).valid.true_count == len(column)
    assert clock.calls == 1
    assert check(field, column, threads=threads).valid.true_count == 0
    assert clock.calls == 2


@pytest.mark.parametrize("limit", ["2016", datetime.datetime(2016, 1, 1), None, 7])
def test_function_that_returns_no_date(limit: Any) -> None:
    """The project's mistake is raised, and not counted as a problem of the value."""
    for base in (NorwegianDate, DateRange):
        field: Any = type("Own", (base,), {}, max=lambda: limit)
        with pytest.raises(TypeError, match=f"a limit must be a date, and .* returned {type(limit).__name__}"):
            field.is_valid(("1.1.2016", "2.1.2016") if base is DateRange else "1.1.2016")


def test_subclass_of_a_subclass() -> None:
    """A limit is replaced or removed, and a key keeps it."""

    class Own(Within, key="OWN"): ...

    class Open(Own, min=None): ...

    class OwnPeriod(Period, key="OWN"): ...

    class Later(OwnPeriod, min=LAST): ...

    class Both(DateRange, key="OWN", max=LAST): ...

    assert [reason(field, str(BEFORE)) for field in (Own, Open)] == ["too_early", None]
    assert [reason(field, str(AFTER)) for field in (Own, Open)] == ["too_late", "too_late"]
    assert [reason(field, (FIRST, LAST)) for field in (OwnPeriod, Later)] == [None, "too_early"]
    problem = Both.problem((FIRST, AFTER))
    assert problem is not None
    assert (problem.key, problem.reason) == ("OWN", "too_late")


def test_dates_still_work() -> None:
    """Arithmetic and comparison do not check limits, and a value passes its own type."""
    first = Within(FIRST)
    assert (first - datetime.timedelta(1), first < AFTER, first == FIRST) == (BEFORE, True, True)
    assert type(first - datetime.timedelta(1)) is Within
    assert Within(first) is first
    assert pickle.loads(pickle.dumps(first)) == copy.copy(first) == first
    assert not Within.is_valid(NorwegianDate(BEFORE))
    period = Period(FIRST, LAST)
    assert Period(period) is period
    assert (period.start, period.end, Period(period.formatted)) == (FIRST, LAST, period)


class Booking(BaseModel):
    day: Within
    period: Period
    other: OrNone[Asked] = None


def test_form() -> None:
    """Dates are text inputs, for which HTML has no limits; the server rejects them, and the end that is wrong is marked."""
    data = {"day": "31.1.2000", "period.from": "1.2.2000", "period.to": "1.1.2100", "other": ""}
    page = Form(Booking).bind(data, "en").render()
    assert "Choose 01.02.2000 or a later date." in page
    assert "Choose 31.12.2099 or an earlier date." in page
    assert 'type="date"' not in page
    assert " min=" not in page
    assert " max=" not in page
    assert re.findall('<input [^>]*id="([^"]+)"[^>]*aria-invalid="true"', page) == ["day", "period-to"]


@pytest.mark.parametrize("field", [Within, Period])
@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_json_schema(field: Any, mode: Any) -> None:
    """JSON Schema has no keyword for the limits of a date, so that they are described; what may change is not."""
    assert TypeAdapter(field).json_schema(mode=mode)["description"] == "From 2000-02-01 to 2099-12-31."
    for other in (NorwegianDate, DateRange, Asked, AskedPeriod):
        assert "description" not in TypeAdapter(other).json_schema(mode=mode)


SUBCLASSES: list[Any] = [*DATES, *RANGES]


@pytest.mark.parametrize("field", SUBCLASSES, ids=lambda field: field.__name__)
@given(data=st.data())
def test_strategies(field: Any, data: st.DataObject) -> None:
    """Generated values are within the limits; those that are not have the reason that was wanted."""
    value = data.draw(st.from_type(field))
    assert type(value) is field
    assert field.is_valid(data.draw(values(field)))
    for limit in ("too_early", "too_late"):
        if (field, limit) not in ((Since, "too_late"), (Until, "too_early")):
            assert reason(field, data.draw(strategies.invalid(field, reason=limit))) == limit
    for other in ("date", "format"):
        assert reason(field, data.draw(strategies.invalid(field, reason=other))) == other
    assert not field.is_valid(data.draw(strategies.invalid(field)))


@pytest.mark.parametrize("field", [Since, Until])
def test_reasons_that_do_not_occur(field: type[NorwegianDate]) -> None:
    with pytest.raises(ValueError, match="gives no reason"):
        strategies.invalid(field, reason="too_late" if field is Since else "too_early")


FAR: list[dict[str, datetime.date]] = [
    {"min": datetime.date(2500, 1, 1)},
    {"max": datetime.date(500, 1, 1)},
    {"min": FIRST, "max": FIRST},
    {"min": datetime.date.min, "max": datetime.date.max},
]


@pytest.mark.parametrize("settings", FAR)
def test_generated(settings: dict[str, datetime.date]) -> None:
    """Also where no usual date is within the limits."""
    field: Any = type("Own", (NorwegianDate,), {}, **settings)
    build = generate.builder(field)
    assert build is not None
    assert all(field.is_valid(build(generate.chooser(seed))) for seed in range(20))


@pytest.mark.parametrize(
    ("settings", "error", "expected"),
    [
        ({"min": "2016-12-31"}, TypeError, "min must be a date or a function that returns one, not str"),
        ({"max": datetime.datetime(2016, 1, 1)}, TypeError, "max must be a date or a function that returns one, not datetime"),
        ({"max": 2016}, TypeError, "max must be a date or a function that returns one, not int"),
        ({"min": LAST, "max": FIRST}, ValueError, "min=2099-12-31 is more than max=2000-02-01"),
    ],
)
@pytest.mark.parametrize("base", [NorwegianDate, DateRange])
def test_wrong_limits(
    base: type[NorwegianDate | DateRange], settings: dict[str, Any], error: type[Exception], expected: str
) -> None:
    with pytest.raises(error) as raised:
        type("Own", (base,), {}, **settings)
    assert expected in str(raised.value)


def test_problem_is_not_shared() -> None:
    """Fields with other limits have other problems."""
    assert Since.problem(BEFORE) == Problem(
        "DATE_TO_FROM_ERROR", Reason.TOO_EARLY, {"example": "31.12.2016", "min": "01.02.2000"}
    )
    field: Any = type("Own", (NorwegianDate,), {}, min=AFTER)
    assert field.problem(BEFORE) != Since.problem(BEFORE)

"""Without edges, generated values are spread evenly; with them, every edge that programs get wrong is drawn."""

from __future__ import annotations

import datetime
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from nofields import Gender, IdentityKind, MobilePhoneNumber, NationalIdentityNumber, PhoneNumber, Text, strategies
from nofields.generate import choices, dated
from nofields.postal_register import codes

DRAWS = 2_000
BORN = (datetime.date(1860, 1, 1), datetime.date(2039, 12, 31))


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


class Nickname(Text, min=3, max=80):
    """A text of the project's own."""


@pytest.fixture(autouse=True)
def no_constants(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no numbers that Hypothesis finds in the code: they differ with the modules that other tests have loaded."""
    monkeypatch.setattr(providers.HypothesisProvider, "_maybe_draw_constant", lambda *args, **kwargs: None)


def drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """What Hypothesis draws, the same in every run."""
    found: list[Any] = []

    @settings(
        max_examples=DRAWS, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @seed(2032)
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    assert len(found) > DRAWS * 0.99
    return found


def decade(number: str) -> int:
    born = AnyKind(number).birth_date
    assert born is not None
    return born.year // 10


DECADES = range(BORN[0].year // 10, BORN[1].year // 10 + 1)
MOBILE = ("40", "41", "45", "46", "47", "48", *map(str, range(90, 100)))

#: What is drawn, how it is grouped, and the groups, each of which has the same share.
SPREAD: dict[str, tuple[st.SearchStrategy[str], Callable[[str], Hashable], Iterable[Hashable]]] = {
    "decades": (strategies.national_identity_numbers(born=BORN), decade, DECADES),
    "decades of one kind": (strategies.national_identity_numbers(kinds=["tenor-dnr"], born=BORN), decade, DECADES),
    "decades of few": (
        strategies.national_identity_numbers(born=(datetime.date(1990, 1, 1), BORN[1])),
        decade,
        range(199, 204),
    ),
    "kinds": (
        strategies.national_identity_numbers(kinds=list(IdentityKind)),
        lambda number: AnyKind(number).kind,
        IdentityKind,
    ),
    "genders": (strategies.national_identity_numbers(born=BORN), lambda number: AnyKind(number).gender, Gender),
    "months": (
        strategies.national_identity_numbers(kinds=["tenor-fnr", "nav-npid"], born=BORN),
        lambda number: int(number[2:4]) % 20,
        range(1, 13),
    ),
    "mobile": (strategies.mobile_phone_numbers(), lambda number: number[:2], MOBILE),
    "phone": (
        strategies.phone_numbers(),
        lambda number: number[:2],
        {
            f"{prefix}"
            for prefix in range(20, 100)
            if any(PhoneNumber.is_valid(f"{prefix}{rest:06}") for rest in range(0, 10**6, 997))
        },
    ),
    "bank": (strategies.account_numbers(), lambda number: number[0], "0123456789"),
    "account group": (strategies.account_numbers(), lambda number: number[4], "0123456789"),
    "organisations": (strategies.organisation_numbers(), lambda number: number[:2], range(80, 100)),
    "dates": (strategies.norwegian_dates(), lambda date: date[:3], range(190, 210)),
    "postal codes": (
        strategies.postal_codes(),
        lambda code: bisect(codes(), code) * 20 // (len(codes()) + 1),
        range(20),
    ),
    "lengths": (strategies.payment_references(), len, range(4, 26)),
}


@pytest.mark.parametrize("name", SPREAD)
def test_spread(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every group within a factor of three of its share."""
    for module in (choices, dated):
        monkeypatch.setattr(module, "edge_group", lambda choose, groups: None)
    strategy, group, groups = SPREAD[name]
    counts = Counter(map(str, map(group, drawn(strategy))))
    expected = {str(each) for each in groups}
    assert set(counts) == expected
    share = counts.total() / len(expected)
    assert share / 3 <= min(counts.values())
    assert max(counts.values()) <= share * 3


#: The first and the last day of each range of years in the tables of fødselsnummer and D-number.
LIMITS = [
    "1854-01-01",
    "1858-01-01",
    "1899-12-31",
    "1900-01-01",
    "1939-12-31",
    "1940-01-01",
    "1999-12-31",
    "2000-01-01",
    "2039-12-31",
]
INDIVIDUALS = {"000", "199", "200", "499", "500", "599", "600", "749", "750", "899", "900", "999"}


def test_edges_of_persons() -> None:
    """Every one is drawn, and together they are at most a fifth."""
    numbers = drawn(strategies.national_identity_numbers())
    born = {str(AnyKind(number).birth_date) for number in numbers}
    assert set(LIMITS) <= born
    days = {"01-01", "12-31", "02-29"}
    assert days <= {date[5:] for date in born if date not in LIMITS}
    assert {number[6:9] for number in numbers} >= INDIVIDUALS
    of_both_series = {number[6:9] < "900" for number in numbers if number[0] in "4567" and number[6:9] >= "600"}
    assert of_both_series == {True, False}
    shown = {f"{day}{month}" for offset in (0, 40) for day, month in ((1 + offset, 81), (31 + offset, 92), (29 + offset, 82))}
    shown = {text.zfill(4) for text in shown}
    assert 0.1 <= sum(number[:4] in shown or number[6:9] in INDIVIDUALS for number in numbers) / len(numbers) <= 0.2


@pytest.mark.parametrize(
    ("strategy", "shown", "edges"),
    [
        (strategies.norwegian_dates(), lambda date: date, {"1900-01-01", "2099-12-31"}),
        (strategies.norwegian_dates(), lambda date: date[5:], {"02-29", "12-31", "01-01"}),
        (strategies.email_addresses(), len, {1 + 12, 64 + 12}),
        (strategies.altinn_passwords(), len, {7, 128}),
        (strategies.payment_references(), len, {4, 25}),
        (strategies.amounts(10, 1_000), str, {"10.00", "1000.00"}),
        (strategies.numbers(), str, {"0", "1000000"}),
        (strategies.texts(), len, {1, 255}),
        (strategies.texts(Nickname), len, {3, 80}),
    ],
)
def test_edges(strategy: st.SearchStrategy[str], shown: Callable[[str], Hashable], edges: set[Hashable]) -> None:
    assert {shown(value) for value in drawn(strategy)} >= edges


@pytest.mark.parametrize("kind", ["tenor-fnr", "nav-npid", "nhn-fnr"])
def test_few_repetitions(kind: str) -> None:
    """Hypothesis finds no parts of a number to exchange, and draws another number each time."""
    numbers = drawn(strategies.national_identity_numbers(kinds=[kind]))
    assert len(set(numbers)) >= 0.95 * DRAWS


@pytest.mark.parametrize("code", [{2032}, {*range(1_900, 2_000)}])
def test_the_same_whatever_the_code(code: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    strategy = strategies.norwegian_dates()
    before = drawn(strategy)
    found = providers._get_local_constants()
    monkeypatch.setattr(found, "integers", found.integers | code)
    monkeypatch.setattr(providers, "CONSTANTS_CACHE", type(providers.CONSTANTS_CACHE)(1024))
    assert drawn(strategy) == before


def test_mobile_numbers_of_the_test() -> None:
    """The groups above are those with mobile numbers."""
    assert all(MobilePhoneNumber.is_valid(f"{prefix}000000") for prefix in MOBILE)

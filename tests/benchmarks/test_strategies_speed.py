"""Whether a draw takes at most one and a half times as long as one of a plain strategy with the same edges.

Also how long people take to generate, of whom a hundred thousand may take ten seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from helpers import reference_strategies as reference
from nofields import strategies
from nofields.generate import persons

DRAWS = 500

CASES = {
    "a national identity number": (strategies.national_identity_numbers(), reference.identity_numbers()),
    "an organisation number": (strategies.organisation_numbers(series="synthetic"), reference.organisation_numbers()),
    "an account number": (strategies.account_numbers(), reference.account_numbers()),
    "a payment reference": (strategies.payment_references(), reference.payment_references()),
    "a date": (strategies.norwegian_dates(reference.FIRST, reference.LAST), reference.days()),
}


def drawing(strategy: st.SearchStrategy[Any]) -> Callable[[], None]:
    """What draws some values, the same in every run."""

    @settings(max_examples=DRAWS, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @seed(1)
    @given(strategy)
    def draw(value: object) -> None: ...

    return draw


@pytest.mark.parametrize("who", ["nofields", "reference"])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("turn", range(3))
def test_draw(name: str, who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """At most one and a half times as slow, with all that Hypothesis does around a draw."""
    bar(f"drawing {name}", 1.5, at_most=True)
    benchmark.pedantic(drawing(CASES[name][who == "reference"]), rounds=3, warmup_rounds=1)


def test_persons(request: pytest.FixtureRequest, bar: Any, measured: dict[str, float]) -> None:
    """A hundred thousand people in at most ten seconds; a few where nothing is measured."""
    bar("100,000 people, of ten seconds", 1, at_most=True)
    count = 100_000 if request.config.getoption("--benchmark-enable") else 100
    start = time.perf_counter()
    assert sum(1 for _ in persons(count, unique=True, seed=1)) == count
    measured["100,000 people, of ten seconds"] = (time.perf_counter() - start) / 10

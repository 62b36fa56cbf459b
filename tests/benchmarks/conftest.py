"""Prints, under the timings, how many times as fast as the others nofields is, and the bar that was set for it."""

from __future__ import annotations

from typing import Any

import pytest

BARS = pytest.StashKey[dict[str, tuple[float, bool]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[BARS] = {}


@pytest.fixture
def bar(request: pytest.FixtureRequest, benchmark: Any) -> Any:
    """Names the comparison that a benchmark belongs to and its bar: at least so fast, or at most so slow."""

    def belongs(group: str, factor: float, *, at_most: bool = False) -> None:
        benchmark.group = group
        request.config.stash[BARS][group] = (factor, at_most)

    return belongs


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    session = getattr(config, "_benchmarksession", None)
    best: dict[str, dict[str, float]] = {}
    for each in session.benchmarks if session else ():
        best.setdefault(each.group, {})[each.params["who"]] = each.stats.min
    if not best:
        return
    terminalreporter.section("nofields beside the others, by the fastest of all rounds")
    for group, seconds in best.items():
        factor, at_most = config.stash[BARS][group]
        ours, theirs = seconds["nofields"], next(time for who, time in seconds.items() if who != "nofields")
        ratio = ours / theirs if at_most else theirs / ours
        met = ratio <= factor if at_most else ratio >= factor
        wanted = f"{'at most' if at_most else 'at least'} {factor:g}"
        terminalreporter.line(f"{group:44}{ratio:8.2f} times   bar {wanted:14}{'' if met else '  NOT MET'}", red=not met)

"""Prints, under the timings, how many times as fast as the others nofields is, and the bar that was set for it."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from nofields import native

PAGE = Path(__file__).parents[2] / "docs" / "why" / "benchmarks.md"
#: What surrounds the table of the reader that runs.
READER = "the C extension" if native else "plain Python"
BEGINS, ENDS = f"<!-- benchmarks of {READER}: made by make bench -->", f"<!-- end of benchmarks of {READER} -->"
LIBRARIES = ("numpy", "pyarrow", "polars", "duckdb", "pydantic", "python-stdnum", "phonenumbers", "django")

BARS = pytest.StashKey[dict[str, tuple[float, bool]]]()
MEASURED = pytest.StashKey[dict[str, float]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[BARS], config.stash[MEASURED] = {}, {}


#: locust reads it, which the tests do without.
collect_ignore = ["altinn_users.py"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-table", action="store_true", help="write what was measured into docs/why/benchmarks.md")


def write_table(page: Path, rows: list[str]) -> None:
    """Replace the table of the last run by that of this one."""
    before, _, rest = page.read_text("utf-8").partition(BEGINS)
    _, ends, behind = rest.partition(ENDS)
    assert ends, f"{page.name} has no place for the table"
    table = [BEGINS, f"{machine()}.", "", "| Measured | times | bar | met |", "|---|---|---|---|", *rows, ENDS]
    page.write_text(before + "\n".join(table) + behind, "utf-8")


def machine() -> str:
    """What it was measured on, and with."""
    about = Path("/proc/cpuinfo")  # Linux has it; elsewhere the architecture must do
    cpu = about.read_text().partition("model name\t: ")[2].partition("\n")[0] if about.exists() else ""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    where = f"{cpu.strip() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"nofields with {READER}, on {where}, {libraries}"


@pytest.fixture
def bar(request: pytest.FixtureRequest) -> Any:
    """Names a comparison and its bar, one or those of the extension and of plain Python.

    At least so many times as fast, or at most so many times as slow.
    """

    def belongs(group: str, factor: float | tuple[float, float], *, at_most: bool = False) -> None:
        factor = factor if isinstance(factor, (int, float)) else factor[not native]
        if "benchmark" in request.fixturenames:
            request.getfixturevalue("benchmark").group = group
        request.config.stash[BARS][group] = (factor, at_most)

    return belongs


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> dict[str, float]:
    """Ratios that were measured elsewhere than in this process, by the name of the comparison."""
    return request.config.stash[MEASURED] if request.config.getoption("--benchmark-enable") else {}


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    ratios = {**_ratios(config), **config.stash[MEASURED]}
    if ratios:
        terminalreporter.section("nofields beside the others, by the fastest of all rounds")
    rows = []
    for group, ratio in ratios.items():
        factor, at_most = config.stash[BARS][group]
        met = ratio <= factor if at_most else ratio >= factor
        wanted = f"{'at most' if at_most else 'at least'} {factor:g}"
        terminalreporter.line(f"{group:52}{ratio:8.2f} times   bar {wanted:14}{'' if met else '  NOT MET'}", red=not met)
        rows.append(f"| {group} | {ratio:.2f} | {wanted} | {'yes' if met else '**no**'} |")
    if config.getoption("--write-table", False) and rows:
        write_table(PAGE, rows)


def _ratios(config: pytest.Config) -> dict[str, float]:
    session = getattr(config, "_benchmarksession", None)
    best: dict[str, dict[str, float]] = {}
    for each in session.benchmarks if session else ():
        seconds, who = best.setdefault(each.group, {}), each.params["who"]
        seconds[who] = min(each.stats.min, seconds.get(who, each.stats.min))
    ratios = {}
    for group, seconds in best.items():
        ours, theirs = seconds["nofields"], next(time for who, time in seconds.items() if who != "nofields")
        ratios[group] = ours / theirs if config.stash[BARS][group][1] else theirs / ours
    return ratios

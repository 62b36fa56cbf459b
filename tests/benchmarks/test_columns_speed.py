"""Columns of ten million rows beside a memcpy of the same buffers, polars, DuckDB and python-stdnum, on one core."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from stdnum.no import fodselsnummer, kontonr, orgnr

from nofields import AccountNumber, NationalIdentityNumber, OrganisationNumber
from nofields.columns import check
from nofields.columns.texts import side_by_side
from nofields.synthetic import VARIABLE

pytestmark = pytest.mark.usefixtures("measuring")
ROWS, ROUNDS = 10_000_000, 5
ORGANISATION, ACCOUNT = (3, 2, 7, 6, 5, 4, 3, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), ACCOUNT


@pytest.fixture
def measuring(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten million rows are for ``make bench``; the tests look at ten thousand, for the verdicts alone."""
    monkeypatch.setenv(VARIABLE, "accept")
    if not request.config.getoption("--benchmark-enable"):
        monkeypatch.setattr(sys.modules[__name__], "ROWS", 10_000)
        monkeypatch.setattr(sys.modules[__name__], "ROUNDS", 1)


def with_check_digit(digits: Any, weights: tuple[int, ...]) -> Any:
    """The rows whose check digit is no 10, with it."""
    check_digit = -(digits @ np.array(weights)) % 11
    return np.column_stack([digits, check_digit])[check_digit < 10]


def organisations(rng: Any, count: int) -> Any:
    return with_check_digit(np.column_stack([8 + rng.integers(0, 2, count), rng.integers(0, 10, (count, 7))]), ORGANISATION)


def accounts(rng: Any, count: int) -> Any:
    return with_check_digit(rng.integers(0, 10, (count, 10)), ACCOUNT)


def persons(rng: Any, count: int) -> Any:
    """Synthetic ones, as Tenor makes them: the month moved by 80."""
    day, month, year = rng.integers(1, 29, count), rng.integers(81, 93, count), rng.integers(0, 100, count)
    pairs = [digit for pair in (day, month, year) for digit in (pair // 10, pair % 10)]
    return with_check_digit(with_check_digit(np.column_stack([*pairs, rng.integers(0, 10, (count, 3))]), FIRST), SECOND)


FIELDS: dict[str, tuple[Any, Callable[[Any, int], Any], tuple[int, ...], float]] = {
    "organisation numbers": (OrganisationNumber, organisations, (3, 6), 5),
    "account numbers": (AccountNumber, accounts, (4, 6), 6),
    "fødselsnummer": (NationalIdentityNumber, persons, (6,), 10),
}


def column(make: Callable[[Any, int], Any]) -> pa.Array:
    """So many clean numbers as large_utf8."""
    digits = make(np.random.default_rng(7), ROWS * 3 // 2)[:ROWS]
    return side_by_side((digits + ord("0")).astype(np.uint8))


def mixed(clean: pa.Array, breaks: tuple[int, ...]) -> pa.Array:
    """One in ten with spaces, one in twenty too short, three in a hundred with a letter, two in a hundred null."""
    values: list[str | None] = clean.to_pylist()
    for row, chance in enumerate(np.random.default_rng(8).random(len(values))):
        value = values[row] or ""
        if chance < 0.10:
            parts = [value[start:stop] for start, stop in zip((0, *breaks), (*breaks, None))]
            values[row] = " ".join(parts)
        elif chance < 0.15:
            values[row] = value[:-1]
        elif chance < 0.18:
            values[row] = value[:4] + "x" + value[5:]
        elif chance < 0.20:
            values[row] = None
    return pa.array(values, pa.large_utf8())


def copying(array: pa.Array) -> Callable[[], object]:
    """A memcpy of the buffers, into memory that has been touched."""
    pairs = [(source := np.frombuffer(buffer, np.uint8), source.copy()) for buffer in array.buffers() if buffer]
    return lambda: [np.copyto(target, source) for source, target in pairs]


def fastest(**work: Callable[[], object]) -> dict[str, float]:
    """Seconds of the fastest round of each, the rounds interleaved."""
    best = dict.fromkeys(work, float("inf"))
    for _ in range(ROUNDS):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


@pytest.mark.parametrize("name", FIELDS)
def test_beside_a_copy(name: str, bar: Any, measured: dict[str, float]) -> None:
    field, make, breaks, times = FIELDS[name]
    clean = column(make)
    views, dirty = clean.cast(pa.string_view()), mixed(clean, breaks)
    assert check(field, clean).valid.true_count == check(field, views).valid.true_count == ROWS
    seconds = fastest(
        copy=copying(clean),
        clean=partial(check, field, clean),
        views=partial(check, field, views),
        dirty=partial(check, field, dirty),
    )
    for what, by, limit in (("clean", "copy", times), ("views", "copy", 2 * times), ("dirty", "clean", 5.0)):
        group = f"column: {name}, {what} / {by}"
        measured[group] = seconds[what] / seconds[by]
        bar(group, limit, at_most=True)


SQL = (
    "regexp_full_match(n, '[0-9]{9}') AND n[1] IN ('8', '9') AND ("
    + " + ".join(f"{weight} * (ascii(n[{place}]) - 48)" for place, weight in enumerate((*ORGANISATION, 1), 1))
    + ") % 11 = 0"
)


def polars_expression() -> Any:
    import polars as pl

    number = pl.col("n").cast(pl.UInt32, strict=False)
    total = sum(weight * (number // 10 ** (8 - place) % 10) for place, weight in enumerate((*ORGANISATION, 1)))
    return (pl.col("n").str.len_bytes() == 9) & (number >= 800_000_000) & (total % 11 == 0)


def test_beside_the_others(bar: Any, measured: dict[str, float]) -> None:
    import duckdb
    import polars as pl

    clean = column(organisations)
    few, connection = clean.slice(0, 20_000).to_pylist(), duckdb.connect(config={"threads": 1})
    frame, numbers = pl.DataFrame({"n": pl.from_arrow(clean)}), pa.table({"n": clean})
    connection.register("numbers", numbers)
    expression = polars_expression()
    work = {
        "nofields": partial(check, OrganisationNumber, clean),
        "polars": lambda: frame.select(expression.sum()).item(),
        "duckdb": lambda: connection.execute(f"SELECT count(*) FILTER (WHERE {SQL}) FROM numbers").fetchone()[0],
    }
    assert work["polars"]() == work["duckdb"]() == ROWS
    seconds = fastest(**work, stdnum=lambda: [orgnr.is_valid(number) for number in few])
    seconds["stdnum"] *= ROWS / len(few)
    for other, times in (("stdnum", 500), ("polars", 2.5), ("duckdb", 10)):
        measured[f"column: organisation numbers, {other} / nofields"] = seconds[other] / seconds["nofields"]
        bar(f"column: organisation numbers, {other} / nofields", times)


@pytest.mark.parametrize(("name", "module"), [("account numbers", kontonr), ("fødselsnummer", fodselsnummer)])
def test_beside_python_stdnum(name: str, module: Any, bar: Any, measured: dict[str, float]) -> None:
    field, make, _, _ = FIELDS[name]
    clean = column(make)
    few = clean.slice(0, 20_000).to_pylist()
    seconds = fastest(nofields=partial(check, field, clean), stdnum=lambda: [module.is_valid(number) for number in few])
    measured[f"column: {name}, stdnum / nofields"] = seconds["stdnum"] * ROWS / len(few) / seconds["nofields"]
    bar(f"column: {name}, stdnum / nofields", 500)


def test_a_whole_file_beside_polars_that_only_parses_it(tmp_path: Path, bar: Any, measured: dict[str, float]) -> None:
    """Five million rows of four columns, each command a process of its own."""
    rows, rng = ROWS // 2, np.random.default_rng(9)
    made = [make(rng, rows * 3 // 2)[:rows] for make in (organisations, accounts, persons)]
    postal = rng.integers(1000, 10000, rows)
    cells = [*made, np.column_stack([postal // 10**place % 10 for place in (3, 2, 1, 0)])]
    ends = [np.full((rows, 1), ord(end) - ord("0")) for end in ";;;\n"]
    lines = np.column_stack([part for pair in zip(cells, ends) for part in pair]) + ord("0")
    file = tmp_path / "customers.csv"
    file.write_bytes(b"orgnr;kontonr;fnr;postnr\n" + lines.astype(np.uint8).tobytes())
    parse = f"import polars; polars.read_csv({os.fspath(file)!r}, separator=';', infer_schema=False)"
    ours = partial(subprocess.run, [sys.executable, "-m", "nofields", "check", file], check=True, capture_output=True)
    theirs = partial(subprocess.run, [sys.executable, "-c", parse], check=True)
    seconds = fastest(nofields=ours, polars=theirs)
    measured["file: nofields check / polars parses it"] = seconds["nofields"] / seconds["polars"]
    bar("file: nofields check / polars parses it", 2, at_most=True)

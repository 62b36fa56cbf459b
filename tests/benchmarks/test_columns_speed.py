"""Columns of ten million rows against a memcpy of the same buffers, polars, DuckDB and python-stdnum, on one core."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from email_validator import validate_email
from stdnum.no import fodselsnummer, kontonr, orgnr

from nofields import (
    AccountNumber,
    EmailAddress,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
)
from nofields.columns import check
from nofields.synthetic import VARIABLE

pytestmark = pytest.mark.usefixtures("measuring")
ROWS, ROUNDS = 10_000_000, 5
ORGANISATION, ACCOUNT = (3, 2, 7, 6, 5, 4, 3, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), ACCOUNT


@pytest.fixture
def measuring(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check ten million rows in ``make bench``; the tests check ten thousand, and compare only verdicts."""
    monkeypatch.setenv(VARIABLE, "accept")
    if not request.config.getoption("--benchmark-enable"):
        monkeypatch.setattr(sys.modules[__name__], "ROWS", 10_000)
        monkeypatch.setattr(sys.modules[__name__], "ROUNDS", 1)


def with_check_digit(digits: Any, weights: tuple[int, ...]) -> Any:
    """Append the check digit to each row, without the rows where it would be 10."""
    check_digit = -(digits @ np.array(weights)) % 11
    return np.column_stack([digits, check_digit])[check_digit < 10]


def organisations(rng: Any, count: int) -> Any:
    return with_check_digit(np.column_stack([8 + rng.integers(0, 2, count), rng.integers(0, 10, (count, 7))]), ORGANISATION)


def accounts(rng: Any, count: int) -> Any:
    return with_check_digit(rng.integers(0, 10, (count, 10)), ACCOUNT)


def persons(rng: Any, count: int) -> Any:
    """Synthetic numbers like those of Tenor: 80 is added to the month."""
    day, month, year = rng.integers(1, 29, count), rng.integers(81, 93, count), rng.integers(0, 100, count)
    pairs = [digit for pair in (day, month, year) for digit in (pair // 10, pair % 10)]
    return with_check_digit(with_check_digit(np.column_stack([*pairs, rng.integers(0, 10, (count, 3))]), FIRST), SECOND)


def references(rng: Any, count: int) -> Any:
    """Twelve digits, the last by Luhn."""
    digits = rng.integers(0, 10, (count, 11))
    doubled = digits * ([2, 1] * 6)[:11]
    return np.column_stack([digits, -(doubled // 10 + doubled % 10).sum(axis=1) % 10])


def phones(rng: Any, count: int) -> Any:
    """Mobile numbers."""
    return np.column_stack([np.full(count, 9), rng.integers(0, 10, (count, 7))])


def postal_codes(rng: Any, count: int) -> Any:
    return np.column_stack([1 + rng.integers(0, 9, count), rng.integers(0, 10, (count, 3))])


#: The field, what makes its digits, where spaces stand, and the bar for clean columns.
FIELDS: dict[str, tuple[Any, Callable[[Any, int], Any], tuple[int, ...], float]] = {
    "organisation numbers": (OrganisationNumber, organisations, (3, 6), 1.6),
    "account numbers": (AccountNumber, accounts, (4, 6), 1.6),
    "fødselsnummer": (NationalIdentityNumber, persons, (6,), 2),
    "payment references": (PaymentReference, references, (4, 8), 4),
    "phone numbers": (PhoneNumber, phones, (2, 4, 6), 3),
    "postal codes": (PostalCode, postal_codes, (2,), 3),
}
#: Columns that are not clean: which part of the rows is null, has a letter, is too short, is spaced, and the bar.
ODD = {"mixed": ((0.02, 0.03, 0.05, 0.10), 3.5), "35 % spaced, 35 % short": ((0, 0, 0.35, 0.35), 6)}
#: Without the extension columns may take two and a half times as long as before there was one.
PLAIN_BARS = {"clean": 12.0, "views": 20.0, "mixed": 60.0, "35 % spaced, 35 % short": 120.0}


def side_by_side(characters: Any) -> pa.Array:
    """Return a matrix of characters as texts, a row each."""
    count, length = characters.shape
    ends = np.arange(0, (count + 1) * length, length, dtype=np.int64)
    return pa.LargeStringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(characters)))


def column(make: Callable[[Any, int], Any]) -> pa.Array:
    """``ROWS`` clean numbers as large_utf8."""
    digits = make(np.random.default_rng(7), ROWS * 3 // 2)[:ROWS]
    return side_by_side((digits + ord("0")).astype(np.uint8))


def with_odd_rows(clean: pa.Array, breaks: tuple[int, ...], parts: tuple[float, ...]) -> pa.Array:
    """Make parts of the rows null, give them a letter, leave out the last digit, or put spaces into them."""
    chance = np.random.default_rng(8).random(len(clean))
    pieces = [pc.utf8_slice_codeunits(clean, *ends) for ends in zip((0, *breaks), (*breaks, len(clean[0].as_py())))]
    spaced = pc.binary_join_element_wise(*pieces, pa.scalar(" ", pa.large_utf8()))
    short, letter = pc.utf8_slice_codeunits(clean, 0, -1), pc.utf8_replace_slice(clean, 2, 3, "x")
    most = sum(parts)
    for part, odd in zip(parts, (pa.scalar(None, clean.type), letter, short, spaced)):
        if part:
            clean = pc.if_else(pa.array(chance < most), odd, clean)
        most -= part
    return clean


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
def test_against_a_copy(name: str, bar: Any, measured: dict[str, float]) -> None:
    """Verdicts take little longer than copying the memory, and a few times as long where many rows are odd."""
    field, make, breaks, times = FIELDS[name]
    clean = column(make)
    columns = {"clean": clean, "views": clean.cast(pa.string_view())}
    columns |= {odd: with_odd_rows(clean, breaks, parts) for odd, (parts, _) in ODD.items()}
    bars = {"clean": times, "views": 2 * times, **{odd: most for odd, (_, most) in ODD.items()}}
    assert all(check(field, columns[what], threads=1).valid.true_count == ROWS for what in ("clean", "views"))
    for what, array in columns.items():
        seconds = fastest(copy=copying(array), check=lambda array=array: check(field, array, threads=1).valid)
        group = f"column: {name}, {what} / copy"
        measured[group] = seconds["check"] / seconds["copy"]
        bar(group, (bars[what], PLAIN_BARS[what]), at_most=True)


def test_clean_values_against_a_copy(bar: Any, measured: dict[str, float]) -> None:
    """After the check, clean values of half as many rows, one of them repaired, take little longer than a copy."""
    clean = column(organisations)[: ROWS // 2]
    one = pa.concat_arrays([clean[: ROWS // 4], pa.array([f" {clean[0]}"], clean.type), clean[ROWS // 4 :]])
    checked = check(OrganisationNumber, one)
    seconds = fastest(copy=copying(one), clean=checked.clean)
    measured["column: clean values, one repaired / copy"] = seconds["clean"] / seconds["copy"]
    bar("column: clean values, one repaired / copy", 2.5, at_most=True)


def dates(count: int, few: bool) -> pa.Array:
    """9,000 days as ``31.12.2016``, again and again; or different texts, half of them as ``2016-12-31``."""
    days = np.datetime64("1990-01-01") + np.arange(9_000) if few else np.datetime64("1000-01-01") + np.arange(3_287_000)
    years, months, of_month = (pc.cast(part(pa.array(days)), pa.large_utf8()) for part in (pc.year, pc.month, pc.day))
    padded = [pc.utf8_lpad(of_month, 2, "0"), pc.utf8_lpad(months, 2, "0"), years]
    written = pc.binary_join_element_wise(*padded, pa.scalar(".", pa.large_utf8()))
    iso = pc.binary_join_element_wise(*padded[::-1], pa.scalar("-", pa.large_utf8()))
    rng = np.random.default_rng(10)
    if few:
        return written.take(pa.array(rng.integers(0, len(days), count)))
    both = pa.concat_arrays([written, iso])
    return both.take(pa.array(rng.permutation(len(both))[:count]))


@pytest.mark.parametrize("kind", [pa.utf8(), pa.large_utf8(), pa.string_view()], ids=str)
@pytest.mark.parametrize("few", [True, False], ids=["9,000 days", "distinct"])
def test_dates_against_a_copy(few: bool, kind: pa.DataType, bar: Any, measured: dict[str, float]) -> None:
    """Half as many dates, with their verdicts, take a few times as long as copying the memory."""
    column = dates(ROWS // 2, few).cast(kind)
    assert check(NorwegianDate, column).valid.true_count == ROWS // 2
    seconds = fastest(copy=copying(column), dates=lambda: check(NorwegianDate, column, threads=1).valid)
    group = f"column: dates, {'9,000 days' if few else 'distinct'}, {kind} / copy"
    measured[group] = seconds["dates"] / seconds["copy"]
    bar(group, (8, 60), at_most=True)


def factors(weights: tuple[int, ...]) -> dict[int, int]:
    """A weighted sum of digits as one of quotients by 1, 10, 100 and so on, which needs no remainders by ten."""
    padded = (*reversed(weights), 0)
    return {10**place: (padded[place] - 10 * padded[place - 1]) % 11 if place else padded[0] for place in range(len(weights))}


def polars_on_one_core() -> Any:
    """Import polars with a single thread: it reads the setting when it starts its threads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLARS_MAX_THREADS", "1")
        import polars

        polars.thread_pool_size()
    return polars


def in_polars(clean: pa.Array, weights: tuple[int, ...], least: int) -> dict[str, Callable[[], int]]:
    """Ways to write the check in polars: cast once or for every digit. The cast is null unless all are digits."""
    pl = polars_on_one_core()
    assert ROWS < 10**6 or pl.thread_pool_size() == 1
    frame, digits = pl.DataFrame({"n": pl.from_arrow(clean)}), len(weights)
    cast = pl.col("n").cast(pl.UInt32 if digits < 10 else pl.UInt64, strict=False)

    def right(number: Any, total: Any) -> Any:
        return (pl.col("n").str.len_bytes() == digits) & (number >= least) & (total % 11 == 0)

    def by_digits(number: Any) -> Any:
        return sum(weight * (number // 10 ** (digits - 1 - place) % 10) for place, weight in enumerate(weights))

    def by_quotients(number: Any) -> Any:
        return sum(factor * (number // power) for power, factor in factors(weights).items() if factor)

    number = pl.col("number")
    once = frame.lazy().with_columns(number=cast)
    return {
        "polars, digits": lambda: frame.select(right(cast, by_digits(cast)))["n"].sum(),
        "polars, cast once": lambda: once.select(right(number, by_digits(number))).collect()["n"].sum(),
        "polars, cast once, quotients": lambda: once.select(right(number, by_quotients(number))).collect()["n"].sum(),
    }


def in_duckdb(clean: pa.Array, weights: tuple[int, ...], least: int) -> dict[str, Callable[[], int]]:
    """Ways to write the check in SQL; a cast alone would accept ``9.00e08``."""
    connection, digits = duckdb.connect(config={"threads": 1}), len(weights)
    connection.register("arrow", pa.table({"n": clean}))
    connection.execute("CREATE TABLE numbers AS SELECT n FROM arrow")
    characters = " + ".join(f"{weight} * (ascii(n[{place}]) - 48)" for place, weight in enumerate(weights, 1))
    quotients = " + ".join(f"{factor} * (number // {power})" for power, factor in factors(weights).items() if factor)
    once = f"(SELECT n, try_cast(n AS {'UINTEGER' if digits < 10 else 'UBIGINT'}) AS number FROM numbers)"
    form = f"regexp_full_match(n, '[0-9]{{{digits}}}')"
    ways = {
        "regex, characters": (f"{form} AND n >= '{least:0{digits}}' AND ({characters}) % 11 = 0", "numbers"),
        "regex, quotients": (f"{form} AND number >= {least} AND ({quotients}) % 11 = 0", once),
        "cast and back, quotients": (
            f"lpad(number::VARCHAR, {digits}, '0') = n AND number >= {least} AND ({quotients}) % 11 = 0",
            once,
        ),
    }

    def count(where: str, source: str) -> int:
        ((valid,),) = connection.execute(f"SELECT count(*) FILTER (WHERE {where}) FROM {source}").fetchall()
        return int(valid)

    return {f"duckdb, {name}": partial(count, *way) for name, way in ways.items()}


@pytest.mark.parametrize(
    ("name", "weights", "least"),
    [("organisation numbers", (*ORGANISATION, 1), 800_000_000), ("account numbers", (*ACCOUNT, 1), 1)],
)
def test_against_other_engines(name: str, weights: tuple[int, ...], least: int, bar: Any, measured: dict[str, float]) -> None:
    """A check with reasons is faster than the verdicts alone in polars or DuckDB."""
    field, make, _, _ = FIELDS[name]
    clean = column(make)
    others = in_polars(clean, weights, least) | in_duckdb(clean, weights, least)
    assert {way: run() for way, run in others.items()} == dict.fromkeys(others, ROWS)
    seconds = fastest(nofields=lambda: check(field, clean, threads=1).valid, **others)
    for other, times in (("polars", (3, 1)), ("duckdb", (30, 5))):
        group = f"column: {name}, {other} / nofields"
        measured[group] = min(time for way, time in seconds.items() if way.startswith(other)) / seconds["nofields"]
        bar(group, times)


@pytest.mark.parametrize(
    ("name", "module"),
    [("organisation numbers", orgnr), ("account numbers", kontonr), ("fødselsnummer", fodselsnummer)],
)
def test_against_python_stdnum(name: str, module: Any, bar: Any, measured: dict[str, float]) -> None:
    """On 20,000 rows, against a loop over python-stdnum."""
    field, make, _, _ = FIELDS[name]
    clean = column(make)
    few = clean.slice(0, 20_000).to_pylist()
    seconds = fastest(
        nofields=partial(check, field, clean, threads=1), stdnum=lambda: [module.is_valid(number) for number in few]
    )
    measured[f"column: {name}, stdnum / nofields"] = seconds["stdnum"] * ROWS / len(few) / seconds["nofields"]
    bar(f"column: {name}, stdnum / nofields", (1000, 100))


def test_whole_file(tmp_path: Path, bar: Any, measured: dict[str, float]) -> None:
    """Five million rows of four columns, each command in a process of its own; polars only parses."""
    rows, rng = ROWS // 2, np.random.default_rng(9)
    numbers = [make(rng, rows * 3 // 2)[:rows] for make in (organisations, accounts, persons)]
    postal = rng.integers(1000, 10000, rows)
    cells = [*numbers, np.column_stack([postal // 10**place % 10 for place in (3, 2, 1, 0)])]
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


def validate(text: str) -> object:
    return validate_email(text, check_deliverability=False)


def test_email_addresses(bar: Any, measured: dict[str, float]) -> None:
    """A million of them over a thousand domains, against a loop over email-validator."""
    texts = [f"ola.nordmann{row}@firma{row % 1000}.no" for row in range(ROWS // 10)]
    few = texts[:5000]
    addresses = pa.array(texts)
    assert check(EmailAddress, addresses).valid.true_count == len(texts)
    seconds = fastest(
        nofields=lambda: check(EmailAddress, addresses, threads=1).valid, other=lambda: [validate(text) for text in few]
    )
    group = "column: e-mail addresses, email-validator / nofields"
    measured[group] = seconds["other"] * len(texts) / len(few) / seconds["nofields"]
    bar(group, 25)

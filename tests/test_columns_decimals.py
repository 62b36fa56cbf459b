"""Columns of numbers, and of their texts, have the answers of the number fields about each value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.columns import Verdict, verdicts
from helpers.near import Grouped, WholeKroner
from nofields import Amount, Field, Number
from nofields.columns import check

each_field = pytest.mark.parametrize("field", [Number, Amount, Grouped, WholeKroner], ids=lambda field: field.__name__)
DECIMALS = [Decimal(text) for text in ("0", "-0.00", "1.5", "1.5000", "25.125", "-3", "0.0000001", "12345678901234567890.12")]
FLOATS = [0.0, -0.0, 1.5, 25.125, -3.0, 1e-7, 1e22, 1e30, 1e300, 5e-324, float("nan"), float("inf"), 0.1 + 0.2, 1234.5]
INTEGERS = [0, 1, -1, 25, 1234, 2**63 - 1, -(2**63)]


def scalar(field: Any, value: object) -> Verdict:
    """The field's own answers about a number."""
    if value is None:
        return Verdict()
    problem = field.problem(value)
    return Verdict(False, str(problem.reason), str(problem.key)) if problem else Verdict(True, clean=str(field(value)))


#: Columns and the numbers in them.
COLUMNS: dict[str, tuple[Any, list[Any]]] = {
    "list of int": ([*INTEGERS, None], [*INTEGERS, None]),
    "list of float": ([*FLOATS, None], [*FLOATS, None]),
    "list of Decimal": ([*DECIMALS, None], [*DECIMALS, None]),
    "list of texts": (["1 234,50", None, "25.000", "x"], ["1 234,50", None, "25.000", "x"]),
    "NumPy": (np.array([1, 2]), [1, 2]),
    "int8": (pa.array([1, None, -5], pa.int8()), [1, None, -5]),
    "uint64": (pa.array([2**64 - 1], pa.uint64()), [2**64 - 1]),
    "float32": (pa.array([0.1, 1e10, 1234.5], pa.float32()), [0.1, 1e10, 1234.5]),
    "float16": (pa.array(np.array([1.5, -2], np.float16)), [1.5, -2]),
    "decimal256": (pa.array([Decimal("9" * 40), Decimal(5)], pa.decimal256(60, 10)), [Decimal("9" * 40), Decimal(5)]),
    "large scale": (pa.array([Decimal("1.5"), None], pa.decimal128(38, 37)), [Decimal("1.5"), None]),
    "negative scale": (pa.array([Decimal("1.2E+5")], pa.decimal128(5, -4)), [120_000]),
    "chunks": (pa.chunked_array([[1], [], [2, None]], pa.int64()), [1, 2, None]),
    "no chunks": (pa.chunked_array([], pa.int64()), []),
    "sliced": (pa.array([1.5, 2.5, None, 3.505]).slice(1, 3), [2.5, None, 3.505]),
    "dictionary": (pa.array([5, 7, None, 5]).dictionary_encode(), [5, 7, None, 5]),
    "run-end-encoded": (pc.run_end_encode(pa.array([5, 5, None])), [5, 5, None]),
    "nulls": (pa.nulls(2), [None, None]),
    "polars": (pl.Series([1.5, None]), [1.5, None]),
    "polars, decimal": (pl.Series([Decimal("1.50"), None]), [Decimal("1.50"), None]),
    "pandas": (pd.Series([1, 2]), [1, 2]),
    "DuckDB": (duckdb.connect().sql("SELECT 1234.50::DECIMAL(18, 4)"), [Decimal("1234.5")]),
}


@each_field
@pytest.mark.parametrize("name", COLUMNS)
def test_columns(field: type[Field], name: str) -> None:
    column, numbers = COLUMNS[name]
    assert verdicts(check(field, column)) == [scalar(field, number) for number in numbers]


@each_field
@given(numbers=st.lists(st.floats() | st.none()) | st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_any_number(field: type[Field], numbers: list[Any]) -> None:
    assert verdicts(check(field, pa.array(numbers))) == [scalar(field, number) for number in numbers]


@each_field
@given(numbers=st.lists(st.decimals(-(10**15), 10**15, places=5)))
def test_any_decimal(field: type[Field], numbers: list[Decimal]) -> None:
    assert verdicts(check(field, pa.array(numbers, pa.decimal128(38, 10)))) == [scalar(field, number) for number in numbers]


@pytest.mark.parametrize("column", [[1, None], [1.5], [Decimal("1.5")]], ids=str)
def test_clean_values_are_texts(column: list[object]) -> None:
    assert check(Amount, column).clean().type == pa.utf8()


def test_threads() -> None:
    """Each checks a part of the column."""
    numbers = np.arange(300_000) / 4
    assert check(Amount, numbers, threads=2).clean() == check(Amount, numbers, threads=1).clean()


@pytest.mark.parametrize("column", [[True], [1, "1"], [[1]], [b"1"]], ids=str)
def test_other_types(column: list[object]) -> None:
    with pytest.raises(TypeError):
        check(Number, column)

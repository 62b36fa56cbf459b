"""Columns from polars, pandas, DuckDB, NumPy and plain Python, without a copy where possible; numbers are rejected."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from helpers.columns import Texts, scalar, verdicts
from helpers.hostile import OTHER_TEXTS
from nofields import Field, NorwegianDate, OrganisationNumber, PhoneNumber, PostalCode
from nofields.columns import check

TEXTS: Texts = ["974760673", "974 760 673", None, "974760674", "", "0357", "+47 21 23 45 67", "31.12.2016", "x" * 70, "0357"]


class SingleMethod:
    """A column with a single method of the PyCapsule interface."""

    def __init__(self, column: Any, method: str) -> None:
        setattr(self, method, getattr(column, method))


def relation(texts: Texts, *, views: bool = False, kind: str = "VARCHAR") -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.execute(f"SET produce_arrow_string_view = {views}")
    connection.execute(f"CREATE TABLE typed (number INTEGER, text {kind})")
    if texts:
        connection.executemany("INSERT INTO typed VALUES (?, ?)", list(enumerate(texts)))
    return connection.sql("SELECT text FROM typed ORDER BY number")


def words(texts: Texts) -> list[str]:
    """Each text once, and one that is not used."""
    return [text for text in dict.fromkeys([*texts, "unused"]) if text is not None]


def query(sql: str) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().sql(sql)


#: The sources of a column, by name.
SOURCES: dict[str, Callable[[Texts], Any]] = {
    "list": list,
    "tuple": tuple,
    "generator": iter,
    "numpy": lambda texts: np.array(texts, object),
    "polars": lambda texts: pl.Series(texts, dtype=pl.String),
    "polars, a frame": lambda texts: pl.DataFrame({"text": texts}, schema={"text": pl.String}),
    "polars, categorical": lambda texts: pl.Series(texts, dtype=pl.Categorical),
    "polars, enum": lambda texts: pl.Series(texts, dtype=pl.Enum(words(texts))),
    "polars, sliced": lambda texts: pl.Series(["y" * 30, *texts, None], dtype=pl.String).slice(1, len(texts)),
    "pandas": lambda texts: pd.Series(texts, dtype="str"),
    "pandas, objects": lambda texts: pd.Series(texts, dtype=object),
    "pandas, Arrow's texts": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "pandas, category": lambda texts: pd.Series(texts, dtype=pd.CategoricalDtype(words(texts))),
    "pandas, an index": lambda texts: pd.Index(texts, dtype="str"),
    "pandas, a frame": lambda texts: pd.DataFrame({"text": pd.Series(texts, dtype="str")}),
    "DuckDB": relation,
    "DuckDB, views": lambda texts: relation(texts, views=True),
    "DuckDB, an enumeration": lambda texts: relation(texts, kind=f"ENUM ({', '.join(map(repr, words(texts)))})"),
    "Arrow, a table": lambda texts: pa.table({"text": pa.array(texts, pa.utf8())}),
    "Arrow, a batch": lambda texts: pa.record_batch({"text": pa.array(texts, pa.utf8())}),
    "Arrow, structs": lambda texts: pa.StructArray.from_arrays([pa.array(texts, pa.utf8())], ["text"]),
    "only an array": lambda texts: SingleMethod(pa.array(texts, pa.utf8()), "__arrow_c_array__"),
    "only a stream": lambda texts: SingleMethod(pa.chunked_array([texts], pa.utf8()), "__arrow_c_stream__"),
}


@pytest.mark.parametrize("texts", [TEXTS, [], [None], ["974760673"]], ids=["all sorts", "nothing", "null", "clean"])
@pytest.mark.parametrize("source", SOURCES)
def test_sources(source: str, texts: Texts) -> None:
    """The source of a column does not change its answers."""
    for field in (OrganisationNumber, PhoneNumber, PostalCode, NorwegianDate):
        assert verdicts(check(field, SOURCES[source](texts))) == [scalar(field, text) for text in texts]


@pytest.mark.parametrize("texts", [["974760673"] * 50, ["974760673", None] * 50], ids=["clean", "with nulls"])
@pytest.mark.parametrize("source", ["polars", "polars, sliced", "pandas", "pandas, Arrow's texts"])
def test_no_copy(source: str, texts: Texts) -> None:
    """Neither the texts nor, where all are clean, the clean values."""
    column = SOURCES[source](texts)
    [theirs], [clean] = pa.chunked_array(column).chunks, check(OrganisationNumber, column).clean().chunks
    assert [each and each.address for each in clean.buffers()] == [each and each.address for each in theirs.buffers()]


def test_texts_of_other_classes() -> None:
    """Texts of subclasses are read by their content, and clean values are accepted again."""
    values = [*OTHER_TEXTS.values(), OrganisationNumber("974760673")]
    assert verdicts(check(OrganisationNumber, values)) == [scalar(OrganisationNumber, str.__str__(value)) for value in values]


@pytest.mark.parametrize(
    "numbers",
    [
        [974760673],
        [357, None],
        [974760673.0],
        range(3),
        np.array([974760673]),
        np.array([1.5]),
        pa.array([357], pa.uint16()),
        pa.array([357]).dictionary_encode(),
        pa.table({"number": [974760673]}),
        pl.Series([974760673]),
        pl.Series([974760673.0]),
        pd.Series([974760673]),
        pd.Series([974760673, None]),
        query("SELECT 974760673"),
        query("SELECT 974760673.0"),
    ],
    ids=lambda numbers: f"{type(numbers).__module__} {type(numbers).__name__}",
)
def test_numbers_are_rejected(numbers: Any) -> None:
    """A column of numbers has lost its leading zeros: the error says so."""
    with pytest.raises(TypeError, match="leading zeros"):
        check(PostalCode, numbers)


@pytest.mark.parametrize(
    "column",
    [
        "974760673",
        b"974760673",
        974760673,
        None,
        object(),
        [b"974760673"],
        ["974760673", b"974760673"],
        ["974760673", 974760673],
        [974760673, "974760673"],
        [["974760673"]],
        [True],
        [object()],
        [10**5000],
        ["974760673", float("nan")],
        [datetime.date(2016, 12, 31)],
        pa.array([b"974760673"]),
        pa.array(["974760673"]).cast(pa.large_binary()),
        pa.scalar("974760673"),
        pa.table({"a": ["974760673"], "b": ["974760673"]}),
        pa.table({}),
        pl.Series([b"974760673"]),
        pl.Series([["974760673"]]),
        pl.DataFrame({"a": ["974760673"], "b": ["974760673"]}),
        pl.LazyFrame({"a": ["974760673"]}),
        pd.Series([b"974760673"]),
        pd.Series(["974760673", 974760673]),
        pd.Series([974760673, "974760673"]),
        pd.Series([object()]),
        pd.DataFrame({"a": ["974760673"], "b": ["974760673"]}),
        query("SELECT '974760673' AS a, '974760673' AS b"),
        query("SELECT ['974760673']"),
        np.array([b"974760673"]),
        np.array([["974760673"]]),
    ],
    ids=lambda column: f"{type(column).__module__} {type(column).__name__}",
)
def test_other_types(column: Any) -> None:
    """One text, other objects, several columns: a TypeError that contains no value."""
    with pytest.raises(TypeError) as raised:
        check(OrganisationNumber, column)
    assert "974760673" not in str(raised.value)


@pytest.mark.parametrize("table", [pa.table, pl.DataFrame, pd.DataFrame], ids=["Arrow", "polars", "pandas"])
def test_several_columns(table: Callable[..., Any]) -> None:
    """The error for a table names its columns, so that one can be chosen."""
    with pytest.raises(TypeError, match="2: a, b"):
        check(OrganisationNumber, table({"a": ["x"], "b": ["y"]}))


@pytest.mark.parametrize("field", [OrganisationNumber, PostalCode], ids=lambda field: field.__name__)
def test_clean_values_elsewhere(field: type[Field]) -> None:
    """Clean values go back to polars, pandas and DuckDB, from dictionaries as well."""
    for texts in (pa.array(["0357", " 0357", "974760673", "974 760 673", None]), pl.Series(["0357", "974760673"])):
        for column in (texts, pa.chunked_array(texts).cast(pa.utf8()).dictionary_encode()):
            checked = check(field, column)
            expected = checked.clean().to_pylist()
            clean = checked.clean()
            assert pl.Series(clean).cast(pl.String).to_list() == expected
            assert clean.to_pandas().astype(object).where(lambda each: each.notna(), None).tolist() == expected
            table = pa.table({"clean": clean, "valid": checked.valid})
            rows = duckdb.connect().from_arrow(table).filter("valid").fetchall()
            assert rows == [(text, True) for text in expected if text is not None]

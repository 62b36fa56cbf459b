"""``--rejected`` contains no national identity number, in any layout and at any depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import ipc, parquet

from helpers.commands import check
from helpers.values import policy
from nofields import NationalIdentityNumber, strategies
from nofields.audit.decoding import computable, decoded
from nofields.audit.masking import mask_identity_numbers
from nofields.strategies import account_numbers

#: Texts, and their masked forms. 80000000004 is an FH-number, which has no date: it resembles an account number.
TEXTS = {
    "30108299920": "***",
    "301082 99920": "***",
    "3 0 1 0 8 2 9 9 9 2 0": "***",
    "mor: 301082-99939": "***",
    "Ola 30108299920 ringte 22": "Ola *** ringte 22",
    "22: 301082 99920": "22: ***",
    "1 301082-99920, 2 30.10.82 99939": "1 ***, 2 ***",
    "1/30. 10. 82 - 99920": "1/***",
    "301082\u00a099920/30108299939": "***/***",
    "30108299920 30108299920": "*** ***",
    "tlf22:03851598730": "tlf22:***",
    "30108299920.0": "***.0",
    "86011117947 tilhører 30108299920": "86011117947 tilhører ***",
    "8601.11.17947": "8601.11.17947",
    "86011117947": "86011117947",
    "konto 86011117947 den 24": "konto 86011117947 den 24",
    "80000000004": "80000000004",
    "30108299921": "30108299921",
    "Ola 30108299921 ringte 22": "Ola 30108299921 ringte 22",
    "130108299920": "130108299920",
    "301082999200 og 22": "301082999200 og 22",
    "3851598730": "3851598730",
    "+47 40612345": "+47 40612345",
    "": "",
}
BEFORE, AFTER = [*TEXTS, None], [*TEXTS.values(), None]
#: The second has lost its zero.
NUMBERS = [30108299920, 3851598730, 86011117947, 974760673, 4740612345, 80000000004, 0, -30108299920, None]
NUMBERS_LEFT = [None, None, *NUMBERS[2:]]


def in_bytes(texts: list[str | None]) -> list[bytes | None]:
    return [None if text is None else text.encode() for text in texts]


def leaves() -> Iterator[tuple[str, pa.Array, list[Any]]]:
    """Arrays of every type that may hold a number, and their values after masking."""
    for kind in (pa.utf8(), pa.large_utf8(), pa.string_view()):
        yield str(kind), pa.array(BEFORE, kind), AFTER
    for kind in (pa.binary(), pa.large_binary(), pa.binary_view()):
        yield str(kind), pa.array(in_bytes(BEFORE), kind), in_bytes(AFTER)
    for kind in (pa.int64(), pa.float64()):
        yield str(kind), pa.array(NUMBERS, kind), NUMBERS_LEFT
    yield "int32", pa.array([1010199999, 1010112345, None], pa.int32()), [1010199999, 1010112345, None]
    yield "fixed size", pa.array([b"30108299920", None, b"86011117947"], pa.binary(11)), [None, None, b"86011117947"]
    for kind in (pa.decimal128(13, 2), pa.decimal256(60, 0)):
        decimals, left = ([None if each is None else Decimal(each) for each in part] for part in (NUMBERS, NUMBERS_LEFT))
        yield str(kind), pa.array(decimals, kind), left
    yield (
        "other",
        pa.array([30108299920, None], pa.timestamp("s")),
        pa.array([30108299920, None], pa.timestamp("s")).to_pylist(),
    )


def encoded() -> Iterator[tuple[str, pa.Array, list[Any]]]:
    """The same in dictionaries and in runs."""
    for name, array, left in leaves():
        yield name, array, left
        if name in ("string", "large_string", "binary", "int64"):
            yield f"dictionary of {name}", array.dictionary_encode(), left
        if name in ("string", "string_view", "int64"):
            rows = pa.array([*range(len(array))], pa.int32())
            yield f"dictionary of {name} in order", pa.DictionaryArray.from_arrays(rows, array), left
            ends = pa.array([*range(1, len(array) + 1)], pa.int32())
            yield f"runs of {name}", pa.RunEndEncodedArray.from_arrays(ends, array), left


def nested(name: str, array: pa.Array, left: list[Any]) -> Iterator[tuple[str, pa.Array, list[Any]]]:
    """An array inside of arrays of every nested type, with nulls."""
    count = len(array)
    ends = np.array([0, 1, 1, count - 1, count])
    lists: list[Any] = [left[start:end] for start, end in pairwise(ends)]
    third, null = [False, False, True, False], [*lists[:2], None, lists[3]]
    offsets, places = pa.array(ends, pa.int32()), pa.array(range(count), pa.int32())
    keys, zeros = pa.array([f"key {number}" for number in range(count)]), pa.array([0] * count, pa.int8())
    pairs = [[(f"key {place}", left[place]) for place in range(start, end)] for start, end in pairwise(ends)]
    yield f"list of {name}", pa.ListArray.from_arrays(offsets, array, mask=pa.array(third)), null
    large = pa.LargeListArray.from_arrays(offsets.cast(pa.int64()), array, mask=pa.array(third))
    yield f"large list of {name}", large, null
    yield f"list view of {name}", pa.ListViewArray.from_arrays(offsets[:-1], pa.array(np.diff(ends), pa.int32()), array), lists
    yield f"fixed list of {name}", pa.FixedSizeListArray.from_arrays(array, 1), [[each] for each in left]
    yield f"map of {name}", pa.MapArray.from_arrays(offsets, keys, array), pairs
    last = pa.array([False] * (count - 1) + [True])
    yield f"struct of {name}", pa.StructArray.from_arrays([array], ["x"], mask=last), [*({"x": x} for x in left[:-1]), None]
    yield f"union of {name}", pa.UnionArray.from_dense(zeros, places, [array]), left


ARRAYS = {name: (array, left) for leaf in encoded() for name, array, left in (leaf, *nested(*leaf))}
DEEPER = {
    name: (array, left)
    for outer in ("list of", "map of", "struct of", "fixed list of")
    for leaf in ("string", "string_view", "int64", "dictionary of string", "runs of string")
    for name, array, left in nested(f"{outer} {leaf}", *ARRAYS[f"{outer} {leaf}"])
}


@pytest.mark.parametrize("name", [*ARRAYS, *DEEPER])
def test_every_layout(name: str) -> None:
    """In a slice too; nothing else changes, even when dictionaries are decoded."""
    array, left = (ARRAYS | DEEPER)[name]
    for start in (0, 1, 2):
        readable = computable(array[start:])
        readable.validate(full=True)
        masked = mask_identity_numbers(readable)
        masked.validate(full=True)
        assert masked.to_pylist() == left[start:]
        (table,) = decoded(pa.table({"x": masked}))
        assert table["x"].to_pylist() == left[start:]


@pytest.mark.parametrize("values", [["a", None, "86011117947"], [86011117947], [[b"a"], None], [{"x": 1.5}]], ids=str)
def test_no_copy(values: list[Any]) -> None:
    column = pa.array(values)
    assert mask_identity_numbers(column) is column


@pytest.mark.parametrize("kind", [pa.int64(), pa.float64(), pa.decimal128(11, 0)], ids=str)
def test_zero_for_null(kind: pa.DataType) -> None:
    """Arrow's and Parquet's writers reject a null in such a column."""
    field = pa.field("x", kind, nullable=False)
    array = pa.array([{"x": 30108299920}, {"x": 1}], pa.struct([field]))
    assert mask_identity_numbers(array).to_pylist() == [{"x": 0}, {"x": 1}]
    assert mask_identity_numbers(array).type == array.type


@given(
    st.lists(
        st.sampled_from([" ", ".", "-", ", ", "Ola ", "22", "86011117947", "0", "ø", "\u00a0"])
        | strategies.national_identity_numbers()
        | strategies.national_identity_numbers(formatted=True)
        | account_numbers(formatted=True),
        max_size=6,
    ).map("".join)
)
def test_text_and_bytes(text: str) -> None:
    """However the numbers adjoin: no remaining run of eleven digits is an identity number."""
    (left,) = mask_identity_numbers(pa.array([text])).to_pylist()
    assert mask_identity_numbers(pa.array([text.encode()])).to_pylist() == [left.encode()]
    kinds = {kind.name for kind in NationalIdentityNumber.rule.kinds if kind.birth_date}

    class Dated(NationalIdentityNumber, accept=kinds):
        """A number of any kind that contains a date."""

    assert not any(map(Dated.is_valid, re.findall("(?<![0-9])[0-9]{11}(?![0-9])", left)))


@pytest.mark.parametrize("read", ["parquet", "arrow"])
@pytest.mark.parametrize("written", ["parquet", "arrow"])
def test_rejected_rows_of_parquet(tmp_path: Any, read: str, written: str) -> None:
    """In columns that are not checked; types stay, even where nulls are not allowed."""
    required = pa.struct([pa.field("x", pa.int64(), nullable=False)])
    columns = {
        "orgnr": pa.array(["1", "2"]),
        "note": pa.array(["Ola 30108299920 ringte 22", None]),
        "id": pa.array([3851598730, 86011117947]),
        "lists": pa.array([["301082 99920"], None]),
        "maps": pa.array([[("a", "30108299920")], []], pa.map_(pa.utf8(), pa.utf8())),
        "deep": pa.array([[{"a": ["30108299920", "x"]}], None]),
        "required": pa.array([{"x": 30108299920}, {"x": 1}], required),
        "again": pa.array(["30108299920", "x"]).dictionary_encode(),
    }
    fields = [pa.field(name, column.type, nullable=name != "id") for name, column in columns.items()]
    table = pa.table([*columns.values()], schema=pa.schema(fields))
    file, rejected = tmp_path / f"in.{read}", tmp_path / f"rejected.{written}"
    if read == "parquet":
        parquet.write_table(table, file)
    else:
        with ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
    with policy("reject"):
        assert check(file, "--rejected", rejected).exit_code == 1
    rejects = parquet.read_table(rejected) if written == "parquet" else ipc.open_file(rejected).read_all()
    assert rejects.select([*columns]).to_pylist() == [
        {
            "orgnr": "1",
            "note": "Ola *** ringte 22",
            "id": None,
            "lists": ["***"],
            "maps": [("a", "***")],
            "deep": [{"a": ["***", "x"]}],
            "required": {"x": 0},
            "again": "***",
        },
        {**table.to_pylist()[1], "id": 86011117947},
    ]
    check(file, "--rejected", rejected, "--show-values")
    rejects = parquet.read_table(rejected) if written == "parquet" else ipc.open_file(rejected).read_all()
    assert rejects.select([*columns]).to_pylist() == table.to_pylist()


def test_rejected_rows_in_csv(tmp_path: Any) -> None:
    parquet.write_table(pa.table({"orgnr": ["1", "2"], "id": [30108299920, 7]}), tmp_path / "in.parquet")
    check(tmp_path / "in.parquet", "--rejected", tmp_path / "rejected.csv")
    lines = (tmp_path / "rejected.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [['"1"', ""], ['"2"', "7"]]

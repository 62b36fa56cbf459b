"""Long columns, slices, chunks, dictionaries and runs: the layout does not change the answer and costs no copy."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from helpers.columns import scalar
from helpers.field_texts import Delivery
from helpers.values import policy
from nofields import (
    AccountNumber,
    Field,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    synthetic,
)
from nofields.columns import check

BLOCK = 1 << 15
KINDS = [pa.utf8(), pa.large_utf8(), pa.string_view()]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)

#: Clean values, some of them unusual; ``WRITTEN`` has one value of each field in another form.
CLEAN: dict[type[Field], tuple[str, ...]] = {
    OrganisationNumber: ("974760673", "889640782", "310926833"),
    AccountNumber: ("86011117947", "12345678903"),
    NationalIdentityNumber: ("30908299902", "03851598730"),
    PaymentReference: ("1234567897", "12345678903", "202600113-", "0018", "0000000000000000000000018"),
    PhoneNumber: ("21234567", "40612345"),
    PostalCode: ("0357", "9999"),
    Delivery: ("0357", "0010"),
}
WRITTEN = {
    OrganisationNumber: "974 760 673",
    AccountNumber: "8601.11.17947",
    NationalIdentityNumber: "309082 99902",
    PaymentReference: "12345 67897",
    PhoneNumber: "+47 406 12 345",
    PostalCode: " 0357",
    Delivery: "03 57",
}
each_field = pytest.mark.parametrize("field", CLEAN, ids=lambda field: field.__name__)


def words(field: type[Field]) -> list[str | None]:
    """Clean values, and one of each way that a row can be odd."""
    clean, written = CLEAN[field], WRITTEN[field]
    wrong = clean[0][:-1] + str((int(clean[0][-1]) + 1) % 10)
    long = [written + 10 * " ", 20 * "\u00a0" + written, "x" * 70, "\u2009".join(written), "9" * 40]
    return [*clean, written, wrong, clean[0][:-1], clean[0] + "0", "x", "", " \u00a0", "0" * len(clean[0]), "é", None, *long]


def assert_agrees(field: type[Field], column: Any, texts: list[str | None], places: Any) -> None:
    """Fail unless a column gets the answers of its texts."""
    with policy("accept"):
        checked = check(field, column)
        expected = [scalar(field, text) for text in texts]
    rows = pa.array(places)
    assert checked.valid.equals(pa.array([each.valid for each in expected], pa.bool_()).take(rows))
    for answer, values in (
        (checked.reasons, [each.reason for each in expected]),
        (checked.keys, [each.key for each in expected]),
    ):
        assert answer.cast(pa.large_utf8()).equals(pa.array(values, pa.large_utf8()).take(rows))
    assert as_one_array(checked.clean()).equals(pa.array([each.clean for each in expected], pa.large_utf8()).take(rows))


def as_one_array(clean: Any) -> pa.Array:
    """Clean values of any layout as one array of large_utf8."""
    whole = clean.combine_chunks() if isinstance(clean, pa.ChunkedArray) else clean
    if pa.types.is_dictionary(whole.type):
        whole = whole.dictionary.cast(pa.large_utf8()).take(whole.indices)
    return whole.cast(pa.large_utf8())


def column_of(texts: list[str | None], places: Any, kind: pa.DataType) -> pa.Array:
    return pa.array(texts, pa.large_utf8()).take(pa.array(places)).cast(kind)  # Arrow cannot take from views


@each_kind
@each_field
@pytest.mark.parametrize("length", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_edges_of_blocks(field: type[Field], length: int, kind: pa.DataType) -> None:
    """Among clean numbers an odd row first, last and at either side of a block's edge is found, whatever it is."""
    texts = words(field)
    places = np.zeros(length, np.int64)
    edges = [edge for edge in (0, 1, BLOCK - 2, BLOCK - 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK, 2 * BLOCK + 4) if edge < length]
    for turn in range(3):
        places[[*edges, length - 1]] = np.arange(len(edges) + 1) * 5 % len(texts) + turn
        places %= len(texts)
        assert_agrees(field, column_of(texts, places, kind), texts, places)


@each_kind
@each_field
def test_many_odd_rows(field: type[Field], kind: pa.DataType) -> None:
    """More rows that are not clean than fit into one batch."""
    texts, draw = words(field), np.random.default_rng(7)
    places = draw.integers(0, len(texts), 4 * BLOCK + 77)
    places[BLOCK : 2 * BLOCK] = 0
    assert_agrees(field, column_of(texts, places, kind), texts, places)


class Dotted(AccountNumber, separators="."):
    """Has no blanks between its digits."""


@each_kind
@pytest.mark.parametrize("field", [*CLEAN, Dotted], ids=lambda field: field.__name__)
def test_blanks(field: type[Field], kind: pa.DataType) -> None:
    """Blanks anywhere in numbers of any count of digits, right and wrong, between rows that are clean."""
    digits = [*CLEAN.get(field, ()), *("20260011345678901234"[:count] for count in range(1, 20)), "12345678903", "202600113-"]
    texts = sorted({with_blanks(text, *places) for text in digits for places in combinations(range(-1, len(text) + 2), 2)})
    draw = np.random.default_rng(9)
    places = np.repeat(draw.permutation(len(texts)), draw.integers(1, 20, len(texts)))
    assert_agrees(field, column_of([*texts], places, kind), [*texts], places)


def with_blanks(text: str, *places: int) -> str:
    """A text with blanks before some of its characters, twice as many before the second."""
    first, second = (max(place, 0) for place in places)
    blanks = (" " * (places[0] >= 0), "  " if places[1] > len(text) else " ")
    return f"{text[:first]}{blanks[0]}{text[first:second]}{blanks[1]}{text[second:]}"


@pytest.mark.parametrize("field", [OrganisationNumber, PaymentReference], ids=lambda field: field.__name__)
def test_clean_texts_of_many_rows(field: type[Field]) -> None:
    """More repaired digits than one chunk of an array of NumPy's bytes can hold."""
    written = WRITTEN[field]
    column = pa.repeat(pa.scalar(written, pa.large_utf8()), (1 << 24) // len(scalar(field, written).clean) + 1)
    assert check(field, column, threads=1).clean().unique().to_pylist() == [scalar(field, written).clean]


@each_kind
@each_field
@pytest.mark.parametrize("offset", [1, 7, 8, 9, 13, BLOCK - 3])
def test_slices(field: type[Field], offset: int, kind: pa.DataType) -> None:
    """A slice is checked by its own rows, wherever it begins, even inside a byte of the validity bitmap."""
    texts, draw = words(field), np.random.default_rng(offset)
    places = draw.integers(0, len(texts), BLOCK + 50)
    column = column_of(texts, places, kind)
    for length in (0, 1, 9, 37):
        assert_agrees(field, column.slice(offset, length), texts, places[offset : offset + length])
    assert_agrees(field, column.slice(offset), texts, places[offset:])


@pytest.mark.parametrize("width", [np.int32, np.int64])
@pytest.mark.parametrize("last", ["", "9", "974 760", "974760673", "974760674", "974 760 673", " 974760673 \t\r\n  ", "x" * 17])
def test_end_of_the_data(last: str, width: type) -> None:
    """The last text is checked correctly although the column's memory ends with it."""
    for before in ("", "974760673", "x"):
        texts = [before] * 3 + [last]
        data = "".join(texts).encode()
        ends = np.cumsum([0, *map(len, texts)], dtype=width)
        kind = pa.LargeStringArray if width is np.int64 else pa.StringArray
        column = kind.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(data))
        assert_agrees(OrganisationNumber, column, [before, last], [0, 0, 0, 1])


@each_kind
@pytest.mark.parametrize("field", [OrganisationNumber, PostalCode, NorwegianDate], ids=lambda field: field.__name__)
def test_empty_columns(field: type[Field], kind: pa.DataType) -> None:
    """No rows, no chunks, empty chunks: no verdicts, and clean values of the usual type."""
    clean = check(field, pa.array(["x"], kind)).clean().type
    for column in (pa.array([], kind), pa.chunked_array([], kind), pa.chunked_array([[], []], kind)):
        checked = check(field, column)
        assert len(checked) == len(checked.valid) == len(checked.reasons) == 0
        assert checked.counts() == {}
        assert checked.clean().type == clean
        assert isinstance(checked.clean(), pa.ChunkedArray) is isinstance(column, pa.ChunkedArray)


@each_kind
@pytest.mark.parametrize(
    "field", [OrganisationNumber, PhoneNumber, PaymentReference, Delivery], ids=lambda field: field.__name__
)
def test_clean_values_stay_in_their_layout(field: type[Field], kind: pa.DataType) -> None:
    """Texts keep their layout whether they had to be changed or not, in chunks, dictionaries and runs as well."""
    for texts in ([CLEAN[field][0], None], [WRITTEN[field], "x"], [None], ["x" * 70, "\u2009".join(WRITTEN[field])]):
        array = pa.array(texts, kind)
        assert check(field, array).clean().type == kind
        assert check(field, pa.chunked_array([array, array])).clean().type == kind
        assert (
            check(field, pa.DictionaryArray.from_arrays([0, 1, None], pa.array([*texts, "y"], kind))).clean().type.value_type
            == kind
        )


def test_nulls_of_a_dictionary() -> None:
    """A null may be in the indices, in the dictionary or in both."""
    texts = ["974760673", None, "x"]
    for kind in KINDS:
        for rows in ([0, 1, 2, 1], [0, None, 2, None], [None, 1, 2, 0], [2, 0, 0, 2]):
            column = pa.DictionaryArray.from_arrays(pa.array(rows, pa.int8()), pa.array(texts, kind))
            assert_agrees(OrganisationNumber, column, texts, [1 if row is None else row for row in rows])


def test_chunks_with_dictionaries_of_their_own() -> None:
    """Each chunk's rows are read by that chunk's dictionary."""
    first, second = (pa.array(texts).dictionary_encode() for texts in (["974760673", "x"], ["y", "974 760 673", None]))
    checked = check(OrganisationNumber, pa.chunked_array([first, second]))
    assert checked.valid.to_pylist() == [True, False, False, True, None]
    assert checked.clean().to_pylist() == ["974760673", None, None, "974760673", None]


@pytest.mark.parametrize("field", [OrganisationNumber, Delivery], ids=lambda field: field.__name__)
def test_cleaned_dictionary(field: type[Field]) -> None:
    """The dictionary of clean values has each of them once, and none of the rejected ones."""
    clean = check(field, pa.array([WRITTEN[field], "x", CLEAN[field][0], None]).dictionary_encode()).clean()
    assert clean.dictionary.to_pylist() == [CLEAN[field][0]]
    assert clean.to_pylist() == [CLEAN[field][0], None, CLEAN[field][0], None]


@pytest.mark.parametrize("kind", [pa.utf8(), pa.large_utf8()], ids=str)
def test_runs(kind: pa.DataType) -> None:
    """Runs of equal texts are checked row by row, in slices and chunks too."""
    values = pa.array(["974760673", "x", None, "974 760 673"], kind)
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3, 5, 9], pa.int32()), values)
    places = [0, 0, 1, 2, 2, 3, 3, 3, 3]
    for column, rows in ((runs, places), (runs.slice(1, 6), places[1:7]), (pa.chunked_array([runs, runs]), places * 2)):
        assert_agrees(OrganisationNumber, column, values.to_pylist(), rows)


def addresses(array: pa.Array) -> list[int | None]:
    """The addresses of an array's buffers."""
    return [buffer.address if buffer else None for buffer in array.buffers()]


@each_kind
@pytest.mark.parametrize("field", [field for field in CLEAN if field is not Delivery], ids=lambda field: field.__name__)
def test_clean_columns_are_not_copied(field: type[Field], kind: pa.DataType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clean values of a column that is clean already are the column's own memory, nulls or not."""
    monkeypatch.setenv(synthetic.VARIABLE, "accept")
    texts = CLEAN[field][:1] * 40
    for column in (pa.array(texts, kind), pa.array([*texts, None], kind), pa.array(texts, kind).slice(3, 20)):
        assert addresses(check(field, column).clean()) == addresses(column)
        chunked = check(field, pa.chunked_array([column, column])).clean()
        assert [addresses(chunk) for chunk in chunked.chunks] == [addresses(column)] * 2


@each_kind
def test_rejected_values_leave_no_bytes(kind: pa.DataType) -> None:
    """The memory beneath a null, which a file would contain, has no bytes of the rejected value."""
    right, wrong = "30908299902", "30908299903"
    for column in (pa.array([right, wrong], kind), pa.array([right, wrong], kind).dictionary_encode()):
        with policy("accept"):
            clean = check(NationalIdentityNumber, column).clean()
        assert clean.to_pylist() == [right, None]
        assert not any(wrong.encode() in memory.to_pybytes() for memory in buffers(clean))


def buffers(array: pa.Array) -> list[pa.Buffer]:
    """The memory of an array, and of its dictionary."""
    own = [buffer for buffer in array.buffers() if buffer]
    return own + (buffers(array.dictionary) if pa.types.is_dictionary(array.type) else [])


#: All pools, since a pool must outlive the buffers that it has allocated.
POOLS: list[pa.MemoryPool] = []


@contextmanager
def peak() -> Iterator[list[int]]:
    """Yield a list to which the block's peak memory is added: numpy's peak plus Arrow's, in bytes."""
    ordinary = pa.default_memory_pool()
    counting, peaks = pa.proxy_memory_pool(ordinary), []
    POOLS.append(counting)
    pa.set_memory_pool(counting)
    tracemalloc.start()
    try:
        yield peaks
        peaks.append(tracemalloc.get_traced_memory()[1] + counting.max_memory())
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(ordinary)


@each_kind
@pytest.mark.parametrize(
    "field", [OrganisationNumber, NationalIdentityNumber, MobilePhoneNumber, PaymentReference], ids=lambda f: f.__name__
)
@pytest.mark.parametrize("mixed", [False, True], ids=["clean", "mixed"])
def test_memory(field: type[Field], kind: pa.DataType, mixed: bool) -> None:
    """Checking two million rows needs at most as much memory as the column itself, even if a fifth of it is odd."""
    base = PhoneNumber if field is MobilePhoneNumber else field
    clean, draw = CLEAN[base][1], np.random.default_rng(3).random(2_000_000)
    places = np.digitize(draw, [0.80, 0.90, 0.95, 0.98]) if mixed else np.zeros(2_000_000, np.int64)
    column = column_of([clean, f"{clean[:3]} {clean[3:]}", clean[:-1], f"{clean[:-1]}x", None], places, kind)
    with policy("accept"):
        check(field, column.slice(0, 100))
        with peak() as peaks:
            valid = check(field, column).valid
    assert valid.true_count == int((places <= 1).sum())
    assert peaks[0] <= column.get_total_buffer_size()  # nbytes of string views: an error, or a crash, before pyarrow 25

"""The extension's kernel and NumPy's agree with the scalar check on arrays of every layout, by any number of threads."""

from __future__ import annotations

import gc
import tracemalloc
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nofields
from helpers.columns import LAYOUTS, Texts, scalar, verdicts
from helpers.field_texts import FIELDS, near, policies
from helpers.kernels import BY_HAND, INLINE, by_extension, by_numpy, each_kernel, reading_by
from helpers.readers import needs_native
from helpers.values import policy
from nofields import AccountNumber, Field, NorwegianDate, OrganisationNumber, PaymentReference, PhoneNumber, PostalCode
from nofields.check import compile_rule
from nofields.check.reading import ReadingCheck
from nofields.columns import check, checked
from nofields.columns.compiling import kernel_of
from nofields.columns.native import NativeNumbers
from nofields.columns.numbers import NumPyNumbers

NUMBERS = [field for field in FIELDS if isinstance(compile_rule(field.rule), ReadingCheck)]
each_number = pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.__name__)
each_fast_kernel = pytest.mark.parametrize("kernel", [pytest.param(by_extension, marks=needs_native), by_numpy])
each_layout = pytest.mark.parametrize("layout", BY_HAND)
RIGHT, SPACED, WRONG = "974760673", "974 760 673", "974760674"
#: Organisation numbers, right and wrong, in and around the length of a text that stands in its view.
ROWS: Texts = [
    RIGHT,
    None,
    SPACED,
    WRONG,
    "974  760 673",
    f" {SPACED} ",
    "\u00a0974\u2009760\u202f673",
    "x" * 13,
    "9" * 12,
    "",
    "é",
    None,
]


def assert_agrees(kernel: Any, field: type[Field], column: Any, texts: Texts) -> None:
    """Fail unless a kernel gives a column the answers of its texts one by one."""
    with reading_by(kernel):
        result = check(field, column)
    expected = [scalar(field, text) for text in texts]
    assert list(zip(texts, verdicts(result), strict=True)) == list(zip(texts, expected))
    assert (len(result), result.null_count, result.valid.null_count) == (len(texts), texts.count(None), texts.count(None))
    result.valid.validate(full=True)
    clean = result.clean()
    clean.validate(full=True)


@each_kernel
@each_number
@given(data=st.data())
def test_every_layout(field: type[Field], kernel: Any, data: st.DataObject) -> None:
    """Valid numbers, slips, separators, prefixes, hostile text and nulls, sliced, in chunks, dictionaries and views."""
    texts = data.draw(st.lists(near(field) | st.none(), max_size=20))
    first = data.draw(st.integers(0, len(texts)))
    with policy(data.draw(st.sampled_from(policies(field)))):
        for layout in data.draw(st.sets(st.sampled_from([*LAYOUTS]), min_size=3, max_size=3)):
            assert_agrees(kernel, field, LAYOUTS[layout](texts), texts)
        array = BY_HAND[data.draw(st.sampled_from([*BY_HAND]))](texts)
        assert_agrees(kernel, field, array.slice(first), texts[first:])


@each_kernel
@each_layout
@pytest.mark.parametrize("first", [0, 1, 3, 7, 8, 9, 12])
def test_slices(layout: str, first: int, kernel: Any) -> None:
    """Every length from every place, inside a byte of the validity bitmap or not."""
    texts = ROWS * 3
    array = BY_HAND[layout](texts)
    for length in (0, 1, 7, 8, 9, 17):
        assert_agrees(kernel, OrganisationNumber, array.slice(first, length), texts[first : first + length])


@each_kernel
@each_layout
def test_nulls(layout: str, kernel: Any) -> None:
    """None, all, or those outside of a slice, whatever lies beneath them."""
    for texts in ([RIGHT] * 20, [None] * 20, [None, *[RIGHT] * 18, None]):
        assert_agrees(kernel, OrganisationNumber, BY_HAND[layout](texts), texts)
        assert_agrees(kernel, OrganisationNumber, BY_HAND[layout](texts).slice(1, 18), texts[1:19])


@each_kernel
@pytest.mark.parametrize("length", range(INLINE - 3, INLINE + 4))
def test_lengths_around_that_of_a_view(length: int, kernel: Any) -> None:
    texts: Texts = [RIGHT.rjust(length), RIGHT.ljust(length), WRONG.rjust(length), "9" * length, None]
    for layout in BY_HAND.values():
        assert_agrees(kernel, OrganisationNumber, layout(texts), texts)


@each_kernel
@each_layout
def test_empty_arrays(layout: str, kernel: Any) -> None:
    """No rows, and no rows of some."""
    assert_agrees(kernel, OrganisationNumber, BY_HAND[layout]([]), [])
    assert_agrees(kernel, OrganisationNumber, BY_HAND[layout](ROWS).slice(5, 0), [])


@needs_native
@each_number
def test_kernels_agree_on_many(field: type[Field]) -> None:
    """The same codes, row by row, for 50,000 numbers with every digit, some of them with blanks."""
    draw = np.random.default_rng(5)
    count = getattr(field.rule, "digits", 9)
    texts = [f"{number:0{count}}" for number in draw.integers(0, 10**count, 50_000)]
    texts[::7] = [f" {text[:3]}\u00a0{text[3:]}" for text in texts[::7]]
    results = []
    for kernel in (by_extension, by_numpy):
        with reading_by(kernel):
            results.append(check(field, pa.array(texts)))
    one, other = results
    assert one.valid.equals(other.valid)
    assert one.reasons.to_pylist() == other.reasons.to_pylist()
    assert one.clean().equals(other.clean())


def test_chosen_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package reads numbers by the extension where it reads single values by it."""
    assert type(kernel_of(OrganisationNumber)) is (NativeNumbers if nofields.native else NumPyNumbers)


# ---- Threads ----


@each_kernel
@pytest.mark.parametrize("piece", [8, 9, 64])
@pytest.mark.parametrize("layout", ["utf8", "views in three buffers", "chunks", "dictionary"])
def test_threads(layout: str, piece: int, kernel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of threads gives the result of one."""
    monkeypatch.setattr(checked, "_MANY", 1)
    monkeypatch.setattr(checked, "_PIECE", piece)
    texts = ROWS * 25
    columns: dict[str, Any] = {
        "chunks": lambda: pa.chunked_array([BY_HAND["utf8"](texts[:17]), BY_HAND["utf8"]([]), BY_HAND["utf8"](texts[17:])]),
        "dictionary": lambda: BY_HAND["utf8"](texts).dictionary_encode(),
    }
    column = columns.get(layout, lambda: BY_HAND[layout](texts))()
    with reading_by(kernel):
        results = [check(OrganisationNumber, column, threads=threads) for threads in (1, 2, 3, 50, None)]
        results.append(check(OrganisationNumber, column))
    for result in results:
        assert verdicts(result) == [scalar(OrganisationNumber, text) for text in texts]
        assert result.valid.equals(results[0].valid)
        assert result.counts() == results[0].counts()
        assert result.rows().tolist() == results[0].rows().tolist()
        assert result.clean().type == results[0].clean().type
        assert isinstance(result.clean(), pa.ChunkedArray) is (layout == "chunks")


@pytest.mark.parametrize("threads", [0, -1, -(2**40)])
@pytest.mark.parametrize("column", [[], ["974760673"]])
def test_too_few_threads(threads: int, column: list[str]) -> None:
    with pytest.raises(ValueError, match="threads"):
        check(OrganisationNumber, column, threads=threads)


@each_fast_kernel
def test_threads_of_a_clean_column_copy_nothing(kernel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "_PIECE", 16)
    column = pa.array([RIGHT] * 100)
    with reading_by(kernel):
        assert check(OrganisationNumber, column, threads=3).clean() is column


@each_kernel
def test_broken_buffers_in_threads(kernel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of one thread is raised."""
    monkeypatch.setattr(checked, "_PIECE", 8)
    ends = np.arange(0, 9 * 101, 9, dtype=np.int32)
    ends[50] = 5000
    column = pa.StringArray.from_buffers(100, pa.py_buffer(ends), pa.py_buffer(RIGHT.encode() * 100))
    with reading_by(kernel), pytest.raises(ValueError, match=r"offset|ends before"):
        check(OrganisationNumber, column, threads=3)


# ---- Broken buffers ----


def of_offsets(ends: list[int], width: type, data: bytes = RIGHT.encode() * 3, present: bytes | None = None) -> pa.Array:
    kind = pa.large_utf8() if width is np.int64 else pa.utf8()
    bitmap = None if present is None else pa.py_buffer(present)
    return pa.Array.from_buffers(kind, len(ends) - 1, [bitmap, pa.py_buffer(np.array(ends, width)), pa.py_buffer(data)])


@each_kernel
@pytest.mark.parametrize("width", [np.int32, np.int64])
@pytest.mark.parametrize(
    "ends",
    [[0, 9, 3, 18], [0, 9, 28, 18], [0, -5, 9, 18], [-9, 0, 9, 18], [0, 9, 18, 28], [-1, 8, 17, 26], [9, 0, 9, 18]],
    ids=repr,
)
@pytest.mark.parametrize("present", [None, b"\xff"])
def test_broken_offsets(ends: list[int], width: type, present: bytes | None, kernel: Any) -> None:
    with reading_by(kernel), pytest.raises(ValueError, match=r".+"):
        check(OrganisationNumber, of_offsets(ends, width, present=present))


@each_kernel
@pytest.mark.parametrize("width", [np.int32, np.int64])
@pytest.mark.parametrize("ends", [[2, 0, 9, 20], [0, 9, -5, 9], [0, 9, 99, 99], [-3, 0, 9, 18]], ids=repr)
def test_broken_offsets_of_nulls(ends: list[int], width: type, kernel: Any) -> None:
    """Arrow computes with the offsets of a null too, and what is repaired would lie outside of its memory."""
    nulls = [not 0 <= begin <= end <= 27 for begin, end in pairwise(ends)]
    present = np.packbits(~np.array(nulls), bitorder="little").tobytes()
    for field in (OrganisationNumber, NorwegianDate):
        with reading_by(kernel if field is OrganisationNumber else kernel_of), pytest.raises(ValueError, match=r".+"):
            check(field, of_offsets(ends, width, present=present))


@each_kernel
@pytest.mark.parametrize("least", [-(2**63), -(2**62), -(2**31)])
def test_offsets_too_far_apart(least: int, kernel: Any) -> None:
    """Their difference is no number of 64 bits."""
    for ends in ([0, 9, least, 18], [0, 2**63 - 1, least, 18], [least, 2**63 - 1, 9, 18]):
        with reading_by(kernel), pytest.raises(ValueError, match=r".+"):
            check(OrganisationNumber, of_offsets(ends, np.int64))


#: Length, first four characters, buffer and offset of views that lie outside of a buffer of 40 bytes.
BROKEN_VIEWS = [
    (20, 0, 7, 0), (20, 0, 0, 35), (20, 0, 0, -1), (20, 0, -1, 0), (13, 0, 0, 28), (-1, 0, 0, 0), (2**31 - 1, 0, 0, 2**31 - 1),
    (-(2**31), 0, 0, 0), (13, 0, 2**31 - 1, 0),
]  # fmt: skip


@each_kernel
@pytest.mark.parametrize("view", BROKEN_VIEWS, ids=repr)
def test_broken_views(view: tuple[int, ...], kernel: Any) -> None:
    memory = np.array([(0, 0, 0, 0), view], np.int32)
    array = pa.Array.from_buffers(pa.string_view(), 2, [None, pa.py_buffer(memory), pa.py_buffer(b"9" * 40)])
    with reading_by(kernel), pytest.raises((ValueError, IndexError)):
        check(OrganisationNumber, array)


@each_kernel
@pytest.mark.parametrize("kind", [pa.utf8(), pa.large_utf8(), pa.string_view()], ids=str)
def test_short_buffers(kind: pa.DataType, kernel: Any) -> None:
    """Buffers of offsets, views or validity that are too short for the rows."""
    _, places, *data = pa.array([RIGHT, SPACED, None], kind).buffers()
    short = pa.py_buffer(places.to_pybytes()[:7])
    for buffers, rows in [
        ([None, short, *data], 3),
        ([pa.py_buffer(b""), places, *data], 3),
        ([pa.py_buffer(b"\xff"), places, *data], 90),
    ]:
        with reading_by(kernel), pytest.raises(ValueError, match=r".+"):
            check(OrganisationNumber, pa.Array.from_buffers(kind, rows, buffers))


# ---- Clean values ----


@each_kernel
@pytest.mark.parametrize("kind", [pa.utf8(), pa.large_utf8(), pa.string_view()], ids=str)
@pytest.mark.parametrize(
    ("count", "repaired"),
    [(1, [0]), (50, [0]), (50, [49]), (50, [7, 8, 9]), (3000, range(0, 3000, 2)), (40_000, range(1, 40_000))],
)
def test_repaired_rows(count: int, repaired: Any, kind: pa.DataType, kernel: Any) -> None:
    """One, a few, or more than fit into a batch, between clean rows, wrong ones and nulls."""
    texts: Texts = [RIGHT] * count
    for row in repaired:
        texts[row] = SPACED
    if count > 40:
        texts[20], texts[21] = None, WRONG
    for array, rows in [(pa.array(texts, kind), texts), (pa.array([WRONG, *texts], kind).slice(1), texts)]:
        with reading_by(kernel):
            clean = check(OrganisationNumber, array).clean()
        clean.validate(full=True)
        assert clean.type == kind
        expected = pa.array([None if text in (None, WRONG) else RIGHT for text in rows], pa.large_utf8())
        assert clean.cast(pa.large_utf8()).equals(expected)


@each_kernel
@pytest.mark.parametrize(
    ("field", "written", "clean"),
    [
        (PaymentReference, "1 2345 67897", "1234567897"),
        (PaymentReference, " 202600113- ", "202600113-"),
        (PaymentReference, " ".join("0000000000000000000000018"), "0000000000000000000000018"),
        (PhoneNumber, "+47 21 23 45 67", "21234567"),
        (AccountNumber, "8601.11.17947", "86011117947"),
        (PostalCode, "03 57", "0357"),
    ],
)
def test_repaired_text(field: type[Field], written: str, clean: str, kernel: Any) -> None:
    for layout in BY_HAND.values():
        with reading_by(kernel):
            assert check(field, layout([written, clean, None, "x", written])).clean().to_pylist() == [
                clean,
                clean,
                None,
                None,
                clean,
            ]


# ---- Memory ----


@each_fast_kernel
def test_result_is_small(kernel: Any) -> None:
    """A result keeps little more than a byte for each row, and nothing once it is gone."""
    column = pa.array([RIGHT, RIGHT] * 100_000 + [SPACED, None])
    with reading_by(kernel):
        check(OrganisationNumber, column)
        gc.collect()
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            result = check(OrganisationNumber, column)
            assert result.valid.true_count == 200_001
            held = tracemalloc.get_traced_memory()[0] - before
            del result
            gc.collect()
            left = tracemalloc.get_traced_memory()[0] - before
        finally:
            tracemalloc.stop()
    assert held < 1.6 * len(column)
    assert left < 20_000

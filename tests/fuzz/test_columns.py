"""Any content of a column's buffers is checked as its texts one by one, or rejected as a whole."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, reject
from hypothesis import strategies as st

from helpers.columns import BYTES, scalar, verdicts
from helpers.field_texts import FIELDS, near, policies
from helpers.values import policy
from nofields import Field
from nofields.columns import check

INLINE = 12
OFFSETS = {pa.utf8(): np.int32, pa.large_utf8(): np.int64}
#: Mostly places inside of small buffers, and sometimes any at all.
PLACES = st.integers(0, 80) | st.integers(-(2**31), 2**31 - 1)


def offset_buffers(draw: Any, kind: pa.DataType, texts: list[bytes]) -> list[pa.Buffer]:
    """The texts one after the other with their offsets, some of which may be replaced by wrong ones."""
    before = draw(st.binary(max_size=20))
    ends = np.cumsum([len(before), *map(len, texts)]).astype(OFFSETS[kind])
    for place in draw(st.lists(st.integers(0, len(texts)), max_size=2)):
        ends[place] = draw(PLACES)
    return [pa.py_buffer(ends), pa.py_buffer(before + b"".join(texts) + draw(st.binary(max_size=20)))]


def view_buffers(draw: Any, kind: pa.DataType, texts: list[bytes]) -> list[pa.Buffer]:
    """Views of texts, the long ones in one of two shared buffers, some of which may be replaced by wrong ones."""
    data, views = [bytearray(draw(st.binary(max_size=20))) for _ in range(2)], []
    for text in texts:
        length = np.int32(len(text)).tobytes()
        if len(text) <= INLINE:
            views.append(length + text.ljust(INLINE, b"\0"))
        else:
            which = draw(st.integers(0, 1))
            views.append(length + text[:4] + np.array([which, len(data[which])], np.int32).tobytes())
            data[which] += text
    memory = np.frombuffer(b"".join(views), np.int32).copy()
    for place in draw(st.lists(st.integers(0, len(memory) - 1), max_size=2)) if len(memory) else ():
        memory[place] = draw(PLACES)
    return [pa.py_buffer(memory), *map(pa.py_buffer, map(bytes, data))]


LAYOUTS = {pa.utf8(): offset_buffers, pa.large_utf8(): offset_buffers, pa.string_view(): view_buffers}


@st.composite
def arrays(draw: st.DrawFn, field: type[Field]) -> pa.Array:
    """A slice of an array of any layout, either plain or as the dictionary of another, some of it null."""
    texts = draw(st.lists(near(field).map(str.encode) | st.binary(max_size=40), max_size=12))
    kind = draw(st.sampled_from([*LAYOUTS]))
    nulls = pa.py_buffer(draw(st.binary(min_size=2, max_size=2))) if draw(st.booleans()) else None
    try:
        array = pa.Array.from_buffers(kind, len(texts), [nulls, *LAYOUTS[kind](draw, kind, texts)])
    except pa.ArrowInvalid:  # Arrow itself rejects the buffers
        reject()
    if texts and draw(st.booleans()):
        indices = st.integers(0, len(texts) - 1) | st.integers(-3, 20)
        rows = pa.array(draw(st.lists(st.none() | indices, max_size=20)), pa.int8())
        array = pa.DictionaryArray.from_arrays(rows, array, safe=False)
    return array.slice(draw(st.integers(0, len(array))), draw(st.integers(0, len(array))))


def rows_of(array: pa.Array) -> list[bytes | None] | None:
    """The bytes of every row, or ``None`` if the buffers are not valid Arrow data."""
    try:
        if pa.types.is_dictionary(array.type):
            words = rows_of(array.dictionary)
            rows = array.indices.to_pylist()
            if words is None or any(row is not None and row < 0 for row in rows):
                return None
            return [None if row is None else words[row] for row in rows]
        array = array.view(BYTES[array.type])
        array.validate(full=True)
    except (pa.ArrowInvalid, IndexError):
        return None
    return array.to_pylist()


@given(st.sampled_from(FIELDS), st.data())
def test_columns(field: type[Field], data: st.DataObject) -> None:
    """Valid Arrow data gets the scalar check's answers; bytes that are not UTF-8 are rejected; all else raises."""
    array = data.draw(arrays(field))
    texts = rows_of(array)
    with policy(data.draw(st.sampled_from(policies(field)))):
        if texts is None:
            with suppress(ValueError, IndexError):
                verdicts(check(field, array))
            return
        for text, verdict in zip(texts, verdicts(check(field, array)), strict=True):
            try:
                assert verdict == scalar(field, None if text is None else text.decode())
            except UnicodeDecodeError:
                assert verdict.valid is False
                assert verdict.clean is None

"""The base of all kernels, their results, and the layouts of text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.codes import NULL as NULL
from nofields.check.codes import RIGHT as RIGHT
from nofields.errors import Problem

#: A numpy array.
Array = Any
#: A string view: sixteen bytes.
VIEW = np.dtype(complex)
#: Bytes of an offset, or of a view.
WIDTHS = {pa.utf8(): 4, pa.large_utf8(): 8, pa.string_view(): 16}
#: Fewer rows than this are replaced by joining the parts of the column around them.
_FEW = 1000
#: The layouts of text, and those of bytes that are the same.
_BYTES = {pa.utf8(): pa.binary(), pa.large_utf8(): pa.large_binary(), pa.string_view(): pa.binary_view()}


class Classified(NamedTuple):
    """The result for an array.

    Attributes:
        codes: For each row ``RIGHT``, or the place of its problem in the kernel's list; anything where a row is null.
        clean: Returns the clean values, with anything where a row is wrong.
        valid: Whether each row is right, with nulls, if the kernel says so; then ``codes`` are ``NULL`` for nulls.
    """

    codes: Array
    clean: Callable[[], pa.Array]
    valid: pa.BooleanArray | None = None


class Kernel(ABC):
    """A rule, compiled for columns."""

    #: The problem of each code; it may grow while arrays are classified.
    problems: list[Problem]

    @abstractmethod
    def classify(self, array: pa.Array) -> Classified:
        """Return the result for an array of texts: utf8, large_utf8 or string_view."""


def arrow_buffers(array: pa.Array) -> tuple[Any, ...]:
    """Return the buffers of texts as the extension takes them: nulls or ``None``, offsets or views, and the texts' bytes."""
    present, places, *data = array.buffers()
    return present if array.null_count else None, places or bytes(2 * WIDTHS[array.type]), *(each or b"" for each in data)


def as_bytes(array: pa.Array) -> pa.Array:
    """Return texts as bytes, which need not be UTF-8; raise ``pa.ArrowInvalid`` if one lies outside of the buffers."""
    array = array.view(_BYTES[array.type])
    array.validate(full=True)
    return array


def wide(array: pa.Array) -> pa.Array:
    """Return ``array`` in a layout that Arrow can compute with, unlike string views, which are checked by :func:`as_bytes`."""
    if not pa.types.is_string_view(array.type):
        return array
    as_bytes(array)
    return _without_null_views(array).cast(pa.large_utf8())


def _without_null_views(array: pa.Array) -> pa.Array:
    """Return ``array`` with empty views where it is null: a null may have any view, which Arrow's cast would read."""
    if not array.null_count:
        return array
    _, views, *data = array.buffers()
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    first = array.offset * VIEW.itemsize
    blanked = np.where(valid, np.frombuffer(views, VIEW, len(array), first), np.zeros(1, VIEW))
    buffers = [np.packbits(valid, bitorder="little"), blanked]
    return pa.Array.from_buffers(array.type, len(array), [*map(pa.py_buffer, buffers), *data], array.null_count)


def as_text(texts: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return texts in another of the layouts of text."""
    texts = texts.cast(kind)
    if not pa.types.is_string_view(kind):
        return texts
    # Before pyarrow 25, a cast to short views leaves a buffer out, at which Polars crashes.
    buffers = [texts.buffers()[0], *(buffer or pa.py_buffer(b"") for buffer in texts.buffers()[1:])]
    return pa.Array.from_buffers(kind, len(texts), buffers, offset=texts.offset)


def only_where(condition: pa.Array | pa.ChunkedArray, values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return ``values`` with nulls where ``condition`` is false or null; they are not string views."""
    # Not with a null scalar: before pyarrow 24, that gives bytes from outside of a slice (apache/arrow#41479).
    return pc.if_else(condition, values, pa.nulls(len(values), values.type))


def replaced(array: pa.Array, rows: Array, values: pa.Array) -> pa.Array:
    """Return ``array`` with other values in some rows, which are in order."""
    if not len(rows):
        return array
    if len(rows) < _FEW:  # the parts between are copied whole
        starts, stops = [0, *(rows + 1)], [*rows, len(array)]
        values = as_text(values, array.type)
        parts = [part for n, (start, stop) in enumerate(zip(starts, stops)) for part in (array[start:stop], values[n : n + 1])]
        return pa.concat_arrays(parts)
    mask = np.zeros(len(array), bool)
    mask[rows] = True
    texts = wide(array)
    return as_text(pc.replace_with_mask(texts, pa.array(mask), values.cast(texts.type)), array.type)


def offsets_and_data(array: pa.Array) -> tuple[Array, Array]:
    """Return where each text of utf8 or large_utf8 begins and the last one ends, and the bytes that they stand in."""
    _, ends, data = array.buffers()
    width = np.dtype(np.int64 if pa.types.is_large_string(array.type) else np.int32)
    first = array.offset * width.itemsize
    offsets = np.frombuffer(ends, width, len(array) + 1, first) if len(array) else np.zeros(1, width)
    return offsets, np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)

"""Converts a column to Arrow: an object with the PyCapsule interface, or a sequence of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc

from nofields.columns.kernel import as_bytes, as_text

_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
_HALF_SURROGATES = re.compile("[\ud800-\udfff]")
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)


def to_arrow(column: object, *, numbers: bool = False) -> pa.Array | pa.ChunkedArray:
    """Return a column as an Arrow array, without a copy if its layout allows.

    Args:
        column: The column.
        numbers: Whether it may hold numbers. A dictionary of numbers is undone.

    Raises:
        TypeError: It does not hold texts, or numbers.
        ValueError: Its buffers are too short.
    """
    array = _as_arrow(column)
    array.validate()
    array = _only_column(array)
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if any(is_number(kind) for is_number in _NUMBERS):
        if numbers:
            return array if array.type == kind else array.cast(kind)
        raise TypeError(
            f"a column of {kind} cannot be checked: numbers have lost their leading zeros, and 0357 is a postal code "
            "where 357 is none. Read the column as text."
        )
    if not any(is_text(kind) for is_text in _TEXTS):
        raise TypeError(f"a column of {kind} cannot be checked: it must hold texts")
    return array


def _as_arrow(column: object) -> pa.Array | pa.ChunkedArray:
    if isinstance(column, (pa.Array, pa.ChunkedArray)):
        return column
    try:
        if hasattr(column, "__arrow_c_stream__"):
            return pa.chunked_array(column)
        if hasattr(column, "__arrow_c_array__") or hasattr(column, "dtype"):
            return pa.array(column)
        if isinstance(column, (str, bytes)) or not isinstance(column, Iterable):
            raise TypeError(f"a column is wanted, not {type(column).__name__}")
        return _as_texts(list(column))
    except (pa.ArrowException, OverflowError, UnicodeError):
        pass  # it may hold a value, so that no error of ours is chained to it
    raise TypeError("a column must hold texts, and None where there is none")


def in_utf8(array: pa.Array) -> pa.Array:
    """``array`` with other characters in the place of bytes that are not UTF-8."""
    texts = [each if each is None else each.decode("utf-8", "surrogateescape") for each in as_bytes(array).to_pylist()]
    return as_text(_as_texts(texts), array.type)


def _as_texts(values: list[object]) -> pa.Array:
    with suppress(UnicodeEncodeError):  # which holds the value: what is raised below must not be chained to it
        return pa.array(values)
    # Arrow has no room for half surrogates: another character stands in, that no field takes.
    return pa.array([_HALF_SURROGATES.sub("\0", value) if isinstance(value, str) else value for value in values])


def _only_column(array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The one column of a table of one; run-end encoding undone."""
    if pa.types.is_struct(array.type):
        if array.type.num_fields != 1:
            names = ", ".join(field.name for field in array.type)
            raise TypeError(f"one column is wanted, not a table of {array.type.num_fields}: {names}")
        return _only_column(pc.struct_field(array, [0]))
    return pc.run_end_decode(array) if pa.types.is_run_end_encoded(array.type) else array

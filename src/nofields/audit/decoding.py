"""Layouts that store a repeated value once: dictionaries, run ends and views.

A file of a few hundred bytes may expand to gigabytes of values, so repeated values stay
dictionaries until they are written, and are then written in slices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import LONG, entries, transform
from nofields.columns.kernel import wide

#: Limit of the bytes of values that are decoded at once.
AT_ONCE = 1 << 25
#: A view is sixteen bytes; the first four are the length.
_VIEW = pa.binary(16)


def computable(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return a column without views and run ends at any depth, which Arrow or a file format may not support."""
    return transform(column, _computable)


def decoded(table: pa.Table, kept: Collection[str] = ()) -> Iterator[pa.Table]:
    """Yield the rows of a table in slices of limited size, with dictionaries replaced by their values.

    Args:
        table: A table with columns of any type.
        kept: Names of the columns that keep their dictionaries.
    """
    if len(table) > 1 and sum(_size(chunk) for column in table.columns for chunk in column.chunks) > AT_ONCE:
        half = len(table) // 2
        yield from decoded(table.slice(0, half), kept)
        yield from decoded(table.slice(half), kept)
        return
    columns = [each if name in kept else transform(each, _decoded) for name, each in zip(table.column_names, table.columns)]
    fields = [field.with_type(column.type) for field, column in zip(table.schema, columns)]
    yield pa.table(columns, schema=pa.schema(fields, metadata=table.schema.metadata))


def without_nulls(table: pa.Table) -> pa.Table:
    """Return a table of texts with empty texts for nulls.

    A null in a CSV file of one column would be an empty line, which is not a row.
    """
    texts = [(each if each.type == pa.large_utf8() else each.cast(pa.large_utf8())).fill_null("") for each in table.columns]
    return pa.table(texts, table.column_names)


def _computable(array: pa.Array, nullable: bool) -> pa.Array:
    kind = array.type
    if pa.types.is_run_end_encoded(kind):
        return _without_run_ends(array)
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        return _without_views(array)
    return array


def _without_run_ends(array: pa.Array) -> pa.Array:
    """Return texts and bytes as a dictionary, since they may be long, and other types as plain values."""
    first, count = array.find_physical_offset(), array.find_physical_length()
    ends = np.minimum(array.run_ends.to_numpy()[first : first + count].astype(np.int64) - array.offset, len(array))
    rows = pa.array(np.repeat(np.arange(count, dtype=np.int32), np.diff(ends, prepend=0)))
    values = array.values.slice(first, count)
    return pa.DictionaryArray.from_arrays(rows, values) if values.type in LONG else values.take(rows)


def _without_views(array: pa.Array) -> pa.Array:
    """Return texts or bytes, as a dictionary if many views share the same data."""
    _, views, *data = array.buffers()
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    lengths = np.frombuffer(views, np.int32)[4 * array.offset :: 4][: len(array)] if len(array) else np.zeros(0, np.int32)
    if lengths[valid].sum(dtype=np.int64) <= AT_ONCE:
        return _cast_views(array)
    encoded = pa.Array.from_buffers(_VIEW, len(array), array.buffers()[:2], array.null_count, array.offset).dictionary_encode()
    distinct = pa.Array.from_buffers(array.type, len(encoded.dictionary), [None, encoded.dictionary.buffers()[1], *data])
    return pa.DictionaryArray.from_arrays(encoded.indices, _cast_views(distinct))


def _cast_views(array: pa.Array) -> pa.Array:
    return wide(array) if pa.types.is_string_view(array.type) else array.cast(pa.large_binary())


def _decoded(array: pa.Array, nullable: bool) -> pa.Array:
    return array.dictionary.take(array.indices) if pa.types.is_dictionary(array.type) else array


def _size(array: pa.Array) -> int:
    """Return the size in bytes of the values of an array once they are decoded."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        if kind.value_type in LONG:
            return pc.sum(pc.binary_length(array.dictionary).take(array.indices)).as_py() or 0
        return len(array) * (_size(array.dictionary) // max(len(array.dictionary), 1))
    if isinstance(kind, pa.BaseExtensionType):
        return _size(array.storage)
    if pa.types.is_struct(kind):
        return sum(_size(array.field(place)) for place in range(kind.num_fields))
    if pa.types.is_map(kind):
        return sum(_size(part) for part in entries(array))
    return _size(pc.list_flatten(array)) if pa.types.is_nested(kind) and hasattr(kind, "value_type") else array.nbytes

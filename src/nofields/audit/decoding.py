"""Values that a file repeats without writing them out: they stay so until they are written, and then come in slices.

A file of some hundred bytes may hold gigabytes of values, in dictionaries, runs or views.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import LONG, entries, rebuilt
from nofields.columns.found import wide

#: So many bytes of values are written out at once.
AT_ONCE = 1 << 25
#: A view: sixteen bytes, the first four of which are the length.
_VIEW = pa.binary(16)


def computable(column: Any) -> Any:
    """A column in layouts that Arrow can compute with and every format holds: no views and no run ends, at any depth."""
    return rebuilt(column, _computable)


def decoded(table: pa.Table, kept: Collection[str] = ()) -> Iterator[pa.Table]:
    """Write out the values of dictionaries.

    Args:
        table: any table.
        kept: names of the columns whose dictionaries stay.

    Returns:
        The rows in order, in slices of limited size.
    """
    if len(table) > 1 and sum(_size(chunk) for column in table.columns for chunk in column.chunks) > AT_ONCE:
        half = len(table) // 2
        yield from decoded(table.slice(0, half), kept)
        yield from decoded(table.slice(half), kept)
        return
    columns = [each if name in kept else rebuilt(each, _decoded) for name, each in zip(table.column_names, table.columns)]
    fields = [field.with_type(column.type) for field, column in zip(table.schema, columns)]
    yield pa.table(columns, schema=pa.schema(fields, metadata=table.schema.metadata))


def without_nulls(table: pa.Table) -> pa.Table:
    """A table of texts, with empty ones for nulls: a CSV file of one column has an empty line for a null, which is no row."""
    texts = [(each if each.type == pa.large_utf8() else each.cast(pa.large_utf8())).fill_null("") for each in table.columns]
    return pa.table(texts, table.column_names)


def _computable(array: Any, nullable: bool) -> Any:
    kind = array.type
    if pa.types.is_run_end_encoded(kind):
        return _without_run_ends(array)
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        return _without_views(array)
    return array


def _without_run_ends(array: Any) -> Any:
    """A dictionary of texts and bytes, since they may be long; else the values."""
    first, count = array.find_physical_offset(), array.find_physical_length()
    ends = np.minimum(array.run_ends.to_numpy()[first : first + count].astype(np.int64) - array.offset, len(array))
    rows = pa.array(np.repeat(np.arange(count, dtype=np.int32), np.diff(ends, prepend=0)))
    values = array.values.slice(first, count)
    return pa.DictionaryArray.from_arrays(rows, values) if values.type in LONG else values.take(rows)


def _without_views(array: Any) -> Any:
    """Texts or bytes; a dictionary of them where many views show the same."""
    _, views, *data = array.buffers()
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    lengths = np.frombuffer(views, np.int32)[4 * array.offset :: 4][: len(array)] if len(array) else np.zeros(0, np.int32)
    if lengths[valid].sum(dtype=np.int64) <= AT_ONCE:
        return _written_out(array)
    seen = pa.Array.from_buffers(_VIEW, len(array), array.buffers()[:2], array.null_count, array.offset).dictionary_encode()
    distinct = pa.Array.from_buffers(array.type, len(seen.dictionary), [None, seen.dictionary.buffers()[1], *data])
    return pa.DictionaryArray.from_arrays(seen.indices, _written_out(distinct))


def _written_out(array: Any) -> Any:
    return wide(array) if pa.types.is_string_view(array.type) else array.cast(pa.large_binary())


def _decoded(array: Any, nullable: bool) -> Any:
    return array.dictionary.take(array.indices) if pa.types.is_dictionary(array.type) else array


def _size(array: Any) -> int:
    """How many bytes the values of an array have when they are written out."""
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

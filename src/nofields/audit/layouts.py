"""The layouts that columns are written in, nested ones at any depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

#: Types whose values have lengths of their own; views are read as these.
LONG = (pa.utf8(), pa.large_utf8(), pa.binary(), pa.large_binary())
#: Makes another array of an array; the flag says whether it may have nulls.
Change = Callable[[Any, bool], Any]


def rebuilt(array: Any, change: Change, *, nullable: bool = True) -> Any:
    """Apply a function to every array inside of an array, the innermost first, and to the array itself.

    Args:
        array: an Arrow array of any type, or a chunked one.
        change: gets each array and whether nulls may stand there; returns it, or another one of as many values.
        nullable: what ``change`` is told of the array itself.

    Returns:
        The array itself where nothing in it was changed.
    """
    if isinstance(array, pa.ChunkedArray):
        chunks = [rebuilt(chunk, change, nullable=nullable) for chunk in array.chunks or [pa.nulls(0, array.type)]]
        return pa.chunked_array(chunks)
    for is_such, rebuild in _CONTAINERS:
        if is_such(array.type):
            return change(rebuild(array, change), nullable)
    return change(array, nullable)


def _struct(array: Any, change: Change) -> Any:
    fields = [array.type.field(place) for place in range(array.type.num_fields)]
    old = [array.field(place) for place in range(len(fields))]
    new = [rebuilt(child, change, nullable=field.nullable) for child, field in zip(old, fields)]
    if _same(old, new):
        return array
    fields = [field.with_type(child.type) for field, child in zip(fields, new)]
    return pa.StructArray.from_arrays(new, fields=fields, mask=array.is_null() if array.null_count else None)


def _list(array: Any, change: Change) -> Any:
    """A list, of which only the values that its rows have are looked at."""
    kind, offsets = array.type, _offsets(array)
    field = kind.value_field
    old = array.values.slice(offsets[0], offsets[-1] - offsets[0])
    new = rebuilt(old, change, nullable=field.nullable)
    if new is old:
        return array
    made = pa.large_list if pa.types.is_large_list(kind) else pa.list_
    return _with_child(array, made(field.with_type(new.type)), [pa.py_buffer(offsets - offsets[0])], new)


def _map(array: Any, change: Change) -> Any:
    kind, offsets, old = array.type, _offsets(array), entries(array)
    fields = (kind.key_field, kind.item_field)
    new = [rebuilt(part, change, nullable=field.nullable) for part, field in zip(old, fields)]
    if _same(old, new):
        return array
    fields = tuple(field.with_type(part.type) for part, field in zip(new, fields))
    made = pa.map_(*fields, keys_sorted=kind.keys_sorted)
    return _with_child(array, made, [pa.py_buffer(offsets - offsets[0])], pa.StructArray.from_arrays(new, fields=fields))


def entries(array: Any) -> list[Any]:
    """The keys of a map's rows, and the values behind them."""
    first, last = _offsets(array)[[0, -1]]
    return [part.slice(first, last - first) for part in (array.keys, array.items)]


def _fixed_size_list(array: Any, change: Change) -> Any:
    size, field = array.type.list_size, array.type.value_field
    old = array.values.slice(array.offset * size, len(array) * size)
    new = rebuilt(old, change, nullable=field.nullable)
    return array if new is old else _with_child(array, pa.list_(field.with_type(new.type), size), [], new)


def _list_view(array: Any, change: Change) -> Any:
    kind, old = array.type, array.values
    new = rebuilt(old, change, nullable=kind.value_field.nullable)
    if new is old:
        return array
    made = pa.large_list_view if pa.types.is_large_list_view(kind) else pa.list_view
    field = kind.value_field.with_type(new.type)
    return pa.Array.from_buffers(made(field), len(array), array.buffers()[:3], array.null_count, array.offset, children=[new])


def _dictionary(array: Any, change: Change) -> Any:
    old = array.dictionary
    new = rebuilt(old, change)
    if new is old:
        return array
    if pa.types.is_nested(new.type):
        return pa.DictionaryArray.from_arrays(array.indices, new, ordered=array.type.ordered)
    distinct = new.dictionary_encode()  # two values may have become one, and Parquet's writer takes no dictionary of such
    indices = distinct.indices.take(array.indices).cast(array.type.index_type)
    return pa.DictionaryArray.from_arrays(indices, distinct.dictionary, ordered=array.type.ordered)


def _run_ends(array: Any, change: Change) -> Any:
    old = array.values
    values = rebuilt(old, change)
    if values is old:
        return array
    whole = pa.RunEndEncodedArray.from_arrays(array.run_ends, values)
    return whole.slice(array.offset, len(array))


def _union(array: Any, change: Change) -> Any:
    kind = array.type
    old = [array.field(place) for place in range(kind.num_fields)]
    new = [rebuilt(child, change) for child in old]
    if _same(old, new):
        return array
    names, codes = [kind.field(place).name for place in range(kind.num_fields)], kind.type_codes
    if kind.mode == "sparse":
        return pa.UnionArray.from_sparse(array.type_codes, new, names, codes)
    places = pa.array(np.frombuffer(array.buffers()[2], np.int32, len(array), 4 * array.offset))  # those of a slice
    return pa.UnionArray.from_dense(array.type_codes, places, new, names, codes)


def _extension(array: Any, change: Change) -> Any:
    """An extension type; what no longer has the type's storage is left as that."""
    old = array.storage
    new = rebuilt(old, change)
    if new is old:
        return array
    return array.type.wrap_array(new) if new.type == old.type else new


#: How to recognise what holds other arrays, and how to rebuild it.
_CONTAINERS: list[tuple[Callable[[pa.DataType], bool], Callable[[Any, Change], Any]]] = [
    (lambda kind: isinstance(kind, pa.BaseExtensionType), _extension),
    (pa.types.is_struct, _struct),
    (lambda kind: pa.types.is_list(kind) or pa.types.is_large_list(kind), _list),
    (pa.types.is_map, _map),
    (pa.types.is_fixed_size_list, _fixed_size_list),
    (lambda kind: pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind), _list_view),
    (pa.types.is_dictionary, _dictionary),
    (pa.types.is_run_end_encoded, _run_ends),
    (pa.types.is_union, _union),
]


def _same(old: list[Any], new: list[Any]) -> bool:
    return all(one is other for one, other in zip(old, new))


def _offsets(array: Any) -> Any:
    """Where each row of a list begins among its values, and where the last one ends."""
    width = np.int64 if pa.types.is_large_list(array.type) else np.int32
    return array.offsets.to_numpy() if len(array) else np.zeros(1, width)


def _with_child(array: Any, kind: pa.DataType, buffers: list[pa.Buffer], child: Any) -> Any:
    """An array of another type with the nulls of ``array``."""
    valid = None
    if array.null_count:
        valid = pa.py_buffer(np.packbits(array.is_valid().to_numpy(zero_copy_only=False), bitorder="little"))
    return pa.Array.from_buffers(kind, len(array), [valid, *buffers], array.null_count, children=[child])

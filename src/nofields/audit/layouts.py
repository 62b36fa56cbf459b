"""Transform arrays of any Arrow type, including the arrays nested in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

#: Types of texts and bytes of any length, without views.
LONG = (pa.utf8(), pa.large_utf8(), pa.binary(), pa.large_binary())
#: Maps an array to another one; the flag says whether nulls are allowed in it.
Change = Callable[[pa.Array, bool], pa.Array]


def transform(array: pa.Array | pa.ChunkedArray, change: Change, *, nullable: bool = True) -> pa.Array | pa.ChunkedArray:
    """Apply a function to every array nested in an array, the innermost first, and to the array itself.

    Args:
        array: An Arrow array or chunked array of any type.
        change: Called with an array and whether nulls are allowed in it. Returns that array, or
            another one of the same length.
        nullable: Whether nulls are allowed in ``array`` itself.

    Returns:
        The transformed array, or ``array`` itself if nothing in it was changed.
    """
    if isinstance(array, pa.ChunkedArray):
        chunks = [transform(chunk, change, nullable=nullable) for chunk in array.chunks or [pa.nulls(0, array.type)]]
        return pa.chunked_array(chunks)
    for matches, transform_children in _CONTAINERS:
        if matches(array.type):
            return change(transform_children(array, change), nullable)
    return change(array, nullable)


def _struct(array: pa.Array, change: Change) -> pa.Array:
    fields = [array.type.field(place) for place in range(array.type.num_fields)]
    old = [array.field(place) for place in range(len(fields))]
    new = [transform(child, change, nullable=field.nullable) for child, field in zip(old, fields)]
    if _same(old, new):
        return array
    fields = [field.with_type(child.type) for field, child in zip(fields, new)]
    return pa.StructArray.from_arrays(new, fields=fields, mask=array.is_null() if array.null_count else None)


def _list(array: pa.Array, change: Change) -> pa.Array:
    """Transform the values of a list, without those that no row refers to."""
    kind, offsets = array.type, _offsets(array)
    field = kind.value_field
    old = array.values.slice(offsets[0], offsets[-1] - offsets[0])
    new = transform(old, change, nullable=field.nullable)
    if new is old:
        return array
    kind_of_list = pa.large_list if pa.types.is_large_list(kind) else pa.list_
    return _with_child(array, kind_of_list(field.with_type(new.type)), [pa.py_buffer(offsets - offsets[0])], new)


def _map(array: pa.Array, change: Change) -> pa.Array:
    kind, offsets, old = array.type, _offsets(array), entries(array)
    fields = (kind.key_field, kind.item_field)
    new = [transform(part, change, nullable=field.nullable) for part, field in zip(old, fields)]
    if _same(old, new):
        return array
    fields = tuple(field.with_type(part.type) for part, field in zip(new, fields))
    kind_of_list = pa.map_(*fields, keys_sorted=kind.keys_sorted)
    return _with_child(
        array, kind_of_list, [pa.py_buffer(offsets - offsets[0])], pa.StructArray.from_arrays(new, fields=fields)
    )


def entries(array: pa.Array) -> list[pa.Array]:
    """Return the keys and the values that the rows of a map refer to."""
    first, last = _offsets(array)[[0, -1]]
    return [part.slice(first, last - first) for part in (array.keys, array.items)]


def _fixed_size_list(array: pa.Array, change: Change) -> pa.Array:
    size, field = array.type.list_size, array.type.value_field
    old = array.values.slice(array.offset * size, len(array) * size)
    new = transform(old, change, nullable=field.nullable)
    return array if new is old else _with_child(array, pa.list_(field.with_type(new.type), size), [], new)


def _list_view(array: pa.Array, change: Change) -> pa.Array:
    kind, old = array.type, array.values
    new = transform(old, change, nullable=kind.value_field.nullable)
    if new is old:
        return array
    kind_of_list = pa.large_list_view if pa.types.is_large_list_view(kind) else pa.list_view
    field = kind.value_field.with_type(new.type)
    return pa.Array.from_buffers(
        kind_of_list(field), len(array), array.buffers()[:3], array.null_count, array.offset, children=[new]
    )


def _dictionary(array: pa.Array, change: Change) -> pa.Array:
    old = array.dictionary
    new = transform(old, change)
    if new is old:
        return array
    if pa.types.is_nested(new.type):
        return pa.DictionaryArray.from_arrays(array.indices, new, ordered=array.type.ordered)
    distinct = new.dictionary_encode()  # values may now be equal, which Parquet's writer rejects in a dictionary
    indices = distinct.indices.take(array.indices).cast(array.type.index_type)
    return pa.DictionaryArray.from_arrays(indices, distinct.dictionary, ordered=array.type.ordered)


def _run_ends(array: pa.Array, change: Change) -> pa.Array:
    old = array.values
    values = transform(old, change)
    if values is old:
        return array
    whole = pa.RunEndEncodedArray.from_arrays(array.run_ends, values)
    return whole.slice(array.offset, len(array))


def _union(array: pa.Array, change: Change) -> pa.Array:
    kind = array.type
    old = [array.field(place) for place in range(kind.num_fields)]
    new = [transform(child, change) for child in old]
    if _same(old, new):
        return array
    names, codes = [kind.field(place).name for place in range(kind.num_fields)], kind.type_codes
    if kind.mode == "sparse":
        return pa.UnionArray.from_sparse(array.type_codes, new, names, codes)
    places = pa.array(np.frombuffer(array.buffers()[2], np.int32, len(array), 4 * array.offset))  # those of a slice
    return pa.UnionArray.from_dense(array.type_codes, places, new, names, codes)


def _extension(array: pa.Array, change: Change) -> pa.Array:
    """Transform the storage; where its type changes, the extension type is dropped."""
    old = array.storage
    new = transform(old, change)
    if new is old:
        return array
    return array.type.wrap_array(new) if new.type == old.type else new


#: For each kind of nested type: the test for it, and the function that transforms it.
_CONTAINERS: list[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array, Change], pa.Array]]] = [
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


def _same(old: list[pa.Array], new: list[pa.Array]) -> bool:
    return all(one is other for one, other in zip(old, new))


def _offsets(array: pa.Array) -> npt.NDArray[np.int32 | np.int64]:
    """Return where each row of a list begins among its values, and where the last one ends."""
    width = np.int64 if pa.types.is_large_list(array.type) else np.int32
    return array.offsets.to_numpy() if len(array) else np.zeros(1, width)


def _with_child(array: pa.Array, kind: pa.DataType, buffers: list[pa.Buffer], child: pa.Array) -> pa.Array:
    """Build an array of another type that has the nulls of ``array``."""
    valid = None
    if array.null_count:
        valid = pa.py_buffer(np.packbits(array.is_valid().to_numpy(zero_copy_only=False), bitorder="little"))
    return pa.Array.from_buffers(kind, len(array), [valid, *buffers], array.null_count, children=[child])

"""The layouts that columns are written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa


def at_any_depth(kind: pa.DataType, change: Callable[[pa.DataType], pa.DataType]) -> pa.DataType:
    """A type with other types in it, inside of structs and lists as well."""
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(at_any_depth(field.type, change)) for field in kind])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        made = pa.list_ if pa.types.is_list(kind) else pa.large_list
        return made(kind.value_field.with_type(at_any_depth(kind.value_type, change)))
    return change(kind)


def in_layout(column: Any, kind: pa.DataType) -> Any:
    """A column as another type holds it; itself where it is of that type already."""
    return column if column.type == kind else column.cast(kind)


def without_dictionaries(table: pa.Table) -> pa.Table:
    """A table with the values themselves: an Arrow file has one dictionary for a column, and what is read may have many."""
    fields = [field.with_type(at_any_depth(field.type, _value_type)) for field in table.schema]
    schema = pa.schema(fields, metadata=table.schema.metadata)
    return table if schema == table.schema else table.cast(schema)


def without_nulls(table: pa.Table) -> pa.Table:
    """A table of texts, with empty ones for nulls: a CSV file of one column has an empty line for a null, which is no row."""
    texts = [in_layout(in_layout(each, _value_type(each.type)), pa.large_utf8()).fill_null("") for each in table.columns]
    return pa.table(texts, table.column_names)


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind

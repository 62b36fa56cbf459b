"""Parquet, Arrow and Feather files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import ipc, parquet

from nofields.audit.layouts import at_any_depth, in_layout
from nofields.audit.source import Batch, Piece, Source
from nofields.audit.unreadable import Unreadable, sentence
from nofields.columns.found import wide
from nofields.columns.intake import taken_in

#: So many rows are read at once.
_ROWS = 1 << 17
#: What a view shows.
_SHOWN = {pa.string_view(): pa.large_utf8(), pa.binary_view(): pa.large_binary()}


class ArrowFile(Source):
    """A file of typed columns. A row's number is its place, the first being 1; a null is no value."""

    def __init__(self, name: str, schema: pa.Schema, size: int | None, batches: Callable[[list[str]], Iterable[Any]]) -> None:
        self.name, self.size, self._schema, self._batches = name, size, schema, batches
        self.columns = tuple(schema.names)
        if twice := [each for each, count in Counter(schema.names).items() if count > 1]:
            raise Unreadable(f"{name} has {len(twice)} column names that occur more than once, such as {twice[0]!r}.")

    def refusal(self, column: str) -> str | None:
        try:
            taken_in(pa.nulls(0, self._schema.field(column).type))
        except TypeError as error:
            return str(error)
        return None

    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        """The rows; first of all none, of the same types, which an output of a file without rows has as well."""
        row, none = 1, pa.RecordBatch.from_arrays([pa.nulls(0, kind) for kind in self._schema.types], schema=self._schema)
        try:
            for batch in chain([none], self._batches(list(columns))):
                part = batch.select(columns)
                part.validate(full=True)  # a file may say of its buffers what it likes
                table = pa.table([_computable(each) for each in part.columns], columns, metadata=part.schema.metadata)
                read = Batch(table, np.arange(row, row + len(table)), [])
                row += len(table)
                yield Piece(partial(lambda batch: batch, read), row - 1)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(f"{self.name}, after row {row - 1}: {sentence(error)}") from error


def _computable(column: pa.Array) -> pa.Array:
    """A column in a layout that Arrow can compute with, and every format hold: no views and no run ends."""
    kind = column.type
    if pa.types.is_string_view(kind):
        return wide(column)
    if pa.types.is_run_end_encoded(kind):
        return _computable(pc.run_end_decode(column))
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(column.indices, _computable(column.dictionary), ordered=kind.ordered)
    return in_layout(column, at_any_depth(kind, lambda inner: _SHOWN.get(inner, inner)))


def parquet_file(file: Any, name: str) -> ArrowFile:
    """A Parquet file, read row group by row group."""
    opened = parquet.ParquetFile(file)
    return ArrowFile(
        name,
        opened.schema_arrow,
        opened.metadata.num_rows,
        lambda columns: opened.iter_batches(batch_size=_ROWS, columns=columns),
    )


def arrow_file(file: Any, name: str) -> ArrowFile:
    """An Arrow file (Feather)."""
    opened = ipc.open_file(file)

    def batches(columns: list[str]) -> Iterator[Any]:
        return (opened.get_batch(number) for number in range(opened.num_record_batches))

    return ArrowFile(name, opened.schema, None, batches)


def arrow_stream(file: Any, name: str) -> ArrowFile:
    """An Arrow stream, as a pipe carries it."""
    opened = ipc.open_stream(file)
    return ArrowFile(name, opened.schema, None, lambda columns: opened)

"""Parquet, Arrow and Feather files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import ipc, parquet

from nofields.audit.decoding import AT_ONCE, computable
from nofields.audit.source import Batch, Piece, Source
from nofields.audit.unreadable import NO_MEMORY, Unreadable, sentence
from nofields.columns.intake import taken_in

#: So many rows are read at once.
_ROWS = 1 << 17
#: So many rows show how long the rows of a row group are.
_SAMPLE = 1 << 8
#: Types of Parquet's that are texts, or bytes.
_TEXTS = ("STRING", "NONE", "JSON", "ENUM")
#: A text that is written out has more bytes, with its length; one that is repeated has fewer.
_LEAST = 8


class ArrowFile(Source):
    """A file of typed columns. A row's number is its place, the first being 1; a null is no value."""

    def __init__(self, name: str, schema: pa.Schema, size: int | None, batches: Callable[[list[str]], Iterable[Any]]) -> None:
        self.name, self.size, self._schema, self._batches = name, size, schema, batches
        self.columns, self.dictionaries = _names(schema, name), _dictionaries(schema)
        if twice := [each for each, count in Counter(self.columns).items() if count > 1]:
            raise Unreadable(f"{name} has {len(twice)} column names that occur more than once, such as {twice[0]!r}.")

    def unsupported(self, column: str) -> str | None:
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
                table = pa.table([computable(each) for each in part.columns], columns, metadata=part.schema.metadata)
                read = Batch(table, np.arange(row, row + len(table)), [])
                row += len(table)
                yield Piece(partial(lambda batch: batch, read), row - 1)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(f"{self.name}, after row {row - 1}: {sentence(error)}") from error
        except MemoryError as error:  # for what a broken file says of its lengths, as well
            raise Unreadable(f"{self.name}, after row {row - 1}: {NO_MEMORY}") from error


def _names(schema: pa.Schema, file: str) -> tuple[str, ...]:
    """The names of the columns; those at any depth must be UTF-8, since Arrow reads them as such only when they are used."""
    with _in_utf8(file):
        fields = [*schema]
        for field in fields:
            field.name.encode()
            fields += (field.type.field(place) for place in range(field.type.num_fields))
        return tuple(schema.names)


@contextmanager
def _in_utf8(file: str) -> Iterator[None]:
    """Name the file in an error about a name that is not UTF-8."""
    try:
        yield
    except UnicodeDecodeError:
        raise Unreadable(f"{file}: the name of a column, or of a part of one, is not UTF-8.") from None


def parquet_file(file: Any, name: str) -> ArrowFile:
    """A Parquet file, read row group by row group; texts that come again stay dictionaries."""
    with _in_utf8(name):
        opened = parquet.ParquetFile(file)
        _names(opened.schema_arrow, name)

    def batches(columns: list[str]) -> Iterator[Any]:
        for group in range(opened.num_row_groups):
            first = next(opened.iter_batches(batch_size=_SAMPLE, row_groups=[group], columns=columns), None)
            rows = _rows_at_once(first) if first else _ROWS
            # Only now: Arrow checks a broken description of a column when it reads it, and aborts when it is asked for it.
            repeated = _repeated(opened.metadata, group, columns) if first else []
            reader = parquet.ParquetFile(file, metadata=opened.metadata, read_dictionary=repeated) if repeated else opened
            yield from reader.iter_batches(batch_size=rows, row_groups=[group], columns=columns)

    return ArrowFile(name, opened.schema_arrow, opened.metadata.num_rows, batches)


def _rows_at_once(sample: Any) -> int:
    """How many rows are read at once: fewer where they are long."""
    return max(1, min(_ROWS, AT_ONCE * len(sample) // max(int(sample.nbytes), 1)))


def _repeated(metadata: Any, group: int, columns: list[str]) -> list[str]:
    """The paths of the texts or bytes that a row group has in dictionaries, and could not have in so little space otherwise."""
    found = []
    for place in range(metadata.num_columns):
        leaf = metadata.schema.column(place)
        is_text = leaf.physical_type == "BYTE_ARRAY" and leaf.logical_type.type in _TEXTS
        if is_text and any(leaf.path == name or leaf.path.startswith(f"{name}.") for name in columns):
            chunk = metadata.row_group(group).column(place)
            # Arrow reads no other encoding into dictionaries, and writers may go over to one.
            other = any("DELTA" in encoding for encoding in chunk.encodings)
            if not other and chunk.total_uncompressed_size < _LEAST * chunk.num_values:
                found.append(leaf.path)
    return found


def _dictionaries(schema: pa.Schema) -> frozenset[str]:
    """The columns with a dictionary in their type, at any depth."""
    return frozenset(field.name for field in schema if "dictionary<" in str(field.type))


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

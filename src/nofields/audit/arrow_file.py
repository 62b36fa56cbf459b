"""Read Parquet, Arrow and Feather files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import ipc, parquet

from nofields.audit.decoding import AT_ONCE, computable
from nofields.audit.source import Batch, Piece, Source
from nofields.audit.unreadable import NO_MEMORY, Unreadable, sentence
from nofields.columns.arrow_input import to_arrow

#: The most rows that are read at once.
_ROWS = 1 << 17
#: Rows from which the size of a row group's rows is estimated.
_SAMPLE = 1 << 8
#: Parquet's logical types of texts and bytes.
_TEXTS = ("STRING", "NONE", "JSON", "ENUM")
#: Bytes per value below which a column of texts must be a dictionary: a plain value with its length takes more.
_LEAST_PLAIN = 8


class ArrowFile(Source):
    """A file of typed columns. Rows are numbered from 1; a null is not a value.

    Args:
        name: What messages call the file.
        schema: The columns and their types.
        size: The number of rows, or ``None`` if unknown.
        batches: Called with names of columns; returns the file's record batches with these, and maybe others.

    Raises:
        Unreadable: Two columns have the same name, or a name is not UTF-8.
    """

    def __init__(
        self, name: str, schema: pa.Schema, size: int | None, batches: Callable[[list[str]], Iterable[pa.RecordBatch]]
    ) -> None:
        self.name, self.size, self._schema, self._batches = name, size, schema, batches
        self.columns, self.dictionaries = _names(schema, name), _dictionaries(schema)
        if repeated := [each for each, count in Counter(self.columns).items() if count > 1]:
            raise Unreadable(f"{name} has {len(repeated)} column names that occur more than once, such as {repeated[0]!r}.")

    def unsupported(self, column: str) -> str | None:
        try:
            to_arrow(pa.nulls(0, self._schema.field(column).type))
        except TypeError as error:
            return str(error)
        return None

    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        """Yield the rows, after an empty piece that gives the outputs of an empty file their columns."""
        empty = pa.RecordBatch.from_arrays([pa.nulls(0, kind) for kind in self._schema.types], schema=self._schema)
        row = 1
        try:
            for batch in chain([empty], self._batches(list(columns))):
                part = batch.select(columns)
                part.validate(full=True)  # the buffers of a broken file may not fit its lengths
                table = pa.table([computable(each) for each in part.columns], columns, metadata=part.schema.metadata)
                read = Batch(table, np.arange(row, row + len(table)), [])
                row += len(table)
                yield Piece(partial(lambda batch: batch, read), row - 1)
        except (pa.ArrowException, OSError) as error:
            raise Unreadable(f"{self.name}, after row {row - 1}: {sentence(error)}") from error
        except MemoryError as error:
            raise Unreadable(f"{self.name}, after row {row - 1}: {NO_MEMORY}") from error


def _names(schema: pa.Schema, file: str) -> tuple[str, ...]:
    """Return the names of the columns.

    Raises:
        Unreadable: A name at any depth is not UTF-8. Arrow decodes names only when they are used.
    """
    with _in_utf8(file):
        fields = [*schema]
        for field in fields:
            field.name.encode()
            fields += (field.type.field(place) for place in range(field.type.num_fields))
        return tuple(schema.names)


@contextmanager
def _in_utf8(file: str) -> Iterator[None]:
    """Raise ``Unreadable`` with the file's name for a column name that is not UTF-8."""
    try:
        yield
    except UnicodeDecodeError:
        raise Unreadable(f"{file}: the name of a column, or of a part of one, is not UTF-8.") from None


def parquet_file(file: BinaryIO, name: str) -> ArrowFile:
    """Open a Parquet file. It is read by row group, and texts in dictionaries stay dictionaries."""
    with _in_utf8(name):
        whole = parquet.ParquetFile(file)
        _names(whole.schema_arrow, name)

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        for group in range(whole.num_row_groups):
            first = next(whole.iter_batches(batch_size=_SAMPLE, row_groups=[group], columns=columns), None)
            rows = _rows_at_once(first) if first else _ROWS
            # After the first read, which rejects broken column metadata: reading such metadata aborts the process.
            encoded = _dictionary_encoded(whole.metadata, group, columns) if first else []
            reader = parquet.ParquetFile(file, metadata=whole.metadata, read_dictionary=encoded) if encoded else whole
            yield from reader.iter_batches(batch_size=rows, row_groups=[group], columns=columns)

    return ArrowFile(name, whole.schema_arrow, whole.metadata.num_rows, batches)


def _rows_at_once(sample: pa.RecordBatch) -> int:
    return max(1, min(_ROWS, AT_ONCE * len(sample) // max(int(sample.nbytes), 1)))


def _dictionary_encoded(metadata: parquet.FileMetaData, group: int, columns: list[str]) -> list[str]:
    """Return the paths of the texts and bytes that a row group stores in dictionaries, by their size."""
    paths = []
    for place in range(metadata.num_columns):
        leaf = metadata.schema.column(place)
        is_text = leaf.physical_type == "BYTE_ARRAY" and leaf.logical_type.type in _TEXTS
        if is_text and any(leaf.path == name or leaf.path.startswith(f"{name}.") for name in columns):
            chunk = metadata.row_group(group).column(place)
            # Writers may fall back to a delta encoding, which Arrow cannot read into a dictionary.
            delta = any("DELTA" in encoding for encoding in chunk.encodings)
            if not delta and chunk.total_uncompressed_size < _LEAST_PLAIN * chunk.num_values:
                paths.append(leaf.path)
    return paths


def _dictionaries(schema: pa.Schema) -> frozenset[str]:
    """Return the names of the columns with a dictionary at any depth of their type."""
    return frozenset(field.name for field in schema if "dictionary<" in str(field.type))


def arrow_file(file: BinaryIO, name: str) -> ArrowFile:
    """Open a file in Arrow's file format (Feather version 2)."""
    reader = ipc.open_file(file)

    def batches(columns: list[str]) -> Iterator[pa.RecordBatch]:
        return (reader.get_batch(number) for number in range(reader.num_record_batches))

    return ArrowFile(name, reader.schema, None, batches)


def arrow_stream(file: BinaryIO, name: str) -> ArrowFile:
    """Open a file or pipe in Arrow's streaming format."""
    reader = ipc.open_stream(file)
    return ArrowFile(name, reader.schema, None, lambda columns: reader)

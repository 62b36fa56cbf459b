"""Write tables to CSV, Parquet or Arrow files, completely or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import ipc

from nofields.audit.decoding import decoded, without_nulls
from nofields.audit.source import Source
from nofields.audit.unreadable import Unreadable, sentence
from nofields.files import STANDARD, open_atomic

#: Without it, spreadsheets read a file as Windows-1252.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: File name suffixes of Parquet and Arrow; other files are CSV.
_PARQUET, _ARROW = ".parquet", (".arrow", ".feather")


class _Sink:
    """The file object of an Arrow writer.

    A writer that is garbage-collected completes its file; ``discarded`` prevents that after a failure.
    """

    closed = discarded = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        if not self.discarded:
            self._file.write(data)

    def flush(self) -> None:
        """Do nothing: the file's owner flushes it."""


class _Writer(Protocol):
    """What Arrow's three writers have in common."""

    def write_table(self, table: pa.Table) -> None: ...

    def close(self) -> None: ...


class TableFile:
    """A file of rows: Parquet or Arrow by its name, otherwise CSV in UTF-8 with the source's delimiter.

    ``close`` completes the file. A ``with`` block that ends without it discards what is not yet written.

    Args:
        file: The open file.
        name: Its name, which decides the format.
        source: The file that the rows come from.
    """

    def __init__(self, file: BinaryIO, name: str, source: Source) -> None:
        self._sink, self._name, self._suffix, self._source = _Sink(file), name, Path(name).suffix.lower(), source
        self._writer: _Writer | None = None
        self._schema: pa.Schema | None = None

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, *failure: object) -> None:
        self._sink.discarded = True

    def write(self, table: pa.Table) -> None:
        """Write some rows; the first table sets the columns.

        Raises:
            Unreadable: The format cannot hold the columns.
            OSError: The file cannot be written.
        """
        try:
            for part in decoded(table, self._source.dictionaries if self._suffix == _PARQUET else ()):
                rows = without_nulls(part) if self._is_csv and part.num_columns == 1 else part
                if self._writer is None:
                    self._writer, self._schema = self._open_writer(rows.schema), rows.schema
                # Parquet's large texts are read into dictionaries of plain ones.
                self._writer.write_table(rows if rows.schema.equals(self._schema) else rows.cast(self._schema))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:  # such as lists in CSV
            alternatives = {_PARQUET: ".arrow"} | dict.fromkeys(_ARROW, _PARQUET)
            better = alternatives.get(self._suffix, ".parquet or .arrow")
            raise Unreadable(f"{self._name} cannot hold these columns. {sentence(error)} Name it {better}.") from error
        except OSError as error:
            error.filename = error.filename or self._name
            raise

    def close(self) -> None:
        """Complete the file. At least one table must have been written."""
        assert self._writer is not None
        self._writer.close()

    @property
    def _is_csv(self) -> bool:
        return self._suffix != _PARQUET and self._suffix not in _ARROW

    def _open_writer(self, schema: pa.Schema) -> _Writer:
        writer: _Writer
        if self._suffix == _PARQUET:
            from pyarrow import parquet

            writer = parquet.ParquetWriter(self._sink, schema)
        elif self._suffix in _ARROW:
            writer = ipc.new_file(self._sink, schema)
        else:
            if not self._source.is_plain_utf8:  # as far as read: an encoding detected later comes too late
                self._sink.write(_BYTE_ORDER_MARK)
            options = arrow_csv.WriteOptions(delimiter=self._source.delimiter, quoting_style="needed")
            writer = arrow_csv.CSVWriter(self._sink, schema, write_options=options)
        return writer


@contextmanager
def open_output(path: str) -> Iterator[BinaryIO]:
    """Open a file that appears only when the block ends without an error, or standard output for ``-``."""
    if path == STANDARD:
        yield sys.stdout.buffer
        try:
            sys.stdout.buffer.flush()  # here, so that a full disk is reported as an error of this output
        except OSError as error:
            error.filename = error.filename or STANDARD
            raise
    else:
        with open_atomic(Path(path)) as file:
            yield file

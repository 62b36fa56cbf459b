"""The files that tables are written to: CSV, Parquet or Arrow, whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import ipc

from nofields.audit.decoding import decoded, without_nulls
from nofields.audit.source import Source
from nofields.audit.unreadable import Unreadable, sentence
from nofields.files import STANDARD, open_atomic

#: Spreadsheets take a file without it for Windows-1252.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: How files of Parquet and of Arrow are called; others are CSV.
_PARQUET, _ARROW = ".parquet", (".arrow", ".feather")


class _Sink:
    """Where Arrow's writers write to. One that is thrown away ends its file: after a failure it writes that nowhere."""

    closed = given_up = False

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: Any) -> None:
        """Writes some bytes."""
        if not self.given_up:
            self._file.write(data)

    def flush(self) -> None:
        """Nothing: whoever opened the file does."""


class TableFile:
    """A file of tables: Parquet or Arrow by its name, else CSV in UTF-8, parted as the source is.

    It is ended by ``close``; as a context, it is given up where that was not called.
    """

    def __init__(self, file: Any, name: str, source: Source) -> None:
        self._sink, self._name, self._suffix, self._source = _Sink(file), name, Path(name).suffix.lower(), source
        self._writer: Any = None

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, *failure: object) -> None:
        self._sink.given_up = True

    def write(self, table: pa.Table) -> None:
        """Writes some rows; the first table decides what the columns are."""
        try:
            for part in decoded(table, self._source.dictionaries if self._suffix == _PARQUET else ()):
                laid_out = without_nulls(part) if self._is_csv and part.num_columns == 1 else part
                if self._writer is None:
                    self._writer = self._opened(laid_out.schema)
                self._writer.write_table(laid_out)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:  # lists, for one, have no place in CSV
            other = {_PARQUET: ".arrow"} | dict.fromkeys(_ARROW, _PARQUET)
            better = other.get(self._suffix, ".parquet or .arrow")
            raise Unreadable(f"{self._name} cannot hold these columns. {sentence(error)} Name it {better}.") from error
        except OSError as error:
            error.filename = error.filename or self._name
            raise

    def close(self) -> None:
        """Ends the file."""
        self._writer.close()

    @property
    def _is_csv(self) -> bool:
        return self._suffix != _PARQUET and self._suffix not in _ARROW

    def _opened(self, schema: pa.Schema) -> Any:
        if self._suffix == _PARQUET:
            from pyarrow import parquet

            return parquet.ParquetWriter(self._sink, schema)
        if self._suffix in _ARROW:
            return ipc.new_file(self._sink, schema)
        if not self._source.is_plain_utf8:  # as far as is known: an encoding that shows only later comes too late
            self._sink.write(_BYTE_ORDER_MARK)
        options = arrow_csv.WriteOptions(delimiter=self._source.delimiter, quoting_style="needed")
        return arrow_csv.CSVWriter(self._sink, schema, write_options=options)


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """A file that is there when all is written, and not before; standard output for ``-``."""
    if path == STANDARD:
        yield sys.stdout.buffer
    else:
        with open_atomic(Path(path)) as file:
            yield file

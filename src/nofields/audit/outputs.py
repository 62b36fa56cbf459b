"""The files that an audit writes: the rejected values, and the clean rows."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import ipc, parquet

from nofields.audit.source import Batch, Ragged, Source, distinct
from nofields.audit.unreadable import Unreadable, sentence
from nofields.columns import Checked
from nofields.errors import MASK, Reason
from nofields.files import STANDARD, whole
from nofields.keys import Key, Phrase
from nofields.messages import message

#: What a rejected row has behind its own columns, and the types of that.
_TOLD = {"row": pa.int64(), "field": pa.utf8(), "key": pa.utf8(), "reason": pa.utf8(), "message": pa.utf8()}
#: Spreadsheets take a file without it for Windows-1252.
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TableFile:
    """A file of tables: Parquet or Arrow by its name, else CSV in UTF-8, parted as the source is."""

    def __init__(self, file: Any, name: str, source: Source) -> None:
        self._file, self._name, self._suffix, self._source = file, name, Path(name).suffix.lower(), source
        self._writer: Any = None

    def write(self, table: pa.Table) -> None:
        """Writes some rows; the first table decides what the columns are."""
        try:
            if self._writer is None:
                self._writer = self._opened(table.schema)
            self._writer.write_table(table)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:  # lists, for one, have no place in CSV
            raise Unreadable(
                f"{self._name} cannot hold these columns. {sentence(error)} Name it .parquet or .arrow."
            ) from error
        except OSError as error:
            error.filename = error.filename or self._name
            raise

    def close(self) -> None:
        """Ends the file."""
        self._writer.close()

    def _opened(self, schema: pa.Schema) -> Any:
        if self._suffix == ".parquet":
            return parquet.ParquetWriter(self._file, schema)
        if self._suffix in (".arrow", ".feather"):
            return ipc.new_file(self._file, schema)
        if not self._source.plain:  # as far as is known: an encoding that shows only later comes too late
            self._file.write(_BYTE_ORDER_MARK)
        options = arrow_csv.WriteOptions(delimiter=self._source.delimiter, quoting_style="needed")
        return arrow_csv.CSVWriter(self._file, schema, write_options=options)


@contextmanager
def output(path: str) -> Iterator[BinaryIO]:
    """A file that is there when all is written, and not before; standard output for ``-``."""
    if path == STANDARD:
        yield sys.stdout.buffer
    else:
        with whole(Path(path)) as file:
            yield file


class Rejected:
    """Writes a row for every wrong value: the row that it stands in, and what is wrong; and every ragged row.

    The values of the columns that are ``secret`` are masked.
    """

    def __init__(self, file: TableFile, source: Source, secret: Collection[str], locale: str) -> None:
        self._file, self._locale, self._secret = file, locale, secret
        self._columns, self._delimiter = source.columns, source.delimiter
        self._told = list(distinct([*source.columns, *_TOLD]))[len(source.columns) :]

    def take(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Writes the rejected values of some rows, in the order of the rows."""
        table = batch.table
        for name in self._secret:
            masked = pa.DictionaryArray.from_arrays(np.zeros(len(table), np.int32), [MASK]).cast(pa.utf8())
            table = table.set_column(table.schema.get_field_index(name), name, masked)
        parts = [self._wrong(table, batch, name, found) for name, found in checked.items()]
        if batch.ragged:
            parts.append(self._ragged(table.schema, batch.ragged))
        self._file.write(pa.concat_tables(parts).sort_by(self._told[0]))

    def _wrong(self, table: pa.Table, batch: Batch, name: str, found: Checked) -> pa.Table:
        rows = found.rows()
        places = pa.array(rows)
        says = (found.keys, found.reasons, found.messages(self._locale))
        told = [batch.numbers[rows], [name] * len(rows), *(each.take(places) for each in says)]
        return self._with(table.take(places), told)

    def _ragged(self, schema: pa.Schema, ragged: Sequence[Ragged]) -> pa.Table:
        width = len(self._columns)
        rows = [_fitted(row.cells, width, self._delimiter) for row in ragged]
        if self._secret:  # a secret may have slipped into any column
            rows = [[MASK] * width for _ in rows]
        texts = [message(Phrase.AUDIT_RAGGED_ROW, self._locale, found=len(row.cells), expected=width) for row in ragged]
        key, reason = str(Key.TEXT_FIELD_CONTENTS_ERROR), str(Reason.FORMAT)
        count = len(ragged)
        told = [[row.row for row in ragged], [""] * count, [key] * count, [reason] * count, texts]
        columns = [pa.array(column, schema.types[place]) for place, column in enumerate(zip(*rows))]
        return self._with(pa.table(columns, schema=schema), told)

    def _with(self, table: pa.Table, told: Sequence[Any]) -> pa.Table:
        for name, kind, column in zip(self._told, _TOLD.values(), told):
            table = table.append_column(name, pa.array(column, kind) if not isinstance(column, pa.Array) else column.cast(kind))
        return table


def _fitted(cells: list[str], width: int, delimiter: str) -> list[str]:
    """As many cells as there are columns: empty ones for what is missing, and in the last one all that is left, as CSV."""
    if len(cells) <= width:
        return [*cells, *[""] * (width - len(cells))]
    left = io.StringIO()
    csv.writer(left, delimiter=delimiter, lineterminator="").writerow(cells[width - 1 :])
    return [*cells[: width - 1], left.getvalue()]


class Clean:
    """Writes the rows without a wrong value, the values that were checked in their clean form."""

    def __init__(self, file: TableFile) -> None:
        self._file = file

    def take(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Writes the clean ones of some rows."""
        table, right = batch.table, np.ones(len(batch.table), bool)
        for name, found in checked.items():
            right[found.rows()] = False
            table = table.set_column(table.schema.get_field_index(name), name, found.clean())
        self._file.write(table if right.all() else table.filter(pa.array(right)))

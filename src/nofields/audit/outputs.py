"""The outputs of an audit: the rejected values, and the clean rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from nofields.audit.auditing import clean_rows
from nofields.audit.masking import mask_identity_numbers
from nofields.audit.source import Batch, Ragged, Source, distinct
from nofields.audit.table_file import TableFile
from nofields.columns import Checked
from nofields.errors import MASK, Reason
from nofields.keys import Key, Phrase
from nofields.messages import message

#: The columns that describe the problem, after the file's own, and their types.
_PROBLEM_COLUMNS = {"row": pa.int64(), "field": pa.utf8(), "key": pa.utf8(), "reason": pa.utf8(), "message": pa.utf8()}


class Rejected:
    """Write a row for every wrong value, with the problem in added columns, and a row for every ragged row.

    Args:
        file: The file to write to.
        source: The file that the rows come from.
        secret: Names of the columns whose values are masked.
        locale: The language of the messages.
        shown: Whether national identity numbers in other columns are left unmasked.
    """

    def __init__(self, file: TableFile, source: Source, secret: Collection[str], locale: str, *, shown: bool = False) -> None:
        self._file, self._locale, self._secret, self._shown = file, locale, secret, shown
        self._columns, self._delimiter = source.columns, source.delimiter
        self._added = list(distinct([*source.columns, *_PROBLEM_COLUMNS]))[len(source.columns) :]

    def write(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Write the rejected values of a batch, in the order of its rows."""
        table = batch.table
        for name in self._secret:
            masks = pa.DictionaryArray.from_arrays(np.zeros(len(table), np.int32), [MASK]).cast(pa.utf8())
            table = table.set_column(table.schema.get_field_index(name), name, masks)
        parts = [self._wrong(table, batch, name, column) for name, column in checked.items()]
        if batch.ragged:
            parts.append(self._ragged(table.schema, batch.ragged))
        self._file.write(pa.concat_tables(parts).sort_by(self._added[0]))

    def _wrong(self, table: pa.Table, batch: Batch, name: str, checked: Checked) -> pa.Table:
        rows = checked.rows()
        indices = pa.array(rows)
        problems = (checked.keys, checked.reasons, checked.messages(self._locale))
        added = [batch.numbers[rows], [name] * len(rows), *(each.take(indices) for each in problems)]
        rejected = table.take(indices)
        if not self._shown:
            rejected = pa.table(list(map(mask_identity_numbers, rejected.columns)), rejected.column_names)
        return self._add(rejected, added)

    def _ragged(self, schema: pa.Schema, ragged: Sequence[Ragged]) -> pa.Table:
        width, counts = len(self._columns), [len(row.cells) for row in ragged]
        cells = pa.array([cell for row in ragged for cell in row.cells], pa.large_utf8())
        texts = iter((cells if self._shown else mask_identity_numbers(cells)).to_pylist())
        rows = [_fit(list(islice(texts, count)), width, self._delimiter) for count in counts]
        if self._secret:  # the cells may have shifted to other columns
            rows = [[MASK] * width for _ in rows]
        key, reason = str(Key.TEXT_FIELD_CONTENTS_ERROR), str(Reason.FORMAT)
        count = len(ragged)
        messages = _messages(ragged, width, self._locale)
        added = [[row.row for row in ragged], [""] * count, [key] * count, [reason] * count, messages]
        columns = [pa.array(column, schema.types[place]) for place, column in enumerate(zip(*rows))]
        return self._add(pa.table(columns, schema=schema), added)

    def _add(self, table: pa.Table, added: Sequence[pa.Array | Sequence[object] | npt.NDArray[np.int64]]) -> pa.Table:
        for name, kind, column in zip(self._added, _PROBLEM_COLUMNS.values(), added):
            table = table.append_column(name, pa.array(column, kind) if not isinstance(column, pa.Array) else column.cast(kind))
        return table


def _messages(ragged: Sequence[Ragged], width: int, locale: str) -> list[str]:
    """Return a message for each ragged row."""

    @cache
    def text(cells: int | None) -> str:
        if cells is None:
            return message(Phrase.AUDIT_MISQUOTED_ROW, locale)
        return message(Phrase.AUDIT_RAGGED_ROW, locale, found=cells, expected=width)

    return [text(None if row.misquoted else len(row.cells)) for row in ragged]


def _fit(cells: list[str], width: int, delimiter: str) -> list[str]:
    """Fit cells to the columns: add empty ones, or join the surplus in the last column as CSV."""
    if len(cells) <= width:
        return [*cells, *[""] * (width - len(cells))]
    surplus = io.StringIO()
    csv.writer(surplus, delimiter=delimiter, lineterminator="").writerow(cells[width - 1 :])
    return [*cells[: width - 1], surplus.getvalue()]


class Clean:
    """Write the rows without a wrong value, with the checked values in their clean form."""

    def __init__(self, file: TableFile) -> None:
        self._file = file

    def write(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Write the clean rows of a batch."""
        table, right = batch.table, clean_rows(batch, checked)
        for name, column in checked.items():
            table = table.set_column(table.schema.get_field_index(name), name, column.clean())
        self._file.write(table if right.all() else table.filter(pa.array(right)))

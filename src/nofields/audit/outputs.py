"""What an audit writes: the rejected values, and the clean rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from nofields.audit.auditing import clean_rows
from nofields.audit.masking import mask_identity_numbers
from nofields.audit.source import Batch, Ragged, Source, distinct
from nofields.audit.table_file import TableFile
from nofields.columns import Checked
from nofields.errors import MASK, Reason
from nofields.keys import Key, Phrase
from nofields.messages import message

#: What a rejected row has behind its own columns, and the types of that.
_TOLD = {"row": pa.int64(), "field": pa.utf8(), "key": pa.utf8(), "reason": pa.utf8(), "message": pa.utf8()}


class Rejected:
    """Writes a row for every wrong value: the row that it stands in, and what is wrong; and every ragged row.

    The values of the columns that are ``secret`` are masked, and in other columns the national identity numbers, unless
    values are ``shown``.
    """

    def __init__(self, file: TableFile, source: Source, secret: Collection[str], locale: str, *, shown: bool = False) -> None:
        self._file, self._locale, self._secret, self._shown = file, locale, secret, shown
        self._columns, self._delimiter = source.columns, source.delimiter
        self._told = list(distinct([*source.columns, *_TOLD]))[len(source.columns) :]

    def take(self, batch: Batch, checked: Mapping[str, Checked]) -> None:
        """Writes the rejected values of some rows, in the order of the rows."""
        table = batch.table
        for name in self._secret:
            masks = pa.DictionaryArray.from_arrays(np.zeros(len(table), np.int32), [MASK]).cast(pa.utf8())
            table = table.set_column(table.schema.get_field_index(name), name, masks)
        parts = [self._wrong(table, batch, name, found) for name, found in checked.items()]
        if batch.ragged:
            parts.append(self._ragged(table.schema, batch.ragged))
        self._file.write(pa.concat_tables(parts).sort_by(self._told[0]))

    def _wrong(self, table: pa.Table, batch: Batch, name: str, found: Checked) -> pa.Table:
        rows = found.rows()
        places = pa.array(rows)
        says = (found.keys, found.reasons, found.messages(self._locale))
        told = [batch.numbers[rows], [name] * len(rows), *(each.take(places) for each in says)]
        rejected = table.take(places)
        if not self._shown:
            rejected = pa.table(list(map(mask_identity_numbers, rejected.columns)), rejected.column_names)
        return self._with(rejected, told)

    def _ragged(self, schema: pa.Schema, ragged: Sequence[Ragged]) -> pa.Table:
        width, found = len(self._columns), [len(row.cells) for row in ragged]
        cells = pa.array([cell for row in ragged for cell in row.cells], pa.large_utf8())
        texts = iter((cells if self._shown else mask_identity_numbers(cells)).to_pylist())
        rows = [_fitted(list(islice(texts, count)), width, self._delimiter) for count in found]
        if self._secret:  # a secret may have slipped into any column
            rows = [[MASK] * width for _ in rows]
        key, reason = str(Key.TEXT_FIELD_CONTENTS_ERROR), str(Reason.FORMAT)
        count = len(ragged)
        sentences = _sentences(ragged, width, self._locale)
        told = [[row.row for row in ragged], [""] * count, [key] * count, [reason] * count, sentences]
        columns = [pa.array(column, schema.types[place]) for place, column in enumerate(zip(*rows))]
        return self._with(pa.table(columns, schema=schema), told)

    def _with(self, table: pa.Table, told: Sequence[Any]) -> pa.Table:
        for name, kind, column in zip(self._told, _TOLD.values(), told):
            table = table.append_column(name, pa.array(column, kind) if not isinstance(column, pa.Array) else column.cast(kind))
        return table


def _sentences(ragged: Sequence[Ragged], width: int, locale: str) -> list[str]:
    """What is wrong with each ragged row. Each sentence is made once."""

    @cache
    def sentence(found: int | None) -> str:
        if found is None:
            return message(Phrase.AUDIT_MISQUOTED_ROW, locale)
        return message(Phrase.AUDIT_RAGGED_ROW, locale, found=found, expected=width)

    return [sentence(None if row.misquoted else len(row.cells)) for row in ragged]


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
        table, right = batch.table, clean_rows(batch, checked)
        for name, found in checked.items():
            table = table.set_column(table.schema.get_field_index(name), name, found.clean())
        self._file.write(table if right.all() else table.filter(pa.array(right)))

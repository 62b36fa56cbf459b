"""Read CSV files block by block: with Arrow, or with Python's reader where a row is not a line."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from nofields.audit.csv_text import Block, CsvText, line_ends
from nofields.audit.source import Batch, Piece, Ragged, Source, distinct
from nofields.audit.unreadable import Unreadable

# Python's default limit is shorter than the longest row.
csv.field_size_limit(2**31 - 1)


class CsvFile(Source):
    """A CSV file. Every cell is a text; an empty cell is an empty text, not a null.

    A row's number is that of its first line, as an editor counts lines; the header is usually 1. Empty
    lines are not rows. :class:`~.csv_rows.Rows` defines rows and when one is misquoted.

    Args:
        file: A binary file.
        name: What messages call the file.
        size: Its size in bytes, or ``None`` if unknown.
        encoding: The encoding, or ``None`` to detect it.
        delimiter: The delimiter, or ``None`` to detect it.

    Raises:
        Unreadable: The file is empty, or its header cannot be read.
        LookupError: The encoding is unknown.
    """

    def __init__(self, file: BinaryIO, name: str, size: int | None, encoding: str | None, delimiter: str | None) -> None:
        self.name, self.size = name, size
        self._text = CsvText(file, name, encoding, delimiter)
        self.delimiter = self._text.delimiter
        self._blocks = self._text.blocks()
        self._first = self._without_header()

    @property
    def is_plain_utf8(self) -> bool:
        return self._text.is_plain_utf8

    def _without_header(self) -> Block:
        skip_first = self._text.has_sep_line
        for block in self._blocks:
            text = io.StringIO(block.text.decode(), newline="")
            rows = csv.reader(text, delimiter=self.delimiter)
            if skip_first:
                skip_first = next(rows, None) is None
            header = next((row for row in rows if row), None)
            line = block.line + rows.line_num
            if block.misquoted and (header is None or block.misquoted[0].number < line):
                raise Unreadable(
                    f"{self.name}, line {block.misquoted[0].number}: the names of the columns cannot be read. "
                    "A quotation mark is in the wrong place, or a cell is never closed."
                )
            if header is not None:
                self.columns = tuple(distinct(name.strip() for name in header))
                self._places = {name: place for place, name in enumerate(self.columns)}
                return block._replace(text=text.read().encode(), line=line)
        raise Unreadable(f"{self.name} is empty.")

    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        yield Piece(partial(self._read, self._first, columns), self._first.reaches)
        for block in self._blocks:
            yield Piece(partial(self._read, block, columns), block.reaches)

    def _read(self, block: Block, columns: tuple[str, ...]) -> Batch:
        try:
            batch = self._by_arrow(block, columns)
        except pa.ArrowInvalid:
            batch = None
        if batch is None:
            batch = self._by_python(block, columns)
        if not block.misquoted:
            return batch
        misquoted = [Ragged(line.number, line.text.split(self.delimiter), misquoted=True) for line in block.misquoted]
        return batch._replace(ragged=sorted(batch.ragged + misquoted))

    def _by_arrow(self, block: Block, columns: tuple[str, ...]) -> Batch | None:
        """Read a block with Arrow, the faster way.

        Returns:
            ``None`` if rows and lines are not the same, or if Arrow would change a cell.
        """
        if block.text.startswith(BOM_UTF8):  # here a character of a cell, which Arrow would drop
            return None
        ragged: list[tuple[int, str]] = []

        def set_aside(row: arrow_csv.InvalidRow) -> str:
            ragged.append((row.number - 1, row.text))
            return "skip"

        lines = _line_count(block.text)
        if not lines:
            return Batch(_table({name: [] for name in columns}), np.zeros(0, np.int64), [])
        table = arrow_csv.read_csv(
            pa.BufferReader(block.text),
            read_options=arrow_csv.ReadOptions(use_threads=False, block_size=len(block.text) + 1, column_names=self.columns),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self.delimiter, newlines_in_values=True, invalid_row_handler=set_aside
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False, include_columns=columns, column_types=dict.fromkeys(columns, pa.utf8())
            ),
        )
        if len(table) + len(ragged) + len(block.misquoted) != lines:
            return None
        numbers = np.delete(np.arange(block.line, block.line + lines), [number - block.line for number, _ in block.misquoted])
        cells = [Ragged(int(numbers[row]), _cells(text, self.delimiter)) for row, text in ragged]
        return Batch(table, np.delete(numbers, [row for row, _ in ragged]), cells)

    def _by_python(self, block: Block, columns: tuple[str, ...]) -> Batch:
        rows, ragged, numbers, line = [], [], [], block.line
        reader = csv.reader(io.StringIO(block.text.decode(), newline=""), delimiter=self.delimiter)
        for row in reader:
            if len(row) == len(self.columns):
                rows.append(row)
                numbers.append(line)
            elif row:
                ragged.append(Ragged(line, row))
            line = block.line + reader.line_num
        table = _table({name: [row[self._places[name]] for row in rows] for name in columns})
        return Batch(table, np.array(numbers, np.int64), ragged)


def _table(columns: dict[str, list[str]]) -> pa.Table:
    return pa.table({name: pa.array(cells, pa.utf8()) for name, cells in columns.items()})


def _line_count(text: bytes) -> int:
    return line_ends(text) + bool(text and not text.endswith((b"\r", b"\n")))


def _cells(row: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter), [])

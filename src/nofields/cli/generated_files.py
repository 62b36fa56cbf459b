"""The formats of generated test data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import typer

from nofields.extras import importing
from nofields.files import STANDARD, open_atomic

#: Columns of dates.
_DATES = {"birth_date"}
#: Rows that are written to a Parquet file at once.
_BATCH = 50_000

Rows = Iterable[tuple[Any, ...]]


class Format(StrEnum):
    """The format of generated data."""

    TEXT = "text"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def write(path: str, form: Format, columns: Sequence[str], rows: Rows) -> None:
    """Write rows to a file, or to standard output for ``-``.

    Raises:
        OSError: The file cannot be written; it is as before.
        ValueError: There are too few rows; as above, but for what standard output has already got.
    """
    writers = {Format.TEXT: _write_text, Format.CSV: _write_csv, Format.JSONL: _write_jsonl, Format.PARQUET: _write_parquet}
    with _opened(path) as stream:
        writers[form](stream, columns, rows)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path != STANDARD:
        with open_atomic(Path(path)) as stream:
            yield stream
        return
    stream = typer.get_binary_stream("stdout")
    yield stream
    stream.flush()


def _write_text(stream: BinaryIO, columns: Sequence[str], rows: Rows) -> None:
    for row in rows:
        stream.write(f"{row[0]}\n".encode())


def _write_csv(stream: BinaryIO, columns: Sequence[str], rows: Rows) -> None:
    text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    finally:
        text.detach()


def _write_jsonl(stream: BinaryIO, columns: Sequence[str], rows: Rows) -> None:
    for row in rows:
        stream.write(json.dumps(dict(zip(columns, row)), ensure_ascii=False, default=str).encode() + b"\n")


def _write_parquet(stream: BinaryIO, columns: Sequence[str], rows: Rows) -> None:
    with importing("columns", "nofields generate --format parquet"):
        import pyarrow as pa
        from pyarrow import parquet

    schema = pa.schema([(name, pa.date32() if name in _DATES else pa.string()) for name in columns])
    remaining = iter(rows)
    with parquet.ParquetWriter(stream, schema) as writer:
        while batch := list(islice(remaining, _BATCH)):
            arrays = [pa.array(column, kind) for column, kind in zip(zip(*batch), schema.types)]
            writer.write_table(pa.table(arrays, schema=schema))

"""Open a file in the format that its first bytes show."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import tempfile
from typing import BinaryIO

import pyarrow as pa

from nofields.audit.csv_file import CsvFile
from nofields.audit.source import Source
from nofields.audit.unreadable import NO_MEMORY, Unreadable, sentence
from nofields.files import STANDARD

_PARQUET, _ARROW, _STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"
#: First bytes of formats that are not read, and what to do about them.
_UNSUPPORTED = {
    b"\x1f\x8b": "is compressed: run gunzip on it first",
    b"PK\x03\x04": "is compressed: run unzip on it first, or save a spreadsheet as CSV",
    b"\x28\xb5\x2f\xfd": "is compressed: run unzstd on it first",
    b"FEA1": "is Feather version 1: write it anew as version 2",
}


def open_source(path: str, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Open a CSV, Parquet or Arrow file.

    Args:
        path: The path, or ``-`` for standard input.
        encoding: The encoding of a CSV file. Default: ``None``, detected.
        delimiter: The delimiter of a CSV file. Default: ``None``, detected.

    Raises:
        Unreadable: The file cannot be read, its format is not supported, or the encoding is unknown.
    """
    name = "standard input" if path == STANDARD else path
    try:
        if path == STANDARD and sys.stdin is None:
            raise Unreadable("Standard input is closed.")
        file = sys.stdin.buffer if path == STANDARD else open(path, "rb")  # noqa: SIM115 - read later
        return _source(file, name, encoding, delimiter)
    except (OSError, pa.ArrowException) as error:
        raise Unreadable(f"{name}: {sentence(error)}") from error
    except MemoryError as error:
        raise Unreadable(f"{name}: {NO_MEMORY}") from error
    except LookupError as error:
        raise Unreadable(f"There is no encoding {encoding!r}.") from error


def _source(file: BinaryIO, name: str, encoding: str | None, delimiter: str | None) -> Source:
    buffered: io.BufferedReader = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[arg-type]
    start = buffered.peek(len(_ARROW))[: len(_ARROW)]
    unsupported = next((advice for magic, advice in _UNSUPPORTED.items() if start.startswith(magic)), None)
    if unsupported:
        raise Unreadable(f"{name} {unsupported}.")
    if not start.startswith((_PARQUET, _ARROW, _STREAM)):
        return CsvFile(buffered, name, _size(buffered), encoding, delimiter)
    from nofields.audit.arrow_file import arrow_file, arrow_stream, parquet_file  # slow to import

    if start.startswith(_STREAM):
        return arrow_stream(buffered, name)
    return (parquet_file if start.startswith(_PARQUET) else arrow_file)(_seekable(buffered), name)


def _seekable(file: io.BufferedReader) -> BinaryIO:
    """Return ``file``, or a temporary copy of a pipe: these formats have their metadata at the end."""
    if file.seekable():
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - deleted when it is closed
    shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy


def _size(file: io.BufferedReader) -> int | None:
    try:
        status = os.fstat(file.fileno())
    except io.UnsupportedOperation:  # not backed by a system file
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None

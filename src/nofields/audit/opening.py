"""Opens a file as what its first bytes say that it is."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import tempfile
from typing import Any

import pyarrow as pa

from nofields.audit.csv_file import CsvFile
from nofields.audit.source import Source
from nofields.audit.unreadable import NO_MEMORY, Unreadable, sentence
from nofields.files import STANDARD

_PARQUET, _ARROW, _STREAM = b"PAR1", b"ARROW1", b"\xff\xff\xff\xff"
#: Files that hold another file, or an older format, and what makes them readable.
_OTHER = {
    b"\x1f\x8b": "is compressed: run gunzip on it first",
    b"PK\x03\x04": "is compressed: run unzip on it first, or save a spreadsheet as CSV",
    b"\x28\xb5\x2f\xfd": "is compressed: run unzstd on it first",
    b"FEA1": "is Feather version 1: write it anew as version 2",
}


def opened(path: str, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """The file at a path, or standard input for ``-``; raises :class:`~nofields.audit.unreadable.Unreadable`."""
    name = "standard input" if path == STANDARD else path
    try:
        if path == STANDARD and sys.stdin is None:
            raise Unreadable("Standard input is closed.")
        file = sys.stdin.buffer if path == STANDARD else open(path, "rb")  # noqa: SIM115 - it is read later
        return _as_what_it_is(file, name, encoding, delimiter)
    except (OSError, pa.ArrowException) as error:
        raise Unreadable(f"{name}: {sentence(error)}") from error
    except MemoryError as error:
        raise Unreadable(f"{name}: {NO_MEMORY}") from error
    except LookupError as error:
        raise Unreadable(f"There is no encoding {encoding!r}.") from error


def _as_what_it_is(file: Any, name: str, encoding: str | None, delimiter: str | None) -> Source:
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)
    start = buffered.peek(len(_ARROW))[: len(_ARROW)]
    other = next((said for magic, said in _OTHER.items() if start.startswith(magic)), None)
    if other:
        raise Unreadable(f"{name} {other}.")
    if not start.startswith((_PARQUET, _ARROW, _STREAM)):
        return CsvFile(buffered, name, _size(buffered), encoding, delimiter)
    from nofields.audit.arrow_file import arrow_file, arrow_stream, parquet_file  # which CSV has no need to wait for

    if start.startswith(_STREAM):
        return arrow_stream(buffered, name)
    return (parquet_file if start.startswith(_PARQUET) else arrow_file)(_seekable(buffered), name)


def _seekable(file: io.BufferedReader) -> Any:
    """The file, from a pipe by way of a temporary one: these formats have their contents at the end."""
    if file.seekable():
        return file
    whole = tempfile.TemporaryFile()  # noqa: SIM115 - it is gone when it is closed
    shutil.copyfileobj(file, whole)
    whole.seek(0)
    return whole


def _size(file: io.BufferedReader) -> int | None:
    try:
        status = os.fstat(file.fileno())
    except io.UnsupportedOperation:  # no file of the system's
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None

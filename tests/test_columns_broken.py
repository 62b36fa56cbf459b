"""Buffers that are not UTF-8 or have wrong offsets give a verdict or an error, never a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from helpers.columns import BYTES
from helpers.readers import needs_native
from nofields import AltinnPassword, EmailAddress, Field, NorwegianDate, Number, OrganisationNumber, PaymentReference, Text
from nofields.columns import check

#: A value of a field of each kernel.
VALID: dict[type[Field], str] = {
    OrganisationNumber: "974760673",
    PaymentReference: "1234567897",
    EmailAddress: "ola@example.com",
    NorwegianDate: "31.12.2016",
    Number: "12",
    AltinnPassword: "Fjell2024",
    Text: "Ola",
}
each_kind = pytest.mark.parametrize("kind", BYTES, ids=str)
each_field = pytest.mark.parametrize("field", VALID, ids=lambda field: field.__name__)


def of_bytes(texts: list[bytes | None], kind: pa.DataType) -> pa.Array:
    """A column of a text type that contains any bytes."""
    array = pa.array(texts, BYTES[kind])
    return pa.Array.from_buffers(kind, len(array), array.buffers(), array.null_count)


def views(*views: tuple[int, int, int, int]) -> pa.Array:
    """A column of raw string views: length, first four characters, buffer and offset; the first row is null."""
    memory = pa.py_buffer(np.array(views, np.int32))
    return pa.Array.from_buffers(pa.string_view(), len(views), [pa.py_buffer(b"\xfe"), memory, pa.py_buffer(b"9" * 40)])


@each_kind
@each_field
@pytest.mark.parametrize("wrong", [b"\xff", b"97476067\xe5", b"\xed\xa0\x80", b"9747606\xc3", b"\x80" * 30], ids=repr)
def test_invalid_utf_8(field: type[Field], kind: pa.DataType, wrong: bytes) -> None:
    """Rejected in its own row only."""
    example = VALID[field].encode()
    checked = check(field, of_bytes([example, wrong, None, example], kind))
    assert checked.valid.to_pylist() == [True, False, None, True]
    assert checked.clean().to_pylist()[1:3] == [None, None]
    assert checked.clean().type == check(field, pa.array([VALID[field]], kind)).clean().type


@each_field
@pytest.mark.parametrize("offsets", [[0, 9, 3, 18], [0, 9, 2**31 - 1, 18], [0, -5, 9, 18]], ids=repr)
def test_invalid_offsets(field: type[Field], offsets: list[int]) -> None:
    ends, data = pa.py_buffer(np.array(offsets, np.int32)), pa.py_buffer(b"974760673974760674")
    with pytest.raises(ValueError, match=r"offset|ends before"):
        check(field, pa.StringArray.from_buffers(3, ends, data))


@each_field
@pytest.mark.parametrize("view", [(20, 0, 7, 0), (20, 0, 0, 35), (20, 0, 0, -1), (20, 0, -1, 0)], ids=repr)
def test_invalid_views(field: type[Field], view: Any) -> None:
    with pytest.raises((ValueError, IndexError)):
        check(field, views((0, 0, 0, 0), view))


@each_field
@pytest.mark.parametrize("view", [(2**31 - 1, 1, 2, 3), (-1, -1, -1, -1), (20, 0, 0, 35)], ids=repr)
def test_view_of_null(field: type[Field], view: Any) -> None:
    checked = check(field, views(view, (20, *np.frombuffer(b"9999", np.int32), 0, 0)))
    assert checked.valid.to_pylist()[0] is None
    assert checked.clean().to_pylist()[0] is None


@pytest.mark.parametrize("index", [-1, 2, 100])
def test_invalid_dictionary_index(index: int) -> None:
    rows, words = pa.array([0, index], pa.int8()), pa.array(["974760673", "x"])
    with pytest.raises(IndexError):
        check(OrganisationNumber, pa.DictionaryArray.from_arrays(rows, words, safe=False))


@needs_native
@pytest.mark.skipif(sys.platform == "win32", reason="no mmap and mprotect")
@pytest.mark.parametrize("part", ["scalar", "columns"])
def test_between_guard_pages(part: str) -> None:
    """Columns of any buffers, each of which ends at a page that nobody may read: what ``make fuzz`` does for longer."""
    fuzz = Path(__file__).parent / "fuzz" / "extension.py"
    command = [sys.executable, fuzz, part, "--plainly", "--rounds=500", "--seed=1000000"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "number_of_executed_units: 500\n"), run.stderr

"""A small file may contain gigabytes of values: they are never all in memory at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import ipc, parquet

from helpers.commands import check
from nofields.audit import decoding
from nofields.audit.arrow_file import ArrowFile, arrow_file, parquet_file
from nofields.audit.decoding import decoded
from nofields.audit.unreadable import Unreadable

#: A gigabyte of values; and the memory in megabytes that the program may use, with all that it imports.
ROWS, LENGTH, LIMIT = 1 << 16, 16_000, 500
#: Runs the command line, and prints its largest resident memory in kilobytes.
PROGRAM = """
from pathlib import Path
from nofields.cli import main
try:
    main()
finally:  # ru_maxrss would count the parent's memory, which a forked child begins with
    print(*(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


def repeated(text: str) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(ROWS, np.int32)), pa.array([text]))


def views(text: str) -> pa.Array:
    """Views of the same text."""
    view = np.zeros((ROWS, 4), np.int32)
    view[:, 0], view[:, 1] = len(text), int.from_bytes(text[:4].encode(), "little")
    return pa.Array.from_buffers(pa.string_view(), ROWS, [None, pa.py_buffer(view), pa.py_buffer(text.encode())])


def column(layout: str) -> pa.Array:
    text, ends = "x" * LENGTH, pa.array(np.arange(ROWS + 1), pa.int32())
    if layout == "runs":
        return pa.RunEndEncodedArray.from_arrays(pa.array([ROWS], pa.int32()), [text])
    if layout == "map":
        return pa.MapArray.from_arrays(ends, repeated("key"), repeated(text))
    if layout == "list":
        return pa.ListArray.from_arrays(ends, repeated(text))
    return views(text) if layout == "views" else repeated(text)


def written(table: pa.Table, file: Path, **options: Any) -> Path:
    if file.suffix == ".parquet":
        parquet.write_table(table, file, **options)
    else:
        with ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
    return file


@pytest.mark.parametrize(
    ("layout", "suffix"),
    [("text", "parquet"), ("list", "parquet"), ("map", "parquet"), ("text", "arrow"), ("runs", "arrow"), ("views", "arrow")],
)
def test_repeated_values(tmp_path: Path, layout: str, suffix: str) -> None:
    """Reading, checking and writing them needs little memory."""
    name = "orgnr" if layout == "text" else "other"
    table = pa.table({"orgnr": repeated("974760674"), name: column(layout)})
    file = written(table, tmp_path / f"in.{suffix}", **({"store_schema": False} if suffix == "parquet" else {}))
    paths = {each: tmp_path / f"{each}.parquet" for each in ("rejected", "clean", "report")}
    words = [word for each, path in paths.items() for word in (f"--{each}", str(path))]
    command = [sys.executable, "-c", PROGRAM, "check", str(file), "-c", "orgnr=orgnr", "--empty-ok", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stderr
    assert int(ended.stdout.split()[-1]) < LIMIT << 10
    assert parquet.ParquetFile(paths["rejected"]).metadata.num_rows == ROWS


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_written_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """Each slice has as many rows as fit the byte limit; the output is the same, in the types of the file."""
    monkeypatch.setattr(decoding, "AT_ONCE", 200)
    texts = [f"{number % 7}" * 40 for number in range(100)]
    file = written(pa.table({"orgnr": ["974760673"] * 100, "text": texts}), tmp_path / "in.parquet")
    clean = tmp_path / f"clean.{suffix}"
    assert check(file, "-c", "orgnr=orgnr", "--clean", clean).exit_code == 0
    if suffix == "csv":
        assert clean.read_text().splitlines() == ['"orgnr","text"', *(f'"974760673","{text}"' for text in texts)]
        return
    table = parquet.read_table(clean) if suffix == "parquet" else ipc.open_file(clean).read_all()
    assert table["text"].to_pylist() == texts
    assert table["text"].type == pa.utf8()


def test_bytes_of_a_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "AT_ONCE", 1000)
    lists = pa.ListArray.from_arrays([*range(0, 61, 3)], pa.array(["x" * 30, None, "y" * 9] * 20).dictionary_encode())
    table = pa.table({"a": lists, "b": pa.array([{"x": "z" * 50}] * 20), "c": pa.array([f"{n}" for n in range(20)])})
    parts = [*decoded(table)]
    assert pa.concat_tables(parts).to_pylist() == table.to_pylist()
    assert len(parts) > 1
    assert max(part.nbytes for part in parts) < 1500, "with validity and offsets"


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN", None])
@pytest.mark.parametrize("kind", ["string", "large_string", "binary"])
def test_parquet_encodings(tmp_path: Path, encoding: str | None, kind: str) -> None:
    """Arrow reads some of them without a dictionary."""
    texts = pa.array(["x", "y", None, "x"] * 500).cast(kind)
    options = {} if encoding is None else {"use_dictionary": False, "column_encoding": {"a": encoding}}
    file = written(pa.table({"a": texts}), tmp_path / "in.parquet", **options)
    with file.open("rb") as stream:
        read = [piece.read().table for piece in parquet_file(stream, "in.parquet").pieces(("a",))]
    assert [row for table in read for row in table["a"].to_pylist()] == texts.to_pylist()


def test_impossible_lengths() -> None:
    """A broken file may state any length."""

    def batches(columns: list[str]) -> Any:
        raise MemoryError("malloc of size 4611686018427387904 failed")

    source = ArrowFile("in.arrow", pa.schema({"a": pa.utf8()}), None, batches)
    with pytest.raises(Unreadable, match="after row 0: it holds more than there is memory for"):
        list(source.pieces(("a",)))


def test_dictionaries_of_the_file(tmp_path: Path) -> None:
    table = pa.table({"orgnr": ["974760673"] * 99, "kind": pa.array(["a", "b", None] * 33).dictionary_encode()})
    for suffix in ("parquet", "arrow"):
        file, clean = written(table, tmp_path / f"in.{suffix}"), tmp_path / f"clean {suffix}.parquet"
        assert check(file, "--clean", clean).exit_code == 0
        schema = parquet.read_schema(clean)
        assert [pa.types.is_dictionary(each) for each in schema.types] == [False, True]
        with file.open("rb") as stream:
            source = (parquet_file if suffix == "parquet" else arrow_file)(stream, file.name)
        assert source.dictionaries == {"kind"}

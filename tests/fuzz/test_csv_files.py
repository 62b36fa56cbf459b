"""An audit reads every row of a file of any bytes, or raises ``Unreadable``."""

from __future__ import annotations

import codecs
import csv
import io
import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.csv_oracle import rows_of
from nofields import NationalIdentityNumber, OrganisationNumber
from nofields.audit import csv_text
from nofields.audit.auditing import audit
from nofields.audit.csv_file import CsvFile
from nofields.audit.opening import open_source
from nofields.audit.outputs import Clean, Rejected
from nofields.audit.report import report
from nofields.audit.source import Source
from nofields.audit.table_file import TableFile
from nofields.audit.unreadable import Unreadable

VALUES = ["974760673", "974 760 673", "974760674", "30108299920", "", "æ", "\0", "x" * 40, "orgnr"]
MARKS = [*'";\n\r\t,|', '""', '"x', '";', ';"', "\r\n", "\n974760673;30108299920\n"]
CELLS = st.sampled_from(VALUES + MARKS)
TEXTS = st.lists(CELLS | st.text(max_size=5), max_size=40).map("".join)
WRITTEN = st.builds(str.encode, TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
#: Names of encodings, some of them unknown or not of text.
ENCODINGS = st.none() | st.sampled_from(
    ["utf-8", "latin-1", "ascii", "utf-16", "utf-32-be", "utf-7", "hz", "cp037", "idna", "undefined", "base64", "x", ""]
)


BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
FIELDS = OrganisationNumber, NationalIdentityNumber


@given(st.binary(max_size=300) | WRITTEN, ENCODINGS, st.none() | st.sampled_from(";,\t|x"), st.sampled_from([16, 50, 1 << 20]))
def test_csv_files(content: bytes, encoding: str | None, delimiter: str | None, size: int) -> None:
    """Clean and rejected rows are all rows of an independent reader, and only ``Unreadable`` is raised."""
    files = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        patch.setattr(csv_text, "_READ", size)
        try:
            source = open_source("-", encoding, delimiter)
            clean, rejected = (TableFile(file, "x.csv", source) for file in files)
            fields = dict(zip(source.columns, FIELDS))
            counts = Counts()
            summary = audit(source, fields, [Clean(clean), Rejected(rejected, source, set(), "nb"), counts])
        except Unreadable:
            return
    assert counts.rows + summary.ragged == summary.rows
    assert summary.wrong >= summary.ragged
    assert report(summary, "nb")
    clean.close()
    rejected.close()
    if encoding is None and isinstance(source, CsvFile):
        (_, *clean_rows), (_, *rejected_rows) = (written(file.getvalue(), source.delimiter) for file in files)
        right, wrong = expected(text_of(content), source)
        assert clean_rows == right
        assert [(int(row[len(source.columns)]), row[len(source.columns) + 1]) for row in rejected_rows] == wrong
        assert summary.rows_clean == len(right)
        assert summary.rows_rejected == len({number for number, _ in wrong})
        assert summary.wrong == len(wrong)


def written(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def text_of(content: bytes) -> str:
    """A file's text: in the encoding of its mark, or in UTF-8, or else in Windows-1252."""
    mark, encoding = next(((mark, encoding) for mark, encoding in BOMS.items() if content.startswith(mark)), (b"", "utf-8"))
    if encoding != "utf-8":
        return content.decode(encoding)
    try:
        return content[len(mark) :].decode()
    except UnicodeDecodeError:
        return content.decode("windows-1252")


def expected(text: str, source: Source) -> tuple[list[list[str]], list[tuple[int, str]]]:
    """The clean rows, and each wrong value as row number and column; a ragged row has an empty column."""
    sep_line = re.match(r"""("?)sep=[\t !#-~]\1[\r\n]""", text, re.IGNORECASE)
    rows = rows_of(text, source.delimiter)[2 if sep_line else 1 :]
    right, wrong = [], list[tuple[int, str]]()
    for row in rows:
        if row.misquoted or len(row.cells) != len(source.columns):
            wrong.append((row.number, ""))
            continue
        bad = [(row.number, name) for name, field, cell in zip(source.columns, FIELDS, row.cells) if not field.is_valid(cell)]
        wrong += bad
        if not bad:
            right.append([*(str(field(cell)) for field, cell in zip(FIELDS, row.cells)), *row.cells[len(FIELDS) :]])
    return right, wrong


class Counts:
    """An output that counts the rows, and checks that their numbers rise."""

    def __init__(self) -> None:
        self.rows, self._last = 0, 1

    def write(self, batch: object, checked: object) -> None:
        table: pa.Table = batch.table  # type: ignore[attr-defined]
        self.rows += len(table)
        for number in batch.numbers:  # type: ignore[attr-defined]
            assert number > self._last
            self._last = number

"""Whatever bytes a file has, an audit reads every row of it, or says why it cannot."""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import NationalIdentityNumber, OrganisationNumber
from nofields.audit import csv_text
from nofields.audit.auditing import audit
from nofields.audit.opening import opened
from nofields.audit.outputs import Clean, Rejected
from nofields.audit.report import report
from nofields.audit.table_file import TableFile
from nofields.audit.unreadable import Unreadable

CELLS = st.sampled_from(
    ["974760673", "974 760 673", "", '"', '""', '"x', ";", "\n", "\r", "\r\n", "\t", ",", "|", "æ", "\0", "x" * 40, "orgnr"]
)
TEXTS = st.lists(CELLS | st.text(max_size=5), max_size=40).map("".join)
WRITTEN = st.builds(str.encode, TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
#: Names of encodings, and some of what is none, or none of text.
ENCODINGS = st.none() | st.sampled_from(
    ["utf-8", "latin-1", "ascii", "utf-16", "utf-32-be", "utf-7", "hz", "cp037", "idna", "undefined", "base64", "x", ""]
)


@given(st.binary(max_size=300) | WRITTEN, ENCODINGS, st.none() | st.sampled_from(";,\t|x"), st.sampled_from([16, 50, 1 << 20]))
def test_csv_files(content: bytes, encoding: str | None, delimiter: str | None, size: int) -> None:
    """Clean and rejected rows are together all rows, and only ``Unreadable`` is raised."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        patch.setattr(csv_text, "_READ", size)
        try:
            source = opened("-", encoding, delimiter)
            fields = dict(zip(source.columns, (OrganisationNumber, NationalIdentityNumber)))
            clean, rejected = (TableFile(io.BytesIO(), "x.csv", source) for _ in range(2))
            counts = Counts()
            summary = audit(source, fields, [Clean(clean), Rejected(rejected, source, set(), "nb"), counts])
        except Unreadable:
            return
    assert counts.rows + summary.ragged == summary.rows
    assert summary.wrong >= summary.ragged
    assert report(summary, "nb")
    clean.close()
    rejected.close()


class Counts:
    """An output that counts the rows, and looks whether their numbers rise."""

    def __init__(self) -> None:
        self.rows, self._last = 0, 1

    def take(self, batch: object, checked: object) -> None:
        table: pa.Table = batch.table  # type: ignore[attr-defined]
        self.rows += len(table)
        for number in batch.numbers:  # type: ignore[attr-defined]
            assert number > self._last
            self._last = number

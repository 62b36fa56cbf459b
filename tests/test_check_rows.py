"""Every row of a file is counted once, and is in either --clean or --rejected."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from helpers.commands import run
from helpers.csv_oracle import Row, rows_of
from helpers.values import LANGUAGES
from nofields import OrganisationNumber, PostalCode, message
from nofields.audit import csv_text
from nofields.audit.auditing import Summary, audit
from nofields.audit.csv_file import CsvFile
from nofields.audit.outputs import Clean, Rejected
from nofields.audit.report import grouped
from nofields.audit.table_file import TableFile

HEADER = ["orgnr", "code", "note"]
FIELDS = {"orgnr": OrganisationNumber, "code": PostalCode}
#: Cells, and the characters around them. "," is a delimiter.
_MARKS = [*',\n\r"x€', "\r\n", '""', '",', ',"', '"\n"']
_VALUES = ["974760673", '"974 760 673"', "974760674", "0357", "0000", "974760673,0357,\n"]
_PIECES = st.sampled_from(_MARKS + _VALUES)


def audited(text: str, delimiter: str) -> tuple[Summary, list[list[str]], list[dict[str, str]]]:
    """The summary of a CSV text, the clean rows and the rejected ones."""
    source = CsvFile(io.BytesIO(text.encode()), "file.csv", None, None, delimiter)  # type: ignore[arg-type]
    files = io.BytesIO(), io.BytesIO()
    clean, rejected = (TableFile(file, "x.csv", source) for file in files)
    summary = audit(source, FIELDS, [Clean(clean), Rejected(rejected, source, set(), "nb", shown=True)])
    clean.close()
    rejected.close()
    written = [list(csv.reader(io.StringIO(file.getvalue().decode(), newline=""), delimiter=delimiter)) for file in files]
    return summary, written[0][1:], [dict(zip(written[1][0], row, strict=True)) for row in written[1][1:]]


def wrong_fields(row: Row) -> list[tuple[int, str]]:
    """The row's number with the name of each wrong column, or with an empty name if the row is ragged."""
    if row.misquoted or len(row.cells) != len(HEADER):
        return [(row.number, "")]
    cells = dict(zip(HEADER, row.cells))
    return [(row.number, name) for name, field in FIELDS.items() if not field.is_valid(cells[name])]


@given(st.lists(_PIECES, max_size=60).map("".join), st.sampled_from(",;\t|"), st.sampled_from([16, 40, 1 << 20]))
@example('974760673,0357,"a\n974760674,0357,"b"\n974760674,0000,c\n', ",", 1 << 20)
def test_every_row_once(text: str, delimiter: str, size: int) -> None:
    text = f"{','.join(HEADER)}\n{text}".replace(",", delimiter)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_text, "_READ", size)
        summary, clean, rejected = audited(text, delimiter)
    rows = rows_of(text, delimiter)[1:]
    wrong = [each for row in rows for each in wrong_fields(row)]
    right = [row for row in rows if not wrong_fields(row)]
    assert [(int(line["row"]), line["field"]) for line in rejected] == wrong
    assert clean == [[OrganisationNumber(row.cells[0]), PostalCode(row.cells[1]), row.cells[2]] for row in right]
    assert summary.rows == len(clean) + len({line["row"] for line in rejected}) == len(rows)
    assert (summary.rows_clean, summary.rows_rejected) == (len(right), len(rows) - len(right))
    assert summary.ragged == sum(not name for _, name in wrong)
    assert summary.wrong == len(wrong)


#: A clean row, one with two wrong values, one with one, one with a cell too few, and two that are misquoted.
TEXT = 'orgnr,code\n974760673,0357\n974760674,0000\n974760674,0357\n974760673\n974760673,"0357"x\n974760673,"0357\n'
COUNTS = {"rows": 6, "rows_clean": 1, "rows_rejected": 5, "ragged": 3}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(TEXT)
    return path


def check(file: Path, *words: object) -> str:
    return run("check", str(file), "-c", "orgnr=orgnr", "-c", "code=postnr", *map(str, words)).stdout


def test_counts_in_json(file: Path) -> None:
    summary = json.loads(check(file, "--format", "json"))
    assert {name: summary[name] for name in COUNTS} == COUNTS


def test_counts_of_parquet(tmp_path: Path) -> None:
    columns = {"orgnr": ["974760673", "974760674", None, None], "code": ["0357", "0000", "0357", "x"]}
    parquet.write_table(pa.table(columns), tmp_path / "in.parquet")
    summary = json.loads(check(tmp_path / "in.parquet", "--format", "json"))
    assert {name: summary[name] for name in COUNTS} == {"rows": 4, "rows_clean": 2, "rows_rejected": 2, "ragged": 0}


def test_counts_in_csv(file: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(check(file, "--format", "csv", "-l", "en"))))
    counts = [line for line in lines if not line["column"]]
    assert lines[-len(counts) :] == counts
    assert {line["reason"]: int(line["count"]) for line in counts} == COUNTS
    assert [line["explanation"] for line in counts] == ["", "", "", message("AUDIT_RAGGED_ROWS", "en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_in_table_and_report(file: Path, tmp_path: Path, language: str) -> None:
    table = " ".join(check(file, "-l", language, "--report", tmp_path / "report.html").split())
    page = (tmp_path / "report.html").read_text("utf-8")
    for name, count in COUNTS.items():
        label = message("AUDIT_" + name.upper(), language)
        assert f"{label}: {grouped(count, language)}" in table
        assert f"<dt>{label}</dt><dd>{count}</dd>" in page


def test_misquoted_row_is_verbatim(file: Path, tmp_path: Path) -> None:
    check(file, "--rejected", tmp_path / "rejected.csv", "-l", "en")
    with (tmp_path / "rejected.csv").open(newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not row["field"]]
    assert [(row["row"], row["orgnr"], row["code"]) for row in rows] == [
        ("5", "974760673", ""),
        ("6", "974760673", '"0357"x'),
        ("7", "974760673", '"0357'),
    ]
    assert [row["message"] for row in rows[1:]] == [message("AUDIT_MISQUOTED_ROW", "en")] * 2
    assert rows[0]["message"] == message("AUDIT_RAGGED_ROW", "en", found=1, expected=2)
    assert {(row["key"], row["reason"]) for row in rows} == {("TEXT_FIELD_CONTENTS_ERROR", "format")}

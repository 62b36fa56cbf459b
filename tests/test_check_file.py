"""``nofields check``: its summary, its output files, masking, and what it does about unreadable and unwritable files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pandas
import polars
import pyarrow as pa
import pytest
from pyarrow import feather, ipc, parquet

from helpers.commands import check, run
from helpers.values import LANGUAGES
from nofields import OrganisationNumber, message
from nofields.audit import csv_text, outputs
from nofields.audit.guess import secret_columns
from nofields.audit.report import grouped, percent
from nofields.synthetic import VARIABLE

HEADER = "Kunde;Orgnr;Fødselsnr;Mobil"
#: The lines of the file; the fødselsnummer are Skatteetaten's published examples.
LINES = [
    "1;974 760 673;30108299920;406 12 345",
    "2;974760674;02013299903;+47 40612345",
    "3;;30108299921;21 23 45 67",
    "4;97476067;03851598730;ukjent",
    "5;974760673;30108299939",
    '6;974760673;30108299939;"40 61\n23 45"',
    "7;974760673;30108299939;40612345",
]
CANARY = "30108299921"
#: Row, column and reason of every wrong value; the sixth customer has two lines.
WRONG = [
    (3, "Orgnr", "check_digit"),
    (4, "Orgnr", "required"),
    (4, "Fødselsnr", "check_digit"),
    (4, "Mobil", "not_mobile"),
    (5, "Orgnr", "length"),
    (5, "Fødselsnr", "synthetic"),
    (5, "Mobil", "characters"),
    (6, "", "format"),
]


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    file = tmp_path / "customers.csv"
    file.write_text("\n".join([HEADER, *LINES]) + "\n", "utf-8")
    return file


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def test_summary(customers: Path) -> None:
    result = check(customers, "--format", "json", "--locale", "en")
    summary = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (summary["rows"], summary["ragged"]) == (7, 1)
    found = {(each["column"], each["reason"]): each["count"] for each in summary["problems"]}
    assert found == {(column, reason): 1 for _, column, reason in WRONG if column}
    messages = {each["column"]: each["message"] for each in summary["problems"] if each["reason"] != "required"}
    assert messages["Orgnr"] == "Enter a valid organisation number (9 digits)."
    assert {column["column"]: column["field"] for column in summary["columns"]} == {
        "Orgnr": "orgnr",
        "Fødselsnr": "fnr",
        "Mobil": "mobile",
    }


def test_summary_formats(customers: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(check(customers, "--format", "csv").stdout)))
    table = check(customers, "-l", "nn").stdout
    problems = [line for line in lines if line["column"]]
    assert {(line["column"], line["reason"]) for line in problems} == {
        (column, reason) for _, column, reason in WRONG if column
    }
    assert all(line["reason"] in table for line in problems)
    assert "Skriv inn eit gyldig norsk mobilnummer" in " ".join(table.split())


def test_table(tmp_path: Path) -> None:
    """A problem has its message and its explanation; a column without problems has a line too."""
    (tmp_path / "in.csv").write_text("orgnr;postnr\n974760674;0357\n")
    table = " ".join(check(tmp_path / "in.csv", "-l", "en").stdout.split())
    problem = OrganisationNumber.problem("974760674")
    assert problem is not None
    assert f"check_digit {problem.message('en')} {problem.explanation('en')} postnr" in table
    assert message("AUDIT_NOTHING_WRONG", "en") in table


@pytest.mark.parametrize("width", [30, 40, 50])
def test_narrow_terminal(customers: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    command = [sys.executable, "-m", "nofields"]
    for words in (["check", customers], ["fields"]):
        shown = subprocess.run([*command, *words], capture_output=True, text=True, env={**os.environ, "COLUMNS": str(width)})
        assert max(map(len, shown.stdout.splitlines())) <= width
        whole = {"check": "organisasjonsnummer", "fields": "TEXT_FIELD_CONTENTS_ERROR"}[words[0]]
        assert whole in shown.stdout
        assert "…" not in shown.stdout


def test_outputs(customers: Path, tmp_path: Path) -> None:
    rejected, clean = tmp_path / "rejected.csv", tmp_path / "clean.csv"
    check(customers, "--rejected", rejected, "--clean", clean)
    bad, good = rows_of(rejected), rows_of(clean)
    assert [(int(row["row"]), row["field"], row["reason"]) for row in bad] == WRONG
    assert all(row["key"] and row["message"] for row in bad)
    assert [(row["Kunde"], row["Orgnr"], row["Mobil"]) for row in good] == [
        ("1", "974760673", "40612345"),
        ("6", "974760673", "40612345"),
        ("7", "974760673", "40612345"),
    ]
    assert {row["Kunde"] for row in bad if row["field"]} | {row["Kunde"] for row in good} == set("123467")


def test_masking(customers: Path, tmp_path: Path) -> None:
    rejected, report = tmp_path / "rejected.csv", tmp_path / "report.html"
    result = check(customers, "--rejected", rejected, "--report", report)
    everything = result.output + rejected.read_text("utf-8") + report.read_text("utf-8")
    assert CANARY not in everything
    assert not re.search(r"\b[0-9]{11}\b", everything)
    assert "Fødselsnr" in result.stderr
    shown = check(customers, "--rejected", rejected, "--report", report, "--show-values")
    assert CANARY in rejected.read_text("utf-8")
    assert CANARY in report.read_text("utf-8")
    assert CANARY not in shown.output


#: Names of columns of secrets, and names that only resemble them.
SECRET_NAMES = """D-nummer|dnr|fødselsnummer/D-nummer|fnr_kunde|kundens fødselsnummer|pwd|kundeFnr|Nytt passord (2)
    foedselsnummer|FOEDSELSNR|fødselsnumre|f?dselsnummer|fÃ¸dselsnr|kundefnr|brukerfnr|morfnr|foreldrefnr|fnrs|F.nr.
    Personident|person ident|person_id|NIN|Social security number|Birth number|pnr|p-nr|passwd|Passkode|kundessn|SSNs"""
OTHER_NAMES = """Kundenummer|tlfnr|refnr|kunderefnr|tariffnr|stoffnr|prosessnr|postnr|fødselsdato|nationality|personer|session
    begin|finn|Id nr|passasjer|minnr"""


def names(listed: str) -> list[str]:
    return [name.strip() for name in re.split(r"\||\n", listed)]


def test_names_of_secrets() -> None:
    assert secret_columns(names(SECRET_NAMES + "|" + OTHER_NAMES)) == set(names(SECRET_NAMES))


@pytest.mark.parametrize("name", names(SECRET_NAMES))
def test_columns_named_like_secrets(tmp_path: Path, name: str) -> None:
    file, rejected = tmp_path / "in.csv", tmp_path / "rejected.csv"
    file.write_text(f"orgnr;{name}\n1;{CANARY}\n", "utf-8")
    result = check(file, "-c", "orgnr=orgnr", "--rejected", rejected)
    assert f"Masked in {rejected}: {name}." in result.stderr
    assert CANARY not in rejected.read_text("utf-8")


def test_masked_columns_on_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(f"orgnr;fnr;pwd\n1;{CANARY};x\n", "utf-8")
    result = check(file, "-c", "orgnr=orgnr", "--rejected", "-")
    assert "Masked in standard output: fnr, pwd. --show-values shows them.\n" in result.stderr
    assert CANARY not in result.stdout


#: Identity numbers of several kinds, also in forms that no field accepts; and texts that are not masked. An FH-number,
#: which contains no date, resembles an account number.
NUMBERS = ["30108299920", "301082 99939", "301082-99939", "fnr. 30108299939", "03851598730"]
NO_NUMBERS = ["974760674", "30108299921", "80000000004", "86011117947", "", "Ola 1", "3010829992", "130108299920"]


@pytest.mark.parametrize("synthetic", ["reject", "accept"])
def test_masking_of_identity_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, synthetic: str) -> None:
    """In columns checked as something else or not at all, in rows of any width, under any setting."""
    monkeypatch.setenv(VARIABLE, synthetic)
    file, rejected = tmp_path / "in.csv", tmp_path / "rejected.csv"
    rows = [row for text in NUMBERS + NO_NUMBERS for row in (f"{text};x", f"1;{text}", f"x;{text};y")]
    file.write_text("\n".join(["orgnr;merknad", *rows]) + "\n", "utf-8")
    check(file, "--rejected", rejected)
    masks = ["***"] * len(NUMBERS) + NO_NUMBERS
    found = [(row["orgnr"], row["merknad"]) for row in rows_of(rejected)]
    assert found == [row for text in masks for row in ((text, "x"), ("1", text), ("x", f"{text};y"))]
    check(file, "--rejected", rejected, "--show-values")
    assert [row["orgnr"] for row in rows_of(rejected)][::3] == NUMBERS + NO_NUMBERS


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
@pytest.mark.parametrize("layout", ["string", "large_string", "string_view", "dictionary"])
def test_masking_in_any_layout(tmp_path: Path, layout: str, suffix: str) -> None:
    texts = pa.array(["30108299920", "x", None])
    texts = texts.dictionary_encode() if layout == "dictionary" else texts.cast(layout)
    table = pa.table({"orgnr": pa.array(["1", "2", "3"]), "text": texts, "number": pa.array([1, 2, 3])})
    with ipc.new_file(tmp_path / "in.arrow", table.schema) as writer:
        writer.write_table(table)
    rejected = tmp_path / f"rejected.{suffix}"
    check(tmp_path / "in.arrow", "--rejected", rejected)
    if suffix == "csv":
        assert "30108299920" not in rejected.read_text("utf-8")
        return
    rejects = parquet.read_table(rejected) if suffix == "parquet" else feather.read_table(rejected)
    assert rejects["text"].to_pylist() == ["***", "x", None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_report(customers: Path, tmp_path: Path, language: str) -> None:
    report = tmp_path / "report.html"
    check(customers, "--report", report, "--locale", language)
    page = report.read_text("utf-8")
    assert f'<html lang="{language}">' in page
    assert not re.search(r"<script|<link|<img|https?://|@import|url\(", page)
    assert str(tmp_path) not in page
    assert "999" in page, "examples are shown in outline"
    assert not re.search("[A-Z]_[A-Z]", page), "a key shows where its text should"


@pytest.mark.parametrize(("part", "whole", "shares"), [
    (1, 3, {"nb": "33,33\u00a0%", "nn": "33,33\u00a0%", "en": "33.33%"}),
    (1, 10**6, {"nb": "<\u00a00,01\u00a0%", "nn": "<\u00a00,01\u00a0%", "en": "<\u00a00.01%"}),
    (0, 0, {"nb": "0\u00a0%", "nn": "0\u00a0%", "en": "0%"}),
    (5, 5, {"nb": "100\u00a0%", "nn": "100\u00a0%", "en": "100%"}),
])  # fmt: skip
def test_percentages(part: int, whole: int, shares: dict[str, str]) -> None:
    """Written as in the language, and never zero for a count above zero."""
    assert {language: percent(part, whole, language) for language in shares} == shares


def test_counts() -> None:
    assert [grouped(12345, language) for language in ("nb", "nn", "en")] == ["12\u00a0345", "12\u00a0345", "12,345"]


def test_mask_explanation(customers: Path, tmp_path: Path) -> None:
    (tmp_path / "right.csv").write_text("orgnr\n974760673\n", "utf-8")
    for file, explained in (customers, True), (tmp_path / "right.csv", False):
        check(file, "--report", tmp_path / "report.html")
        assert (message("AUDIT_MASKED") in (tmp_path / "report.html").read_text("utf-8")) is explained


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["-c", "Orgnr=orgnr"], {"Orgnr"}),
        (["--column", "Orgnr=orgnr", "--column", "Fødselsnr=fnr"], {"Orgnr", "Fødselsnr"}),
        ([], {"Orgnr", "Fødselsnr", "Mobil"}),
    ],
)
def test_choice_of_columns(customers: Path, words: list[str], fields: set[str]) -> None:
    """The named columns, or else those recognised by their names."""
    result = check(customers, "--format", "json", *words)
    assert {column["column"] for column in json.loads(result.stdout)["columns"]} == fields
    assert ("Orgnr=orgnr" in result.stderr) is (not words), "a guess is shown"


@pytest.mark.parametrize("names", [["orgnr", "orgnr", "orgnr (2)"], ["orgnr", "orgnr (2)", "orgnr"]])
def test_duplicate_names(names: list[str], tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(",".join(names) + "\n974760673,974760674,974760673\n", "utf-8")
    result = check(tmp_path / "in.csv", "--rejected", tmp_path / "rejected.csv", "-c", "orgnr=orgnr")
    assert result.exit_code == 0
    first = (tmp_path / "rejected.csv").read_text("utf-8").splitlines()[0].split(",")
    assert len(set(first)) == len(first)


def test_empty_ok(customers: Path) -> None:
    summary = json.loads(check(customers, "--format", "json", "--empty-ok").stdout)
    assert "required" not in {each["reason"] for each in summary["problems"]}
    assert {column["column"]: column["nulls"] for column in summary["columns"]}["Orgnr"] == 1


@pytest.mark.parametrize("kind", ["text", "dictionary", "null", "date"])
def test_null_in_only_column(tmp_path: Path, kind: str) -> None:
    texts = {"null": [None] * 3, "date": ["31.12.2016", None, "31.12.2016"]}.get(kind, ["974760673", None, "974760673"])
    column = pa.array(texts).dictionary_encode() if kind == "dictionary" else pa.array(texts)
    parquet.write_table(pa.table({"a": column}), tmp_path / "in.parquet")
    check(tmp_path / "in.parquet", "-c", f"a={'date' if kind == 'date' else 'orgnr'}", "--clean", tmp_path / "clean.csv")
    right = [{"31.12.2016": "2016-12-31", None: ""}.get(text, text) for text in texts]
    assert [row["a"] for row in rows_of(tmp_path / "clean.csv")] == right


def test_empty_cell_in_only_column(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('orgnr\n974760673\n""\n974760673\n')
    assert check(tmp_path / "in.csv", "--empty-ok", "--clean", tmp_path / "clean.csv").exit_code == 0
    assert [row["orgnr"] for row in rows_of(tmp_path / "clean.csv")] == ["974760673", "", "974760673"]


@pytest.mark.parametrize("suffix", ["arrow", "feather", "parquet", "csv"])
def test_changing_dictionaries(tmp_path: Path, suffix: str) -> None:
    """Inside lists too; every output contains the values."""
    batches = [pa.array(["974760673", "1"]), pa.array([None, "2", "974760673"])]
    with ipc.new_stream(
        tmp_path / "in", pa.schema({"orgnr": pa.dictionary(pa.int32(), pa.utf8())} | _listed(suffix))
    ) as writer:
        for batch in batches:
            lists = pa.ListArray.from_arrays(list(range(len(batch) + 1)), batch.dictionary_encode())
            columns = {"orgnr": batch.dictionary_encode()} | ({"x": lists} if _listed(suffix) else {})
            writer.write_batch(pa.record_batch(columns))
    clean, rejected = tmp_path / f"clean.{suffix}", tmp_path / f"rejected.{suffix}"
    result = check(tmp_path / "in", "-c", "orgnr=orgnr", "--clean", clean, "--rejected", rejected)
    assert result.exit_code == 1, result.stderr
    if suffix != "csv":
        read = parquet.read_table if suffix == "parquet" else feather.read_table
        assert read(clean)["orgnr"].to_pylist() == ["974760673", None, "974760673"]
        assert read(clean)["x"].to_pylist() == [["974760673"], [None], ["974760673"]]
        assert read(rejected)["orgnr"].to_pylist() == ["1", "2"]


def _listed(suffix: str) -> dict[str, pa.DataType]:
    """CSV cannot hold lists."""
    return {} if suffix == "csv" else {"x": pa.list_(pa.field("element", pa.dictionary(pa.int32(), pa.utf8())))}


def test_ragged_messages_are_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    monkeypatch.setattr(outputs, "message", lambda *phrase, **params: texts.append(params["found"]) or "wrong")
    (tmp_path / "in.csv").write_text("orgnr,a\n" + "974760673\n1,2,3\n" * 1000)
    assert check(tmp_path / "in.csv", "--rejected", tmp_path / "rejected.csv").exit_code == 1
    assert sorted(texts) == [1, 3]


def test_file_without_errors(tmp_path: Path) -> None:
    file, rejected = tmp_path / "good.csv", tmp_path / "rejected.csv"
    file.write_text("orgnr,navn\n974760673,Ola\n")
    assert check(file, "--rejected", rejected).exit_code == 0
    assert rejected.read_text().splitlines() == ['"orgnr","navn","row","field","key","reason","message"']
    file.write_text("orgnr,navn\n")
    assert check(file, "--rejected", rejected, "--clean", rejected.with_name("clean.csv")).exit_code == 0
    assert rejected.with_name("clean.csv").read_text().splitlines() == ['"orgnr","navn"']


def test_standard_input_and_output(customers: Path) -> None:
    result = run("check", "-", "--rejected", "-", typed=customers.read_text("utf-8"))
    assert [(int(row["row"]), row["reason"]) for row in csv.DictReader(io.StringIO(result.stdout), delimiter=";")] == [
        (row, reason) for row, _, reason in WRONG
    ]
    assert "Orgnr" in result.stderr, "the summary is on standard error"


TABLE = pa.table({"id": [1, 2, 3], "orgnr": ["974 760 673", "974760674", None], "navn": ["a", "b", "c"]})


@pytest.mark.parametrize("suffix", ["parquet", "feather", "arrow", "stream"])
def test_parquet_and_arrow(tmp_path: Path, suffix: str) -> None:
    file, rejected, clean = (tmp_path / f"{name}.{suffix}" for name in ("in", "rejected", "clean"))
    if suffix == "parquet":
        parquet.write_table(TABLE, file)
    elif suffix == "stream":
        with ipc.new_stream(file, TABLE.schema) as writer:
            writer.write_table(TABLE)
    else:
        feather.write_feather(TABLE, file)
    result = check(file, "--rejected", rejected.with_suffix(".parquet"), "--clean", clean.with_suffix(".arrow"))
    assert result.exit_code == 1
    bad, good = parquet.read_table(rejected.with_suffix(".parquet")), feather.read_table(clean.with_suffix(".arrow"))
    assert bad.select(["id", "row", "reason"]).to_pylist() == [{"id": 2, "row": 2, "reason": "check_digit"}]
    assert good.to_pylist() == [
        {"id": 1, "orgnr": "974760673", "navn": "a"},
        {"id": 3, "orgnr": None, "navn": "c"},
    ]


#: Layouts that Arrow itself cannot compute with: those of texts from polars, and those of repeated values.
VIEWS = {
    "views": pa.array(["974 760 673", "974760674", None], pa.string_view()),
    "views with an offset": pa.array(["x", "974 760 673", "974760674", None], pa.string_view())[1:],
    "a dictionary of views": pa.DictionaryArray.from_arrays(
        pa.array([0, 1, None], pa.uint32()), pa.array(["974 760 673", "974760674"], pa.string_view())
    ),
    "run-ends": pa.RunEndEncodedArray.from_arrays(pa.array([1, 2, 3], pa.int32()), ["974 760 673", "974760674", None]),
}


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
@pytest.mark.parametrize("layout", VIEWS)
def test_column_layouts(tmp_path: Path, layout: str, suffix: str) -> None:
    texts, bits = VIEWS[layout], pa.array([b"x", None, b""], pa.binary_view())
    lists = pa.array([["a"], [], None], pa.large_list(pa.string_view()))
    inner = pa.array([{"a": "x"}, None, {"a": None}], pa.struct({"a": pa.string_view()}))
    columns = {"orgnr": texts, "bits": bits} | ({} if suffix == "csv" else {"lists": lists, "inner": inner})
    with ipc.new_file(tmp_path / "in.arrow", pa.table(columns).schema) as writer:
        writer.write_table(pa.table(columns))
    rejected, clean = tmp_path / f"rejected.{suffix}", tmp_path / f"clean.{suffix}"
    result = check(tmp_path / "in.arrow", "-c", "orgnr=orgnr", "--rejected", rejected, "--clean", clean, "--format", "json")
    assert {each["reason"]: each["count"] for each in json.loads(result.stdout)["problems"]} == {"check_digit": 1}
    if suffix == "csv":
        assert "974760674" in rejected.read_text()
        return
    table = parquet.read_table(clean) if suffix == "parquet" else feather.read_table(clean)
    right = pa.table(columns | {"orgnr": pa.array(["974760673", None, None])}).to_pylist()
    assert table.to_pylist() == [right[0], right[2]]


@pytest.mark.parametrize("suffix", ["parquet", "arrow"])
def test_typed_file_without_rows(tmp_path: Path, suffix: str) -> None:
    file, rejected, clean = (tmp_path / f"{name}.{suffix}" for name in ("in", "rejected", "clean"))
    read = parquet.read_schema if suffix == "parquet" else lambda path: feather.read_table(path).schema
    none = TABLE.schema.empty_table()
    parquet.write_table(none, file) if suffix == "parquet" else feather.write_feather(none, file)
    assert check(file, "--rejected", rejected, "--clean", clean).exit_code == 0
    assert read(clean).equals(TABLE.schema)
    assert read(rejected).names == [*TABLE.column_names, "row", "field", "key", "reason", "message"]
    assert read(rejected).field("id").type == pa.int64()


@pytest.mark.parametrize("suffix", ["parquet", "arrow"])
def test_typed_file_from_pipe(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"in.{suffix}"
    parquet.write_table(TABLE, file) if suffix == "parquet" else feather.write_feather(TABLE, file)
    with subprocess.Popen(["cat", file], stdout=subprocess.PIPE) as pipe:
        command = [sys.executable, "-m", "nofields", "check", "-", "--format", "json"]
        ended = subprocess.run(command, stdin=pipe.stdout, capture_output=True, check=False)
    assert json.loads(ended.stdout)["rows"] == 3


@pytest.mark.parametrize(
    ("content", "words", "expected"),
    [
        (b"", [], "is empty"),
        (b"navn;by\nOla;Oslo\n", [], "No column has the name of a field. The columns are 'navn', 'by'."),
        (b"navn;by\nOla;Oslo\n", ["-c", "orgnr=orgnr"], "has no column 'orgnr'. The columns are 'navn', 'by'."),
        (b"orgnr\n1\n", ["-c", "orgnr"], "'orgnr' is not COLUMN=FIELD"),
        (b"orgnr\n1\n", ["-c", "orgnr=orgn"], "'orgnr=***' is not COLUMN=FIELD"),
        (b"orgnr\nbl\xc3\xa5\n\xe5\n", [], "line 3: not UTF-8"),
        (b"orgnr\n1\n", ["--encoding", "norsk"], "no encoding 'norsk'"),
        (b'"orgnr\n1\n', [], "line 1: the names of the columns cannot be read. A quotation mark is in the wrong place"),
        (b"FEA1 and so on", [], "is Feather version 1: write it anew as version 2."),
        (b"orgnr\n\xe5\n", ["--encoding", "utf-8"], "Name another encoding with --encoding."),
        ("orgnr\n1\n".encode("utf-16-le"), [], "--encoding utf-16-le"),
        (b"orgnr\n1\n", ["--delimiter", "\u00a7"], "The delimiter must be one character of ASCII"),
        (b"orgnr\n1\n", ["--clean", ""], "has an empty name"),
        (b"orgnr\n1\n", ["--report", ""], "has an empty name"),
        (b"PK\x03\x04 and so on", [], "save a spreadsheet as CSV"),
        (b"\x1f\x8b and so on", [], "gunzip"),
        (b"PAR1 and so on", [], "Parquet"),
    ],
)
def test_unreadable_files(tmp_path: Path, content: bytes, words: list[str], expected: str) -> None:
    file, rejected = tmp_path / "in.csv", tmp_path / "rejected.csv"
    file.write_bytes(content)
    result = check(file, "--rejected", rejected, *words)
    assert result.exit_code == 2
    assert expected in re.sub(r"[\s│]+", " ", result.stderr)
    assert "Traceback" not in result.output
    assert os.listdir(tmp_path) == ["in.csv"], "nothing is written"


@pytest.mark.parametrize("suffix", ["parquet", "arrow"])
def test_typed_file_not_utf_8(tmp_path: Path, suffix: str) -> None:
    table = pa.table({"orgnr": pa.array([b"974760673", b"K\xe5re"]).view(pa.utf8())})
    file = tmp_path / f"in.{suffix}"
    parquet.write_table(table, file) if suffix == "parquet" else feather.write_feather(table, file, compression="uncompressed")
    result = check(file, "--clean", tmp_path / "clean.csv")
    assert result.exit_code == 2
    assert "Invalid UTF8" in " ".join(result.stderr.split())
    assert os.listdir(tmp_path) == [file.name], "nothing is written"


@pytest.mark.parametrize("suffix", ["parquet", "arrow", "stream"])
@pytest.mark.parametrize("name", ["orgnr", "inner"])
def test_name_not_utf_8(tmp_path: Path, name: str, suffix: str) -> None:
    """Of a column, or of a nested field."""
    table, file = pa.table({"orgnr": ["974760673"], "nested": [{"inner": "x"}]}), tmp_path / f"in.{suffix}"
    if suffix == "parquet":
        parquet.write_table(table, file, store_schema=False)
    else:
        with (ipc.new_file if suffix == "arrow" else ipc.new_stream)(file, table.schema) as writer:
            writer.write_table(table)
    file.write_bytes(file.read_bytes().replace(name.encode(), name.encode()[:-1] + b"\xe5"))
    result = check(file, "--rejected", tmp_path / "rejected.csv")
    assert result.exit_code == 2
    assert result.stderr == f"{file}: the name of a column, or of a part of one, is not UTF-8.\n"
    assert os.listdir(tmp_path) == [file.name], "nothing is written"


def test_missing_file(tmp_path: Path) -> None:
    result = check(tmp_path / "none.csv")
    assert result.exit_code == 2
    assert "No such file" in " ".join(result.stderr.split())


def test_numeric_columns(tmp_path: Path) -> None:
    """Rejected, since leading zeros are lost."""
    parquet.write_table(pa.table({"postnr": [357]}), tmp_path / "in.parquet")
    result = check(tmp_path / "in.parquet")
    assert result.exit_code == 2
    assert "leading zeros" in " ".join(result.stderr.split())


TYPED = pa.table({"date": pa.array([0], pa.date32()), "postnr": [357], "orgnr": ["974760673"]})


def test_guessed_column_of_other_type(tmp_path: Path) -> None:
    parquet.write_table(TYPED, tmp_path / "in.parquet")
    result = check(tmp_path / "in.parquet", "--format", "json")
    assert result.exit_code == 0
    assert [column["column"] for column in json.loads(result.stdout)["columns"]] == ["orgnr"]
    assert "but not checked, since only texts can be: date, postnr." in result.stderr


@pytest.mark.parametrize("columns", [["date", "postnr", "orgnr"], ["date"]])
def test_named_column_of_other_type(tmp_path: Path, columns: list[str]) -> None:
    parquet.write_table(TYPED.select(columns), tmp_path / "in.parquet")
    result = check(tmp_path / "in.parquet", *(["-c", "date=date"] if len(columns) > 1 else []))
    assert result.exit_code == 2
    assert "Column date: a column of date32[day] cannot be checked" in result.stderr


@pytest.mark.parametrize("words", [[], ["-c", "orgnr=orgnr"]])
def test_file_without_columns(tmp_path: Path, words: list[str]) -> None:
    parquet.write_table(pa.table({}), tmp_path / "in.parquet")
    result = check(tmp_path / "in.parquet", *words)
    assert (result.exit_code, "in.parquet has no columns.\n" in result.stderr) == (2, True)


def test_late_error_leaves_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "_READ", 1000)
    file, rejected = tmp_path / "in.csv", tmp_path / "rejected.csv"
    file.write_bytes("navn;orgnr\nblå;1\n".encode() + b"x;1\n" * 5000 + b"bl\xe5;1\n")
    rejected.write_text("from yesterday")
    assert check(file, "--rejected", rejected, "--clean", tmp_path / "clean.csv").exit_code == 2
    assert rejected.read_text() == "from yesterday"
    assert sorted(os.listdir(tmp_path)) == ["in.csv", "rejected.csv"]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_late_failure(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "in.csv").write_text("orgnr\n" + "974760673\n" * 500_000 + "\0\n")
    command = [sys.executable, "-m", "nofields", "check", "in.csv", "-c", "orgnr=orgnr", "--clean", f"clean.{suffix}"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.stderr.startswith("in.csv is neither text nor Parquet nor Arrow: line 500002 has a null character.")
    assert ended.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["in.csv"]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_full_disk(tmp_path: Path, suffix: str) -> None:
    file, rejected = tmp_path / "in.csv", tmp_path / f"rejected.{suffix}"
    file.write_text("orgnr;a\n" + "".join(f"974760674;{number}\n" for number in range(100_000)))
    limited = subprocess.run(
        [sys.executable, "-m", "nofields", "check", file, "--rejected", rejected],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )
    assert limited.returncode == 2
    assert "cannot be written" in " ".join(limited.stderr.split())
    assert "Traceback" not in limited.stderr
    assert os.listdir(tmp_path) == ["in.csv"]


def test_output_is_input(customers: Path) -> None:
    before = customers.read_bytes()
    assert check(customers, "--clean", customers).exit_code == 2
    assert customers.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [("--rejected", "x.csv", "--clean", "./x.csv"), ("--clean", "-", "--rejected", "-"), ("--report", "x", "--clean", "x")],
)
def test_same_output_twice(customers: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(customers.parent)
    result = check(customers, *words)
    assert result.exit_code == 2
    assert "can be written only once" in " ".join(result.stderr.split())
    assert os.listdir(customers.parent) == [customers.name]


def test_column_named_twice(customers: Path) -> None:
    result = check(customers, "-c", "Orgnr=orgnr", "-c", "Orgnr=kontonr")
    assert result.exit_code == 2
    assert "twice" in result.stderr


def test_symbolic_link(customers: Path, tmp_path: Path) -> None:
    """The link stays, and its target keeps its permissions: an output may contain national identity numbers."""
    kept, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    kept.touch(0o600)
    link.symlink_to(kept)
    assert check(customers, "--clean", link).exit_code == 1
    assert link.is_symlink()
    assert kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_new_file_follows_umask(customers: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        check(customers, "--clean", tmp_path / "new.csv")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600


def test_pipe_or_device(customers: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        check(customers, "--clean", pipe)
        assert b"974760673" in reader.communicate()[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    "call",
    [
        "check in.csv --clean /dev/stdout > out.csv",
        "check in.csv --clean out.csv > out.csv",
        "check in.csv --rejected /dev/stderr 2> out.csv",
        "check - --clean in.csv < in.csv",
        "check in.csv --clean - >&-",
        "check in.csv --report - >&-",
    ],
)
def test_open_file(tmp_path: Path, call: str) -> None:
    (tmp_path / "in.csv").write_text("orgnr\n974760673\n")
    (tmp_path / "out.csv").touch()
    before = os.stat(tmp_path / "out.csv").st_ino
    ended = subprocess.run(["sh", "-c", f"{sys.executable} -m nofields {call}"], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "in.csv").read_text() == "orgnr\n974760673\n"
    assert os.stat(tmp_path / "out.csv").st_ino == before


@pytest.mark.parametrize(("output", "is_written"), [("--clean -", False), ("--report -", False), ("--clean clean.csv", True)])
def test_closed_standard_output(tmp_path: Path, output: str, is_written: bool) -> None:
    """It is an error only if an output goes there."""
    (tmp_path / "in.csv").write_text("orgnr\n974760673\n")
    command = f"{sys.executable} -m nofields check in.csv {output} >&-"
    ended = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert ("Standard output is closed." in ended.stderr) is not is_written
    assert (tmp_path / "clean.csv").exists() is is_written


def test_full_standard_output(tmp_path: Path) -> None:
    """The error says so, and not that a file called - cannot be written."""
    (tmp_path / "in.csv").write_text("orgnr\n974760674\n")
    command = [sys.executable, "-m", "nofields", "check", "in.csv", "--rejected", "-"]
    with open("/dev/full", "w") as full:
        ended = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1] == "Standard output cannot be written: No space left on device."


@pytest.mark.parametrize("broken", ["--clean", "--rejected", "--report"])
def test_all_outputs_or_none(customers: Path, tmp_path: Path, broken: str) -> None:
    paths = {name: tmp_path / f"out{name}" for name in ("--clean", "--rejected", "--report")} | {broken: tmp_path / "no" / "x"}
    result = check(customers, *(word for pair in paths.items() for word in pair))
    assert result.exit_code == 2
    assert f"{paths[broken]} cannot be written: No such file or directory." in result.stderr
    assert os.listdir(tmp_path) == ["customers.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    """Clean rows get a mark unless the input was ASCII or unmarked UTF-8: a spreadsheet needs it."""
    (tmp_path / "in.csv").write_text("orgnr;navn\n974 760 673;Kåre\n", encoding)
    check(tmp_path / "in.csv", "--clean", tmp_path / "clean.csv")
    clean = (tmp_path / "clean.csv").read_bytes()
    assert clean.startswith(b"\xef\xbb\xbf") is (encoding != "utf-8")
    assert rows_of(tmp_path / "clean.csv") == [{"orgnr": "974760673", "navn": "Kåre"}]


def test_tab_as_delimiter(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("orgnr;x\tnavn\n974760673;y\tOla\n")
    assert check(tmp_path / "in.csv", "--delimiter", r"\t", "-c", "navn=date").exit_code == 1


def test_superfluous_cells(tmp_path: Path) -> None:
    file, rejected = tmp_path / "in.csv", tmp_path / "rejected.csv"
    file.write_text('orgnr;navn\n974760673;a;"b;c";d\n974760673\n')
    check(file, "--rejected", rejected)
    assert [(row["orgnr"], row["navn"]) for row in rows_of(rejected)] == [("974760673", 'a;"b;c";d'), ("974760673", "")]


@pytest.mark.parametrize(
    "header",
    ["248191  06475;Ola", "24 81 91 06475;Ola", "24-81-91;Ola", "248191.0647x;Ola", "ola@example.com;Ola", f"{'x' * 61};Ola"],
)
def test_first_row_of_values(tmp_path: Path, header: str) -> None:
    (tmp_path / "in.csv").write_text(f"{header}\n" * 3)
    result = check(tmp_path / "in.csv")
    assert result.exit_code == 2
    assert "Its first row is not shown" in re.sub(r"[\s│]+", " ", result.stderr)
    assert "Ola" not in result.stderr


@pytest.mark.parametrize("name", ["OrgNr2024", "Omsetning 2024-2025", "Fjell2024", "Kunde 1", "K\u00e5re", "2024"])
def test_names_with_digits(tmp_path: Path, name: str) -> None:
    """A name is no value, even if it resembles a password."""
    (tmp_path / "in.csv").write_text(f"{name};by\nOla;Oslo\n", "utf-8")
    output = re.sub(r"[\s│]+", " ", check(tmp_path / "in.csv", "-c", "Orgnummer=orgnr").stderr)
    assert f"The columns are '{name}', 'by'." in output


def test_long_names(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{'x' * 50};by\n1;2\n")
    assert f"{'x' * 40}…', 'by'" in check(tmp_path / "in.csv").stderr


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["in.csv", "-c", "24819106475=fnr"], False),
        (["in.csv", "-c", "248191 06475=fnr"], False),
        (["in.csv", "-c", "orgnr=24819106475"], False),
        (["24819106475"], False),
        (["kunder-248191-06475.csv"], False),
        (["kunder-24.81.91 06475.csv"], False),
        (["in.csv", "--24819106475"], False),
        (["in.csv", "--encoding", "24819106475"], False),
        (["in.csv", "--clean", "no/24819106475.csv"], False),
        (["in.csv", "in.csv", "x=24819106475"], False),
        (["in.csv", "Fjell2024"], False),
        (["in.csv", "--locale", "Fjell2024"], False),
        (["in.csv", "--format=Fjell2024"], False),
        (["in.csv", "-c", "orgnr=Fjell2024x"], False),
        (["in.csv", "-c", "Fjell2024=fnr"], True),
        (["in.csv", "-c", "OrgNr2024=orgnr"], True),
        (["in.csv", "-c", "orgnummer=orgnr"], True),
        (["in.csv", "--encoding", "Latin99x"], True),
        (["in.csv", "--rejcted", "x.csv"], True),
        (["in.csv", "--clean", "Nope2025/x"], True),
        (["Kunder2025.csv"], True),
        (["kunder-20240131.csv"], True),
        (["kunder-2024-01-31-120000.csv"], True),
    ],
)
def test_names_are_redacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], shown: bool) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("orgnr\n974760673\n")
    result = check(*words)
    assert result.exit_code == 2
    name = words[-2] if words[-2:-1] == ["--rejcted"] else words[-1]
    word = max(re.split("=|/", name), key=len).removesuffix(".csv").removeprefix("--" if not shown else "")
    assert (word in result.stderr) is shown
    assert ("***" in result.stderr) is not shown


@pytest.mark.parametrize("number", ["24819106475", "248191-06475"])
def test_file_name_is_redacted(tmp_path: Path, number: str) -> None:
    file, report = tmp_path / f"Kunder2025 {number}.csv", tmp_path / "report.html"
    file.write_text("orgnr\n974760674\n")
    summary = json.loads(check(file, "--format", "json", "--report", report).stdout)
    assert summary["file"] == str(tmp_path / "Kunder2025 ***.csv")
    assert "Kunder2025 ***.csv" in report.read_text("utf-8")
    assert number not in report.read_text("utf-8")


def test_no_wrapping_in_pipes(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 120)
    ended = subprocess.run([sys.executable, "-m", "nofields", "check", path], capture_output=True, text=True, check=False)
    assert ended.stderr == f"{path}: No such file or directory.\n"


def test_report_to_standard_output(customers: Path) -> None:
    result = check(customers, "--report", "-")
    assert result.stdout.startswith("<!doctype html>")
    assert not (customers.parent / "-").exists()


@pytest.mark.parametrize("output", ["--clean", "--rejected"])
def test_columns_not_for_csv(tmp_path: Path, output: str) -> None:
    file = tmp_path / "in.parquet"
    parquet.write_table(pa.table({"orgnr": ["974760673", "x"], "tags": [["a"], ["b"]]}), file)
    result = check(file, output, tmp_path / "out.csv")
    assert result.exit_code == 2
    assert "Name it .parquet or .arrow" in " ".join(result.stderr.split())
    assert os.listdir(tmp_path) == ["in.parquet"]


def test_columns_not_for_parquet(tmp_path: Path) -> None:
    table = pa.table({"orgnr": ["974760673"], "half": pa.array([None], pa.month_day_nano_interval())})
    feather.write_feather(table, tmp_path / "in.arrow")
    result = check(tmp_path / "in.arrow", "--clean", tmp_path / "out.parquet")
    assert result.exit_code == 2
    assert result.stderr.endswith("Name it .arrow.\n")


def test_ambiguous_names(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    parquet.write_table(pa.Table.from_arrays([pa.array(["974760673"])] * 2, ["orgnr", "orgnr"]), file)
    result = check(file)
    assert result.exit_code == 2
    assert "'orgnr'" in result.stderr


def test_no_progress_in_pipes(customers: Path) -> None:
    ended = subprocess.run([sys.executable, "-m", "nofields", "check", customers], capture_output=True, check=False)
    assert b"\x1b" not in ended.stdout + ended.stderr
    assert b"%" not in ended.stderr


def test_synthetic_setting(customers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "accept")
    summary = json.loads(check(customers, "--format", "json").stdout)
    assert "synthetic" not in {each["reason"] for each in summary["problems"]}


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("suffix", ["parquet", "arrow", "csv"])
def test_repeated_values_of_other_libraries(tmp_path: Path, library: str, suffix: str) -> None:
    """pandas and polars write large texts, and repeated values as dictionaries; the outputs keep the types."""
    rows = {"orgnr": ["974760673", "974760674"] * 20, "navn": ["Oslo", "Bø"] * 20}
    if library == "pandas":
        pandas.DataFrame(rows).to_parquet(tmp_path / "in.parquet")
    else:
        polars.DataFrame(rows).write_parquet(tmp_path / "in.parquet")
    clean, rejected = tmp_path / f"clean.{suffix}", tmp_path / f"rejected.{suffix}"
    result = check(tmp_path / "in.parquet", "--clean", clean, "--rejected", rejected)
    assert (result.exit_code, clean.exists(), rejected.exists()) == (1, True, True), result.stderr
    if suffix == "parquet":
        kinds = parquet.read_schema(tmp_path / "in.parquet").types
        assert parquet.read_schema(clean).types == parquet.read_schema(rejected).types[: len(kinds)] == kinds
        assert parquet.read_table(clean).column("navn").to_pylist() == ["Oslo"] * 20

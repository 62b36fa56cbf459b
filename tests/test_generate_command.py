"""``nofields generate``: rows and values in every format, with every option."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import CliRunner, Result

from nofields import NationalIdentityNumber
from nofields.cli.app import app
from nofields.fields import BY_NAME, IdentityKind
from nofields.generate import Organisation, Person, organisations, persons


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["generate", *words], env={"COLUMNS": "500"})
    assert result.exit_code == code, result.output
    return result


def rows(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words).stdout)))


@pytest.mark.parametrize(("what", "made"), [("persons", persons), ("organisations", organisations)])
def test_same_as_in_python(what: str, made: object) -> None:
    expected = [[*map(str, row)] for row in made(30, unique=True, seed=3)]  # type: ignore[operator]
    given = ["-n", "30", "--unique", "--seed", "3"]
    assert [[*row.values()] for row in rows(what, *given)] == expected
    lines = run(what, *given, "--format", "jsonl").stdout.splitlines()
    assert [[*json.loads(line).values()] for line in lines] == expected


def test_files(tmp_path: Path) -> None:
    """Parquet has dates, and texts that keep leading zeros."""
    file = tmp_path / "people.parquet"
    run("persons", "-n", "30", "--seed", "3", "--format", "parquet", "--output", str(file))
    table = parquet.read_table(file)
    assert table.column_names == [*Person._fields]
    assert [(row["fnr"], row["birth_date"]) for row in table.to_pylist()] == [
        (person.fnr, person.birth_date) for person in persons(30, seed=3)
    ]
    run("orgnr", "-n", "2", "--seed", "1", "-o", str(tmp_path / "numbers.txt"))
    assert (tmp_path / "numbers.txt").read_text() == run("orgnr", "-n", "2", "--seed", "1").stdout
    assert run("persons", "-n", "2", "--format", "parquet").stdout_bytes.startswith(b"PAR1")


def test_columns_are_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``nofields check`` finds every column that a field checks, and nothing invalid."""
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")
    for what, columns in (("persons", 5), ("organisations", 6)):
        run(what, "-n", "50", "--seed", "1", "-o", str(tmp_path / "rows.csv"))
        checked = CliRunner().invoke(app, ["check", str(tmp_path / "rows.csv"), "--format", "json"])
        assert checked.exit_code == 0, checked.output
        assert len(json.loads(checked.stdout)["columns"]) == columns


def test_options() -> None:
    given = [
        "--kind",
        "nav-fnr",
        "--kind",
        "nav-dnr",
        "--born",
        "1980-01-01..1989-12-31",
        "--gender",
        "female",
        "--d-numbers",
        "1",
    ]
    for person in rows("persons", "-n", "20", "--seed", "1", *given):
        number = AnyKind(person["fnr"])
        assert number.kind == person["kind"] == "nav-dnr"
        assert number.birth_date is not None
        assert number.birth_date.isoformat() == person["birth_date"]
        assert 1980 <= number.birth_date.year <= 1989
        assert number.gender == person["gender"] == "female"
    for line in run("fnr", "-n", "20", "--seed", "1", *given).stdout.split():
        assert (AnyKind(line).kind, AnyKind(line).gender) == ("nav-dnr", "female")
    (born,) = {person["birth_date"] for person in rows("persons", "-n", "5", "--born", "2001-01-01")}
    assert born == "2001-01-01"


def test_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the day of the call."""
    import datetime

    from nofields.cli import generate

    class Today(datetime.date):
        @classmethod
        def today(cls) -> Today:
            return cls(2026, 2, 28)

    monkeypatch.setattr(generate.datetime, "date", Today)
    people = rows("persons", "-n", "200", "--seed", "1", "--age", "18..19")
    assert {person["birth_date"][:4] for person in people} == {"2006", "2007", "2008"}
    assert all("2006-03-01" <= person["birth_date"] <= "2008-02-28" for person in people)


@pytest.mark.parametrize(("field", "count"), [("fnr", 10_000), ("email", 3_000), ("postnr", 5_146)])
def test_unique_values(field: str, count: int) -> None:
    values = run(field, "-n", str(count), "--unique", "--seed", "1").stdout.split()
    assert len(set(values)) == len(values) == count


def test_too_few_values(tmp_path: Path) -> None:
    """A file is as it was before."""
    (tmp_path / "codes.txt").write_text("0001\n")
    failed = run("postnr", "-n", "6000", "--unique", "-o", str(tmp_path / "codes.txt"), code=2)
    assert "postnr: there are too few different values: 5146 were found" in failed.stderr
    assert (tmp_path / "codes.txt").read_text() == "0001\n"


@pytest.mark.parametrize("field", BY_NAME)
def test_values_in_every_format(field: str) -> None:
    values = run(field, "-n", "3", "--seed", "1").stdout.splitlines()
    assert [row[field] for row in rows(field, "-n", "3", "--seed", "1", "--format", "csv")] == values
    lines = run(field, "-n", "3", "--seed", "1", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [{field: value} for value in values]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["persons", "--format", "text"], "csv, jsonl or parquet"),
        (["persons", "--kind", "fnr"], "--kind"),
        (["persons", "--kind", "fh"], "no synthetic kind with a birth date"),
        (["persons", "--born", "1990"], "first..last"),
        (["persons", "--age", "x..y"], "first..last"),
        (["persons", "--age", "30..20"], "no range of ages"),
        (["persons", "--born", "2000-01-01..1990-01-01"], "is after the last"),
        (["persons", "--age", "1..2", "--born", "1990-01-01"], "not both"),
        (["persons", "--d-numbers", "2"], "--d-numbers"),
        (["fnr", "--gender", "male", "--issued", "from_2032"], "gender"),
        (["orgnr", "--gender", "male"], "orgnr has no kind"),
        (["organisations", "--issued", "from_2032"], "organisations has no kind"),
    ],
)
def test_wrong_options(words: list[str], sentence: str) -> None:
    assert sentence in run(*words, code=2).stderr


def test_what_may_be_in_use() -> None:
    """The help says so, and so do standard errors of rows with accounts."""
    assert "may be in use" in run("--help").stdout
    assert "may be in use" in run("persons").stderr
    assert "Synthetic" in run("organisations").stderr
    assert run("postnr").stderr == ""
    assert [*rows("organisations")[0]] == [*Organisation._fields]

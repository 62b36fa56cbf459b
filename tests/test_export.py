"""``nofields export`` and ``nofields messages lint``: their output, their files, their errors."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from helpers.catalogs import write
from helpers.node import node_json
from nofields import Key, Phrase, catalogs, files
from nofields.catalogs import LANGUAGES
from nofields.cli.app import app
from nofields.export.lint import lint
from nofields.export.schema import schema
from nofields.fields import ALL
from nofields.message_templates import documented


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_bundle_to_standard_output() -> None:
    """What was replaced is listed on standard error."""
    result = run("export", "--locale", "nb")
    texts = json.loads(result.stdout)
    assert list(texts) == list(documented())
    assert texts["CHECKBOX_ERROR"] == "Du må krysse av i boksen."
    assert "CHECKBOX_ERROR" in result.stderr
    assert "TEXT_FIELD_LENGTH_ERROR" in result.stderr


def test_verbatim_bundle() -> None:
    result = run("export", "--verbatim")
    assert list(json.loads(result.stdout).items()) == list(documented().items())
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), {*(f"{language}.json" for language in LANGUAGES), "keys.d.ts"}),
        (("--format", "altinn"), {*(f"resource.{language}.json" for language in LANGUAGES), "keys.d.ts"}),
        (("--schema",), {"nofields.schema.json"}),
        (("--verbatim",), {"nb.json", "keys.d.ts"}),
    ],
)
def test_new_folder(words: tuple[str, ...], names: set[str], tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    assert run("export", *words, "--out", str(folder)).exit_code == 0
    assert {file.name for file in folder.iterdir()} == names


@pytest.mark.parametrize(
    "words",
    [
        ("--npm", "x", "--out", "y"),
        ("--npm", "x", "--schema"),
        ("--npm", "x", "--verbatim"),
        ("--npm", "x", "--all"),
        ("--npm", "x", "--locale", "nn"),
        ("--npm", ""),
        ("--check", ""),
        ("--check", "x", "--out", "y"),
        ("--check", "x", "--npm", "y"),
        ("--check", "x", "--field", "nofields:Text"),
        ("--check", "x", "--locale", "nn"),
        ("--verbatim", "--locale", "nn"),
        ("--verbatim", "--all"),
        ("--schema", "--all"),
        ("--schema", "--format", "icu"),
        ("--schema", "--out", ""),
        ("--schema", "--verbatim"),
        ("--format", "yaml"),
        ("--locale", "xx"),
    ],
)
def test_usage_errors(words: tuple[str, ...]) -> None:
    assert run("export", *words).exit_code == 2


def test_unwritable_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run("export", "--out", str(tmp_path / "file" / "folder"))
    assert result.exit_code == 2
    assert "Cannot write" in result.stderr


def test_unwritable_file(tmp_path: Path) -> None:
    (tmp_path / "nb.json").mkdir()
    assert str(tmp_path / "nb.json") in run("export", "--out", str(tmp_path)).stderr.replace("\n", "")


def test_locale_without_effect(tmp_path: Path) -> None:
    result = run("export", "--out", str(tmp_path), "--locale", "nn")
    assert (result.exit_code, os.listdir(tmp_path)) == (2, [])


@pytest.mark.parametrize(
    ("write", "words"),
    [
        ("--out", ()),
        ("--out", ("--all", "--format", "icu")),
        ("--out", ("--schema",)),
        ("--out", ("--verbatim",)),
        ("--npm", ("--format", "vue", "--field", "nofields:Text")),
    ],
)
def test_check(write: str, words: tuple[str, ...], tmp_path: Path) -> None:
    """It names what is missing and what differs, and changes nothing."""
    folder = tmp_path / "exported"
    assert run("export", write, str(folder), *words).exit_code == 0
    for file in (each for each in folder.rglob("*") if each.is_file()):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))  # as Git checks it out on Windows
    found = run("export", "--check", str(folder), *words)
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", f"{folder} is up to date.\n")
    first, *others = sorted(each for each in folder.rglob("*.*") if each.is_file() and each.name != "package.json")
    first.write_text("{}")
    for other in others:
        other.unlink()
    found = run("export", "--check", str(folder), *words)
    assert found.exit_code == 1
    assert sorted(found.stdout.splitlines()) == sorted([f"differs: {first}", *(f"missing: {other}" for other in others)])
    assert first.read_text() == "{}"
    assert not any(other.exists() for other in others)


def test_check_with_other_options(tmp_path: Path) -> None:
    assert run("export", "--npm", str(tmp_path), "--format", "icu").exit_code == 0
    found = run("export", "--check", str(tmp_path), "--format", "i18next")
    assert (found.exit_code, len(found.stdout.splitlines())) == (1, len(LANGUAGES))


def test_check_of_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert run("export", "--check", str(folder)).exit_code == 1
    assert not folder.exists()


def test_check_of_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "nb.json").mkdir()
    found = run("export", "--check", str(tmp_path))
    assert (found.exit_code, found.stdout) == (2, "")
    assert "Cannot read" in found.stderr


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves the old file, and no partial one beside it."""
    target = tmp_path / "nb.json"
    files.atomic_write(target, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.atomic_write(target, "new")
    assert [file.name for file in tmp_path.iterdir()] == ["nb.json"]
    assert target.read_text() == "old"


def test_schema() -> None:
    document = json.loads(schema())
    Draft202012Validator.check_schema(document)
    assert set(document["$defs"]) == {field.__name__ for field in ALL}


def test_schema_in_ajv(tmp_path: Path) -> None:
    file = tmp_path / "nofields.schema.json"
    file.write_text(schema(), "utf-8")
    definitions = json.loads(schema())["$defs"]
    good = [(name, example) for name, each in definitions.items() for example in each.get("examples", [])]
    good += [("OrganisationNumber", "974 760 673"), ("AccountNumber", "8601.11.17947"), ("NorwegianDate", "31.12.2016")]
    good += [("PhoneNumber", "+47 21 23 45 67"), ("Checkbox", True), ("CheckboxGroup", ["a"]), ("Country", "NO")]
    good += [("Number", 974760673), ("Amount", 1234.5), ("Amount", "kr 1.234,50")]
    bad = [(name, 974760673) for name in definitions if name not in ("Number", "Amount")]
    bad += [("Number", "x"), ("Number", True), ("Amount", -1)]
    bad += [("OrganisationNumber", "97476067"), ("PostalCode", "03578"), ("Country", "ZZ"), ("Checkbox", False)]
    bad += [("AltinnPassword", "fjell2024"), ("AltinnPassword", "Fjell 2024"), ("CheckboxGroup", []), ("TextArea", "x" * 2001)]
    assert node_json("schema.mjs", file, typed=good) == [True] * len(good)
    assert node_json("schema.mjs", file, typed=bad) == [False] * len(bad)


def test_lint_documented_flaws() -> None:
    found = {(finding.key, finding.code) for finding in lint() if finding.language == "documented"}
    assert found >= {
        ("CHECKBOX_ERROR", "empty-text"),
        ("TEXT_FIELD_LENGTH_ERROR", "text-is-key"),
        ("FORM_ERROR_LABEL", "stray-blank"),
        ("SEND_TO_BANK_NEXT_DISCLAMER_TEXT", "misspelt-key"),
        ("MOBILE_PHONE_NO_ERROR", "no-full-stop"),
    }


def test_lint_other_languages() -> None:
    assert [finding for finding in lint() if finding.language in ("nn", "en")] == []


@pytest.mark.parametrize("key", ["HINT_EMAIL_ADDRESS", "REASON_NUMBER"])
def test_lint_full_stops(own_catalogs: Path, key: str) -> None:
    """A text of nofields' own is compared with those of its kind: labels are no sentences, hints and reasons are."""
    write(own_catalogs, "en", {key: "For example"})
    assert [(each.key, each.code) for each in lint() if each.language == "en"] == [(key, "no-full-stop")]


def test_lint_output() -> None:
    result = run("messages", "lint", "--format", "json")
    assert result.exit_code == 0
    assert {"language", "key", "code", "message"} == set(json.loads(result.stdout)[0])
    assert "DISCLAMER" in run("messages", "lint").stdout


def test_lint_own_texts(own_catalogs: Path) -> None:
    (own_catalogs / "nb/LC_MESSAGES").mkdir(parents=True)
    (own_catalogs / "nb/LC_MESSAGES/nofields.po").write_text('msgid "EMAIL_FIELD_ERROR"\nmsgstr "Skriv e-post. "\n')
    result = run("messages", "lint")
    assert result.exit_code == 1
    assert "1 of them not in the documented bundle" in result.stderr


def test_lint_own_bokmal_text(own_catalogs: Path) -> None:
    """A flaw of a project's bokmål text is one of that text, not of the other languages'."""
    write(own_catalogs, "nb", {"ORGANISATION_FIELD_ERROR": "Orgnummeret har {didgits} siffer."})
    found = {(each.language, each.code) for each in lint() if each.key == "ORGANISATION_FIELD_ERROR"}
    assert found == {("nb", "missing-parameter"), ("nb", "extra-parameter")}


def test_lint_folders_without_catalogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(catalogs.VARIABLE, os.pathsep.join([str(tmp_path / "nothing"), str(tmp_path)]))
    result = run("messages", "lint")
    assert result.exit_code == 1
    assert "2 of them not in the documented bundle" in result.stderr
    assert "nothing" not in result.stdout


BROKEN = {
    "ORGANISATION_FIELD_ERROR": ("Čális riekta nummira ({siffer}).", {"missing-parameter", "extra-parameter"}),
    "EMAIL_FIELD_ERROR": ("Skriv inn en gyldig e-postadresse.", {"untranslated"}),
    "RADIO_ERROR": ("Vállje molssaeavttu. ", {"stray-blank"}),
    "TEXT_FIELD_ERROR": ("TEXT_FIELD_ERROR", {"text-is-key"}),
    "DROPDOWN_ERROR": ("DROPDOWN_ERROR", {"text-is-key"}),
    "CHECKBOX_ERROR": ("Vállje", {"no-full-stop"}),  # unlike most texts of its group, except those that are keys
    "FORM_SUCCESS_LABEL": ("Takk for din henvendelse", {"untranslated"}),
    "MORE_INFO": ("Vis mer informasjon", set()),  # so few words may be the same in two languages
}


def test_lint_kinds_of_flaws(own_catalogs: Path) -> None:
    (own_catalogs / "se/LC_MESSAGES").mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    lines = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, (text, _) in BROKEN.items()]
    (own_catalogs / "se/LC_MESSAGES/nofields.po").write_text("\n".join([header, *lines]), "utf-8")
    found: dict[str, set[str]] = {}
    for finding in lint():
        if finding.language == "se":
            found.setdefault(finding.key, set()).add(finding.code)
    assert {key: found.get(key, set()) for key in BROKEN} == {key: codes for key, (_, codes) in BROKEN.items()}
    missing = {key for key, codes in found.items() if codes == {"missing-key"}}
    assert missing == {*Key, *Phrase} - BROKEN.keys()


@pytest.mark.parametrize("manifest", ['{"name": "our-app"}', '{"name": "nofields"}', "", "{"])
def test_package_of_others(manifest: str, tmp_path: Path) -> None:
    """The folder of an app is not overwritten, e.g. by ``--npm .``; one of ``--npm`` is, whatever its name."""
    path = tmp_path / "package.json"
    path.write_text(manifest)
    result = run("export", "--npm", str(tmp_path))
    assert (result.exit_code, "another package" in " ".join(result.stderr.replace("│", " ").split())) == (2, True)
    assert (path.read_text(), [*tmp_path.iterdir()]) == (manifest, [path])

    assert run("export", "--npm", str(tmp_path / "nofields")).exit_code == 0
    renamed = tmp_path / "nofields" / "package.json"
    renamed.write_text(renamed.read_text().replace('"nofields"', '"@our/nofields"'))
    assert run("export", "--npm", str(renamed.parent)).exit_code == 0

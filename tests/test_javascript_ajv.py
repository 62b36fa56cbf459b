"""Ajv with the keyword and the formats of the JSON Schema accepts what the fields accept, in both versions of JSON Schema."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from typer.testing import CliRunner

from helpers.mutations import STRANGE, mutated
from helpers.node import FRONTEND, NODE, install, node_json, type_checks
from helpers.values import POLICIES, policy
from nofields import DateRange, EmailAddress, Iban, PaymentReference, TextArea
from nofields.cli.app import app
from nofields.export.ajv import formats
from nofields.export.npm import package
from nofields.export.rules import rules
from nofields.export.schema import Draft, schema
from nofields.fields import ALL, BY_NAME
from nofields.schema import KEYWORD


class OurReference(PaymentReference, modulus=11, digits=10): ...


class Contract(PaymentReference, modulus=10, digits=7):
    schema_format = "our-contract"


class Leave(DateRange): ...


OWN = {"ourReference": OurReference, "contract": Contract, "leave": Leave}
FIELDS = list(rules())
#: The class of Ajv for each version, and the keyword of definitions.
AJV = {Draft.LATEST: ("ajv/dist/2020.js", "$defs"), Draft.DRAFT_7: ("ajv", "definitions")}
VALIDATORS = {Draft.LATEST: Draft202012Validator, Draft.DRAFT_7: Draft7Validator}
each_draft = pytest.mark.parametrize("draft", Draft)


def project(folder: Path, draft: Draft) -> Path:
    install(folder, package(draft=draft))
    shutil.copy(FRONTEND / "ajv.mjs", folder)
    return folder


@each_draft
def test_metaschema(draft: Draft) -> None:
    """The document is valid, and names its version and no keyword that the version lacks."""
    document = json.loads(schema(draft))
    validator = VALIDATORS[draft]
    validator.check_schema(document)
    assert document["$schema"] == validator.META_SCHEMA["$schema"]
    definitions = document[AJV[draft][1]]
    assert set(definitions) == {field.__name__ for field in ALL}
    known = {*Draft7Validator.META_SCHEMA["properties"], KEYWORD}
    parts = [part for each in definitions.values() for part in (each, *each.get("anyOf", []), *each.get("allOf", []))]
    assert [sorted(part.keys() - known) for part in parts if part.keys() - known] == []


@each_draft
def test_texts(draft: Draft, tmp_path: Path) -> None:
    """A text is valid by the schema if the field accepts it."""
    random = Random("ajv")
    texts = [each for each in STRANGE if isinstance(each, str)]
    questions = [
        (name, text, synthetic)
        for name in FIELDS
        for synthetic in POLICIES
        for text in (*texts, *BY_NAME[name].examples, *(mutated(name, random) for _ in range(80)))
    ]
    typed = [(BY_NAME[name].__name__, text, {"synthetic": synthetic}) for name, text, synthetic in questions]
    found = node_json("ajv.mjs", *AJV[draft], typed=typed, folder=project(tmp_path, draft))
    for (name, text, synthetic), valid in zip(questions, found, strict=True):
        with policy(synthetic):
            assert valid is BY_NAME[name].is_valid(text), (name, text, synthetic)


@each_draft
def test_other_values(draft: Draft, tmp_path: Path) -> None:
    """Examples of every field are valid, and what only the backend can check is."""
    good = [(field.__name__, example, {}) for field in ALL for example in field.real_examples or field.examples]
    good += [("Amount", 1234.5, {}), ("Checkbox", True, {}), ("CheckboxGroup", ["a"], {})]
    good += [("DateRange", "31.2.2020–1.1.2020", {}), ("Country", "NO", {})]
    bad = [(field.__name__, 974760673, {}) for field in ALL if field.__name__ not in ("Number", "Amount")]
    bad += [
        ("OrganisationNumber", "974760674", {}),
        ("Amount", -1, {}),
        ("EmailAddress", "a", {}),
        ("NorwegianDate", "31.2.2020", {}),
    ]
    found = node_json("ajv.mjs", *AJV[draft], typed=[*good, *bad], folder=project(tmp_path, draft))
    assert found == [*([True] * len(good)), *([False] * len(bad))]


def test_formats() -> None:
    """A project's fields add to the format of the field that they narrow, but do not stand for one that JavaScript lacks."""
    found = formats(OWN)
    assert set(found) == {*(field.schema_format for field in ALL), "our-contract"}
    assert found["no-payment-reference"] == ["kid", "ourReference"]
    assert found["our-contract"] == ["contract"]
    assert [found[field.schema_format] for field in (DateRange, EmailAddress, Iban, TextArea)] == [[], [], [], []]
    assert formats({**OWN, "dateRange": DateRange})["no-date-range"] == ["leave", "dateRange"]


SCRIPT = """
const Ajv = require("ajv").default;
const { addTo } = require("nofields/ajv");
const ajv = addTo(new Ajv());
const thrown = (run) => { try { run(); } catch (error) { return error.name; } };
const ofFormat = (format, text) => ajv.validate({ type: "string", format }, text);
console.log(JSON.stringify([
  ["1234567897", "202600113-", "1234567890"].map((text) => ofFormat("no-payment-reference", text)),
  ["1234566", "1234567"].map((text) => ofFormat("our-contract", text)),
  [thrown(() => addTo(new Ajv(), { require: false })), ofFormat("email", "a")],
]));
"""


def test_commonjs(tmp_path: Path) -> None:
    install(tmp_path, package(own=OWN))
    found = json.loads(subprocess.check_output([NODE, "-e", SCRIPT], cwd=tmp_path, encoding="utf-8"))
    assert found == [[True, True, False], [True, False], ["TypeError", True]]


TYPED = """
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { addTo } from "nofields/ajv";
export const validate = addTo(new Ajv()).compile({ type: "string", format: "no-date" });
export const other: Ajv2020 = addTo(new Ajv2020(), { synthetic: "accept" });
// @ts-expect-error
addTo(new Ajv(), { require: false });
// @ts-expect-error
addTo({});
"""


@pytest.mark.parametrize(("ending", "resolution"), [("mts", "nodenext"), ("cts", "nodenext"), ("ts", "bundler")])
def test_types(ending: str, resolution: str, tmp_path: Path) -> None:
    install(tmp_path, package())
    file = tmp_path / f"typed.{ending}"
    file.write_text(TYPED)
    assert type_checks(file, resolution)


@pytest.mark.parametrize("words", [["--schema"], ["--schema", "--out", "out"], ["--npm", "out"]])
def test_command(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["export", *words, "--draft", "7"])
    assert result.exit_code == 0, result.stderr
    written = Path("out", "nofields.schema.json")
    assert json.loads(written.read_text() if written.exists() else result.stdout) == json.loads(schema(Draft.DRAFT_7))


@pytest.mark.parametrize("words", [["--draft", "7"], ["--draft", "7", "--out", "out"], ["--schema", "--draft", "4"]])
def test_command_errors(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["export", *words]).exit_code == 2

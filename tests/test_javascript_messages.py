"""The sentences of the npm package are Python's, in every language and for every parameter."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from helpers.catalogs import write
from helpers.mutations import STRANGE, mutated
from helpers.node import NODE, node_json
from helpers.own_fields import AltinnOrganisation, Birthday, OurReference
from nofields import (
    AltinnPassword,
    DateRange,
    Key,
    NationalIdentityNumber,
    Number,
    OrganisationNumber,
    Phrase,
    Reason,
    Text,
    TextArea,
    VatNumber,
    message,
    negotiate,
)
from nofields.catalogs import LANGUAGES, languages
from nofields.export.npm import package
from nofields.export.rules import Fields, rules
from nofields.export.sentences import USUAL, texts
from nofields.fields import BY_NAME, Amount
from nofields.files import write_all
from nofields.value import Field


class Nickname(Text, min=1, max=1): ...


class Name(Text, min=2, max=21, key="NAME"): ...


class Letter(TextArea, min=3, max=40, key="LETTER"): ...


class Share(Number, decimals=1, min=-0.5, max=99.5): ...


class Whole(Number, decimals=0, min=-10, max=1000, key="WHOLE"): ...


class Price(Amount, max=500, key="PRICE"): ...


class LongPassword(AltinnPassword, min=12, max=20, key="PASSWORD"): ...


class DottedOrganisation(OrganisationNumber, separators=".", key="SSN_ERROR"): ...


class TenorDNumber(NationalIdentityNumber, accept={"tenor-dnr"}): ...


class Leave(DateRange, min=datetime.date(2020, 1, 1), key="LEAVE"): ...


class DashedVat(VatNumber, separators="-", key="VAT"): ...


OWN: dict[str, type[Field]] = {
    field.__name__[0].lower() + field.__name__[1:]: field
    for field in (
        *(Nickname, Name, Letter, OurReference, Birthday, Share, Whole, Price, LongPassword, DottedOrganisation, DashedVat),
        *(AltinnOrganisation, TenorDNumber, Leave),
    )
}
FIELDS: Fields = {name: BY_NAME[name] for name in rules()} | OWN
NEAR = {name: next((each for each in BY_NAME if issubclass(field, BY_NAME[each])), "") for name, field in FIELDS.items()}
VALUES = [*STRANGE, None, True, 1.5, [], "", " ", "\u200b", "974\u0430", *("9" * 31, "9" * 65, "x" * 200, "A" * 129)]
VALUES += ["a", "Aa", "Abc", "A1", "0", "1", "-1", "-100", "1e9", "12,5", "1.5.5", "99999", "123456", "123456,123"]
VALUES += ["1.1.1850", "1.1.2199", "31.2.2020", "+46 8 123 456 78", "974760673", ["2.1.2020", "1.1.2020"], ["x", ""]]
VALUES += ["30908299902"]
LOCALES = ["nb", "nn-NO", "NN", "nn_NO.UTF-8", "no", "nob-NO", "nno", "eng", "en_GB", "de", "", "nnx", "*"]
TYPES = {bool: "boolean", int: "number", float: "number", list: "object"}


def sentences(folder: Path, questions: list[tuple[str, str, Any]], own: Fields | None = None) -> list[list[list[str]]]:
    write_all(folder, package(own=own))
    answers: list[list[list[str]]] = node_json("sentences.mjs", folder, typed=questions)
    return answers


def in_python(language: str, field: type[Field], value: object) -> list[str]:
    problem = field.problem(value)
    if problem and "type" in problem.params:  # named as the language does
        problem = replace(problem, params={**problem.params, "type": TYPES[type(value)]})
    return ["", ""] if problem is None else [problem.message(language), problem.explanation(language)]


def values(name: str) -> list[Any]:
    random = Random(f"sentences of {name}")
    return [*VALUES, *(mutated(NEAR[name], random) for _ in range(60 if NEAR[name] else 0))]


def differences(folder: Path) -> list[tuple[object, ...]]:
    """The questions to which an entry answers otherwise than Python."""
    questions = [(each, name, value) for each in languages() for name in FIELDS for value in values(name)]
    different = []
    for (language, name, value), answers in zip(questions, sentences(folder, questions, OWN), strict=True):
        expected = in_python(language, FIELDS[name], value)
        if answers != [expected] * 3:
            different.append((language, name, value, answers, expected))
    return different


def test_reasons() -> None:
    """Each reason of a check is among those that are compared."""
    problems = (field.problem(value) for name, field in FIELDS.items() for value in values(name))
    known = {str(problem.reason) for problem in problems if problem}
    assert {str(reason) for reason in (*USUAL, Reason.REQUIREMENTS)} - known == set()


def test_parity(tmp_path: Path) -> None:
    assert differences(tmp_path)[:5] == []


def test_parity_by_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where messages of empty values name what to enter."""
    monkeypatch.setenv("NOFIELDS_REQUIRED", "field")
    assert differences(tmp_path)[:5] == []


def test_parity_of_own_texts(own_catalogs: Path, tmp_path: Path) -> None:
    """A project's texts and languages, in which a language without CLDR's data reads as bokmål."""
    own = {"PRICE": "Høyst {max} kr, ikke {nothing}", "INVALID_ALTINN_PASSWORD": "Nei", "REASON_CHARACTER": "Ikke {character}"}
    write(own_catalogs, "nb", own)
    write(own_catalogs, "nn", {"PASSWORD": "Passordet manglar {requirements}!"})
    write(own_catalogs, "pl", {"PASSWORD": "Hasło", "NAME": "Imię", "TEXT_FIELD_ERROR": "{label}?"})
    write(own_catalogs, "qqq", {"SSN_ERROR": "?"})
    assert differences(tmp_path)[:5] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_locale(locale: str, tmp_path: Path) -> None:
    """An unknown one is bokmål, as in Python, and so is none."""
    write_all(tmp_path, package())
    script = (
        f'const {{ message }} = require("{tmp_path}/messages.cjs"), {{ check }} = require("{tmp_path}/nofields.cjs");'
        'const locales = [process.argv[1], undefined, null], result = check("orgnr", "1");'
        "console.log(JSON.stringify(locales.map((locale) => message(result, locale))))"
    )
    problem = OrganisationNumber.problem("1")
    assert problem
    shown = json.loads(subprocess.check_output([NODE, "-e", script, locale], encoding="utf-8"))
    assert shown == [problem.message(locale), problem.message(), problem.message()], negotiate(locale)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts(language: str) -> None:
    """Those of results alone: no labels, hints, or texts of forms."""
    keys = {key.partition("/")[0] for key in texts(language)}
    kinds = ("REASON_", "ERROR_", "INVALID_", "REQUIRED_", "PASSWORD_")
    assert [key for key in keys if key not in Key.__members__ and not key.startswith(kinds)] == []
    assert not keys & {Phrase.REASON_UPLOAD_SIZE, Phrase.REASON_EXTRA}


def test_shared_key() -> None:
    """Fields of two kinds with one key of the project's have the text that is true of both, as of a key that is read back."""
    own = {
        "sharedOrganisation": type("SharedOrganisation", (OrganisationNumber,), {"__slots__": ()}, key="SHARED_BY_TWO"),
        "sharedName": type("SharedName", (Text,), {"__slots__": ()}, key="SHARED_BY_TWO"),
    }
    found = {key: text for key, text in texts("en", own).items() if key.startswith("SHARED_BY_TWO")}
    assert found == {"SHARED_BY_TWO": message("SHARED_BY_TWO", "en")}

"""An empty value has the documented message or, by choice, one that names what to enter."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from helpers.catalogs import write
from helpers.javascript import answers
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Amount,
    Ask,
    DateRange,
    EmailAddress,
    Field,
    FieldError,
    Iban,
    Key,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Phrase,
    PostalCode,
    Problem,
    Reason,
    Text,
    TextArea,
    VatNumber,
    localize,
    message,
    required_texts,
)
from nofields.catalogs import Catalogs
from nofields.columns import check
from nofields.export.bundles import bundle
from nofields.export.rules import rules
from nofields.fields import ALL, BY_NAME
from nofields.forms import Form, assets
from nofields.web import problem_response

DOCUMENTED = ("Feltet må fylles ut.", "Feltet må fyllast ut.", "Fill in this field.")
TEXTS: dict[type[Field], tuple[str, str, str]] = {
    OrganisationNumber: (
        "Skriv inn et organisasjonsnummer.",
        "Skriv inn eit organisasjonsnummer.",
        "Enter an organisation number.",
    ),
    AccountNumber: ("Skriv inn et kontonummer.", "Skriv inn eit kontonummer.", "Enter an account number."),
    PaymentReference: ("Skriv inn et KID-nummer.", "Skriv inn eit KID-nummer.", "Enter a payment reference (KID)."),
    NationalIdentityNumber: (
        "Skriv inn et fødselsnummer.",
        "Skriv inn eit fødselsnummer.",
        "Enter a national identity number.",
    ),
    PostalCode: ("Skriv inn et postnummer.", "Skriv inn eit postnummer.", "Enter a postal code."),
    PhoneNumber: ("Skriv inn et telefonnummer.", "Skriv inn eit telefonnummer.", "Enter a phone number."),
    MobilePhoneNumber: ("Skriv inn et mobilnummer.", "Skriv inn eit mobilnummer.", "Enter a mobile number."),
    NorwegianDate: ("Skriv inn en dato.", "Skriv inn ein dato.", "Enter a date."),
    DateRange: ("Skriv inn en dato.", "Skriv inn ein dato.", "Enter a date."),
    AltinnPassword: ("Skriv inn et passord.", "Skriv inn eit passord.", "Enter a password."),
    AltinnSystemId: ("Skriv inn en system-ID.", "Skriv inn ein system-ID.", "Enter a system ID."),
    VatNumber: ("Skriv inn et mva-nummer.", "Skriv inn eit mva-nummer.", "Enter a VAT number."),
    Iban: ("Skriv inn et IBAN.", "Skriv inn eit IBAN.", "Enter an IBAN."),
    EmailAddress: ("Skriv inn en e-postadresse.", "Skriv inn ei e-postadresse.", "Enter an email address."),
    Number: ("Skriv inn et tall.", "Skriv inn eit tal.", "Enter a number."),
    Amount: ("Skriv inn et beløp.", "Skriv inn eit beløp.", "Enter an amount."),
    Text: DOCUMENTED,
    TextArea: DOCUMENTED,
}
EMPTY = ["", " \t", None]
BY_FIELD = Catalogs(required="field")


def problem_of(field: type[Field], value: object = "") -> Problem:
    problem = field.problem(value)
    assert problem is not None
    return problem


def in_languages(problem: Problem, *catalogs: Catalogs) -> tuple[str, ...]:
    return tuple(problem.message(language, *catalogs) for language in ("nb", "nn", "en"))


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.__name__)
@pytest.mark.parametrize("value", EMPTY)
def test_texts(field: type[Field], value: object) -> None:
    """The key and the documented text stay; an app that chooses the texts of the fields has these."""
    problem = problem_of(field, value)
    assert (problem, str(problem.key)) == (Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED), "TEXT_FIELD_ERROR")
    assert in_languages(problem) == DOCUMENTED
    assert in_languages(problem, BY_FIELD) == TEXTS[field]


def test_every_field() -> None:
    """Each field without a documented message of its own for an empty value has its line above, and each text a field."""
    generic = {field for field in ALL if problem_of(field, None).key == Key.TEXT_FIELD_ERROR}
    assert generic == {*TEXTS}, "a new field: add its texts here"
    texts = {text for texts in TEXTS.values() for text in texts} - {*DOCUMENTED}
    phrases = [phrase for phrase in Phrase if phrase.startswith("REQUIRED_")]
    assert texts == {message(phrase, language) for phrase in phrases for language in ("nb", "nn", "en")}


@pytest.fixture
def chosen(fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(required_texts.VARIABLE, "field")


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.__name__)
def test_setting(field: type[Field], chosen: None) -> None:
    """NOFIELDS_REQUIRED chooses for the process: its exceptions, pydantic's texts and columns."""
    assert in_languages(problem_of(field)) == TEXTS[field]
    assert str(FieldError(problem_of(field))) == TEXTS[field][0]
    model = type("Model", (BaseModel,), {"__annotations__": {"value": field}})
    with pytest.raises(ValidationError) as raised:
        model(value="")
    assert raised.value.errors()[0]["msg"] == TEXTS[field][0]
    assert raised.value.errors()[0]["type"] == "TEXT_FIELD_ERROR"


def test_columns(chosen: None) -> None:
    assert check(OrganisationNumber, [" "]).messages("nb").to_pylist() == ["Skriv inn et organisasjonsnummer."]


@pytest.mark.parametrize(
    ("setting", "text"),
    [(None, DOCUMENTED[0]), ("", DOCUMENTED[0]), ("documented", DOCUMENTED[0]), (" FIELD\n", "Skriv inn et postnummer.")],
)
def test_settings(setting: str | None, text: str, fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if setting is not None:
        monkeypatch.setenv(required_texts.VARIABLE, setting)
    assert problem_of(PostalCode).message() == text


def test_unknown_setting(fresh_catalogs: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning, and the documented text; as an argument, an error."""
    monkeypatch.setenv(required_texts.VARIABLE, "yes")
    with pytest.warns(UserWarning, match="documented, field"):
        assert problem_of(PostalCode).message() == DOCUMENTED[0]
    with pytest.raises(ValueError, match="yes"):
        Catalogs(required="yes")  # type: ignore[arg-type]


class Order(BaseModel):
    buyer: OrganisationNumber
    day: NorwegianDate
    note: Text


@pytest.mark.parametrize("data", [{"buyer": "", "day": " ", "note": ""}, {}])
def test_localize(data: dict[str, str]) -> None:
    """Of an empty and of a missing value; what one app has remembered is not shown in another."""
    with pytest.raises(ValidationError) as raised:
        Order.model_validate(data)
    for _ in range(2):
        by_field = localize(raised.value, "en", model=Order, catalogs=BY_FIELD)
        documented = localize(raised.value, "en", model=Order, catalogs=Catalogs())
        assert [each["message"] for each in by_field] == [
            "Enter an organisation number.",
            "Enter a date.",
            "Fill in this field.",
        ]
        assert [each["message"] for each in documented] == ["Fill in this field."] * 3
        assert {each["key"] for each in (*by_field, *documented)} == {"TEXT_FIELD_ERROR"}


def test_problem_document() -> None:
    with pytest.raises(ValidationError) as raised:
        Order.model_validate({"buyer": "", "day": "2026-01-31", "note": "x"})
    request = Request({"type": "http", "headers": [(b"accept-language", b"nn")]})
    response = problem_response(request, raised.value, model=Order, catalogs=BY_FIELD)
    (error,) = json.loads(bytes(response.body))["errors"]
    assert (error["key"], error["detail"]) == ("TEXT_FIELD_ERROR", "Skriv inn eit organisasjonsnummer.")


def test_form() -> None:
    """The script finds the same text by the key at the control."""
    for catalogs, expected in ((BY_FIELD, "Enter an organisation number."), (Catalogs(), "Fill in this field.")):
        bound = Form(Order, catalogs=catalogs).bind({}, "en")
        assert bound.errors[0].text == expected
        blank = re.findall('data-blank="([A-Z_]+)"', bound.render())
        texts = json.loads(assets.files(catalogs)["messages.en.json"])["texts"]
        assert [texts[key] for key in blank] == [error.text for error in bound.errors]


def test_author_has_the_last_word() -> None:
    """A message that ``Ask`` sets is shown in place of the field's."""

    class Sale(BaseModel):
        buyer: Annotated[OrganisationNumber, Ask(messages={"required": "Who is it?"})]

    assert Form(Sale, catalogs=BY_FIELD).bind({}, "en").errors[0].text == "Who is it?"


def test_own_key(chosen: None) -> None:
    """A field with a key of the project's own has the text of the field that it narrows."""

    class Billing(OrganisationNumber, key="OUR_BILLING"): ...

    class Pin(PaymentReference, key="OUR_PIN", min=4): ...

    assert [problem_of(field).message() for field in (Billing, Pin)] == [
        "Skriv inn et organisasjonsnummer.",
        "Skriv inn et KID-nummer.",
    ]


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ({"REQUIRED_POSTAL_CODE": "Hvor bor du?"}, "Hvor bor du?"),
        ({"TEXT_FIELD_ERROR": "Fyll ut."}, "Fyll ut."),
        ({"TEXT_FIELD_ERROR": "Fyll ut.", "REQUIRED_POSTAL_CODE": "Hvor bor du?"}, "Hvor bor du?"),
    ],
)
def test_own_texts(own: dict[str, str], text: str, tmp_path: Path) -> None:
    """A project's text of a field takes precedence over its text of the documented key, and this over nofields'."""
    write(tmp_path, "nb", own)
    assert problem_of(PostalCode).message("nb", Catalogs(tmp_path, required="field")) == text
    assert problem_of(PostalCode).message("nb", Catalogs(tmp_path)) == own.get("TEXT_FIELD_ERROR", DOCUMENTED[0])


def test_language_without_the_texts(tmp_path: Path) -> None:
    """A language that has the documented text alone is not mixed with bokmål."""
    write(tmp_path, "fkv", {"TEXT_FIELD_ERROR": "Täytä."})
    assert problem_of(PostalCode).message("fkv", Catalogs(tmp_path, required="field")) == "Täytä."


def test_pickled() -> None:
    problem = pickle.loads(pickle.dumps(problem_of(OrganisationNumber)))
    assert problem.message("nb", BY_FIELD) == "Skriv inn et organisasjonsnummer."


def required_in_browser() -> dict[str, Any]:
    names = list(rules())
    return {name: answer["message"] for name, answer in zip(names, answers((name, "", {}) for name in names), strict=True)}


def test_export(chosen: None) -> None:
    """The exported rules name the text, and the bundles have it."""
    texts, keys = json.loads(bundle("en", own=True)), required_in_browser()
    assert {name: texts[key] for name, key in keys.items()} == {name: TEXTS[BY_NAME[name]][2] for name in keys}


def test_export_by_default() -> None:
    assert {*required_in_browser().values()} == {"TEXT_FIELD_ERROR"}
    assert json.loads(bundle("en", own=True))["REQUIRED_DATE"] == "Enter a date."

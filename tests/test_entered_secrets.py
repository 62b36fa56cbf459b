"""What a rejected form says of the secrets that were entered, and what it keeps."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from nofields import AltinnPassword, Ask, Key, NationalIdentityNumber, OrganisationNumber, Value, message
from nofields.forms import Form
from nofields.rules import TextRule

FNR, MISTYPED, PASSWORD = "30108299920", "30108299921", "Fjell2024"


class Code(Value):
    rule = TextRule(key=Key.TEXT_FIELD_CONTENTS_ERROR, max=20, too_long_key=Key.TEXT_FIELD_LENGTH_ERROR)
    secret = True
    label = "Kode"


class Person(BaseModel):
    fnr: NationalIdentityNumber
    kept: Annotated[NationalIdentityNumber | None, Ask(keep=True)] = None
    password: AltinnPassword | None = None
    code: Code | None = None
    orgnr: OrganisationNumber


SENTENCES = {
    "nb": "Fødselsnummeret vises ikke igjen av hensyn til personvernet. Skriv det inn på nytt.",
    "nn": "Fødselsnummeret blir ikkje vist igjen av omsyn til personvernet. Skriv det inn på nytt.",
    "en": "The national identity number is not shown again, to protect your privacy. Enter it again.",
}


@pytest.mark.parametrize("number", [FNR, MISTYPED])
@pytest.mark.parametrize("language", SENTENCES)
def test_sentence_at_an_emptied_number(language: str, number: str) -> None:
    """Right or wrong, it is emptied, and the field says so to those who see it and those who hear it."""
    bound = Form(Person).bind({"fnr": number, "orgnr": "1"}, language)
    html = bound.control("fnr")
    assert f'id="fnr-note">{SENTENCES[language]}</p>' in html
    assert f'aria-describedby="fnr-hint fnr-note{"" if number == FNR else " fnr-error"}"' in html
    assert 'value=""' in html
    assert number not in bound.render()


@pytest.mark.parametrize(
    ("name", "entered", "key"),
    [
        ("password", PASSWORD, "FORM_PASSWORD_AGAIN"),
        ("password", "x", "FORM_PASSWORD_AGAIN"),
        ("code", "Kanari", "FORM_SECRET_AGAIN"),
        ("kept", FNR, None),
        ("orgnr", "974 760 674", None),
    ],
)
def test_sentence_at_other_fields(name: str, entered: str, key: str | None) -> None:
    bound = Form(Person).bind({name: entered}, "en")
    html = bound.control(name)
    assert (f"{name}-note" in html) is bool(key)
    assert (message(key, "en") in html) if key else (f'value="{entered}"' in html)


@pytest.mark.parametrize("data", [None, {}, {"fnr": " "}, {"fnr": FNR, "orgnr": "974760673"}])
def test_nothing_was_lost(data: Any) -> None:
    """In a form that is not sent or not rejected, or a field that was left empty."""
    assert "-note" not in Form(Person).bind(data, initial={"fnr": FNR}).render()


def test_rejected_by_the_host() -> None:
    bound = Form(Person).bind({"fnr": FNR, "orgnr": "974760673"}, "nb")
    bound.add_error("orgnr", "Kunden er sperret.")
    assert SENTENCES["nb"] in bound.control("fnr")

"""What a rejected form says of the secrets that were entered, and what it keeps."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from nofields import AltinnPassword, Ask, Key, NationalIdentityNumber, OrganisationNumber, Value, message
from nofields.forms import Form
from nofields.forms.entries import entered_secrets
from nofields.forms.seal import Seal
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


KEY = b"k" * 32
FORM = Form(Person, key=KEY)
WRONG = {"fnr": FNR, "password": PASSWORD, "code": "Kanari", "orgnr": "974 760 674"}


def sent_back(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_sealed(language: str) -> None:
    """A right number is kept over several rejections, unreadably, and the field says so and may be left empty."""
    data: dict[str, Any] = dict(WRONG)
    for _ in range(3):
        bound = FORM.bind(data, language)
        page = bound.render()
        assert [error.name for error in bound.errors] == ["orgnr"]
        assert not any(secret in page for secret in (FNR, PASSWORD, "Kanari"))
        assert f'id="fnr-note">{message("FORM_SECRET_SEALED", language)}</p>' in page
        assert "data-blank" not in bound.control("fnr")
        assert message("FORM_ALL_REQUIRED", language) not in bound.intro()
        hidden = sent_back(page)
        assert list(hidden) == ["fnr.sealed"]
        data = {"fnr": "", "orgnr": "974 760 674", **hidden}
    value = FORM.bind({**data, "orgnr": "974 760 673"}).value
    assert value is not None
    assert (value.fnr, value.password, value.code) == (FNR, None, None)


def test_entered_again() -> None:
    """What is entered replaces what was kept."""
    hidden = sent_back(FORM.bind(WRONG).render())
    value = FORM.bind({**hidden, "fnr": "30108299939", "orgnr": "974760673"}).value
    assert value is not None
    assert value.fnr == "30108299939"
    assert [error.name for error in FORM.bind({**hidden, "fnr": MISTYPED, "orgnr": "974760673"}).errors] == ["fnr"]


@pytest.mark.parametrize("number", [MISTYPED, "", " "])
def test_wrong_number_is_not_kept(number: str) -> None:
    assert sent_back(FORM.bind({"fnr": number, "orgnr": "974760673"}).render()) == {}


def test_number_that_the_host_rejects_is_not_kept() -> None:
    bound = FORM.bind({"fnr": FNR, "orgnr": "974760673"})
    bound.add_error("fnr", "Ukjent person.")
    assert sent_back(bound.render()) == {}
    assert SENTENCES["nb"] in bound.control("fnr")


@pytest.mark.parametrize("data", [None, {"fnr": FNR, "orgnr": "974760673"}])
def test_nothing_is_sealed_in_a_form_without_errors(data: Any) -> None:
    assert sent_back(FORM.bind(data, initial={"fnr": FNR}).render()) == {}


def test_no_key() -> None:
    """Nothing is sealed, and what is sent as sealed is not read."""
    hidden = sent_back(FORM.bind(WRONG).render())
    form = Form(Person)
    assert sent_back(form.bind(WRONG).render()) == {}
    assert [error.key for error in form.bind({**hidden, "orgnr": "974760673"}).errors] == ["TEXT_FIELD_ERROR"]


class Other(BaseModel):
    fnr: NationalIdentityNumber
    fnr2: NationalIdentityNumber


@pytest.mark.parametrize(
    ("form", "name"),
    [(Form(Other, key=KEY), "fnr"), (Form(Other, name="Person", key=KEY), "fnr2"), (Form(Person, key=b"K" * 32), "fnr")],
)
def test_sealed_elsewhere(form: Form[Any], name: str) -> None:
    """For another form, another field, or with another key."""
    (sealed,) = sent_back(FORM.bind(WRONG).render()).values()
    assert name in [error.name for error in form.bind({f"{name}.sealed": sealed, "orgnr": "974760673"}).errors]


@pytest.mark.parametrize("sealed", ["", "x", FNR, "gAAAA", "\ud800", "æ" * 500, ["x", "y"], None, 5])
def test_broken_seal(sealed: Any) -> None:
    assert [error.name for error in FORM.bind({"fnr.sealed": sealed, "orgnr": "974760673"}).errors] == ["fnr"]


@pytest.mark.parametrize(("later", "kept"), [(0, True), (3590, True), (3610, False), (-310, False)])
def test_time_limit(later: int, kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def form(now: float) -> Form[Person]:
        monkeypatch.setattr(entered_secrets, "Seal", partial(Seal, clock=lambda: now))
        return Form(Person, key=KEY)

    hidden = sent_back(form(1_700_000_000).bind(WRONG).render())
    assert form(1_700_000_000 + later).bind({**hidden, "orgnr": "974760673"}).is_valid is kept


def test_optional_secret_is_not_kept() -> None:
    """An empty field could not be told from one to be kept."""

    class Optional(BaseModel):
        fnr: NationalIdentityNumber | None = None
        orgnr: OrganisationNumber

    page = Form(Optional, key=KEY).bind({"fnr": FNR, "orgnr": "1"}).render()
    assert sent_back(page) == {}
    assert SENTENCES["nb"] in page


def test_short_key() -> None:
    with pytest.raises(ValueError, match="32 bytes or more, not 31"):
        Form(Person, key=b"k" * 31)

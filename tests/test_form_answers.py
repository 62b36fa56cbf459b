"""The answers in a form as people read them, and receipts."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from helpers.loan import FNR, KEY, LOAN, PASSWORD, SECRETS, WITHOUT_KEY, Loan, User
from helpers.values import LANGUAGES
from nofields import Amount, Ask, Checkbox, DateRange, NationalIdentityNumber, OrganisationNumber, Text, TextArea, message
from nofields.forms import Form, Upload
from nofields.forms.bound.answers import Answer


class Card(BaseModel):
    kind: Literal["card"]
    owner: Annotated[Text, Ask(label="Eier")]


class Invoice(BaseModel):
    kind: Literal["invoice"]


class Guest(BaseModel):
    name: Annotated[Text, Ask(label="Navn")]


class Booking(BaseModel):
    """Every kind of answer."""

    orgnr: OrganisationNumber
    price: Annotated[Amount, Ask(label="Pris")]
    share: Annotated[Decimal, Ask(label="Andel")]
    period: DateRange
    terms: Annotated[Checkbox, Ask(label="Jeg godtar vilkårene")]
    news: Annotated[bool, Ask(label="Nyheter")] = False
    days: Annotated[list[Literal["mon", "tue"]], Ask(label="Dager", options={"mon": "Mandag", "tue": "Tirsdag"})] = []
    message: Annotated[TextArea | None, Ask(label="Melding")] = None
    guests: Annotated[list[Guest], Ask(label="Gjester", item="Gjest")] = []
    tags: Annotated[list[Text], Ask(label="Merker", item="Merke")] = []
    other: Annotated[Guest | None, Ask(label="Kontakt")] = None
    payment: Annotated[
        Card | Invoice, Field(discriminator="kind"), Ask(label="Betaling", options={"card": "Kort", "invoice": "Faktura"})
    ]
    kept: Annotated[NationalIdentityNumber | None, Ask(label="Fødselsnummer", keep=True)] = None
    extra: Annotated[Text | None, Ask(label="Ekstra", when={"news": True})] = None


ENTERED: dict[str, Any] = {
    "orgnr": "974760673",
    "price": "1234,5",
    "share": "1234.50",
    "period.from": "1.1.2016",
    "period.to": "31.12.2016",
    "terms": "on",
    "days": ["tue", "mon"],
    "message": "Hei!\r\nHa det.",
    "guests.0.name": "Kari",
    "guests.1.name": "",
    "guests.2.name": "Ola",
    "tags.0": "Viktig",
    "payment.kind": "card",
    "payment.card.owner": "Kari",
    "kept": FNR,
}
HIDDEN = message("FORM_NOT_SHOWN")
READ = {
    "Organisasjonsnummer": "974 760 673",
    "Pris": "1 234,50",
    "Andel": "1 234,50",
    "Periode": "01.01.2016–31.12.2016",
    "Jeg godtar vilkårene": "Ja",
    "Nyheter": "Nei",
    "Dager": ["Tirsdag", "Mandag"],
    "Melding": ["Hei!", "Ha det."],
    "Gjester": {"Gjest 1": {"Navn": "Kari"}, "Gjest 2": {"Navn": "Ola"}},
    "Merker": {"Merke 1": "Viktig"},
    "Kontakt": "Ikke oppgitt",
    "Betaling": {"Betaling": "Kort", "Eier": "Kari"},
    "Fødselsnummer": HIDDEN,
}


def read(answers: tuple[Answer, ...]) -> dict[str, Any]:
    """Answers as labels and texts."""
    single = {each.label: each.lines[0] if len(each.lines) == 1 else [*each.lines] for each in answers}
    return {each.label: read(each.answers) if each.answers else single[each.label] for each in answers}


def test_answers() -> None:
    """Each in its written form; a row that was left blank, and what does not apply, are left out."""
    bound = Form(Booking).bind(ENTERED, "nb")
    assert bound.errors == []
    (step,) = bound.answers()
    assert (step.name, step.title, step.url) == ("", "", "")
    assert read(step.answers) == READ
    assert FNR not in bound.answers_page() + bound.receipt()
    assert "<a " not in bound.answers_page()


def test_answers_in_steps() -> None:
    """The same as on one page, in the order of the steps, also after they were kept in a draft."""
    last = ["kept", "payment", "period"]
    form = Form(Booking, steps={"last": last, "first": [name for name in Booking.model_fields if name not in last]}, key=KEY)
    bound = form.bind({"nofields.step": "last", **ENTERED})
    bound = form.bind({"nofields.step": "first", **ENTERED}, draft=bound.draft)
    assert bound.is_summary
    found = [read(step.answers) for step in bound.answers()]
    assert [*found[0]] == ["Fødselsnummer", "Betaling", "Periode"]
    assert found[0] | found[1] == READ


def test_wrong_values_are_shown_as_they_are() -> None:
    wrong = {"orgnr": "974 76", "price": "mye", "share": "litt", "period.from": "x", "payment.kind": "gold"}
    (step,) = Form(Booking).bind(wrong, "nb").answers()
    texts = read(step.answers)
    assert [texts[label] for label in ("Organisasjonsnummer", "Pris", "Andel", "Periode")] == ["974 76", "mye", "litt", "x–"]
    assert texts["Gjester"] == "Ikke oppgitt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_change(language: str) -> None:
    """Each has a name of its own, and leads to the input in its step."""
    user = User(language=language)
    page = user.answer("summary").render()
    links = re.findall(r'<a class="ds-link" href="([^"]*)">(\w+)<span class="nofields-hidden"> ([^<]*)</span></a>', page)
    assert {verb for _, verb, _ in links} == {message("FORM_CHANGE", language)}
    assert len({name for _, _, name in links}) == len(links)
    assert [url for url, _, _ in links] == [
        "?step=applicant#kind-1",
        "?step=identity#fnr",
        "?step=identity#address",
        "?step=loan#amount",
        "?step=loan#lines",
        "?step=income#income",
        "?step=last#news",
    ]
    for url, _, _ in links:
        step, _, place = url.removeprefix("?step=").partition("#")
        assert f'id="{place}"' in user.open(step).render()


def test_address_of_a_step() -> None:
    form = Form(Guest, steps={"om / deg": ["name"]}, step_url="/soknad/{step}/", prefix="a-")
    bound = form.bind({"nofields.step": "om / deg", "name": "<b>"})
    assert 'href="/soknad/om%20%2F%20deg/#a-name"' in bound.render()
    assert bound.step.url == "/soknad/summary/"
    assert "<b>" not in bound.render()
    assert "&lt;b&gt;" in bound.render()


def test_receipt() -> None:
    user = User()
    bound = user.answer()
    html = bound.receipt("L-2026-1", datetime.datetime(2026, 1, 2, 13, 4, 59))
    assert "L-2026-1" in html
    assert "02.01.2026 13:04" in html
    assert "<a " not in html
    assert not any(secret in html for secret in SECRETS)
    assert html.count(HIDDEN) == 2  # the number and the password
    assert bound.value is not None
    assert LOAN.receipt(bound.value, reference="L-2026-1", sent_at=datetime.datetime(2026, 1, 2, 13, 4)) == html


@pytest.mark.parametrize("language", LANGUAGES)
def test_receipt_of_a_stored_value(language: str) -> None:
    value = User().answer().value
    assert value is not None
    html = Form(Loan).receipt(value, language)
    assert message("FORM_RECEIPT_TITLE", language) in html
    assert f'lang="{language}"' in html
    assert message("FORM_RECEIPT_REFERENCE", language) not in html


def test_secrets_that_no_draft_keeps() -> None:
    """They are asked for beside the answers, once, where they apply."""
    user = User(WITHOUT_KEY)
    bound = user.answer("summary")
    assert {"fnr", "password"} <= user.page.names
    assert "data-when" not in bound.control("password") + bound.render()
    assert message("FORM_SUMMARY_SECRETS") in bound.render()
    assert [error.name for error in user.send().errors] == ["fnr", "password"]
    bound = user.send({"fnr": FNR, "password": "x"})
    assert [error.name for error in bound.errors] == ["password"]
    assert not any(secret in bound.render() for secret in SECRETS)
    value = user.send({"fnr": FNR, "password": PASSWORD}).value
    assert value is not None
    assert (value.fnr, value.password) == (FNR, PASSWORD)
    user.open("applicant")
    user.send({"kind": "company"})
    user.send({"orgnr": "974 760 673"})
    assert "fnr" not in user.page.names


def test_secret_in_a_group() -> None:
    """Beside the answers its label names the group."""

    class Applicant(BaseModel):
        number: NationalIdentityNumber

    class Application(BaseModel):
        name: Text
        applicant: Annotated[Applicant, Ask(label="Søker")]

    form = Form(Application, steps={"a": ["name"], "b": ["applicant"]})
    bound = form.bind({"nofields.step": "a", "name": "Kari"})
    assert bound.is_summary
    assert 'data-label="Søker, Fødselsnummer"' in bound.render()
    sent = {"nofields.step": "summary", "applicant.number": FNR}
    assert form.bind(sent, draft=bound.draft).value == Application(name="Kari", applicant={"number": FNR})


@pytest.mark.parametrize(("days", "is_open"), [(29, True), (31, False)])
def test_a_draft_of_last_month(monkeypatch: pytest.MonkeyPatch, days: int, is_open: bool) -> None:
    """A sealed number is kept for a month; then it is asked for again."""
    user = User()
    user.answer("summary")
    assert LOAN.secrets
    now = LOAN.secrets._seal._clock()
    monkeypatch.setattr(LOAN.secrets._seal, "_clock", lambda: now + days * 24 * 60 * 60)
    bound = user.open()
    assert bound.is_summary is is_open
    assert [error.name for error in bound.errors] == [*([] if is_open else ["fnr"])]


def test_a_draft_of_another_key() -> None:
    user = User()
    user.answer("summary")
    other = Form(Loan, steps={step.name: step.keys for step in LOAN.steps}, key=b"x" * 32)
    bound = other.bind(None, draft=user.draft)
    assert (bound.step.name, [error.name for error in bound.errors]) == ("identity", ["fnr"])


def test_secrets_in_rows() -> None:
    """Each stays in its row, also when another is removed."""

    class Person(BaseModel):
        name: Text
        number: NationalIdentityNumber

    class People(BaseModel):
        people: list[Person]
        numbers: list[NationalIdentityNumber]

    form = Form(People, steps={"people": ["people", "numbers"]}, key=KEY)
    rows = {"people.0.name": "Kari", "people.0.number": FNR, "people.1.name": "Ola", "people.1.number": "30108299939"}
    bound = form.bind({"nofields.step": "people", **rows, "numbers.3": FNR})
    assert FNR not in str(bound.draft)
    bound = form.bind(None, draft=bound.draft, step="people")
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*sealed)" value="([^"]*)">', bound.render()))
    sent = {"nofields.step": "people", "people.0.name": "Kari", "people.1.name": "Ola", **hidden}
    bound = form.bind({**sent, "nofields.remove": "people.0"}, draft=bound.draft)
    bound = form.bind({"nofields.step": "summary"}, draft=form.bind(None, draft=bound.draft | {"done": ["people"]}).draft)
    assert bound.value == People(people=[{"name": "Ola", "number": "30108299939"}], numbers=[FNR])


class Attachment(Upload, types=(".pdf",), max_size=1000): ...


class Claim(BaseModel):
    name: Text
    receipts: Annotated[list[Attachment], Field(min_length=1), Ask(label="Bilag")]


def test_files() -> None:
    """No draft keeps them, so they are asked for beside the answers, and are part of the receipt."""
    form = Form(Claim, steps={"who": ["name"], "files": ["receipts"]})
    bound = form.bind({"nofields.step": "who", "name": "Kari"})
    assert bound.is_summary
    assert bound.enctype == "multipart/form-data"
    assert 'type="file"' in bound.render()
    sent = {"nofields.step": "summary"}
    assert [error.name for error in form.bind(sent, draft=bound.draft).errors] == ["receipts"]
    files = {"receipts": [UploadFile(io.BytesIO(b"%PDF-1.7 ..."), filename=name) for name in ("a.pdf", "b.pdf")]}
    done = form.bind(sent, files=files, draft=bound.draft)
    assert done.value is not None
    assert [file.filename for file in done.value.receipts] == ["a.pdf", "b.pdf"]
    assert "a.pdf" in done.receipt()
    assert form.receipt(done.value) == done.receipt()
    assert "receipts" not in done.draft["values"]

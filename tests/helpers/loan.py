"""An application for a loan in steps, with every kind of part, and a user of it who goes back and forth."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from helpers.forms import Inputs
from nofields import AltinnPassword, Ask, FieldError, NationalIdentityNumber, OrganisationNumber, PostalCode, Text
from nofields.forms import Bound, Form, Step

KEY = b"k" * 32
FNR, OTHER_FNR, WRONG_FNR, PASSWORD = "30108299920", "30108299939", "30108299921", "Fjell2024"
SECRETS = (FNR, OTHER_FNR, WRONG_FNR, PASSWORD)


class Address(BaseModel):
    street: Annotated[Text, Ask(label="Gateadresse")]
    postal_code: PostalCode


class Line(BaseModel):
    what: Annotated[Text, Ask(label="Formål")]
    cost: Annotated[Decimal, Field(ge=0), Ask(label="Kostnad")]


class Loan(BaseModel):
    kind: Annotated[
        Literal["person", "company"],
        Ask(label="Hvem søker?", widget="radios", options={"person": "Jeg", "company": "Et foretak"}),
    ]
    fnr: Annotated[NationalIdentityNumber | None, Ask(when={"kind": "person"})] = None
    orgnr: Annotated[OrganisationNumber | None, Ask(when={"kind": "company"})] = None
    address: Annotated[Address, Ask(label="Adresse")]
    amount: Annotated[Decimal, Ask(label="Beløp")]
    lines: Annotated[list[Line], Field(min_length=1, max_length=3), Ask(label="Hva lånet går til", item="Post")]
    income: Annotated[Decimal | None, Ask(label="Inntekt", when={"kind": "person"})] = None
    news: Annotated[bool, Ask(label="Send meg nyheter")] = False
    password: Annotated[AltinnPassword, Ask(label="Passord")]

    @model_validator(mode="after")
    def sum_of_lines(self) -> Loan:
        if sum(line.cost for line in self.lines) > self.amount:
            raise FieldError("Postene er større enn beløpet.", at="amount")
        if self.amount > 10**6:
            raise FieldError("Søknaden er for stor.")
        return self


STEPS: dict[str, Any] = {
    "applicant": Step(["kind"], title={"nb": "Søkeren", "nn": "Søkjaren", "en": "The applicant"}),
    "identity": ["fnr", "orgnr", "address"],
    "loan": Step(["amount", "lines"], title="Lånet", hint="Alle beløp er i kroner."),
    "income": ["income"],
    "last": ["news", "password"],
}
#: Secrets are kept in drafts with a key; without one they are asked for beside the answers.
LOAN, WITHOUT_KEY = Form(Loan, steps=STEPS, key=KEY), Form(Loan, steps=STEPS)
#: The same model on one page.
FLAT = Form(Loan)
#: What is entered in each step; right, when it is put together.
RIGHT: dict[str, dict[str, Any]] = {
    "applicant": {"kind": "person"},
    "identity": {"fnr": FNR, "address.street": "Storgata 1", "address.postal_code": "0357"},
    "loan": {"amount": "1 000", "lines.0.what": "Bil", "lines.0.cost": "900"},
    "income": {"income": "500 000"},
    "last": {"news": "on"},
    "summary": {"password": PASSWORD},
}


@dataclass
class Page:
    """A page with a step, in some tab.

    Attributes:
        bound: The form.
        values: What the page submits as it is, by name.
        names: The names of all inputs.
        fnr: The national identity number that it submits again, unreadably.
        version: How many times anything was submitted before.
    """

    bound: Bound[Loan]
    values: dict[str, list[str]]
    names: set[str]
    fnr: str
    version: int

    @property
    def step(self) -> str:
        return self.values["nofields.step"][0]


class User:
    """A user of a form with steps, and the host that keeps the draft."""

    def __init__(self, form: Form[Loan] = LOAN, language: str = "nb") -> None:
        self.form, self.language = form, language
        self.draft: dict[str, Any] | None = None
        self.page = self.show(form.bind(None, language))
        self.fnr = ""

    def show(self, bound: Bound[Loan], fnr: str = "", version: int = 0) -> Page:
        """Return the page that the host answers with; the draft that it keeps is plain JSON."""
        self.draft = json.loads(json.dumps(bound.draft))
        html = re.sub(r"<template.*?</template>", "", bound.render(), flags=re.DOTALL)
        names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html))
        self.page = Page(bound, Inputs(html).values, names, fnr, version)
        return self.page

    def open(self, step: str | None = None) -> Bound[Loan]:
        """Follow a link to a step."""
        return self.show(self.form.bind(None, self.language, draft=self.draft, step=step)).bound

    def send(self, entered: dict[str, Any] | None = None, button: str = "nofields.next", value: str = "") -> Bound[Loan]:
        """Press a button of the page, with other values in some of its inputs."""
        data = {**self.page.values, **(entered or {}), button: value}
        return self.show(self.form.bind(data, self.language, draft=self.draft)).bound

    def back(self, entered: dict[str, Any] | None = None) -> Bound[Loan]:
        return self.send(entered, "nofields.back")

    def answer(self, until: str = "") -> Bound[Loan]:
        """Answer all steps rightly, until one is shown."""
        bound = self.page.bound
        while self.page.step != until and bound.value is None:
            before = self.page.step
            bound = self.send({name: each for name, each in RIGHT[before].items() if name in self.page.names})
            assert bound.errors == [], bound.errors
        return bound

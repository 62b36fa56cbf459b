"""An application for a licence to serve food, in steps. The last step is for those who serve alcohol."""

from __future__ import annotations

import secrets
from typing import Annotated, Literal

from pydantic import BaseModel

from nofields import Ask, NationalIdentityNumber, NorwegianDate, OrganisationNumber, PhoneNumber, PostalCode, Text
from nofields.forms import Form, Step

TITLE = {"nb": "Serveringsbevilling", "nn": "Serveringsløyve", "en": "Serving licence"}


class Address(BaseModel):
    street: Annotated[Text, Ask(label={"nb": "Gateadresse", "nn": "Gateadresse", "en": "Street address"})]
    postal_code: PostalCode


class Application(BaseModel):
    kind: Annotated[
        Literal["company", "person"],
        Ask(
            widget="radios",
            label={"nb": "Hvem søker?", "nn": "Kven søkjer?", "en": "Who applies?"},
            options={
                "company": {"nb": "Et foretak", "nn": "Eit føretak", "en": "A company"},
                "person": {"nb": "En person", "nn": "Ein person", "en": "A person"},
            },
        ),
    ]
    orgnr: Annotated[OrganisationNumber | None, Ask(when={"kind": "company"})] = None
    fnr: Annotated[NationalIdentityNumber | None, Ask(when={"kind": "person"})] = None
    phone: PhoneNumber
    place: Annotated[Text, Ask(label={"nb": "Stedets navn", "nn": "Namnet på staden", "en": "Name of the place"})]
    address: Annotated[Address, Ask(label={"nb": "Adresse", "nn": "Adresse", "en": "Address"})]
    opening: Annotated[NorwegianDate, Ask(label={"nb": "Første dag", "nn": "Første dag", "en": "First day"})]
    alcohol: Annotated[
        bool,
        Ask(
            widget="radios",
            label={"nb": "Skal det serveres alkohol?", "nn": "Skal det serverast alkohol?", "en": "Will alcohol be served?"},
        ),
    ]
    manager: Annotated[
        Text | None,
        Ask(
            when={"alcohol": True},
            label={"nb": "Styrerens navn", "nn": "Namnet på styraren", "en": "Name of the manager"},
        ),
    ] = None
    manager_fnr: Annotated[
        NationalIdentityNumber | None,
        Ask(
            when={"alcohol": True},
            label={
                "nb": "Styrerens fødselsnummer",
                "nn": "Fødselsnummeret til styraren",
                "en": "National identity number of the manager",
            },
        ),
    ] = None


FORM = Form(
    Application,
    steps={
        "applicant": Step(["kind", "orgnr", "fnr", "phone"], title={"nb": "Søkeren", "nn": "Søkjaren", "en": "The applicant"}),
        "place": Step(["place", "address", "opening", "alcohol"], title={"nb": "Stedet", "nn": "Staden", "en": "The place"}),
        "manager": Step(["manager", "manager_fnr"], title={"nb": "Styreren", "nn": "Styraren", "en": "The manager"}),
    },
    key=secrets.token_bytes(32),  # a setting in an app of your own, the same for all its processes
)

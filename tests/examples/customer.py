"""A customer: types of Python and pydantic beside those of nofields."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import BaseModel, EmailStr, Field, HttpUrl, PastDate

from nofields import Ask, OrganisationNumber, PostalCode
from nofields.forms import Form

TITLE = {"nb": "Ny kunde", "nn": "Ny kunde", "en": "New customer"}


class Terms(Enum):
    DAYS_14 = 14
    DAYS_30 = 30


class Customer(BaseModel):
    name: Annotated[
        str,
        Field(min_length=2, max_length=80),
        Ask(label={"nb": "Kundens navn", "nn": "Namnet til kunden", "en": "Customer name"}),
    ]
    orgnr: OrganisationNumber
    postal_code: PostalCode
    email: Annotated[
        EmailStr,
        Ask(label={"nb": "E-post for faktura", "nn": "E-post for faktura", "en": "Email for invoices"}),
    ]
    website: Annotated[
        HttpUrl | None,
        Ask(
            label={"nb": "Nettsted", "nn": "Nettstad", "en": "Website"},
            hint={"nb": "For eksempel https://example.com", "nn": "Til dømes https://example.com", "en": "https://example.com"},
        ),
    ] = None
    since: Annotated[PastDate, Ask(label={"nb": "Kunde siden", "nn": "Kunde sidan", "en": "Customer since"})]
    discount: Annotated[
        Decimal,
        Field(ge=0, le=50),
        Ask(label={"nb": "Rabatt i prosent", "nn": "Rabatt i prosent", "en": "Discount in per cent"}),
    ]
    terms: Annotated[
        Terms,
        Ask(
            label={"nb": "Betalingsfrist", "nn": "Betalingsfrist", "en": "Payment terms"},
            options={
                "14": {"nb": "14 dager", "nn": "14 dagar", "en": "14 days"},
                "30": {"nb": "30 dager", "nn": "30 dagar", "en": "30 days"},
            },
        ),
    ]
    newsletter: Annotated[
        bool,
        Ask(label={"nb": "Send nyhetsbrev", "nn": "Send nyheitsbrev", "en": "Send the newsletter"}),
    ] = False


FORM = Form(Customer)

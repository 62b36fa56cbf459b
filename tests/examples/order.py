"""An order: an address in a group, lines that are added and removed, and one of two ways to pay."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from nofields import Ask, EmailAddress, FieldError, OrganisationNumber, PostalCode, Text
from nofields.forms import Form

TITLE = {"nb": "Bestilling", "nn": "Tinging", "en": "Order"}
LIMIT = Decimal(100_000)


class Address(BaseModel):
    street: Annotated[Text, Ask(label={"nb": "Gateadresse", "nn": "Gateadresse", "en": "Street address"})]
    postal_code: PostalCode


class Line(BaseModel):
    product: Annotated[Text, Ask(label={"nb": "Vare", "nn": "Vare", "en": "Product"})]
    count: Annotated[int, Field(ge=1), Ask(label={"nb": "Antall", "nn": "Mengd", "en": "Quantity"})]
    price: Annotated[Decimal, Field(ge=0), Ask(label={"nb": "Pris per stykk", "nn": "Pris per stykk", "en": "Unit price"})]


class Invoice(BaseModel):
    kind: Literal["invoice"]
    orgnr: OrganisationNumber


class Card(BaseModel):
    kind: Literal["card"]
    email: Annotated[
        EmailAddress,
        Ask(label={"nb": "E-post for betaling", "nn": "E-post for betaling", "en": "Email for payment"}),
    ]


class Order(BaseModel):
    delivery: Annotated[Address, Ask(label={"nb": "Levering", "nn": "Levering", "en": "Delivery"})]
    lines: Annotated[
        list[Line],
        Field(min_length=1, max_length=20),
        Ask(
            label={"nb": "Varer", "nn": "Varer", "en": "Products"},
            item={"nb": "Ordrelinje", "nn": "Ordrelinje", "en": "Order line"},
        ),
    ]
    payment: Annotated[
        Invoice | Card,
        Field(discriminator="kind"),
        Ask(
            label={"nb": "Betaling", "nn": "Betaling", "en": "Payment"},
            options={
                "invoice": {"nb": "Faktura til foretak", "nn": "Faktura til føretak", "en": "Invoice to a company"},
                "card": {
                    "nb": "Kort, med lenke på e-post",
                    "nn": "Kort, med lenkje på e-post",
                    "en": "Card, by a link in an email",
                },
            },
        ),
    ]

    @model_validator(mode="after")
    def within_limit(self) -> Order:
        if sum(line.count * line.price for line in self.lines) > LIMIT:
            raise FieldError(
                {
                    "nb": "Bestillingen er over 100 000 kroner. Del den opp.",
                    "nn": "Tinginga er over 100 000 kroner. Del ho opp.",
                    "en": "The order exceeds NOK 100,000. Split it.",
                },
                at="lines",
            )
        return self


FORM = Form(Order)

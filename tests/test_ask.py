"""A label or a message of one field of one model, by language, in every reader of errors."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Header, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from nofields import Ask, OrganisationNumber, PostalCode, Text, localize
from nofields.forms import Form
from nofields.localization import LocalizedError
from nofields.web import install

Buyer = Annotated[
    OrganisationNumber,
    Ask(
        label={"nb": "Kunde", "en": "Customer"},
        message={"nb": "{label} må ha {digits} siffer.", "en": "{label}: {digits} digits."},
        messages={"required": {"nb": "Skriv inn kunden.", "en": "Enter the customer."}, "check_digit": "Kontroller {label}."},
    ),
]


class Address(BaseModel):
    code: Annotated[PostalCode, Ask(label="Levering")]
    street: str


class Order(BaseModel):
    buyer: Buyer
    reference: Text = Field(title="Din referanse", alias="ref")
    addresses: list[Address] = []
    places: dict[str, Annotated[PostalCode, Ask(label="Sted")]] = {}
    payer: Buyer | None = None
    plain: int = 0


VALID: dict[str, Any] = {"buyer": "974760673", "ref": "x"}


def errors_of(sent: dict[str, Any], locale: str = "nb", model: Any = Order) -> list[LocalizedError]:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python(VALID | sent)
    return localize(raised.value, locale, model=model)


@pytest.mark.parametrize(
    ("sent", "locale", "label", "message"),
    [
        ({"buyer": "1"}, "nb", "Kunde", "Kunde må ha 9 siffer."),
        ({"buyer": "1"}, "en", "Customer", "Customer: 9 digits."),
        ({"buyer": "1"}, "nn", "Kunde", "Kunde må ha 9 siffer."),
        ({"buyer": ""}, "en", "Customer", "Enter the customer."),
        ({"buyer": "974760674"}, "en", "Customer", "Kontroller Customer."),
        ({"payer": "1"}, "nb", "Kunde", "Kunde må ha 9 siffer."),
        ({"ref": ""}, "nb", "Din referanse", "Feltet må fylles ut."),
        ({"addresses": [{"code": "x", "street": "y"}]}, "nb", "Levering", "Skriv inn et gyldig postnummer (4 siffer)."),
        ({"addresses": [{"code": "0357"}]}, "nb", "Street", "Feltet må fylles ut."),
        ({"places": {"home": "x"}}, "nb", "Sted", "Skriv inn et gyldig postnummer (4 siffer)."),
    ],
)  # fmt: skip
def test_label_and_message(sent: dict[str, Any], locale: str, label: str, message: str) -> None:
    (error,) = errors_of(sent, locale)
    assert (error["label"], error["message"]) == (label, message)


def test_message_for_a_reason_stands_alone() -> None:
    """It replaces the explanation; a message for every reason does not."""
    assert errors_of({"buyer": "974760674"})[0]["explanation"] == ""
    assert errors_of({"buyer": "1"})[0]["explanation"] != ""


def test_without_the_model() -> None:
    """The field's own label; the messages of ``Ask`` are the model's."""
    with pytest.raises(ValidationError) as raised:
        Order.model_validate(VALID | {"buyer": "1"})
    (error,) = localize(raised.value, "en")
    assert (error["label"], error["message"]) == ("Organisation number", "Enter a valid organisation number (9 digits).")


def test_adapter_and_nested_types() -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(list[Order]).validate_python([VALID | {"buyer": "1"}])
    for model in (list[Order], TypeAdapter(list[Order])):
        assert localize(raised.value, "en", model=model)[0]["label"] == "Customer"


def test_form() -> None:
    """The control, its error and the page's script: fields with messages of their own are checked on the server."""

    class Contact(BaseModel):
        buyer: Buyer
        code: PostalCode

    bound = Form(Contact).bind({"buyer": "974760674", "code": "x"}, "nb")
    assert (bound.errors[0].label, bound.errors[0].text) == ("Kunde", "Kontroller Kunde.")
    assert Form(Contact).bind({"buyer": "", "code": "0357"}, "en").errors[0].message == "Enter the customer."
    html = bound.render()
    assert 'data-control="buyer" data-label="Kunde">' in html
    assert 'data-control="code" data-label="Postnummer" data-check="postnr"' in html


def test_fastapi() -> None:
    """In the body, a query parameter and a header, from the route."""
    app = FastAPI()
    install(app)

    @app.post("/orders")
    def order(order: Order, buyer: Annotated[OrganisationNumber, Query(), Ask(label="Kjøper")], x_code: Annotated[PostalCode, Header(), Ask(label="Kode")]) -> str:  # fmt: skip  # noqa: E501
        return "accepted"

    answer = TestClient(app).post("/orders?buyer=1", json=VALID | {"buyer": "1"}, headers={"x-code": "x"})
    errors = {each.get("parameter") or each["pointer"]: each for each in answer.json()["errors"]}
    assert {name: each["label"] for name, each in errors.items()} == {"buyer": "Kjøper", "x-code": "Kode", "#/buyer": "Kunde"}
    assert errors["#/buyer"]["detail"] == "Kunde må ha 9 siffer."
    assert errors["#/buyer"]["params"] == {"digits": 9}


def test_schema_is_unchanged() -> None:
    assert "nofields" not in Order.model_json_schema()["properties"]["buyer"]
    assert Order.model_json_schema()["properties"]["buyer"]["x-nofields-key"] == "ORGANISATION_FIELD_ERROR"

"""A label or a message of one field of one model, by language, in every reader of errors."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Header, Query
from fastapi.testclient import TestClient
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    Secret,
    SecretBytes,
    SecretStr,
    TypeAdapter,
    ValidationError,
    create_model,
    model_validator,
)

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
        ({"payer": ""}, "nb", "Kunde", "Skriv inn kunden."),
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


def test_branches_of_a_union() -> None:
    """Each error has the label of its own branch."""

    class One(BaseModel):
        x: Annotated[OrganisationNumber, Ask(label="En")]

    class Two(BaseModel):
        x: Annotated[OrganisationNumber, Ask(label="To")]

    class Either(BaseModel):
        value: OrganisationNumber | PostalCode | None = None
        model: One | Two | None = None

    with pytest.raises(ValidationError) as raised:
        Either.model_validate({"value": "x", "model": {"x": "1"}})
    labels = {error["loc"][1:]: error["label"] for error in localize(raised.value, "en", model=Either)}
    assert labels.pop(("One", "x")) == "En"
    assert labels.pop(("Two", "x")) == "To"
    assert sorted(labels.values()) == ["Organisation number", "Postal code"]


def test_asks_inside_each_other() -> None:
    """The outer one overrides what it sets, in errors and in forms."""
    inner = Annotated[OrganisationNumber, Ask(label="Indre", hint="Hint", messages={"required": "A", "length": "B"})]

    class Outer(BaseModel):
        x: Annotated[inner, Ask(label="Ytre", messages={"length": "C"})]  # type: ignore[valid-type]
        y: Annotated[inner | None, Ask(label="Ytre")] = None  # type: ignore[valid-type]

    for sent, message in (("", "A"), ("1", "C")):
        with pytest.raises(ValidationError) as raised:
            Outer.model_validate({"x": sent})
        (error,) = localize(raised.value, model=Outer)
        assert (error["label"], error["message"]) == ("Ytre", message)
    assert [(control.label, control.hint) for control in Form(Outer).controls.values()] == [("Ytre", "Hint")] * 2


def test_message_with_a_parameter_that_is_missing() -> None:
    """A missing value has the parameters of the field's other errors; a text with any other placeholder is not used."""

    class Model(BaseModel):
        known: Annotated[OrganisationNumber, Ask(message="{label}: {digits}")]
        unknown: Annotated[OrganisationNumber, Ask(message="{label}: {min}")]

    with pytest.raises(ValidationError) as raised:
        Model.model_validate({})
    assert [error["message"] for error in localize(raised.value, "en", model=Model)] == [
        "Organisation number: 9",
        "Fill in this field.",
    ]


def test_project_error_beside_a_message() -> None:
    """What the project raises is shown, unless there is a message for its reason."""

    def reject(value: str) -> str:
        raise ValueError("Kunden er sperret")

    checked = Annotated[OrganisationNumber, AfterValidator(reject)]
    for ask, message in ((Ask(message="Feil"), "Kunden er sperret"), (Ask(messages={"other": "Annet"}), "Annet")):
        model = create_model("M", x=(Annotated[checked, ask], ...))
        with pytest.raises(ValidationError) as raised:
            model.model_validate({"x": "974760673"})
        assert localize(raised.value, model=model)[0]["message"] == message
        assert Form(model).bind({"x": "974760673"}).errors[0].message == message


@pytest.mark.parametrize("kind", [SecretStr, SecretBytes, Secret[str], type("Own", (SecretStr,), {})])
def test_secrets_of_pydantic(kind: Any) -> None:
    """A text of the project does not show them, where the model is known."""

    def reject(value: Any) -> Any:
        secret = value.get_secret_value()
        raise ValueError(f"{secret if isinstance(secret, str) else secret.decode()} er for vanlig")

    model = create_model("M", x=(Annotated[kind, AfterValidator(reject)], ...), y=(str, ""))
    with pytest.raises(ValidationError) as raised:
        model.model_validate({"x": "hemmelig1"})
    assert localize(raised.value, model=model)[0]["message"] == "*** er for vanlig"


def test_secret_in_the_text_of_a_model() -> None:
    """A validator of the whole model gets all its values."""

    class Login(BaseModel):
        user: str
        password: SecretStr

        @model_validator(mode="before")
        @classmethod
        def reject(cls, data: dict[str, str]) -> dict[str, str]:
            raise ValueError(f"{data['user']} kan ikke bruke {data['password']}")

    with pytest.raises(ValidationError) as raised:
        Login.model_validate({"user": "kari", "password": "hemmelig1"})
    assert localize(raised.value, model=Login)[0]["message"] == "kari kan ikke bruke ***"


class Headers(BaseModel):
    x_org: Annotated[OrganisationNumber, Ask(label="Avsender")]


def test_model_of_headers() -> None:
    """FastAPI writes hyphens for the underscores of its fields, in newer versions also where an error is."""
    app = FastAPI()
    install(app)

    @app.get("/")
    def headers(headers: Annotated[Headers, Header()]) -> str:
        return "accepted"

    (error,) = TestClient(app).get("/", headers={"x-org": "1"}).json()["errors"]
    assert (error["in"], error["parameter"].replace("_", "-"), error["label"]) == ("header", "x-org", "Avsender")


def test_messages_that_are_no_dictionary() -> None:
    with pytest.raises(TypeError, match="messages must be a dictionary"):
        Ask(messages="feil")  # type: ignore[arg-type]

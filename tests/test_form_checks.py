"""What a form's fields are checked for beyond the rules of their types: what the browser asks, and what the server answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    PlainValidator,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WrapValidator,
    create_model,
    field_validator,
    model_validator,
)
from pydantic import Field as Described
from pydantic_core import PydanticCustomError
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from helpers.values import each_field, policy
from nofields import (
    AltinnPassword,
    Ask,
    CheckboxGroup,
    Dropdown,
    EmailAddress,
    Field,
    NationalIdentityNumber,
    OrganisationNumber,
    OrNone,
    Radio,
    Text,
)
from nofields.forms import Form
from nofields.web import assets

ORGNR, OTHER = *OrganisationNumber.real_examples, OrganisationNumber.examples[0]
BLOCKED = "Kunden er sperret."
DIFFERENT = "Adressene er ulike."


def not_blocked(orgnr: Any) -> Any:
    if orgnr == ORGNR:
        raise ValueError(BLOCKED)
    return orgnr


def with_info(value: Any, info: ValidationInfo) -> Any:
    return value


def error_at(name: str, text: str) -> ValidationError:
    """An error that a validator of the model links to a field."""
    details: Any = [{"type": PydanticCustomError("different", "{text}", {"text": text}), "loc": (name,), "input": None}]
    return ValidationError.from_exception_data("Model", details)


class OwnType(OrganisationNumber):
    """A type that rejects more than its rule."""

    def __new__(cls, value: object) -> OwnType:
        return super().__new__(cls, not_blocked(value))


#: Annotations, with what the browser asks and whether it may reject by the rule alone.
ANNOTATIONS: list[tuple[Any, str, bool]] = [
    (OrganisationNumber, "", True),
    (Annotated[OrganisationNumber, Ask(label="Kunde"), "a comment"], "", True),
    (Annotated[OrganisationNumber | None, Described(title="Kunde", description="Som på fakturaen.")], "", True),
    (OrNone[OrganisationNumber], "", True),
    (Annotated[OrganisationNumber, AfterValidator(not_blocked)], "value", True),
    (Annotated[OrganisationNumber, AfterValidator(not_blocked), Ask(label="Kunde")], "value", True),
    (Annotated[OrganisationNumber, AfterValidator(not_blocked)] | None, "value", True),
    (Annotated[OrganisationNumber | None, AfterValidator(not_blocked)], "value", True),
    (OrNone[Annotated[OrganisationNumber, AfterValidator(not_blocked)]], "value", True),
    (Annotated[OrganisationNumber, Described(max_length=9)], "value", True),
    (Annotated[OrganisationNumber, Described(pattern="^9")], "value", True),
    (Annotated[OrganisationNumber, StringConstraints(min_length=2)], "value", True),
    (OwnType, "value", True),
    (Annotated[OrganisationNumber, AfterValidator(with_info)], "form", True),
    (Annotated[OrganisationNumber, BeforeValidator(not_blocked)], "value", False),
    (Annotated[OrganisationNumber, WrapValidator(lambda value, handler: handler(value))], "value", False),
    (Annotated[OrganisationNumber, PlainValidator(not_blocked)], "value", False),
    (Annotated[OrganisationNumber, BeforeValidator(with_info)], "form", False),
]


def control(form: Form[Any], name: str = "field", **bound: Any) -> str:
    """The start tag of a control."""
    return form.bind(bound.pop("data", None), **bound).control(name).partition(">")[0]


@pytest.mark.parametrize(("annotation", "asks", "by_rule"), ANNOTATIONS)
def test_annotation(annotation: Any, asks: str, by_rule: bool) -> None:
    model = create_model("Model", before=(Text, ...), field=(annotation, ...), after=(Text, ...))
    form = Form(model)
    html = control(form)
    assert ("data-asks" in html, f'data-asks="{asks}"' in html) == (bool(asks), bool(asks))
    assert ("data-check=" in html) is by_rule
    assert ("data-blank=" in html) is (by_rule and not form.controls["field"].optional)
    assert "data-asks" not in control(form, "before") + control(form, "after")


@pytest.mark.parametrize("mode", ["after", "before", "wrap", "plain"])
@pytest.mark.parametrize("with_others", [False, True])
def test_field_validator(mode: Any, with_others: bool) -> None:
    def check(cls: type, value: Any) -> Any:
        return value

    def check_with_info(cls: type, value: Any, info: ValidationInfo) -> Any:
        return value

    def check_wrapped(cls: type, value: Any, handler: Any) -> Any:
        return handler(value)

    def check_wrapped_with_info(cls: type, value: Any, handler: Any, info: ValidationInfo) -> Any:
        return handler(value)

    functions = (check_wrapped, check_wrapped_with_info) if mode == "wrap" else (check, check_with_info)
    validators: Any = {"check": field_validator("field", mode=mode)(classmethod(functions[with_others]))}  # type: ignore[type-var]
    model = create_model("Model", other=(Text, ...), field=(OrganisationNumber, ...), __validators__=validators)
    html = control(Form(model))
    assert f'data-asks="{"form" if with_others else "value"}"' in html
    assert ("data-check=" in html) is (mode == "after")
    assert "data-asks" not in control(Form(model), "other")


class AfterAll(BaseModel):
    field: OrganisationNumber
    other: Text

    @model_validator(mode="after")
    def check(self) -> AfterAll:
        return self


class BeforeAll(BaseModel):
    field: OrganisationNumber
    other: Text

    @model_validator(mode="before")
    @classmethod
    def check(cls, values: Any) -> Any:
        return values


class AroundAll(BaseModel):
    field: OrganisationNumber
    other: Text

    @model_validator(mode="wrap")
    @classmethod
    def check(cls, values: Any, handler: Any) -> Any:
        return handler(values)


class Initialised(BaseModel):
    field: OrganisationNumber
    other: Text

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)


class Completed(BaseModel):
    field: OrganisationNumber
    other: Text

    def model_post_init(self, context: object) -> None:
        not_blocked(self.field)


class Inherited(AfterAll): ...


@pytest.mark.parametrize(
    ("model", "by_rule"),
    [(AfterAll, True), (BeforeAll, False), (AroundAll, False), (Initialised, False), (Completed, True), (Inherited, True)],
)
def test_validator_of_the_model(model: type[BaseModel], by_rule: bool) -> None:
    for name in ("field", "other"):
        html = control(Form(model), name)
        assert 'data-asks="form"' in html
        assert ("data-check=" in html) is (by_rule and name == "field")
        assert ("data-blank=" in html) is by_rule


class Login(BaseModel):
    password: AltinnPassword | None = None
    field: OrganisationNumber
    other: Annotated[Text, AfterValidator(with_info)]


class LoginTogether(Login):
    @model_validator(mode="after")
    def check(self) -> LoginTogether:
        return self


class RequiredTogether(BaseModel):
    field: OrganisationNumber
    password: AltinnPassword

    @model_validator(mode="after")
    def check(self) -> RequiredTogether:
        return self


@pytest.mark.parametrize(
    ("model", "without", "given", "expected"),
    [
        (Login, (), {}, {"field": "", "other": "submit"}),
        (LoginTogether, (), {}, {"field": "submit", "other": "submit"}),
        (RequiredTogether, (), {}, {"field": "form"}),  # without a required value pydantic does not reach the validator
        (AfterAll, {"field"}, {"field": ORGNR}, {"other": "form"}),
        (AfterAll, (), {"field": ORGNR}, {"other": "submit", "field": "submit"}),
        (BeforeAll, {"other"}, {"other": "x"}, {"field": "submit"}),
    ],
)
def test_values_that_only_the_submitted_form_has(
    model: type[BaseModel], without: Any, given: Mapping[str, object], expected: dict[str, str]
) -> None:
    """Passwords, fields that the form leaves out, and values that the host gives."""
    form = Form(model, without=without)
    for name, asks in expected.items():
        html = control(form, name, given=given)
        assert ("data-asks" in html) is bool(asks)
        assert f'data-asks="{asks}"' in html or not asks


def test_private_attributes_only() -> None:
    class Private(BaseModel):
        field: OrganisationNumber
        _cache: dict[str, str] = PrivateAttr(default_factory=dict)

    assert "data-check=" in control(Form(Private))


class Customer(BaseModel):
    orgnr: Annotated[OrganisationNumber, AfterValidator(not_blocked)]
    email: EmailAddress
    email2: EmailAddress
    password: AltinnPassword
    kind: Literal["a", "b"] = "a"

    @field_validator("email2")
    @classmethod
    def equal(cls, email2: EmailAddress, info: ValidationInfo) -> EmailAddress:
        if info.data.get("email") != email2:
            raise ValueError(DIFFERENT)
        return email2


class Pair(BaseModel):
    email: EmailAddress
    email2: EmailAddress

    @model_validator(mode="after")
    def equal(self) -> Pair:
        if self.email != self.email2:
            raise error_at("email2", DIFFERENT)
        return self


class PairWithPassword(Pair):
    password: AltinnPassword


@each_field
def test_rule_alone(field: type[Field]) -> None:
    """A field without checks of the model's own is judged by its rule."""
    options: Any = {"options": {"a": "A"}} if issubclass(field, CheckboxGroup | Dropdown | Radio) else {}
    form = Form(create_model("Model", field=(Annotated[field, Ask(**options)], ...)))
    assert "data-asks" not in control(form)


@pytest.mark.parametrize(
    ("name", "typed", "held"),
    [
        ("orgnr", ORGNR, True),
        ("orgnr", "974760674", False),
        ("orgnr", "", False),
        ("email2", "other@example.com", True),
        ("email2", "ola@", False),
        ("email2", "", False),
    ],
)
def test_held_error(name: str, typed: str, held: bool) -> None:
    """An error that the rule does not explain is marked."""
    sent = {"orgnr": "974760673", "email": "ola@example.com", "email2": "ola@example.com", "password": "Fjell2024"}
    html = control(Form(Customer), name, data=sent | {name: typed})
    assert ("data-held" in html) is held
    assert "data-held" not in control(Form(Customer), name)


def test_secret_is_marked() -> None:
    class Person(BaseModel):
        fnr: NationalIdentityNumber
        kept: Annotated[NationalIdentityNumber, Ask(keep=True)]

    assert [("data-secret" in control(Form(Person), name)) for name in ("fnr", "kept")] == [True, False]


FORMS = [Form(each) for each in (Customer, Pair, PairWithPassword, LoginTogether)]
CLIENT = TestClient(Starlette(routes=[Mount("/", assets(FORMS))]))


@pytest.mark.parametrize(
    ("form", "name", "value", "values", "expected"),
    [
        ("Customer", "orgnr", ORGNR, None, BLOCKED),
        ("Customer", "orgnr", ORGNR, {}, BLOCKED),
        ("Customer", "orgnr", OTHER, None, None),
        ("Customer", "email2", "ola@example.com", {"email": "ola@example.com"}, None),
        ("Customer", "email2", "ola@example.com", {"email": "kari@example.com"}, DIFFERENT),
        ("Customer", "email2", "ola@", {"email": "ola@"}, "Skriv inn en gyldig e-postadresse."),
        ("Customer", "email2", "ola@example.com", None, ...),
        ("Pair", "email2", "ola@example.com", {"email": "ola@example.com"}, None),
        ("Pair", "email2", "ola@example.com", {"email": "kari@example.com"}, DIFFERENT),
        ("Pair", "email2", "ola@example.com", {"email": "kari@"}, ...),
        ("Pair", "email2", "ola@example.com", {}, ...),
        ("Pair", "email2", "ola@", {}, "Skriv inn en gyldig e-postadresse."),
        ("Pair", "email", "ola@example.com", {"email2": "kari@example.com"}, ...),
        ("PairWithPassword", "email2", "ola@example.com", {"email": "kari@example.com", "password": "Fjell2024"}, ...),
        ("LoginTogether", "field", "974760674", {"other": "x"}, ...),
    ],
)
def test_check(form: str, name: str, value: str, values: dict[str, str] | None, expected: Any) -> None:
    """The error of the submitted form with these values; an answer without "error" where that is not known."""
    body = {"name": name, "value": value} | ({} if values is None else {"values": values})
    with policy("accept"):
        answer = CLIENT.post(f"/check/{form}", json=body)
    assert answer.status_code == 200
    if expected is ...:
        assert answer.json() == {}
    else:
        error = answer.json()["error"]
        assert (error and error["text"]) == expected


@pytest.mark.parametrize("values", [[], "x", 1, None])
def test_check_with_malformed_values(values: Any) -> None:
    assert CLIENT.post("/check/Pair", json={"name": "email", "value": "", "values": values}).status_code == 400


@pytest.mark.parametrize(
    "values", [{"email": {"a": 1}, "nothing": "x", "password": "Fjell2024"}, {"email": [1]}, {"email": None}]
)
def test_check_with_malformed_members(values: Any) -> None:
    assert CLIENT.post("/check/Customer", json={"name": "email2", "value": "x@y.no", "values": values}).status_code == 200

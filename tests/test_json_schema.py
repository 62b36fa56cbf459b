"""The JSON Schema of every field: its parts, and that it accepts what the field accepts."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter

from helpers.values import VALUES, each_field
from nofields import Checkbox, CheckboxGroup, Country, Dropdown, Field, OrganisationNumber, Radio, Text
from nofields.fields import ALL

Mode = Literal["validation", "serialization"]
each_mode = pytest.mark.parametrize("mode", ["validation", "serialization"])
TYPES: dict[type[Field], str] = {Checkbox: "boolean", CheckboxGroup: "array"}
#: Choices list their values or accept any; they have no pattern.
CHOICES = (Dropdown, Radio, CheckboxGroup, Checkbox, Country)
WRITTEN = [field for field in ALL if field not in CHOICES]
each_written = pytest.mark.parametrize("field", WRITTEN, ids=lambda field: field.__name__)


def schema(field: type[Field], mode: Mode) -> dict[str, Any]:
    return TypeAdapter(field).json_schema(mode=mode)


@each_field
@each_mode
def test_schema(field: type[Field], mode: Mode) -> None:
    """A schema is valid, and has type, title, the documented key and, for texts, a format."""
    made = schema(field, mode)
    Draft202012Validator.check_schema(made)
    assert made["type"] == TYPES.get(field, "string")
    assert made.get("format") == (field.schema_format if made["type"] == "string" else None)
    assert made["title"] == field.__name__
    assert made["x-nofields-key"] == field.rule.key
    assert made["examples"] == list(field.examples) or field in CHOICES
    for example in made["examples"]:
        Draft202012Validator(made).validate(example)


@each_written
@each_mode
def test_pattern(field: type[Field], mode: Mode) -> None:
    """A pattern is anchored, names the ASCII digits, and uses only syntax common to all dialects."""
    made = schema(field, mode)
    pattern = made["pattern"]
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert "/" not in pattern
    assert "\\d" not in pattern
    assert not re.search(r"\(\?[=!<P]", pattern)
    assert re.compile(pattern)
    assert made["examples"]
    for example in made["examples"]:
        assert re.search(pattern, example)
        Draft202012Validator(made).validate(example)


@each_field
@given(data=st.data())
def test_clean_values(field: type[Field], data: st.DataObject) -> None:
    """A serialised value is valid by the serialisation schema."""
    adapter = TypeAdapter(field)
    value = adapter.dump_python(adapter.validate_python(data.draw(VALUES[field])), mode="json")
    Draft202012Validator(schema(field, "serialization")).validate(value)
    Draft202012Validator(schema(field, "validation")).validate(value)


@each_written
@given(data=st.data())
def test_accepted_values(field: type[Field], data: st.DataObject) -> None:
    """Any text that the field accepts, and its written form, is valid by the validation schema."""
    value = data.draw(VALUES[field])
    validator = Draft202012Validator(schema(field, "validation"))
    validator.validate(field(value).formatted)  # type: ignore[call-arg]
    if isinstance(value, str):
        validator.validate(value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OrganisationNumber", " 974\u00a0760 673\n"),
        ("AccountNumber", "8601.11.17947"),
        ("PaymentReference", "2026 00113 -"),
        ("NationalIdentityNumber", "301082 99920"),
        ("PostalCode", "\t0357"),
        ("PhoneNumber", "+47 21 23 45 67"),
        ("PhoneNumber", "00 47 21234567"),
        ("MobilePhoneNumber", " 47 40612345"),
        ("NorwegianDate", " 5.3.2026"),
        ("DateRange", "5.3.2026 – 6.3.2026"),
        ("DateRange", "2026-03-05–2026-03-06"),
        ("Number", "-1 234,50"),
        ("AltinnSystemId", " 991825827_x "),
        ("EmailAddress", " ola@example.com "),
    ],
)
def test_separators(name: str, text: str) -> None:
    """Field and validation schema accept the same separators; the serialisation schema accepts none."""
    field = next(field for field in ALL if field.__name__ == name)
    assert field.is_valid(text)
    assert Draft202012Validator(schema(field, "validation")).is_valid(text)
    assert not Draft202012Validator(schema(field, "serialization")).is_valid(text)


@each_written
@each_mode
@pytest.mark.parametrize("text", ["", "٣" * 9, "９" * 11, "\u2028"])
def test_rejected_values(field: type[Field], mode: Mode, text: str) -> None:
    """No schema accepts the empty text or, except for free text, digits of other scripts."""
    if text == "" or field.rule.__class__.__name__ != "TextRule":
        assert not Draft202012Validator(schema(field, mode)).is_valid(text)


class Size(Dropdown, choices=["small", "large"]): ...


class Sizes(CheckboxGroup, choices=["small", "large"]): ...


class Name(Text, max=20): ...


def test_choices() -> None:
    """A schema lists the choices of a class, and the countries."""
    assert schema(Size, "validation")["enum"] == ["small", "large"]
    assert schema(Sizes, "validation")["items"]["enum"] == ["small", "large"]
    assert len(schema(Country, "validation")["enum"]) == 250
    assert schema(Checkbox, "validation")["const"] is True


def test_class_arguments() -> None:
    """A class argument changes the schema with the rule."""
    assert schema(Name, "validation")["maxLength"] == 20
    assert schema(Text, "validation")["maxLength"] == 255


class Form(BaseModel):
    """A model with every field, for the test of OpenAPI."""

    __annotations__ = {field.__name__.lower(): field for field in ALL}


def test_openapi() -> None:
    """Every field's schema is valid in FastAPI's OpenAPI, in both directions."""
    app = FastAPI()

    @app.post("/forms")
    def echo(form: Form) -> Form:
        return form

    @app.get("/companies/{number}")
    def show(number: OrganisationNumber) -> None: ...

    made = app.openapi()
    schemas = made["components"]["schemas"]
    both: tuple[tuple[str, Mode], ...] = (("Form-Input", "validation"), ("Form-Output", "serialization"))
    for name, mode in both:
        for field in ALL:
            described = schemas[name]["properties"][field.__name__.lower()]
            expected = schema(field, mode)
            assert {key: described[key] for key in expected if key != "title"} == {
                key: value for key, value in expected.items() if key != "title"
            }
    (parameter,) = made["paths"]["/companies/{number}"]["get"]["parameters"]
    assert parameter["schema"]["format"] == "no-organisation-number"
    assert parameter["schema"]["x-nofields-key"] == "ORGANISATION_FIELD_ERROR"

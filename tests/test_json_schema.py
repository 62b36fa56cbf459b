"""The JSON Schema of every field: its parts, and that it accepts what the field accepts."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter
from starlette.testclient import TestClient

from helpers.field_texts import near
from helpers.values import VALUES, each_field
from nofields import (
    AccountNumber,
    AltinnPassword,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    Field,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PostalCode,
    Radio,
    Text,
    Value,
)
from nofields.characters import BLANK
from nofields.fields import ALL
from nofields.rules import LONGEST_INPUT, NumberRule, PasswordRule

Mode = Literal["validation", "serialization"]
each_mode = pytest.mark.parametrize("mode", ["validation", "serialization"])
TYPES: dict[type[Field], str] = {Checkbox: "boolean", CheckboxGroup: "array"}
#: Choices list their values or accept any; they have no pattern.
CHOICES = (Dropdown, Radio, CheckboxGroup, Checkbox, Country)
WRITTEN = [field for field in ALL if field not in CHOICES]
each_written = pytest.mark.parametrize("field", WRITTEN, ids=lambda field: field.__name__)


def schema(field: type[Field], mode: Mode) -> dict[str, Any]:
    return TypeAdapter(field).json_schema(mode=mode)


def of_text(made: dict[str, Any]) -> dict[str, Any]:
    """The part of a schema that describes text."""
    part: dict[str, Any] = made["anyOf"][0] if "anyOf" in made else made
    return part


@each_field
@each_mode
def test_schema(field: type[Field], mode: Mode) -> None:
    """A schema is valid, and has type, title, the documented key and, for texts, a format."""
    made = schema(field, mode)
    Draft202012Validator.check_schema(made)
    is_number = mode == "validation" and isinstance(field.rule, NumberRule)
    types = ["string", "number"] if is_number else [TYPES.get(field, "string")]
    assert [each["type"] for each in made.get("anyOf", [made])] == types
    assert of_text(made).get("format") == (field.schema_format if of_text(made)["type"] == "string" else None)
    assert made["title"] == field.__name__
    assert made["x-nofields-key"] == field.rule.key
    assert made["examples"] == list(field.real_examples or field.examples) or field in CHOICES
    for example in made["examples"]:
        Draft202012Validator(made).validate(example)


@each_written
@each_mode
def test_pattern(field: type[Field], mode: Mode) -> None:
    """A pattern is anchored, names the ASCII digits, and uses only syntax common to all dialects."""
    made = schema(field, mode)
    pattern = of_text(made)["pattern"]
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
        ("NorwegianDate", "5. 3.\u00a02026"),
        ("NorwegianDate", "5/3/2026"),
        ("NorwegianDate", "5-3-2026"),
        ("NorwegianDate", "5 3 2026"),
        ("NorwegianDate", "05032026"),
        ("NorwegianDate", "20260305"),
        ("NorwegianDate", "\u200b2\u00ad026-03-05\u200e"),
        ("DateRange", "5.3.2026 – 6.3.2026"),
        ("DateRange", "5/3/2026\u00a0-\t6/3/2026"),
        ("DateRange", "5.3.2026\u200b \u200b- 6.3.2026"),
        ("DateRange", " 2026-03-05 / 2026-03-06"),
        ("DateRange", "2026-03-05–2026-03-06"),
        ("Number", "-1 234,50"),
        ("Number", "\u200b\u22121\u202f234,50\u00ad"),
        ("Amount", "kr 1.234,-"),
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


_DATES = st.builds("{}{}".format, near(NorwegianDate), st.sampled_from(["", "", "\u200b", " "]))
_BETWEEN = ["–", " - ", " – ", "/", " / ", "-", "\u00a0-\u200b\t", "\u200b–", " ", " til ", "\u00a0til\u200b "]
_RANGES = st.builds("{}{}{}".format, _DATES, st.sampled_from(_BETWEEN), _DATES)


@given(text=_DATES | _RANGES | st.text("0129./- –\u200b", max_size=24), place=st.integers(0, 30), odd=st.sampled_from(BLANK))
def test_dates(text: str, place: int, odd: str) -> None:
    """The pattern accepts every text in one of the forms, whether or not there is such a day, and no other."""
    for written in (text, text[:place] + odd + text[place:]):
        if len(written) > LONGEST_INPUT:
            continue
        for field in (NorwegianDate, DateRange, Until):
            problem = field.problem(written)
            if re.search(schema(field, "validation")["pattern"], written):
                assert problem is None or problem.reason in ("date", "order"), ascii(written)
            else:  # of a range, the end that is in no form may be the second
                assert problem is not None, ascii(written)
                assert problem.reason in ("format", "required") or (field is not NorwegianDate and problem.reason == "date")


@each_written
@each_mode
@pytest.mark.parametrize("text", ["", "٣" * 9, "９" * 11, "\u2028"])
def test_rejected_values(field: type[Field], mode: Mode, text: str) -> None:
    """No schema accepts the empty text or, except for free text, digits of other scripts."""
    if text == "" or field.rule.__class__.__name__ != "TextRule":
        assert not Draft202012Validator(schema(field, mode)).is_valid(text)


class Size(Dropdown, choices=["small", "large"]): ...


class Sizes(CheckboxGroup, choices=["small", "large"]): ...


class Name(Text, min=2, max=20): ...


def test_choices() -> None:
    """A schema lists the choices of a class, and the countries."""
    assert schema(Size, "validation")["enum"] == ["small", "large"]
    assert schema(Sizes, "validation")["items"]["enum"] == ["small", "large"]
    assert len(schema(Country, "validation")["enum"]) == 250
    assert schema(Checkbox, "validation")["const"] is True


def test_class_arguments() -> None:
    """A class argument changes the schema with the rule."""
    assert (schema(Name, "validation")["minLength"], schema(Name, "validation")["maxLength"]) == (2, 20)
    assert schema(Text, "validation")["maxLength"] == 255
    assert "minLength" not in schema(Text, "validation")


class Synthetic(OrganisationNumber, accept={"synthetic_organisation"}): ...


class Real(OrganisationNumber, accept={"organisation"}): ...


class Before2032(NationalIdentityNumber, issued="before_2032"): ...


class HelpNumber(NationalIdentityNumber, accept={"fh"}): ...


class Ours(PaymentReference, modulus=11, digits=12): ...


class Delivery(PostalCode, registered=True): ...


class Digits(NorwegianDate, patterns=(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",), example="31122016"): ...


class Until(DateRange, separators=(" til ",)): ...


class Strong(AltinnPassword, min=12): ...


class Spaced(AccountNumber, separators=" "): ...


class OwnExamples(OrganisationNumber):
    examples = ("314248295",)


class OwnRealExamples(OrganisationNumber):
    examples = ("314248295",)
    real_examples = ("974760673",)


class Elsewhere(Country, no_countries=Country.rule.no_countries | {"NO"}): ...


class Ticked(Checkbox, checked=frozenset({"ja"})): ...


SUBCLASSES: list[type[Field]] = [
    *(Size, Sizes, Name, Synthetic, Real, Before2032, HelpNumber, Ours, Delivery, Digits, Until, Strong, Spaced),
    *(OwnExamples, Elsewhere, Ticked, MobilePhoneNumber),
]
each_policy = pytest.mark.parametrize("policy", [None, "reject", "accept", "only"])


@each_policy
@each_mode
@pytest.mark.parametrize("field", [*ALL, *SUBCLASSES], ids=lambda field: field.__name__)
def test_examples_are_accepted(field: type[Field], mode: Mode, policy: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the process that publishes them, and by the published pattern."""
    if policy:
        monkeypatch.setenv("NOFIELDS_SYNTHETIC", policy)
    made = schema(field, mode)
    for example in made.get("examples", []):
        assert TypeAdapter(field).validate_python(example) is not None
        assert Draft202012Validator(made).is_valid(example)
    assert made.get("examples") or field in (HelpNumber, Ours, Digits, Strong, OwnExamples)
    assert made.get("examples", [None]) != []


REAL_FNR, SYNTHETIC_FNR = "20036914700", ["03851598730", "30908299902"]
REAL, SYNTHETIC = "974760673", ["310926833", "314248295"]


@pytest.mark.parametrize(
    ("field", "rejecting", "accepting", "only"),
    [
        (OrganisationNumber, [REAL], SYNTHETIC, SYNTHETIC),
        (NationalIdentityNumber, [REAL_FNR], SYNTHETIC_FNR, SYNTHETIC_FNR),
        (Before2032, [REAL_FNR], SYNTHETIC_FNR[:1], SYNTHETIC_FNR[:1]),
        (Synthetic, SYNTHETIC, SYNTHETIC, SYNTHETIC),
        (Real, [REAL], [REAL], [REAL]),
        (OwnExamples, None, ["314248295"], ["314248295"]),
        (OwnRealExamples, ["974760673"], ["314248295"], ["314248295"]),
        (Ours, None, None, None),
        (PostalCode, ["0357", "9170"], ["0357", "9170"], ["0357", "9170"]),
    ],
)
def test_examples_follow_the_policy(
    field: type[Field],
    rejecting: list[str] | None,
    accepting: list[str] | None,
    only: list[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That in force as the schema is made: real ones where synthetic ones are rejected; none if none is accepted."""
    for policy, expected in [("reject", rejecting), ("accept", accepting), ("only", only), ("reject", rejecting)]:
        monkeypatch.setenv("NOFIELDS_SYNTHETIC", policy)
        assert schema(field, "validation").get("examples") == expected


@each_policy
def test_try_it_out(policy: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What OpenAPI shows as an example is answered with 200, in a body and in a path."""
    if policy:
        monkeypatch.setenv("NOFIELDS_SYNTHETIC", policy)
    app = FastAPI()

    @app.post("/forms")
    def take(form: Form) -> None: ...

    for field in ALL:

        def show(value: Any) -> None: ...

        show.__annotations__["value"] = field
        app.get(f"/{field.__name__}")(show)
    with TestClient(app) as client:
        made = client.get("/openapi.json").json()
        properties = made["components"]["schemas"]["Form"]["properties"]
        number_of_examples = max(len(each["examples"]) for each in properties.values())
        for number in range(number_of_examples):
            body = {name: each["examples"][number % len(each["examples"])] for name, each in properties.items()}
            assert client.post("/forms", json=body).status_code == 200
        for field in set(ALL) - {CheckboxGroup}:  # FastAPI takes a group for a body
            (parameter,) = made["paths"][f"/{field.__name__}"]["get"]["parameters"]
            for example in parameter["schema"]["examples"]:
                assert client.get(f"/{field.__name__}", params={"value": example}).status_code == 200, field


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


def test_schema_without_requirements() -> None:
    """JSON Schema does not allow an empty ``allOf``."""

    class AnyPassword(Value):
        rule: ClassVar[Any] = PasswordRule(key="PASSWORD", min=1, max=256, requirements=())
        schema_format = "any-password"
        label = "Passord"
        secret = True

    schema = TypeAdapter(AnyPassword).json_schema()
    Draft202012Validator.check_schema(schema)
    assert "allOf" not in schema
    assert (AnyPassword.is_valid("hemmelig passord!"), AnyPassword.is_valid("")) == (True, False)

"""A JSON Schema pattern accepts all that its field accepts, so that no frontend rejects a valid value."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from helpers.values import VALUES
from nofields import (
    AccountNumber,
    CheckboxGroup,
    Dropdown,
    EmailAddress,
    Field,
    NorwegianDate,
    Number,
    PhoneNumber,
    PostalCode,
    Text,
    Value,
)
from nofields.characters import WHITE_SPACE
from nofields.check import compile_rule
from nofields.fields import ALL


def pattern(field: type[Field]) -> str:
    schema = TypeAdapter(field).json_schema()
    text: str = schema.get("anyOf", [schema])[0]["pattern"]
    return text


class Odd(Dropdown, choices=["a.b", "c+", "(d)", "e|f", "g\\h", "æ ø", "/"]):
    """Choices full of regular expressions' syntax."""


TEXTS = [field for field in ALL if "pattern" in compile_rule(field.rule).json_schema(clean=True)]


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.__name__)
@given(data=st.data())
def test_accepted_values_match(field: type[Field], data: st.DataObject) -> None:
    """Valid values, with separators in all allowed places."""
    text = str(data.draw(VALUES[field]))
    separators = getattr(field.rule, "separators", "") or WHITE_SPACE
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(separators)) + text[at:]
    if field.is_valid(text):
        assert re.search(pattern(field), text), repr(text)


@given(st.sampled_from(Odd.rule.choices))
def test_escaped_choices(choice: str) -> None:
    assert re.search(pattern(Odd), choice)
    assert not re.search(pattern(Odd), "axb")
    assert not re.search(pattern(Odd), "cc")


@pytest.mark.parametrize(
    ("field", "text"), [(PhoneNumber, "0 0 4 7 21 23 45 67"), (Number, "42 "), (Number, "- 1 234"), (PostalCode, " 0357\n")]
)
def test_blanks_in_odd_places(field: type[Field], text: str) -> None:
    assert field.is_valid(text)
    assert re.search(pattern(field), text)


@pytest.mark.parametrize(
    ("field", "text", "matches"),
    [
        (Text, "\u3000", True),
        (Text, " \u00a0\t", False),
        (EmailAddress, "ola@example\u3002com", True),
        (EmailAddress, "ola@example", False),
        (EmailAddress, "ola@.com", False),
        (Number, ",", False),
        (PhoneNumber, "+47", False),
        (PhoneNumber, "4721 23 45 67", True),
    ],
)
def test_accepted_form(field: type[Field], text: str, matches: bool) -> None:
    assert bool(re.search(pattern(field), text)) is matches
    assert matches or not field.is_valid(text)


def test_repeated_checkbox() -> None:
    assert CheckboxGroup(["a", "a"]) == ("a",)
    assert "uniqueItems" not in TypeAdapter(CheckboxGroup).json_schema()
    assert TypeAdapter(CheckboxGroup).json_schema(mode="serialization")["uniqueItems"]


def test_separators_only() -> None:
    problem = AccountNumber.problem("...")
    assert problem is not None
    assert problem.reason == "characters"


def test_examples_of_narrower_field() -> None:
    class Short(Text, max=5):
        """Shorter than every example."""

    assert "examples" not in TypeAdapter(Short).json_schema()


#: The ``format`` of each field in JSON Schema.
FORMATS = {
    "OrganisationNumber": "no-organisation-number",
    "AccountNumber": "no-account-number",
    "PaymentReference": "no-payment-reference",
    "NationalIdentityNumber": "no-national-identity-number",
    "PostalCode": "no-postal-code",
    "PhoneNumber": "no-phone-number",
    "MobilePhoneNumber": "no-mobile-phone-number",
    "NorwegianDate": "no-date",
    "DateRange": "no-date-range",
    "AltinnPassword": "no-altinn-password",
    "AltinnSystemId": "no-altinn-system-id",
    "VatNumber": "no-vat-number",
    "Iban": "iban",
    "EmailAddress": "email",
    "Number": "no-number",
    "Amount": "no-amount",
    "Text": "no-text",
    "TextArea": "no-text-area",
    "Checkbox": "no-checkbox",
    "CheckboxGroup": "no-checkbox-group",
    "Dropdown": "no-dropdown",
    "Radio": "no-radio",
    "Country": "no-country",
}


def test_public_formats_and_examples() -> None:
    formats: dict[str, Any] = {field.__name__: field.schema_format for field in ALL}
    new = {name: formats[name] for name in formats.keys() - FORMATS.keys()}
    assert formats == FORMATS, f"formats are public: add {new} to FORMATS in tests/test_pattern.py"
    assert PostalCode.examples[0] == "0357"
    assert all(field.examples for field in ALL if field.name)


def test_empty_checkbox_group() -> None:
    assert TypeAdapter(CheckboxGroup).json_schema()["minItems"] == 1


def test_date_signature() -> None:
    assert NorwegianDate(2016, 12, 31) == NorwegianDate("31.12.2016")
    for arguments in [(2016, 5), ("2016-12-31", 5)]:
        with pytest.raises(TypeError):
            NorwegianDate(*arguments)


@pytest.mark.parametrize("base", [Value, Field])
def test_field_without_rule(base: Any) -> None:
    with pytest.raises(NotImplementedError, match="has no rule"):
        base._construct("x")

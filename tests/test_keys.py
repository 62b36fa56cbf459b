"""The documented keys: complete, in order, each error raised by a field, each number in a text that of the rule."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.values import NO_STRATEGY, VALUES, each_field
from nofields import Field, Key, Phrase, Problem, Reason
from nofields.catalogs import locales_file
from nofields.fields import ALL, BY_NAME
from nofields.message_templates import DOCUMENTED_PARAMS, documented

#: For every documented error key, a field and a value that raises it.
RAISED: dict[str, tuple[str, Any]] = {
    "EMAIL_FIELD_ERROR": ("EmailAddress", "ola@"),
    "CHECKBOX_ERROR": ("Checkbox", False),
    "CHECKBOX_GROUP_ERROR": ("CheckboxGroup", []),
    "DROPDOWN_ERROR": ("Dropdown", ""),
    "DATE_TO_FROM_ERROR": ("DateRange", ("2.1.2020", "1.1.2020")),
    "RADIO_ERROR": ("Radio", None),
    "POSTAL_CODE_ERROR": ("PostalCode", "357"),
    "TEXT_FIELD_ERROR": ("Text", " "),
    "TEXT_FIELD_CONTENTS_ERROR": ("AltinnPassword", "abc"),
    "ACCOUNT_FIELD_ERROR": ("AccountNumber", "86011117949"),
    "ORGANISATION_FIELD_ERROR": ("OrganisationNumber", "974760674"),
    "SSN_ERROR": ("NationalIdentityNumber", "123"),
    "PHONE_ERROR": ("PhoneNumber", "123"),
    "MOBILE_PHONE_NO_ERROR": ("MobilePhoneNumber", "21234567"),
    "TEXT_FIELD_LENGTH_ERROR": ("Text", "x" * 256),
    "TEXTAREA_FIELD_LENGTH_ERROR": ("TextArea", "x" * 2001),
    "NUMBER_ERROR": ("Number", "x"),
}
#: The short names of fields on the command line and in JavaScript.
SHORT_NAMES = {"orgnr", "kontonr", "kid", "fnr", "postnr", "phone", "mobile", "number", "date", "email"}
SHORT_NAMES |= {"altinn-password", "altinn-system-id", "mvanr", "iban", "amount"}
FIELDS = {field.__name__: field for field in ALL}


def test_keys_are_the_documented_ones() -> None:
    """``Key`` has the 39 documented keys, in their order."""
    keys = list(json.loads(locales_file("documented.nb.json").read_text("utf-8")))
    assert [key.value for key in Key] == keys
    assert len(keys) == 39


def test_own_keys_are_separate() -> None:
    """None of nofields' own keys is a documented one."""
    assert not set(Key.__members__) & set(Phrase.__members__)
    assert {f"REASON_{reason.name}" for reason in Reason} <= set(Phrase.__members__)


def test_every_error_key_is_in_the_table() -> None:
    """The table above has every documented key that ends in _ERROR."""
    assert set(RAISED) == {key for key in documented() if key.endswith("_ERROR")}


@pytest.mark.parametrize("key", RAISED)
def test_every_error_key_is_raised(key: str) -> None:
    """Every documented error is raised by a field, with the parameters of its text."""
    name, value = RAISED[key]
    problem = FIELDS[name].problem(value)
    assert isinstance(problem, Problem)
    assert problem.key == key
    assert set(DOCUMENTED_PARAMS.get(key, {})) <= set(problem.params)


@each_field
def test_numbers_in_messages(field: type[Field]) -> None:
    """The number in the documented message is the number in the rule."""
    rule = field.rule
    for key in {rule.key, getattr(rule, "too_long_key", rule.key)}:
        for name, stated in DOCUMENTED_PARAMS.get(key, {}).items():
            actual = getattr(rule.date if hasattr(rule, "date") else rule, name)
            assert str(actual) == stated


@each_field
def test_fields_are_described(field: type[Field]) -> None:
    """Every field has a documented key, a label, a format, a docstring with its errors, and a strategy in the tests."""
    assert field.rule.key in Key.__members__
    assert field.label in Phrase
    assert field.hint is None or field.hint in Phrase
    assert field.schema_format
    assert field.__doc__
    assert "Errors:" in field.__doc__
    assert ">>>" in field.__doc__
    assert field in VALUES, NO_STRATEGY.format(field.__name__)


def test_short_names() -> None:
    """The short names are those of the public contract."""
    unknown = sorted(set(BY_NAME) - SHORT_NAMES)
    assert set(BY_NAME) == SHORT_NAMES, f"short names are public: add {unknown} to SHORT_NAMES in tests/test_keys.py"


def test_labels_and_formats_are_unique() -> None:
    """No two fields share a label or a format."""
    assert len({field.label for field in ALL}) == len({field.schema_format for field in ALL}) == len(ALL)

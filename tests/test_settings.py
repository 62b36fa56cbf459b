"""Invalid class arguments are rejected when the class is defined."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import Any

import pytest

from nofields import (
    AccountNumber,
    AltinnPassword,
    Checkbox,
    CheckboxGroup,
    Country,
    Dropdown,
    EmailAddress,
    Field,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Radio,
    Text,
    TextArea,
)

WRONG: list[tuple[type[Field], dict[str, Any], type[Exception], str]] = [
    (Text, {"max": "100"}, TypeError, "max must be int, not str"),
    (Text, {"max": None}, TypeError, "max must be int, not NoneType"),
    (Text, {"max": True}, TypeError, "max must be int, not bool"),
    (Text, {"max": 2.5}, TypeError, "max must be int, not float"),
    (Text, {"max": 0}, ValueError, "max must be 1 or more, not 0"),
    (TextArea, {"max": -1}, ValueError, "max must be 1 or more, not -1"),
    (Text, {"maxx": 3}, TypeError, "there is no setting 'maxx'; there is key, too_long_key, max, multiline"),
    (EmailAddress, {"max": "x"}, TypeError, "max must be int"),
    (AltinnPassword, {"min": "7"}, TypeError, "min must be int"),
    (AltinnPassword, {"min": 10, "max": 8}, ValueError, "min=10 is more than max=8"),
    (PhoneNumber, {"regions": "NO"}, TypeError, "regions must be tuple, not str"),
    (PostalCode, {"registered": "no"}, TypeError, "registered must be bool, not str"),
    (AccountNumber, {"digits": 9}, ValueError, "digits=9 does not fit how it is written: ####.##.#####"),
    (PostalCode, {"written": "#####"}, ValueError, "digits=4 does not fit how it is written"),
    (Checkbox, {"checked": 5}, TypeError, "checked must be frozenset, not int"),
    (PaymentReference, {"min": 4.5}, TypeError, "min must be int"),
    (PaymentReference, {"digits": "11"}, TypeError, "digits must be int"),
    (Dropdown, {"choices": "ja nei"}, TypeError, "choices must be several texts, not one"),
    (Radio, {"choices": []}, ValueError, "there must be choices, and none of them blank"),
    (CheckboxGroup, {"choices": ["a", " "]}, ValueError, "none of them blank"),
    (Dropdown, {"choices": [None]}, TypeError, "a choice must be a text, not NoneType"),
    (Dropdown, {"several": True}, TypeError, "CheckboxGroup takes several choices"),
    (Country, {"choices": ["NO"]}, TypeError, "there is no setting 'choices'"),
]


@pytest.mark.parametrize(("field", "settings", "error", "said"), WRONG, ids=lambda each: getattr(each, "__name__", str(each)))
def test_invalid_settings(field: type[Field], settings: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error) as raised:
        type("Own", (field,), {}, **settings)
    assert said in str(raised.value)


class Size(Enum):
    SMALL = "small"
    LARGE = 2


def test_enumerations() -> None:
    class Sized(Dropdown, choices=Size): ...

    assert Sized("2") == "2"
    assert Sized.is_valid("small")
    assert not Sized.is_valid("Size.SMALL")


class _Mixin:
    @classmethod
    def is_valid(cls, value: object) -> bool:
        return False


@pytest.mark.parametrize("name", ["is_valid", "problem"])
def test_reserved_methods(name: str) -> None:
    """Columns and JavaScript read the rule and could not follow an override; the error says how to narrow a field."""
    with pytest.raises(TypeError, match=f"Own cannot define {name}: .* Narrow a field by class arguments"):
        type("Own", (OrganisationNumber,), {name: classmethod(lambda cls, value: False)})


def test_nor_can_a_mixin() -> None:
    with pytest.raises(TypeError, match="Own cannot define is_valid"):
        type("Own", (_Mixin, OrganisationNumber), {})


def test_a_mixin_behind_the_field_changes_nothing() -> None:
    own: Any = type("Own", (OrganisationNumber, _Mixin), {})
    assert own.is_valid("974760673")


@pytest.mark.parametrize(
    ("field", "examples", "said"),
    [
        (OrganisationNumber, ("974760674",), "Own.examples: '974760674' is rejected with reason check_digit"),
        (Text, ("x" * 300,), "is rejected with reason too_long"),
        (NationalIdentityNumber, ("30108299921",), "Own.examples: an example is rejected with reason check_digit"),
    ],
)
def test_a_wrong_example(field: type[Field], examples: tuple[str, ...], said: str) -> None:
    """It is refused as the class is defined, and not shown where it may be a secret."""
    with pytest.raises(ValueError, match="examples") as raised:
        type("Own", (field,), {"examples": examples})
    assert said in str(raised.value)


def test_a_synthetic_example_is_one_under_every_policy() -> None:
    assert type("Own", (OrganisationNumber,), {"examples": ("310926833",)})


@pytest.mark.parametrize("field", [OrganisationNumber, PhoneNumber, Text, Checkbox], ids=lambda field: field.__name__)
@pytest.mark.parametrize("name", ["is_valid", "problem"])
def test_help_shows_what_all_fields_have(field: type[Field], name: str) -> None:
    assert "Never raises" in (inspect.getdoc(getattr(field, name)) or "")

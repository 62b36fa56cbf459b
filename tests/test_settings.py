"""Invalid class arguments are rejected when the class is defined."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import re
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
from nofields.characters import WHITE_SPACE
from nofields.fields import ALL

WRONG: list[tuple[type[Field], dict[str, Any], type[Exception], str]] = [
    (Text, {"max": "100"}, TypeError, "max must be int, not str"),
    (Text, {"max": None}, TypeError, "max must be int, not NoneType"),
    (Text, {"max": True}, TypeError, "max must be int, not bool"),
    (Text, {"max": 2.5}, TypeError, "max must be int, not float"),
    (Text, {"max": 0}, ValueError, "max must be 1 or more, not 0"),
    (TextArea, {"max": -1}, ValueError, "max must be 1 or more, not -1"),
    (Text, {"maxx": 3}, TypeError, "unknown class argument 'maxx'; known: key, too_long_key, max, min, multiline"),
    (EmailAddress, {"max": "x"}, TypeError, "max must be int"),
    (AltinnPassword, {"min": "7"}, TypeError, "min must be int"),
    (AltinnPassword, {"min": 10, "max": 8}, ValueError, "min=10 is more than max=8"),
    (PhoneNumber, {"regions": "NO"}, TypeError, "regions must be tuple, not str"),
    (PostalCode, {"registered": "no"}, TypeError, "registered must be bool, not str"),
    (AccountNumber, {"digits": 9}, ValueError, "digits=9 does not fit written='####.##.#####'"),
    (PostalCode, {"written": "#####"}, ValueError, "digits=4 does not fit written='#####'"),
    (Checkbox, {"checked": 5}, TypeError, "checked must be frozenset, not int"),
    (PaymentReference, {"min": 4.5}, TypeError, "min must be int"),
    (PaymentReference, {"digits": "11"}, TypeError, "digits must be int"),
    (Dropdown, {"choices": "ja nei"}, TypeError, "choices must be several texts, not one"),
    (Radio, {"choices": []}, ValueError, "choices must not be empty, and none of them blank"),
    (CheckboxGroup, {"choices": ["a", " "]}, ValueError, "none of them blank"),
    (Dropdown, {"choices": [None]}, TypeError, "a choice must be a text, not NoneType"),
    (Dropdown, {"several": True}, TypeError, "unknown class argument 'several': CheckboxGroup accepts several choices"),
    (Country, {"choices": ["NO"]}, TypeError, "unknown class argument 'choices'"),
]


@pytest.mark.parametrize(
    ("field", "settings", "error", "expected"), WRONG, ids=lambda each: getattr(each, "__name__", str(each))
)
def test_invalid_settings(field: type[Field], settings: dict[str, Any], error: type[Exception], expected: str) -> None:
    with pytest.raises(error) as raised:
        type("Own", (field,), {}, **settings)
    assert expected in str(raised.value)


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


def test_mixin_before_field() -> None:
    """Among the bases, it cannot override them either."""
    with pytest.raises(TypeError, match="Own cannot define is_valid"):
        type("Own", (_Mixin, OrganisationNumber), {})


def test_mixin_after_field() -> None:
    """Among the bases, it overrides nothing."""
    own: Any = type("Own", (OrganisationNumber, _Mixin), {})
    assert own.is_valid("974760673")


@pytest.mark.parametrize(
    ("field", "examples", "expected"),
    [
        (OrganisationNumber, ("974760674",), "Own.examples: '974760674' is rejected with reason check_digit"),
        (Text, ("x" * 300,), "is rejected with reason too_long"),
        (NationalIdentityNumber, ("30108299921",), "Own.examples: an example is rejected with reason check_digit"),
    ],
)
def test_invalid_example(field: type[Field], examples: tuple[str, ...], expected: str) -> None:
    """Rejected when the class is defined, and not shown if it may be a secret."""
    with pytest.raises(ValueError, match="examples") as raised:
        type("Own", (field,), {"examples": examples})
    assert expected in str(raised.value)


def test_synthetic_example_under_any_policy() -> None:
    assert type("Own", (OrganisationNumber,), {"examples": ("310926833",)})


@pytest.mark.parametrize("field", [OrganisationNumber, PhoneNumber, Text, Checkbox], ids=lambda field: field.__name__)
@pytest.mark.parametrize("name", ["is_valid", "problem"])
def test_help_of_inherited_methods(field: type[Field], name: str) -> None:
    assert "Never raises" in (inspect.getdoc(getattr(field, name)) or "")


#: Settings that are the rule itself or have a field of their own: a subclass has no reason to change them.
INTERNAL = {
    *("key", "too_long_key", "written", "grouped", "affixes", "kinds", "sums", "country_code", "mobile_only"),
    *("date", "requirements", "secret", "currency", "country", "account"),
    *("vendor", "name", "organisation", "prefix", "suffix", "multiline", "several", "open", "clean_separator"),
}
#: The count of digits, and the kinds of a rule that has one, which no subclass can change.
FIXED = {
    "AccountNumber": {"digits", "accept"},
    "OrganisationNumber": {"digits"},
    "NationalIdentityNumber": {"digits"},
    "PostalCode": {"digits", "accept", "separators"},
    "PhoneNumber": {"digits"},
    "MobilePhoneNumber": {"digits"},
    "Country": {"choices"},
}


def documented_arguments(field: type[Field]) -> dict[str, str]:
    """The class arguments in a field's docstring, or in the one that it refers to, with their descriptions."""
    doc = inspect.cleandoc(field.__doc__ or "")
    if other := re.search(r"^Class arguments: those of :class:`(\w+)`\.$", doc, re.MULTILINE):
        return documented_arguments(next(each for each in ALL if each.__name__ == other[1]))
    (section,) = [each for each in doc.split("\n\n") if each.startswith("Class arguments:\n")]
    entries = re.split(r"^    (?=\w+: )", section, flags=re.MULTILINE)[1:]
    return dict(entry.split(": ", 1) for entry in entries)


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.__name__)
def test_help_lists_the_class_arguments(field: type[Field]) -> None:
    """All that a subclass may want to set, each with its default and an example that works.

    A new setting of a rule is listed in the docstrings of its fields, or in INTERNAL or FIXED above.
    """
    arguments = documented_arguments(field)
    settings = {each.name for each in dataclasses.fields(field.rule)}
    parents = [base for base in field.__mro__ if issubclass(base, Field)]
    parameters = [each for base in parents for each in inspect.signature(base.__init_subclass__).parameters.values()]
    keywords = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
    missing = (settings | keywords) - INTERNAL - FIXED.get(field.__name__, set()) - set(arguments)
    assert not missing, f"add {missing} to the class arguments of {field.__name__}, or to FIXED or INTERNAL in {__file__}"
    assert set(arguments) <= settings | keywords
    for name, text in arguments.items():
        assert re.search(r"\bDefault: \S", text), name
        (example,) = re.findall(rf"Example:\s+``({name}=.*?)``", text, re.DOTALL)
        example_arguments = eval(f"dict({example})", {"WHITE_SPACE": WHITE_SPACE, "Country": Country, "datetime": datetime})
        assert type("Own", (field,), {}, **example_arguments).rule != field.rule

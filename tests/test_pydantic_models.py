"""Fields within other types in pydantic models."""

from __future__ import annotations

import json
from typing import Annotated, Any, Optional

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from nofields import (
    AccountNumber,
    CheckboxGroup,
    DateRange,
    Dropdown,
    FieldError,
    Key,
    NorwegianDate,
    OrganisationNumber,
    PhoneNumber,
    PostalCode,
    Problem,
    Reason,
)


def even(number: OrganisationNumber) -> OrganisationNumber:
    if int(number) % 2:
        raise FieldError(Problem(Key.ORGANISATION_FIELD_ERROR, Reason.OTHER, {"digits": 9}))
    return number


class Size(Dropdown, choices=["small", "large"]): ...


class Company(BaseModel):
    model_config = ConfigDict(validate_default=True)
    number: OrganisationNumber
    accounts: list[AccountNumber] = []
    offices: dict[PostalCode, PhoneNumber] = {}
    founded: NorwegianDate | None = None
    open: Optional[DateRange] = None  # noqa: UP045 - the older spelling works too
    contact: PhoneNumber | OrganisationNumber | None = None
    parent: Annotated[OrganisationNumber | None, "of a group"] = None
    pair: tuple[OrganisationNumber, PostalCode] | None = None
    uses: CheckboxGroup | None = None
    size: Size = "small"  # type: ignore[assignment]
    unusual: Annotated[OrganisationNumber, AfterValidator(even)] | None = None


FULL = {
    "number": "974 760 673",
    "accounts": ["8601.11.17947", "12345678903"],
    "offices": {"0357": "+47 21 23 45 67"},
    "founded": "5.3.1926",
    "open": {"from": "1.1.2020", "to": "31.12.2020"},
    "contact": "991 825 827",
    "parent": "991825827",
    "pair": ["974760673", " 0357 "],
    "uses": ["a", "b"],
    "size": "large",
    "unusual": None,
}


def test_full_model() -> None:
    """Fields work in lists, keys and values of dicts, unions, tuples, Optional and Annotated, each in its own type."""
    company = Company.model_validate(FULL)
    assert company.model_dump(mode="json") == {
        "number": "974760673",
        "accounts": ["86011117947", "12345678903"],
        "offices": {"0357": "21234567"},
        "founded": "1926-03-05",
        "open": "2020-01-01/2020-12-31",
        "contact": "991825827",
        "parent": "991825827",
        "pair": ["974760673", "0357"],
        "uses": ["a", "b"],
        "size": "large",
        "unusual": None,
    }
    ((office, phone),) = company.offices.items()
    assert (type(office), type(phone)) == (PostalCode, PhoneNumber)
    assert type(company.contact) is OrganisationNumber
    assert type(company.founded) is NorwegianDate
    assert type(company.size) is Size


def test_round_trips() -> None:
    """A model is equal after Python, JSON and copy round trips."""
    company = Company.model_validate(FULL)
    assert Company.model_validate(company.model_dump()) == company
    assert Company.model_validate_json(company.model_dump_json()) == company
    assert Company.model_validate_json(json.dumps(FULL)) == company
    assert Company.model_validate(company) is company
    assert company.model_copy(deep=True) == company
    assert Company.model_validate(FULL, strict=False) == company


def test_instances() -> None:
    """An instance in a model stays the same object."""
    number, day = OrganisationNumber("974760673"), NorwegianDate("5.3.1926")
    company = Company(number=number, founded=day)
    assert company.number is number
    assert company.founded is day
    assert company.size == "small"


@pytest.mark.parametrize(
    ("change", "loc", "key"),
    [
        ({"accounts": ["86011117947", "86011117949"]}, ("accounts", 1), "ACCOUNT_FIELD_ERROR"),
        ({"offices": {"0357": "1"}}, ("offices", "0357"), "PHONE_ERROR"),
        ({"offices": {"357": "21234567"}}, ("offices", "357", "[key]"), "POSTAL_CODE_ERROR"),
        ({"pair": ["974760673", "357"]}, ("pair", 1), "POSTAL_CODE_ERROR"),
        ({"founded": "31.2.2020"}, ("founded",), "DATE_TO_FROM_ERROR"),
        ({"size": "huge"}, ("size",), "DROPDOWN_ERROR"),
        ({"unusual": "974760673"}, ("unusual",), "value_error"),
    ],
)
def test_places_of_errors(change: dict[str, Any], loc: tuple[int | str, ...], key: str) -> None:
    """An error within other types has its own ``loc``."""
    with pytest.raises(ValidationError) as caught:
        Company.model_validate(FULL | change)
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [(loc, key)]


def test_unions() -> None:
    """A value that no branch accepts has an error for each, with the class's name."""
    with pytest.raises(ValidationError) as caught:
        Company.model_validate(FULL | {"contact": "1"})
    places = {error["type"]: str(error["loc"][-1]) for error in caught.value.errors()}
    assert set(places) == {"PHONE_ERROR", "ORGANISATION_FIELD_ERROR"}
    assert "PhoneNumber" in places["PHONE_ERROR"]
    assert "OrganisationNumber" in places["ORGANISATION_FIELD_ERROR"]

"""Every published number gets the verdict that its source states."""

from __future__ import annotations

import datetime

import pytest

from helpers.values import POLICIES, Row, policy, published, valid_by_1964_rule, verdict
from nofields import (
    AccountNumber,
    Field,
    Gender,
    Iban,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PhoneNumber,
    PostalCode,
    Problem,
)

FIELDS: dict[str, type[Field]] = {
    "person_id": NationalIdentityNumber,
    "orgnr": OrganisationNumber,
    "kontonr": AccountNumber,
    "postnr": PostalCode,
    "phone": PhoneNumber,
    "mobile": MobilePhoneNumber,
}
#: The verdict under each policy on a number that is expected to be ``valid`` or ``synthetic``.
OUTCOMES = {
    ("valid", "reject"): "accepted",
    ("valid", "accept"): "accepted",
    ("valid", "only"): "real",
    ("synthetic", "reject"): "synthetic",
    ("synthetic", "accept"): "accepted",
    ("synthetic", "only"): "accepted",
}
#: The file's names of kinds where they are not nofields' own.
KINDS = {"hnr": IdentityKind.NAV_FNR}
PEOPLE = [row for row in published("person_id") if row.expected != "invalid"]


def each(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=lambda row: f"{row.field}-{row.value}")


@each(published(*FIELDS))
@pytest.mark.parametrize("setting", POLICIES)
def test_verdict(row: Row, setting: str) -> None:
    """A published number is accepted or rejected for the right reason under each policy."""
    has_policy = row.field in ("person_id", "orgnr")
    with policy(setting):
        result = verdict(FIELDS[row.field], row.value)
    if row.expected == "invalid":
        assert type(result) is Problem
        assert result.reason not in ("synthetic", "real")
    elif not has_policy or OUTCOMES[row.expected, setting] == "accepted":
        assert type(result) is FIELDS[row.field]
    else:
        assert result.reason == OUTCOMES[row.expected, setting]


@each(PEOPLE)
def test_kind(row: Row) -> None:
    """A published identity number has the kind that its source states."""
    with policy("accept"):
        number = NationalIdentityNumber(row.value)
    name = row.kind.removesuffix("-2032").removesuffix("-2021")
    assert number.kind is KINDS.get(name) or number.kind is IdentityKind(name)
    assert number.is_synthetic is (row.expected == "synthetic")


@each([row for row in PEOPLE if "birth=" in row.detail])
def test_birth_date(row: Row) -> None:
    """It has the birth date that its source states, unless only the 2032 rule accepts it."""
    with policy("accept"):
        number = NationalIdentityNumber(row.value)
    stated = datetime.date.fromisoformat(row.detail.partition("birth=")[2][:10])
    assert number.birth_date == (stated if valid_by_1964_rule(row.value) else None)


@each([row for row in PEOPLE if "gender=" in row.detail])
def test_gender(row: Row) -> None:
    """It has the gender that its source states."""
    with policy("accept"):
        number = NationalIdentityNumber(row.value)
    assert number.gender is {"F": Gender.FEMALE, "M": Gender.MALE}[row.detail.partition("gender=")[2][0]]


@each([row for row in PEOPLE if not valid_by_1964_rule(row.value)])
def test_2032_numbers_have_no_facts(row: Row) -> None:
    """A number that only the 2032 rule accepts has neither birth date nor gender."""
    with policy("accept"):
        number = NationalIdentityNumber(row.value)
    assert (number.birth_date, number.gender) == (None, None)


@each(published("mva"))
def test_vat_number(row: Row) -> None:
    """A published VAT number is valid if and only if its organisation number gives the same VAT number."""
    squeezed = row.value.replace(" ", "")
    within = "".join(filter(str.isdigit, squeezed))
    made = OrganisationNumber(within).vat_number.replace(" ", "") if OrganisationNumber.is_valid(within) else None
    assert (made is not None and made.endswith(squeezed)) is (row.expected == "valid")


@each(published("iban"))
def test_iban(row: Row) -> None:
    """A published IBAN is valid if and only if its account number is valid and gives the same IBAN."""
    squeezed = row.value.replace(" ", "")
    account = squeezed[4:]
    made = AccountNumber(account).iban.replace(" ", "") if AccountNumber.is_valid(account) else None
    assert (made == squeezed) is Iban.is_valid(row.value) is (row.expected == "valid")


def test_every_row_is_tested() -> None:
    """No row of the file is left out by the tests above."""
    assert len(published(*FIELDS, "mva", "iban")) == 174

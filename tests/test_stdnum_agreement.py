"""Organisation and account numbers agree with python-stdnum, with documented exceptions."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.no import kontonr, orgnr

from helpers.values import account_numbers, organisation_numbers, policy
from nofields import AccountNumber, OrganisationNumber

#: First digits of the organisation numbers that each policy accepts.
SERIES = {"reject": "89", "accept": "2389", "only": "23"}


def by_prefix(prefix_digits: int, tail_digits: int, tails: int) -> list[str]:
    """Every prefix of ``prefix_digits`` digits, each with some tails."""
    draw = random.Random(973)
    return [
        f"{prefix:0{prefix_digits}}{draw.randrange(10**tail_digits):0{tail_digits}}"
        for prefix in range(10**prefix_digits)
        for _ in range(tails)
    ]


def last_digits(prefix_digits: int, total: int) -> list[str]:
    """Numbers in tens that differ in their last digit alone: of each ten nine or ten are wrong."""
    firsts = by_prefix(prefix_digits, total - 1 - prefix_digits, 1)
    return [f"{first}{last}" for first in firsts for last in range(10)]


ORGANISATIONS = by_prefix(4, 5, 4) + last_digits(3, 9)
ACCOUNTS = by_prefix(4, 7, 4) + last_digits(3, 11)


@pytest.mark.parametrize("setting", SERIES)
def test_organisation_numbers(setting: str) -> None:
    """Of every series, those are valid that python-stdnum accepts and whose series is allowed."""
    with policy(setting):
        differing = [
            number
            for number in ORGANISATIONS
            if OrganisationNumber.is_valid(number) is not (orgnr.is_valid(number) and number[0] in SERIES[setting])
        ]
    assert differing == []


def test_account_numbers() -> None:
    """Of every bank, those are valid that python-stdnum accepts (0000 it reads as retired postgiro numbers)."""
    differing = [
        number
        for number in ACCOUNTS
        if not number.startswith("0000") and AccountNumber.is_valid(number) is not kontonr.is_valid(number)
    ]
    assert differing == []


@given(st.text("0123456789 ", max_size=14) | organisation_numbers("0123456789"))
@example("")
@example("          ")
@example("974760673 ")
def test_organisation_numbers_as_typed(text: str) -> None:
    """Digits with blanks are valid where python-stdnum accepts them."""
    with policy("accept"):
        first = text.strip(" ")[:1]
        assert OrganisationNumber.is_valid(text) is (orgnr.is_valid(text) and first in set("2389"))


@given(st.text("0123456789 .", max_size=16) | account_numbers())
def test_account_numbers_as_typed(text: str) -> None:
    """Eleven digits with blanks and full stops are valid where python-stdnum accepts them."""
    digits = text.replace(" ", "").replace(".", "")
    if len(digits) == 11 and not digits.startswith("0000"):
        assert AccountNumber.is_valid(text) is kontonr.is_valid(text)
    elif len(digits) != 11:
        assert not AccountNumber.is_valid(text)


@pytest.mark.parametrize(
    ("number", "valid"),
    [("00000000000", False), ("0000000000", False), ("0000000", False), ("1234567", False), ("00001234567", None)],
)
def test_postgiro_numbers(number: str, valid: bool | None) -> None:
    """The retired 7-digit postgiro numbers are no account numbers; 0000 is a bank like any other."""
    expected = kontonr._calc_check_digit(number) == number[-1] if valid is None else valid
    assert AccountNumber.is_valid(number) is expected

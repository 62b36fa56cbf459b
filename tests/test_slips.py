"""Every wrong digit and every swap of neighbours in a valid number is detected, as mod 11 promises."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import AccountNumber, NationalIdentityNumber, OrganisationNumber, strategies
from nofields.rules import DigitRule

RULES: dict[str, tuple[DigitRule, type]] = {
    field.name: (field.rule, field) for field in (OrganisationNumber, AccountNumber, NationalIdentityNumber)
}
VALID = {
    "orgnr": strategies.organisation_numbers(),
    "kontonr": strategies.account_numbers(),
    "fnr": strategies.national_identity_numbers(kinds=["fnr", "dnr"]),
}


@pytest.mark.parametrize("name", list(RULES))
def test_weights_detect_every_slip(name: str) -> None:
    """In a sum with a fixed remainder, no weight and no difference of neighbouring weights is 0 (mod 11)."""
    rule = RULES[name][0]
    strict = [each.weights for each in rule.sums if len(each.remainders) == 1 and len(each.weights) == rule.digits]
    assert all(weight % 11 for weight in strict[-1])
    assert all((one - other) % 11 for one, other in pairwise(strict[-1]))


@pytest.mark.parametrize("name", list(RULES))
@given(data=st.data())
def test_every_slip_is_detected(name: str, data: st.DataObject) -> None:
    number, field = data.draw(VALID[name]), RULES[name][1]
    assert field.is_valid(number)
    for at, digit in enumerate(number):
        for other in set("0123456789") - {digit}:
            assert not field.is_valid(number[:at] + other + number[at + 1 :])
        swapped = number[:at] + number[at + 1 : at + 2] + digit + number[at + 2 :]
        assert swapped == number or not field.is_valid(swapped)

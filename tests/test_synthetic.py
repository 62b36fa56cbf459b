"""NOFIELDS_SYNTHETIC is read leniently, and a mistake in it accepts nothing synthetic."""

from __future__ import annotations

import pytest

from helpers.values import organisation_number
from nofields import NationalIdentityNumber, OrganisationNumber, synthetic
from nofields.synthetic import Policy


@pytest.mark.parametrize(
    ("written", "policy"),
    [
        ("reject", Policy.REJECT),
        ("accept", Policy.ACCEPT),
        ("only", Policy.ONLY),
        ("ACCEPT", Policy.ACCEPT),
        (" only\n", Policy.ONLY),
        ("", Policy.REJECT),
    ],
)
def test_policy(written: str, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case and blanks do not matter, and an empty setting is the default."""
    monkeypatch.setenv(synthetic.VARIABLE, written)
    assert synthetic.policy() is policy
    assert OrganisationNumber.is_valid("310926833") is (policy is not Policy.REJECT)
    assert OrganisationNumber.is_valid("974760673") is (policy is not Policy.ONLY)


def test_default_is_reject() -> None:
    """Without a setting only real numbers are accepted."""
    assert synthetic.policy() is Policy.REJECT


def test_unknown_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning, and the setting counts as ``reject``."""
    monkeypatch.setenv(synthetic.VARIABLE, "yes")
    with pytest.warns(UserWarning, match="reject, accept, only"):
        assert synthetic.policy() is Policy.REJECT
    with pytest.warns(UserWarning, match="NOFIELDS_SYNTHETIC"):
        assert not NationalIdentityNumber.is_valid("03851598730")


@pytest.mark.parametrize(
    ("number", "made_up"), [("974760673", False), ("310926833", True), (organisation_number("20345678"), True)]
)
def test_is_synthetic(number: str, made_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation number is synthetic if its series is."""
    monkeypatch.setenv(synthetic.VARIABLE, "accept")
    assert OrganisationNumber(number).is_synthetic is made_up

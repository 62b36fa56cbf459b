"""Every reader of rules has an entry for every kind of rule, or is listed here with those it lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from nofields import Key, PhoneNumber, Value, check, generate, rules
from nofields.export import rules as export
from nofields.fields import ALL
from nofields.forms.types import widgets
from nofields.rules import Rule
from nofields.strategies.invalid import _OF_RULE as INVALID

CHOICES = {rules.ChoiceRule, rules.CountryRule, rules.CheckboxRule}
#: The table of each reader, and the kinds of rule that it lacks.
READERS: dict[str, tuple[Mapping[type, Any], set[type]]] = {
    "checks": (check._CHECKS, set()),
    "widgets of forms": (widgets._APPEARANCES, set()),
    "invalid values": (INVALID, set()),
    "values": (generate._OF_RULE, {rules.DateRangeRule, rules.TextRule, *CHOICES}),
    "JavaScript": (
        export._OF_RULE,
        {rules.AnyPhoneRule, rules.EmailRule, rules.IbanRule, *CHOICES},
    ),
}
#: The readers that fall back on the entry of a kind that another one derives from.
BY_BASE = {"invalid values"}


class AnyPhone(PhoneNumber, foreign=True):
    """A field whose kind of rule no field has without class arguments."""


@pytest.mark.parametrize("reader", READERS)
def test_every_kind_has_an_entry(reader: str) -> None:
    """Its own or, where the reader looks there, one of a kind that it derives from."""
    table, missing = READERS[reader]
    found = {kind for kind in Rule.__args__ if (set(kind.__mro__) if reader in BY_BASE else {kind}) & table.keys()}
    assert set(Rule.__args__) - found == missing


def test_every_kind_is_used() -> None:
    """What is tested of every field is tested of every kind of rule."""
    assert {type(field.rule) for field in (*ALL, AnyPhone)} == set(Rule.__args__)
    assert {kind for name, kind in vars(rules).items() if name.endswith("Rule") and name != "Rule"} == set(Rule.__args__)


def test_unknown_kind() -> None:
    """The error names the known kinds, where the class is defined."""
    kind = dataclasses.make_dataclass("OwnRule", [("key", Key)], frozen=True)
    with pytest.raises(TypeError, match="OwnRule is no kind of rule; known: DigitRule, "):
        type("Own", (Value,), {"rule": kind(Key.SSN_ERROR)})

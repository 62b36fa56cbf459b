"""Whatever reads rules knows every kind of rule, or is said here not to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nofields import check, generate, rules
from nofields.export import rules as export
from nofields.fields import ALL
from nofields.forms import widgets
from nofields.rules import Rule
from nofields.strategies.invalid import _OF_RULE as INVALID

CHOICES = {rules.ChoiceRule, rules.CountryRule, rules.CheckboxRule}
#: The table of each reader, and the kinds of rule that it has nothing to say of.
READERS: dict[str, tuple[Mapping[type, Any], set[type]]] = {
    "checks": (check._CHECKS, set()),
    "widgets of forms": (widgets._APPEARANCES, set()),
    "invalid values": (INVALID, set()),
    "values": (generate._OF_RULE, {rules.DateRangeRule, rules.TextRule, *CHOICES}),
    "JavaScript": (export._OF_RULE, {rules.DateRangeRule, rules.TextRule, rules.EmailRule, *CHOICES}),
}


@pytest.mark.parametrize(("table", "silent"), READERS.values(), ids=READERS)
def test_a_reader_of_rules_knows_every_kind(table: Mapping[type, Any], silent: set[type]) -> None:
    """Itself or as a narrower one of a kind that it knows."""
    assert {kind for kind in Rule.__args__ if not set(kind.__mro__) & table.keys()} == silent


def test_every_kind_of_rule_is_that_of_a_field() -> None:
    """What is tested of every field is tested of every kind of rule."""
    assert {type(field.rule) for field in ALL} == set(Rule.__args__)
    assert {kind for name, kind in vars(rules).items() if name.endswith("Rule") and name != "Rule"} == set(Rule.__args__)

"""Values that a decimal number rejects, by reason."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nofields.characters import DIGITS
from nofields.errors import Reason
from nofields.rules import LONGEST_INPUT, MOST_DIGITS, NumberRule
from nofields.strategies.from_type import candidates
from nofields.strategies.mutations import with_odd_character
from nofields.value import Field

#: What is neither text nor a number.
_NEITHER = st.booleans() | st.lists(st.integers(), max_size=2)
#: Bounds further away than this leave no room for numbers beyond them.
_FARTHEST = 10 ** (MOST_DIGITS - 5)


def of_decimal(field: type[Field]) -> Mapping[str, SearchStrategy[object]]:
    """Return the strategies of a number or an amount, by reason."""
    rule = field.rule
    assert isinstance(rule, NumberRule)
    written = st.sampled_from(["1,2,3", "12 34 56", "1 2,3", "12 stk", "--1", ",", "1e3", "½"])
    strategies: dict[str, SearchStrategy[object]] = {
        Reason.TYPE: _NEITHER,
        Reason.FORMAT: _with_reason(field, Reason.FORMAT, written | with_odd_character(candidates(field))),
        Reason.LENGTH: st.text("123456789", min_size=MOST_DIGITS + 1, max_size=2 * LONGEST_INPUT),
    }
    if rule.decimals < MOST_DIGITS - 2:
        shown = st.text(DIGITS, min_size=rule.decimals + 1, max_size=rule.decimals + 2).map("1,{}".format)
        strategies[Reason.DECIMALS] = shown
    if rule.min.is_finite() and rule.min > -_FARTHEST:
        strategies[Reason.TOO_SMALL] = _beyond(field, Reason.TOO_SMALL, rule.min, -1)
    if rule.max.is_finite() and rule.max < _FARTHEST:
        strategies[Reason.TOO_LARGE] = _beyond(field, Reason.TOO_LARGE, rule.max, 1)
    return strategies


def _beyond(field: type[Field], reason: Reason, bound: Decimal, direction: int) -> SearchStrategy[object]:
    """Generate numbers, as text and as such, beyond a bound."""
    first = int(bound.to_integral_value("ROUND_DOWN"))
    numbers = st.integers(1, 10**6).map(lambda step: first + direction * step)
    return _with_reason(field, reason, numbers | numbers.map(str))


def _with_reason(field: type[Field], reason: Reason, values: SearchStrategy[object]) -> SearchStrategy[object]:
    """Keep the values that a field rejects for a reason."""
    return values.filter(lambda value: (problem := field.problem(value)) is not None and problem.reason == reason)

"""Decimal numbers from a rule's bounds."""

from __future__ import annotations

from decimal import Context, Decimal

from nofields.check import compile_rule
from nofields.fields import Number
from nofields.generate.choices import Choose, or_edge
from nofields.rules import MOST_DIGITS, NumberRule

#: How far numbers are from the only bound that a rule has.
_SPAN = Decimal(10**6)
#: Decimals, unless the rule accepts fewer or its bounds need more.
_DECIMALS = 2
_EXACT = Context(prec=3 * MOST_DIGITS)


def number(choose: Choose, rule: NumberRule = Number.rule) -> str:
    """Return a number within the bounds of a rule, with two decimals or none.

    Raises:
        ValueError: The rule accepts no number.
    """
    low = rule.min if rule.min.is_finite() else min(Decimal(0), rule.max - _SPAN if rule.max.is_finite() else Decimal(0))
    high = rule.max if rule.max.is_finite() else max(_SPAN, low + _SPAN)
    for decimals in range(min(_DECIMALS, rule.decimals), rule.decimals + 1):
        first, last = _scaled(low, decimals, "ROUND_CEILING"), _scaled(high, decimals, "ROUND_FLOOR")
        if first <= last:
            drawn = Decimal(or_edge(choose, choose(first, last), (first, last))).scaleb(-decimals, _EXACT)
            whole = drawn.to_integral_value()
            clean: str = compile_rule(rule).clean(f"{whole if whole == drawn else drawn:f}")
            return clean
    raise ValueError(f"there is no number from {rule.min} to {rule.max} with {rule.decimals} decimals")


def _scaled(bound: Decimal, decimals: int, rounding: str) -> int:
    """Return a bound as a multiple of the smallest step."""
    return int(bound.scaleb(decimals, _EXACT).to_integral_value(rounding))

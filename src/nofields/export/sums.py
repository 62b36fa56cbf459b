"""Sums and limits of numbers for JavaScript."""

from __future__ import annotations

from decimal import Context, Decimal

from nofields.export.exported import Script
from nofields.rules import MOST_DIGITS, ReferenceRule, WeightedSum

#: Multiplies limits by powers of ten without rounding.
_EXACT = Context(prec=1000)


def right(*sums: WeightedSum) -> str:
    """Return a function of JavaScript: whether digits satisfy all of some sums. Written out, they are faster than a loop."""
    return Script(f"(d) => {' && '.join(map(_condition, sums)) or 'true'}")


def _condition(total: WeightedSum) -> str:
    products = (f"{weight} * d[{place}]".removeprefix("1 * ") for place, weight in enumerate(total.weights) if weight)
    remainder, remainders = f"({' + '.join(products)}) % {total.modulus}", sorted(total.remainders)
    if remainders == list(range(len(remainders))):
        return f"{remainder} < {len(remainders)}"
    return f"{remainder} === {remainders[0]}" if len(remainders) == 1 else f"{remainders}.includes({remainder})"


def cyclic(rule: ReferenceRule) -> list[list[object]]:
    """Return the sums of a payment reference as data for ``static/reference.js``."""
    return [[each.weights, each.modulus, each.folded, each.ten] for each in rule.sums]


def scaled(limit: Decimal, rounding: str) -> str | None:
    """Return a limit as an integer of JavaScript, with as many decimals as a number may have; ``None`` for no limit."""
    if not limit.is_finite():
        return None
    return Script(f"{limit.scaleb(MOST_DIGITS, _EXACT).to_integral_value(rounding, _EXACT):f}n")

"""Reads a rule of amounts of money."""

from __future__ import annotations

from itertools import permutations

from nofields.characters import DECIMAL_SIGNS, SPACES
from nofields.check.base import any_of, either_case
from nofields.check.number import SIGN, NumberCheck, in_threes
from nofields.rules import AmountRule

#: What stands in place of decimals that are zero, as in ``1 234,-``.
NO_DECIMALS = "-\N{EN DASH}\N{EM DASH}"


class AmountCheck(NumberCheck):
    """An amount, or its text -> the text that ``float`` and ``Decimal`` read, with all its decimals."""

    rule: AmountRule
    is_padded = True

    def __init__(self, rule: AmountRule) -> None:
        super().__init__(rule)
        self.separators = self.between + DECIMAL_SIGNS

    def written(self) -> tuple[str, ...]:
        currency = "".join(either_case(self.rule.currency))
        blanks, decimals = any_of(SPACES), f"(?:([0-9]+)|{any_of(NO_DECIMALS, '')})"
        numbers = [f"({in_threes(self.between)}|[0-9]+)(?:{any_of(DECIMAL_SIGNS, '')}{decimals})?"]
        for mark, other in permutations(DECIMAL_SIGNS):  # both, or one of them twice: there is one way to read it
            numbers += [f"({in_threes(mark)})[{other}]{decimals}", f"({in_threes(mark, '{2,}')})()"]
        return tuple(f"(?:{currency}[.]?{blanks})?{SIGN}{number}(?:{blanks}{currency}[.]?)?" for number in numbers)

    def canonical(self, whole: str, decimals: str) -> tuple[str, str]:
        return whole.lstrip("0") or "0", decimals.ljust(self.rule.decimals, "0")

    def pattern(self, *, clean: bool) -> str:
        if not clean:
            return super().pattern(clean=False)
        decimals = f"[.][0-9]{{{self.rule.decimals}}}" if self.rule.decimals else ""
        return f"^{'' if self.rule.min >= 0 else '-?'}(?:0|[1-9][0-9]*){decimals}$"

    def other_characters(self) -> str:
        return super().other_characters() + NO_DECIMALS + self.rule.currency.lower() + self.rule.currency.upper()

"""Reads a rule of references: digits of any count, with sums from the right."""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle, islice
from operator import getitem

from nofields.check.base import Check, any_of, is_as_number, without
from nofields.errors import Problem, Reason
from nofields.rules import DIGITS, CyclicSum, ReferenceRule


class ReferenceCheck(Check):
    """Text -> digits, and at the end what a sum writes for ten."""

    rule: ReferenceRule

    def __init__(self, rule: ReferenceRule) -> None:
        super().__init__(rule, digits=rule.max if rule.min == rule.max else f"{rule.min}–{rule.max}")
        tens = "".join(re.escape(each.ten) for each in rule.sums)
        self._last = f"[0-9{tens}]"
        self._form = re.compile(f"[0-9]*{self._last}")
        self._clean_form = re.compile(f"[0-9]{{{rule.min - 1},{rule.max - 1}}}{self._last}")
        self._sums = [(each.modulus, additions(each, rule.max)) for each in rule.sums]

    def clean(self, value: object) -> str | Problem:
        if type(value) is str and self._clean_form.fullmatch(value):
            number = value
        else:
            text = self.text(value, excess=Reason.LENGTH)
            if type(text) is Problem:
                return text
            if is_as_number(text):
                return self.problem(Reason.NUMBER)
            number = without(self.rule.separators, text)
            if not self._form.fullmatch(number):
                return self.problem(Reason.CHARACTERS)
            if not self.rule.min <= len(number) <= self.rule.max:
                return self.problem(Reason.LENGTH)
        if not number.strip("0"):  # every sum lets it through, and it refers to nothing
            return self.problem(Reason.SERIES)
        return number if self.moduli(number) else self.problem(Reason.CHECK_DIGIT)

    def moduli(self, number: str) -> list[int]:
        """The moduli of the sums that come out right."""
        return [modulus for modulus, places in self._sums if _is_right(modulus, places, number)]

    def pattern(self, *, clean: bool) -> str:
        blank = "" if clean else any_of(self.rule.separators)
        return f"^(?:{blank}[0-9]){{{self.rule.min - 1},{self.rule.max - 1}}}{blank}{self._last}{blank}$"


@cache
def additions(cyclic: CyclicSum, places: int) -> tuple[dict[str, int], ...]:
    """What each character adds to a sum, for every place from the right."""
    last = {digit: int(digit) for digit in DIGITS} | ({cyclic.ten: 10} if cyclic.ten else {})
    rows = {weight: {digit: _product(cyclic, weight * int(digit)) for digit in DIGITS} for weight in cyclic.weights}
    return (last, *(rows[weight] for weight in islice(cycle(cyclic.weights), places - 1)))


def satisfies(cyclic: CyclicSum, number: str) -> bool:
    """Whether a sum comes out right."""
    return _is_right(cyclic.modulus, additions(cyclic, len(number)), number)


def _is_right(modulus: int, places: tuple[dict[str, int], ...], number: str) -> bool:
    try:
        return sum(map(getitem, places, reversed(number))) % modulus == 0
    except KeyError:  # what another sum writes for ten
        return False


def _product(cyclic: CyclicSum, product: int) -> int:
    return sum(divmod(product, 10)) if cyclic.folded else product

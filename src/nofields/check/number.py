"""Reads a rule of decimal numbers."""

from __future__ import annotations

import re

from nofields.check.base import Check, any_of, without
from nofields.errors import Problem, Reason
from nofields.rules import DIGITS, NumberRule


class NumberCheck(Check):
    """Text -> the number as ``float`` and ``Decimal`` read it."""

    rule: NumberRule

    def __init__(self, rule: NumberRule) -> None:
        super().__init__(rule)
        self._pattern = re.compile(rule.pattern)

    def clean(self, value: object) -> str | Problem:
        text = self.text(value)
        if type(text) is Problem:
            return text
        number = without(self.rule.separators, text)
        for written, sign in self.rule.also_written:
            number = number.replace(written, sign)
        return number if self._pattern.fullmatch(number) else self.problem(Reason.FORMAT)

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return f"^{self.rule.pattern}$"
        # White space may stand anywhere, so the accepted form can only name its characters, one of them a digit.
        others = "".join([*map("".join, self.rule.also_written), self.rule.separators])
        return f"^{any_of(others)}[0-9]{any_of(DIGITS + others)}$"

"""Reads a rule of decimal numbers."""

from __future__ import annotations

import re

from nofields.check.base import Check, without
from nofields.errors import Problem, Reason
from nofields.rules import WHITE_SPACE, NumberRule


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
        return (
            number.replace(",", ".").replace("\u2212", "-") if self._pattern.fullmatch(number) else self.problem(Reason.FORMAT)
        )

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return "^" + self.rule.pattern.replace("[.,]", r"\.").replace(r"[\-\u2212]", "-") + "$"
        # White space may stand anywhere, so the accepted form can only name its characters, one of them a digit.
        others = f".,{WHITE_SPACE}\u2212\\-"
        return f"^[{others}]*[0-9][0-9{others}]*$"

"""Reads a rule of decimal numbers."""

from __future__ import annotations

import re

from nofields.check.base import Check, any_of, without
from nofields.errors import Problem, Reason
from nofields.rules import BLANK, DIGITS, NumberRule


class NumberCheck(Check):
    """Text -> the number as ``float`` and ``Decimal`` read it."""

    rule: NumberRule

    def __init__(self, rule: NumberRule) -> None:
        super().__init__(rule)
        self._pattern = re.compile(rule.pattern)
        self.matches = self._pattern.fullmatch
        self._ascii_separators = "".join(filter(str.isascii, rule.separators))
        self._wrong = self.problem(Reason.FORMAT)

    def clean(self, value: object) -> str | Problem:
        if type(value) is str and len(value) <= self.longest and value.strip(BLANK):
            text: str | Problem = value  # as Check.text would answer, without the call, which costs as much as the rest
        else:
            text = self.text(value)
        if type(text) is Problem:
            return text
        number = without(self._ascii_separators if text.isascii() else self.rule.separators, text)
        for written, sign in self.rule.also_written:
            number = number.replace(written, sign)
        return number if self.matches(number) else self._wrong

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return f"^{self.rule.pattern}$"
        # White space may stand anywhere, so the accepted form can only name its characters, one of them a digit.
        others = "".join([*map("".join, self.rule.also_written), self.rule.separators])
        return f"^{any_of(others)}[0-9]{any_of(DIGITS + others)}$"

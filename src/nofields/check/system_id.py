"""Reads a rule of Altinn system IDs, in both forms."""

from __future__ import annotations

import re

from nofields.characters import BLANK
from nofields.check.base import Check, any_of, is_as_number
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.rules import SystemIdRule


class SystemIdCheck(Check):
    """Text -> the ID without blanks at its ends."""

    rule: SystemIdRule

    def __init__(self, rule: SystemIdRule) -> None:
        super().__init__(rule)
        self._vendor = DigitCheck(rule.vendor)
        self._assigned = f"[0-9]{{1,{rule.max_digits}}}"
        self._named = f"([0-9]{{{rule.vendor.digits}}})_{rule.name}{{1,{rule.max_name}}}"
        self.either = re.compile(f"{self._assigned}|{self._named}")
        self.longest = 2 * max(rule.max_digits, rule.vendor.digits + 1 + rule.max_name)  # with blanks at its ends

    def clean(self, value: object) -> str | Problem:
        text = self.text(value)
        if type(text) is Problem:
            return text
        text = text.strip(BLANK)
        read = self.either.fullmatch(text)
        if read is None:
            return self.problem(Reason.NUMBER if is_as_number(text) else Reason.FORMAT)
        vendor = self._vendor.clean(read[1]) if read[1] else text
        return self.problem(Reason(vendor.reason), **vendor.params) if type(vendor) is Problem else text

    def pattern(self, *, clean: bool) -> str:
        blank = "" if clean else any_of(BLANK)
        return f"^{blank}(?:{self._assigned}|{self._named}){blank}$"

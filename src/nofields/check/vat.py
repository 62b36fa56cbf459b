"""Reads a rule of VAT numbers: an organisation number between letters."""

from __future__ import annotations

import re

from nofields.characters import INVISIBLE
from nofields.check.base import Check, any_of, either_case, is_as_number, union, without
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.rules import VatRule


class VatCheck(Check):
    """Text -> the organisation number between its letters, in capitals and without separators."""

    rule: VatRule

    def __init__(self, rule: VatRule) -> None:
        super().__init__(rule)
        self._organisation = DigitCheck(rule.organisation)
        #: What is removed.
        self.separators = union(rule.separators, f"{INVISIBLE} ")  # the written form is always read
        prefix, suffix = "".join(either_case(rule.prefix)), "".join(either_case(rule.suffix))
        self.form = re.compile(f"(?:{prefix})?([0-9]+){suffix}")

    def clean(self, value: object) -> str | Problem:
        text = self.text(value)
        if type(text) is Problem:
            return text
        read = self.form.fullmatch(without(self.separators, text))
        if read is None:
            named = self.naming(text, self.separators)
            if "character" in named.params:
                return named
            return self.problem(Reason.NUMBER if is_as_number(text) else Reason.FORMAT)
        number: str | Problem = self._organisation.clean(read[1])
        if type(number) is Problem:
            return self.problem(Reason(number.reason), **number.params)
        return f"{self.rule.prefix}{number}{self.rule.suffix}"

    def pattern(self, *, clean: bool) -> str:
        count = self.rule.organisation.digits
        if clean:
            return f"^{self.rule.prefix}[0-9]{{{count}}}{self.rule.suffix}$"
        blank = any_of(self.separators)
        prefix, suffix = ("".join(each + blank for each in either_case(part)) for part in (self.rule.prefix, self.rule.suffix))
        return f"^{blank}(?:{prefix})?(?:[0-9]{blank}){{{count}}}{suffix}$"

"""Reads a rule of postal codes: digits and, on request, the register."""

from __future__ import annotations

from nofields.check.base import Check
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.register import register
from nofields.rules import PostalRule


def postal_check(rule: PostalRule) -> Check:
    """The check of digits alone, or with the register behind it."""
    return RegisteredCheck(rule) if rule.registered else DigitCheck(rule)


class RegisteredCheck(Check):
    """Text -> four digits that are in the register."""

    rule: PostalRule

    def __init__(self, rule: PostalRule) -> None:
        self._digits = DigitCheck(rule)
        super().__init__(rule, **self._digits.params)
        self.pattern = self._digits.pattern  # type: ignore[method-assign]

    def clean(self, value: object) -> str | Problem:
        code = self._digits.clean(value)
        if type(code) is Problem or code in register():
            return code  # type: ignore[no-any-return]
        return self.problem(Reason.UNASSIGNED)

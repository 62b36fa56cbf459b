"""Reads rules of postal codes: digits and, on request, the register."""

from __future__ import annotations

from nofields.check.base import Check
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.postal_register import entries
from nofields.rules import PostalRule


class RegisteredCheck(Check):
    """Text -> four digits that are in the register, which may be replaced at any time."""

    rule: PostalRule

    def __init__(self, rule: PostalRule) -> None:
        self._digits = DigitCheck(rule)
        super().__init__(rule, **self._digits.params)

    def clean(self, value: object) -> str | Problem:
        code: str | Problem = self._digits.clean(value)
        return code if type(code) is Problem or code in entries() else self.problem(Reason.UNASSIGNED)

    def pattern(self, *, clean: bool) -> str:
        return self._digits.pattern(clean=clean)


def postal_check(rule: PostalRule) -> Check:
    """Return the check of the digits alone or, on request, with the register behind it."""
    return RegisteredCheck(rule) if rule.registered else DigitCheck(rule)

"""Reads a rule of postal codes: digits and, on request, the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nofields.check.base import Check, New, remembering
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.postal_register import entries
from nofields.rules import PostalRule


class PostalCheck(DigitCheck):
    """Text -> four digits. Few and repeated, the codes are remembered."""

    rule: PostalRule

    def maker(self, own: type, new: New, refuse: Callable[[Problem], Any]) -> Callable[[object], Any]:
        return remembering(super().maker(own, new, refuse))


class RegisteredCheck(Check):
    """Text -> four digits that are in the register."""

    rule: PostalRule

    def __init__(self, rule: PostalRule) -> None:
        self._digits = PostalCheck(rule)
        super().__init__(rule, **self._digits.params)

    def clean(self, value: object) -> str | Problem:
        code: str | Problem = self._digits.clean(value)
        return code if type(code) is Problem or code in entries() else self.problem(Reason.UNASSIGNED)

    def pattern(self, *, clean: bool) -> str:
        return self._digits.pattern(clean=clean)


def postal_check(rule: PostalRule) -> Check:
    """The check of the digits alone or, on request, with the register behind it."""
    return RegisteredCheck(rule) if rule.registered else PostalCheck(rule)

"""Reads rules with a fixed count of digits."""

from __future__ import annotations

from nofields import synthetic
from nofields.check.codes import CODES, KIND, policy_of
from nofields.check.definition import kind_of, satisfies
from nofields.check.notation import Notation, digits_notation
from nofields.check.reading import ReadingCheck
from nofields.check.tables import Table, digit_table
from nofields.errors import Reason
from nofields.rules import DigitRule


class DigitCheck(ReadingCheck):
    """Text -> digits."""

    rule: DigitRule

    def __init__(self, rule: DigitRule) -> None:
        self.depends = synthetic.depends(rule)
        super().__init__(rule, digits=rule.digits)

    def notation(self) -> Notation:
        return digits_notation(self.rule)

    def table(self) -> Table | None:
        return digit_table(self.rule)

    def policy(self, setting: object) -> bytes:
        return policy_of(self.rule, setting)

    def define(self, digits: str) -> int:
        rule, kind = self.rule, kind_of(self.rule, digits)
        if kind is None:
            dated = any(each.birth_date and digits[0] in each.first_digits for each in rule.kinds)
            return CODES[Reason.DATE if dated else Reason.SERIES]
        right = all(satisfies(each, digits) for each in rule.sums)
        return KIND + rule.kinds.index(kind) if right else CODES[Reason.CHECK_DIGIT]

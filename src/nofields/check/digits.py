"""Reads a rule of digits. ``diagnose`` is the plain reading; ``tables`` holds the fast one, and a test holds them together."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from operator import itemgetter, mul
from typing import Any

from nofields import synthetic
from nofields.check import tables
from nofields.check.base import Check, New, any_of, digits_pattern, is_as_number, without
from nofields.errors import Problem, Reason
from nofields.rules import (
    DECIMAL_SIGNS,
    DIGITS,
    LONGEST_INPUT,
    WHITE_SPACE,
    BirthDate,
    DigitRule,
    Kind,
    Series,
    WeightedSum,
)


class DigitCheck(Check):
    """Text -> digits. The valid and clean go through the tables; everything else takes the plain way."""

    rule: DigitRule

    def __init__(self, rule: DigitRule) -> None:
        super().__init__(rule, digits=rule.digits)
        self._visible = visible_separators(rule)
        self._blanks = blanks(rule)
        self._in_groups = re.compile(in_groups(rule)) if self._visible else None
        self._as_written = _parts_as_written(rule, self._blanks + self._visible) if self._visible else None
        self._tables = tables.Tables(rule)
        # Instance attributes, so that a caller reaches the compiled function with no frame of ours in between.
        self.clean = self._tables.function("value", "diagnose(value)", "diagnose(value)", diagnose=self.diagnose)  # type: ignore[assignment, method-assign]
        self.is_valid = self._tables.function("True", "False", "is_written(value)", is_written=self._is_written)  # type: ignore[assignment, method-assign]
        self.is_valid.__name__, self.is_valid.__doc__ = "is_valid", Check.is_valid.__doc__

    def maker(self, own: type, new: New, refuse: Callable[[Problem], Any]) -> Callable[[object], Any]:
        otherwise = super().maker(own, new, refuse)
        return self._tables.function(
            "new(own, value)", "otherwise(value)", "otherwise(value)", new=new, own=own, otherwise=otherwise
        )

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return digits_pattern(self.rule.digits)
        anywhere = digits_pattern(self.rule.digits, self._blanks)
        return f"{anywhere}|^{in_groups(self.rule)}$" if self._visible else anywhere

    def _is_written(self, value: object) -> bool:
        """Whether digits with separators, or text of another class than ``str``, are valid."""
        text = value if type(value) is str and len(value) <= LONGEST_INPUT else self.text(value, excess=Reason.LENGTH)
        if type(text) is Problem:
            return False
        digits = self._without_separators(text)
        return len(digits) == self.rule.digits and self.is_valid(digits)

    def _without_separators(self, text: str) -> str:
        """Return ``text`` without its separators; visible ones stay unless they stand where they may."""
        if self._as_written and (parts := self._as_written(text)) and not (digits := "".join(parts)).strip(DIGITS):
            return digits
        digits = without(self._blanks, text)
        if len(digits) > self.rule.digits and self._in_groups and self._in_groups.fullmatch(text):
            return without(self._visible, digits)
        return digits

    def diagnose(self, value: object) -> str | Problem:
        """Return the clean digits, or the problem. Checks run from what is easiest to fix to what is hardest."""
        rule = self.rule
        if type(value) is str and len(value) == rule.digits and not value.strip(DIGITS):
            return self._verdict(value)
        text = self.text(value, excess=Reason.LENGTH)
        if type(text) is Problem:
            return text
        digits = self._without_separators(text)
        if len(digits) == rule.digits and self.is_valid(digits):
            return digits
        if is_as_number(text):
            return self.problem(Reason.NUMBER)
        in_place, digits = not digits.strip(DIGITS), without(self._visible, digits)
        if not digits or digits.strip(DIGITS):
            return self.problem(Reason.CHARACTERS)
        if len(digits) != rule.digits:
            return self.problem(Reason.LENGTH)
        if not in_place:
            return self.problem(Reason.CHARACTERS)
        return self._verdict(digits)

    def _verdict(self, digits: str) -> str | Problem:
        """Return ``digits``, of the right count, or the problem."""
        rule, kind = self.rule, kind_of(self.rule, digits)
        if kind is None:
            dated = any(each.birth_date and digits[0] in each.first_digits for each in rule.kinds)
            return self.problem(Reason.DATE if dated else Reason.SERIES)
        if not all(satisfies(each, digits) for each in rule.sums):
            return self.problem(Reason.CHECK_DIGIT)
        if kind.name not in synthetic.accepted(rule):
            return self.problem(Reason.REAL if kind.series is Series.REAL else Reason.SYNTHETIC)
        return digits


def _parts_as_written(rule: DigitRule, separators: str) -> Callable[[str], tuple[str, ...] | None] | None:
    """Return what reads the groups of a text that has the separators of the written form and no others.

    Most values with separators are written so, and are read twice as fast.
    """
    ends = [match.span() for match in re.finditer("#+", rule.written)]
    marks = [place for place, character in enumerate(rule.written) if character != "#"]
    if not marks or any(rule.written[place] not in separators for place in marks):
        return None
    marks_of, parts_of = itemgetter(*marks), itemgetter(*(slice(*span) for span in ends))
    length, expected = len(rule.written), marks_of(rule.written)
    return lambda text: parts_of(text) if len(text) == length and marks_of(text) == expected else None


def groups(rule: DigitRule) -> list[int]:
    """Return how many digits each group of the written form has."""
    return [len(group) for group in re.findall("#+", rule.written)]


def blanks(rule: DigitRule) -> str:
    """Return the separators that may stand anywhere: white space."""
    return "".join(each for each in rule.separators if each in WHITE_SPACE)


def visible_separators(rule: DigitRule) -> str:
    """Return the separators that may stand only between groups: all but white space."""
    visible = without(WHITE_SPACE, rule.separators) if len(groups(rule)) > 1 else ""
    return without(DECIMAL_SIGNS, visible) if len(groups(rule)) == 2 else visible


def in_groups(rule: DigitRule) -> str:
    """Return a pattern of the digits in their groups, with separators of any kind between every two of them."""
    blank, between = any_of(blanks(rule)), any_of(blanks(rule) + visible_separators(rule), "+")
    parts = (f"[0-9](?:{blank}[0-9]){{{count - 1}}}" for count in groups(rule))
    return f"{blank}{between.join(parts)}{blank}"


def satisfies(weighted_sum: WeightedSum, digits: str) -> bool:
    """Whether the check digit of one weighted sum is right."""
    total = sum(map(mul, weighted_sum.weights, map(int, digits)))
    return total % weighted_sum.modulus in weighted_sum.remainders


def kind_of(rule: DigitRule, digits: str) -> Kind | None:
    """The kind that clean digits are of, by first digit and date; ``None`` outside every series."""
    if not digits.strip("0"):  # nobody is given the number that is all zeros, though its sums come out right
        return None
    return next((kind for kind in rule.kinds if _fits(kind, digits)), None)


def _fits(kind: Kind, digits: str) -> bool:
    return digits[0] in kind.first_digits and (kind.birth_date is None or day_and_month(kind.birth_date, digits) is not None)


def day_and_month(birth_date: BirthDate, digits: str) -> tuple[int, int] | None:
    """Day and month in ``DDMMYY…``, or ``None`` if there is no such day.

    The century is left open, since it cannot be told from 2032 on: a year 00 may be 2000, and leaps.
    """
    day, month = int(digits[:2]) - birth_date.day_offset, int(digits[2:4]) - birth_date.month_offset
    if 1 <= month <= 12 and 1 <= day <= monthrange(2000 + int(digits[4:6]), month)[1]:
        return day, month
    return None

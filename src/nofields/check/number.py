"""Reads a rule of decimal numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from nofields.characters import (
    BLANK,
    DECIMAL_SIGNS,
    DIGITS,
    MINUS_SIGNS,
    SPACES,
)
from nofields.check.base import Check, any_of, union, without, without_invisible
from nofields.errors import Problem, Reason
from nofields.keys import narrowed
from nofields.rules import MOST_DIGITS, NumberRule

#: More bits than the largest whole number has. Python writes no integer of thousands of digits.
_MOST_BITS = (10**MOST_DIGITS).bit_length()
_NUMBERS = (int, float, Decimal)
#: A number's sign, and the blanks behind it.
SIGN = f"({any_of(MINUS_SIGNS, '?')}){any_of(SPACES)}"


class NumberCheck(Check):
    """A number, or its text -> the text that ``float`` and ``Decimal`` read."""

    rule: NumberRule
    #: Whether :meth:`canonical` changes digits.
    is_padded = False

    def __init__(self, rule: NumberRule) -> None:
        super().__init__(rule)
        #: What may stand between groups of three digits: the written form is always read.
        self.between = union(rule.separators, " ")
        self.separators = self.between
        self.own_problems = _own_problems(rule)
        self._problems.update(self.own_problems)
        self._wrong, self._most_decimals = self.problem(Reason.FORMAT), rule.decimals
        #: Whether numbers with a minus sign, and those without, may be out of bounds.
        self._bounded = {True: rule.min.is_finite() or rule.max < 0, False: rule.min > 0 or rule.max.is_finite()}

    @cached_property
    def forms(self) -> list[re.Pattern[str]]:
        """The forms, each with three groups: sign, whole part, decimals. The first that matches a text decides."""
        return [re.compile(form) for form in self.written()]

    @cached_property
    def _usual(self) -> Callable[[str], re.Match[str] | None]:
        return self.forms[0].fullmatch

    def written(self) -> tuple[str, ...]:
        """Return the patterns of the forms in which a number may be written."""
        return (f"{SIGN}({in_threes(self.between)}|[0-9]+)(?:{any_of(DECIMAL_SIGNS, '')}([0-9]+))?",)

    def clean(self, value: object) -> str | Problem:
        if type(value) is not str or len(value) > self.longest:
            return self._of_other(value)
        found = self._usual(value) or self._tidy(value)
        if found is None:
            return self._wrong if value.strip(BLANK) else self.required
        sign, whole, decimals = found.groups("")
        return self._number(sign, whole if whole.isdigit() else without(self.separators, whole), decimals)

    def canonical(self, whole: str, decimals: str) -> tuple[str, str]:
        """Return the digits before and after the decimal sign as the clean form has them."""
        return whole, decimals

    def _tidy(self, text: str) -> re.Match[str] | None:
        """Return the match of a text without invisible characters, and without blanks at its ends."""
        tidy = without_invisible(text).strip(BLANK)
        for form in self.forms if tidy != text else self.forms[1:]:  # the first one has been tried
            if found := form.fullmatch(tidy):
                return found
        return None

    def _of_other(self, value: object) -> str | Problem:
        """Return what :meth:`clean` does for what is not a ``str``, or too long."""
        if issubclass(type(value), _NUMBERS) and type(value) is not bool:
            return self._of_number(value)
        text = self.text(value, Reason.LENGTH)
        return text if type(text) is Problem else self.clean(text)

    def _of_number(self, value: Any) -> str | Problem:
        """Return the number as text in its shortest form: without an exponent, and without zeros at the end."""
        if issubclass(type(value), int):
            if int.bit_length(value) > _MOST_BITS:
                return self.problem(Reason.LENGTH)
            text = int.__repr__(value)
        else:
            text = float.__repr__(value) if issubclass(type(value), float) else Decimal.__str__(value)
            number = Decimal(text)
            if not number.is_finite():
                return self._wrong
            if abs(number.adjusted()) > MOST_DIGITS and number:
                return self.problem(Reason.LENGTH)
            text = f"{number:f}" if number else "0"
        sign, digits = text[: text.startswith("-")], text.removeprefix("-")
        whole, _, decimals = digits.partition(".")
        return self._number(sign, whole, decimals.rstrip("0"))

    def _number(self, sign: str, whole: str, decimals: str) -> str | Problem:
        too_many = len(decimals) > self._most_decimals
        if self.is_padded and not too_many:
            whole, decimals = self.canonical(whole, decimals)
        if len(whole) + len(decimals) > MOST_DIGITS:
            return self.problem(Reason.LENGTH)
        if too_many:
            return self.problem(Reason.DECIMALS)
        number = f"{whole}.{decimals}" if decimals else whole
        if sign and number.strip("0."):
            number = f"-{number}"
        return self._within_bounds(number) if self._bounded[sign != ""] else number

    def _within_bounds(self, number: str) -> str | Problem:
        value = Decimal(number)
        if value < self.rule.min:
            return self.problem(Reason.TOO_SMALL)
        return self.problem(Reason.TOO_LARGE) if value > self.rule.max else number

    def pattern(self, *, clean: bool) -> str:
        if clean:
            decimals = f"(?:[.][0-9]{{1,{self.rule.decimals}}})?" if self.rule.decimals else ""
            return f"^{'' if self.rule.min >= 0 else '-?'}[0-9]+{decimals}$"
        # Invisible characters may stand anywhere, so the accepted form can only name its characters, one of them a digit.
        others = self.other_characters() + BLANK
        return f"^{any_of(others)}[0-9]{any_of(DIGITS + others)}$"

    def other_characters(self) -> str:
        """Return the visible characters besides digits that a number may be written with."""
        return DECIMAL_SIGNS + MINUS_SIGNS + self.between

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        """The accepted form is text or a number; only the latter has bounds."""
        schema = super().json_schema(clean=clean)
        if clean:
            return schema
        bounds = {"minimum": self.rule.min, "maximum": self.rule.max}
        numbers = {name: as_number(bound) for name, bound in bounds.items() if bound.is_finite()}
        # Bounds that JSON's numbers would change are left out.
        numbers = {name: number for name, number in numbers.items() if not isinstance(number, str)}
        return {"anyOf": [schema, {"type": "number", **numbers}]}  # not a list of types, which Ajv's strict mode rejects


def in_threes(separators: str, groups: str = "+") -> str:
    """Return the pattern of digits in groups of three, with one of some separators between every two."""
    return f"[0-9]{{1,3}}(?:{any_of(separators, '')}[0-9]{{3}}){groups}" if separators else "[0-9]+"


def as_number(number: Decimal) -> int | float | str:
    """Return the number that JSON can write, or the text if a ``float`` would change it or be written with an exponent."""
    if number == number.to_integral_value():
        return int(number)
    shortest = repr(float(number))
    return float(number) if "e" not in shortest and Decimal(shortest) == number else f"{number:f}"


def _own_problems(rule: NumberRule) -> dict[Reason, Problem]:
    def problem(reason: Reason, error: str = "", **params: object) -> Problem:
        return Problem(narrowed(rule.key, error or reason), reason, params)

    problems = {
        Reason.LENGTH: problem(Reason.LENGTH, max=MOST_DIGITS),
        Reason.DECIMALS: problem(Reason.DECIMALS, "" if rule.decimals else "whole", max=rule.decimals),
    }
    if rule.min.is_finite():
        problems[Reason.TOO_SMALL] = problem(Reason.TOO_SMALL, min=as_number(rule.min))
    if rule.max.is_finite():
        problems[Reason.TOO_LARGE] = problem(Reason.TOO_LARGE, max=as_number(rule.max))
    return problems

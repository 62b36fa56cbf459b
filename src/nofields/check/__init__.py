"""Compiles a rule to its check: text -> clean value, or the Problem. One module for each way of reading a rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from nofields import rules
from nofields.check import choice, date, digits, email, number, password, phone, postal, system_id, text
from nofields.check.base import Check

_CHECKS: dict[type, Callable[[Any], Check]] = {
    rules.DigitRule: digits.DigitCheck,
    rules.PostalRule: postal.postal_check,
    rules.PhoneRule: phone.PhoneCheck,
    rules.DateRule: date.DateCheck,
    rules.DateRangeRule: date.DateRangeCheck,
    rules.PasswordRule: password.PasswordCheck,
    rules.SystemIdRule: system_id.SystemIdCheck,
    rules.EmailRule: email.EmailCheck,
    rules.TextRule: text.TextCheck,
    rules.NumberRule: number.NumberCheck,
    rules.ChoiceRule: choice.ChoiceCheck,
    rules.CountryRule: choice.CountryCheck,
    rules.CheckboxRule: choice.CheckboxCheck,
}


@cache
def compile_rule(rule: rules.Rule) -> Check:
    """The check of ``rule``, built once for equal rules."""
    return _CHECKS[type(rule)](rule)


__all__ = ["Check", "compile_rule"]

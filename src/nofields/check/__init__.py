"""Compiles a rule to its check: text -> clean value, or the Problem. One module for each way of reading a rule."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from nofields import rules
from nofields.check.base import Check

#: The module and the class or function that compiles each kind of rule; a module is imported for the first such rule.
_CHECKS = {
    rules.DigitRule: ("digits", "DigitCheck"),
    rules.PostalRule: ("postal", "postal_check"),
    rules.ReferenceRule: ("reference", "ReferenceCheck"),
    rules.PhoneRule: ("phone", "PhoneCheck"),
    rules.AnyPhoneRule: ("any_phone", "AnyPhoneCheck"),
    rules.DateRule: ("date", "DateCheck"),
    rules.DateRangeRule: ("date_range", "DateRangeCheck"),
    rules.PasswordRule: ("password", "PasswordCheck"),
    rules.SystemIdRule: ("system_id", "SystemIdCheck"),
    rules.VatRule: ("vat", "VatCheck"),
    rules.IbanRule: ("iban", "IbanCheck"),
    rules.EmailRule: ("email", "EmailCheck"),
    rules.TextRule: ("text", "TextCheck"),
    rules.NumberRule: ("number", "NumberCheck"),
    rules.AmountRule: ("amount", "AmountCheck"),
    rules.ChoiceRule: ("choice", "ChoiceCheck"),
    rules.CountryRule: ("choice", "CountryCheck"),
    rules.CheckboxRule: ("choice", "CheckboxCheck"),
}


def compile_rule(rule: rules.Rule) -> Check:
    """Return the check of ``rule``, built once for equal rules.

    Raises:
        TypeError: ``rule`` is not of one of the kinds in :mod:`nofields.rules`.
    """
    return _compiled(rule, getattr(rule.key, "field", ""))


@cache
def _compiled(rule: rules.Rule, field: str) -> Check:
    """Return the check; ``field`` tells rules apart whose keys are equal but have sentences of different fields."""
    if type(rule) not in _CHECKS:
        raise TypeError(f"{type(rule).__name__} is no kind of rule; known: {', '.join(kind.__name__ for kind in _CHECKS)}")
    module, name = _CHECKS[type(rule)]
    check: Check = getattr(import_module(f"{__name__}.{module}"), name)(rule)
    return check


__all__ = ["Check", "compile_rule"]

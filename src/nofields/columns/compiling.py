"""Finds the kernel of a field, compiled once for equal rules."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from nofields import synthetic
from nofields.check import compile_rule
from nofields.check.date import DateCheck
from nofields.check.email import EmailCheck
from nofields.check.native import NativeReader, packed
from nofields.check.number import NumberCheck
from nofields.check.reading import ReadingCheck
from nofields.columns.date import date_kernel
from nofields.columns.decimals import DecimalKernel
from nofields.columns.email import EmailKernel
from nofields.columns.kernel import Kernel
from nofields.columns.limits import limited
from nofields.columns.native import NativeNumbers
from nofields.columns.numbers import NumPyNumbers
from nofields.columns.plain import PlainKernel
from nofields.rules import CheckboxRule, ChoiceRule, DateRangeRule, DateRule, DigitRule, Rule
from nofields.value import Field


def kernel_of(field: type[Field]) -> Kernel:
    """Return the kernel of a field under the current NOFIELDS_SYNTHETIC; raise ``TypeError`` if it has none."""
    if not (isinstance(field, type) and issubclass(field, Field) and hasattr(field, "rule")):
        raise TypeError(f"a field type is wanted, not {getattr(field, '__name__', type(field).__name__)}")
    rule: Rule = field.rule
    if isinstance(rule, (DateRangeRule, CheckboxRule)) or (isinstance(rule, ChoiceRule) and rule.several):
        raise TypeError(f"{field.__name__} is not one text, so that it cannot be a column")
    if isinstance(rule, DateRule) and (rule.min, rule.max) != (None, None):
        return limited(rule, _kernel(replace(rule, min=None, max=None), frozenset()))
    return _kernel(rule, synthetic.accepted(rule) if isinstance(rule, DigitRule) else frozenset())


@lru_cache(64)
def _kernel(rule: Rule, accepted: frozenset[str]) -> Kernel:
    check = compile_rule(rule)
    if isinstance(check, ReadingCheck):
        program = check.program
        if isinstance(check.reader, NativeReader) and packed(program):
            return NativeNumbers(check, check.reader)
        if program.table:
            return NumPyNumbers(check, program, program.settled[synthetic.setting()])
    if isinstance(check, EmailCheck):
        return EmailKernel(check)
    if isinstance(check, NumberCheck):
        return DecimalKernel(check)
    if isinstance(check, DateCheck):
        return date_kernel(check)
    return PlainKernel(check)

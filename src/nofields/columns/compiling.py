"""Finds the kernel of a field, compiled once for equal rules."""

from __future__ import annotations

from functools import lru_cache, partial

from nofields import synthetic
from nofields.check import compile_rule
from nofields.columns.date import DateKernel, can_read
from nofields.columns.found import Kernel
from nofields.columns.judge import DigitJudge, PhoneJudge, PostalJudge, can_judge
from nofields.columns.plain import PlainKernel
from nofields.columns.reference import ReferenceKernel
from nofields.columns.written import Form, WrittenKernel
from nofields.rules import (
    CheckboxRule,
    ChoiceRule,
    DateRangeRule,
    DateRule,
    DigitRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    Rule,
)
from nofields.value import Field


def kernel_of(field: type[Field]) -> Kernel:
    """The kernel of a field under the setting of NOFIELDS_SYNTHETIC now in force; raises ``TypeError`` if it has none."""
    if not (isinstance(field, type) and issubclass(field, Field) and hasattr(field, "rule")):
        raise TypeError(f"a field type is wanted, not {getattr(field, '__name__', type(field).__name__)}")
    rule: Rule = field.rule
    if isinstance(rule, (DateRangeRule, CheckboxRule)) or (isinstance(rule, ChoiceRule) and rule.several):
        raise TypeError(f"{field.__name__} is not one text, so that it cannot be a column")
    return _kernel(rule, synthetic.accepted(rule) if isinstance(rule, DigitRule) else frozenset())


@lru_cache(64)
def _kernel(rule: Rule, accepted: frozenset[str]) -> Kernel:
    check = compile_rule(rule)
    if isinstance(rule, PhoneRule):
        codes = rule.country_code
        behind_zeros, behind_code = Form(rule.digits + 2 + len(codes), "00" + codes), rule.digits + len(codes)
        forms = (Form(rule.digits), Form(behind_code, codes), Form(behind_code, codes, plus=True), behind_zeros)
        return WrittenKernel(check, partial(PhoneJudge, rule), forms)
    if isinstance(rule, ReferenceRule):
        return ReferenceKernel(check)
    if isinstance(rule, PostalRule):  # the register may change, so that the kernel must not remember it
        return PlainKernel(check) if rule.registered else WrittenKernel(check, partial(PostalJudge, rule), (Form(rule.digits),))
    if isinstance(rule, DigitRule) and can_judge(rule):
        return WrittenKernel(check, partial(DigitJudge, rule, accepted), (Form(rule.digits),))
    if isinstance(rule, DateRule) and can_read(rule):
        return DateKernel(check)
    return PlainKernel(check)

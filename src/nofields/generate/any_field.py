"""A value of any field, also of those whose rule alone does not make one."""

from __future__ import annotations

import string
from typing import Any, TypeVar, cast

from nofields.check import compile_rule
from nofields.check.choice import ChoiceCheck
from nofields.fields import NationalIdentityNumber, OrganisationNumber
from nofields.generate import FIRST_DAY, LAST_DAY, builder, organisation_number, within_limits
from nofields.generate.choices import Choose, day_between, pick, text
from nofields.generate.identity import numbers_of_field, require_synthetic
from nofields.rules import CheckboxRule, ChoiceRule, DateRangeRule, DigitRule, Series, TextRule, VatRule
from nofields.synthetic import accepted
from nofields.value import Field

#: Choices of a field that has no list of them.
_CHOICES = ("a", "b", "c")

F = TypeVar("F", bound=Field)


def instance(field: type[F], choose: Choose) -> F:
    """Return an instance of a field.

    Raises:
        ValueError: The field, or ``NOFIELDS_SYNTHETIC``, accepts no synthetic national identity number.
    """
    make: Any = field
    return make(value(field, choose))  # type: ignore[no-any-return]


def value(field: type[Field], choose: Choose) -> object:
    """Return a value that a field accepts; for the errors, see :func:`instance`.

    Raises:
        LookupError: Nothing makes values of the field.
    """
    rule = field.rule
    if issubclass(field, NationalIdentityNumber):
        require_synthetic(field)
        return numbers_of_field(field)(choose)
    if issubclass(field, OrganisationNumber):
        return _organisation_number(field.rule, choose)
    if isinstance(rule, VatRule):
        return rule.prefix + _organisation_number(rule.organisation, choose) + rule.suffix
    if isinstance(rule, TextRule):
        return text(choose, string.ascii_lowercase, min(rule.max, max(rule.min, choose(3, 12))))
    if isinstance(rule, ChoiceRule):
        choice = pick(choose, cast(ChoiceCheck, compile_rule(rule)).choices or _CHOICES)
        return [choice] if rule.several else choice
    if isinstance(rule, CheckboxRule):
        return True
    if isinstance(rule, DateRangeRule):
        limits = within_limits(rule.date, FIRST_DAY, LAST_DAY)
        days = sorted(day_between(choose, *limits) for _ in range(2))
        return tuple(day.isoformat() for day in days)
    build = builder(field)
    if build is None:
        raise LookupError(f"nothing generates values of {field.__name__}")
    return build(choose)


def _organisation_number(rule: DigitRule, choose: Choose) -> str:
    """Return a synthetic number, or a real one where synthetic ones are rejected."""
    kinds = [kind for kind in rule.kinds if kind.name in accepted(rule)]
    synthetic = [kind.name for kind in kinds if kind.series is Series.SYNTHETIC]
    return organisation_number(choose, synthetic or [kind.name for kind in kinds])

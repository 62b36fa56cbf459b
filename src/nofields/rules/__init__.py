"""The kinds of rule: what makes a Norwegian value valid, as frozen data without behaviour.

A field (see ``fields/``) is one of these dataclasses filled in. Checks, columns, generators, the JSON
Schema, JavaScript and messages all read it; none has a weight, a length or a pattern of its own.
"""

from __future__ import annotations

from nofields.rules.choices import CheckboxRule, ChoiceRule, CountryRule
from nofields.rules.limits import ENDS, LONGEST_IBAN, LONGEST_INPUT, LONGEST_LINE, MOST_DIGITS, TICK
from nofields.rules.numbers import (
    AnyPhoneRule,
    DigitRule,
    IbanRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    SystemIdRule,
    VatRule,
)
from nofields.rules.parts import Affix, BirthDate, Century, CyclicSum, Kind, Series, WeightedSum
from nofields.rules.texts import (
    AmountRule,
    DateLimit,
    DateRangeRule,
    DateRule,
    EmailRule,
    NumberRule,
    PasswordRule,
    Requirement,
    TextRule,
)

__all__ = [
    "ENDS",
    "LONGEST_IBAN",
    "LONGEST_INPUT",
    "LONGEST_LINE",
    "MOST_DIGITS",
    "TICK",
    "Affix",
    "AmountRule",
    "AnyPhoneRule",
    "BirthDate",
    "Century",
    "CheckboxRule",
    "ChoiceRule",
    "CountryRule",
    "CyclicSum",
    "DateLimit",
    "DateRangeRule",
    "DateRule",
    "DigitRule",
    "EmailRule",
    "IbanRule",
    "Kind",
    "NumberRule",
    "PasswordRule",
    "PhoneRule",
    "PostalRule",
    "ReferenceRule",
    "Requirement",
    "Rule",
    "Series",
    "SystemIdRule",
    "TextRule",
    "VatRule",
    "WeightedSum",
]

Rule = (
    DigitRule | PostalRule | ReferenceRule | PhoneRule | AnyPhoneRule | DateRule | DateRangeRule | PasswordRule | SystemIdRule
    | VatRule | IbanRule | EmailRule | TextRule | NumberRule | AmountRule | ChoiceRule | CountryRule | CheckboxRule
)  # fmt: skip

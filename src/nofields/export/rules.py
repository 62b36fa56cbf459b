"""The rules as JSON, for ``nofields.js``: what the checks read, and nothing that they do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nofields.check import Check, compile_rule
from nofields.check.digits import blanks, in_groups, visible_separators
from nofields.check.phone import PhoneCheck
from nofields.check.system_id import SystemIdCheck
from nofields.fields import BY_NAME, OrganisationNumber
from nofields.keys import Key, Phrase
from nofields.rules import (
    AS_NUMBER,
    LONGEST_INPUT,
    WHITE_SPACE,
    BirthDate,
    DateRule,
    DigitRule,
    NumberRule,
    PasswordRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    Series,
    SystemIdRule,
)


def rules() -> dict[str, Any]:
    """Every field that has a short name, but for e-mail: only email-validator reads that to the letter."""
    found = {name: exported(compile_rule(field.rule)) for name, field in BY_NAME.items()}
    return {
        "whiteSpace": WHITE_SPACE,
        "longest": LONGEST_INPUT,
        "asNumber": f"^(?:{AS_NUMBER})$",
        "required": Key.TEXT_FIELD_ERROR,
        "fields": {name: rule for name, rule in found.items() if rule is not None},
    }


def exported(check: Check) -> dict[str, Any] | None:
    """One rule, with the name of what reads it; ``None`` where nothing in JavaScript can."""
    said = _OF_RULE.get(type(check.rule))
    return {"key": check.rule.key, "params": check.params, **said(check)} if said else None


def _digits(check: Check) -> dict[str, Any]:
    rule: DigitRule = check.rule
    kinds = [
        {
            "name": kind.name,
            "synthetic": kind.series is Series.SYNTHETIC,
            "first": kind.first_digits,
            "date": _offsets(kind.birth_date),
        }
        for kind in rule.kinds
    ]
    sums = [[list(each.weights), sorted(each.remainders), each.modulus] for each in rule.sums]
    return {
        "reader": "digits",
        "digits": rule.digits,
        "blanks": blanks(rule),
        "visible": visible_separators(rule),
        "inGroups": f"^{in_groups(rule)}$" if visible_separators(rule) else "",
        "kinds": kinds,
        "sums": sums,
    }


def _reference(check: Check) -> dict[str, Any]:
    rule: ReferenceRule = check.rule
    sums = [[each.weights, each.modulus, each.folded, each.ten] for each in rule.sums]
    return {"reader": "reference", "min": rule.min, "max": rule.max, "separators": rule.separators, "sums": sums}


def _phone(check: Check) -> dict[str, Any]:
    assert isinstance(check, PhoneCheck)
    return {
        "reader": "phone",
        "digits": check.rule.digits,
        "separators": check.rule.separators,
        "prefix": f"^{check.prefix.pattern}",
        "foreign": f"^{check.foreign.pattern}",
        "inUse": f"^(?:{check.in_use.pattern})$",
        "anyInUse": f"^(?:{check.any_in_use.pattern})$",
    }


def _date(check: Check) -> dict[str, Any]:
    rule: DateRule = check.rule
    return {"reader": "date", "patterns": [f"^{re.sub('[?]P<', '?<', pattern)}$" for pattern in rule.patterns]}


def _password(check: Check) -> dict[str, Any]:
    rule: PasswordRule = check.rule
    return {
        "reader": "password",
        "min": rule.min,
        "max": rule.max,
        "tooShort": Phrase.PASSWORD_MIN_LENGTH,
        "tooLong": Phrase.PASSWORD_MAX_LENGTH,
        "requirements": [[each.phrase, each.pattern, each.absent] for each in rule.requirements],
    }


def _system_id(check: Check) -> dict[str, Any]:
    assert isinstance(check, SystemIdCheck)
    return {
        "reader": "systemId",
        "longest": check.longest,
        "pattern": f"^(?:{check.either.pattern})$",
        "vendor": OrganisationNumber.name,
    }


def _number(check: Check) -> dict[str, Any]:
    rule: NumberRule = check.rule
    return {
        "reader": "number",
        "separators": rule.separators,
        "alsoWritten": rule.also_written,
        "pattern": f"^{rule.pattern}$",
    }


def _offsets(date: BirthDate | None) -> list[int] | None:
    return [date.day_offset, date.month_offset] if date else None


_OF_RULE: dict[type, Callable[[Check], dict[str, Any]]] = {
    DigitRule: _digits,
    PostalRule: _digits,
    ReferenceRule: _reference,
    PhoneRule: _phone,
    DateRule: _date,
    PasswordRule: _password,
    SystemIdRule: _system_id,
    NumberRule: _number,
}

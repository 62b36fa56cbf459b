"""The rules as JSON data for ``nofields.js``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypedDict

from nofields.catalogs import PROCESS_WIDE
from nofields.check import Check, compile_rule
from nofields.check.notation import blanks, in_groups, visible_separators
from nofields.check.phone import PhoneCheck
from nofields.check.system_id import SystemIdCheck
from nofields.check.vat import VatCheck
from nofields.fields import BY_NAME, OrganisationNumber
from nofields.keys import Key, Phrase, explanations, message_key
from nofields.rules import (
    AS_NUMBER,
    BLANK,
    LONGEST_INPUT,
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
    VatRule,
)


class Rules(TypedDict):
    """The content of ``rules.json``."""

    blank: str
    longest: int
    asNumber: str
    required: str
    fields: dict[str, dict[str, object]]


def rules() -> Rules:
    """Return the rules of the fields that have a short name.

    E-mail addresses are left out: no pattern agrees with email-validator on every text.
    """
    exported = {name: _exported(compile_rule(field.rule)) for name, field in BY_NAME.items()}
    return {
        "blank": BLANK,
        "longest": LONGEST_INPUT,
        "asNumber": f"^(?:{AS_NUMBER})$",
        "required": Key.TEXT_FIELD_ERROR,
        "fields": {name: rule for name, rule in exported.items() if rule is not None},
    }


def _exported(check: Check) -> dict[str, object] | None:
    """Return a rule with the name of its reader, or ``None`` if ``nofields.js`` has no reader for it."""
    parts = _OF_RULE.get(type(check.rule))
    key = check.rule.key
    required = message_key(check.required.key, by_field=PROCESS_WIDE.is_by_field())
    texts = {"message": message_key(key), "required": required, "explanations": explanations(key)}
    return {"key": key, "params": check.params, **texts, **parts(check)} if parts else None


def _digits(check: Check) -> dict[str, object]:
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


def _reference(check: Check) -> dict[str, object]:
    rule: ReferenceRule = check.rule
    sums = [[each.weights, each.modulus, each.folded, each.ten] for each in rule.sums]
    return {"reader": "reference", "min": rule.min, "max": rule.max, "separators": rule.separators, "sums": sums}


def _phone(check: Check) -> dict[str, object]:
    assert isinstance(check, PhoneCheck)
    notation = check.notation()
    prefixes = "|".join(map(re.escape, filter(None, notation.prefixes)))
    foreign = "|".join(f"{re.escape(mark)}(?=[0-9]{{{count}}})" for mark, count in notation.foreign)
    return {
        "reader": "phone",
        "digits": check.rule.digits,
        "separators": check.rule.separators,
        "prefix": f"^(?:{prefixes})(?=[0-9]{{{check.rule.digits}}}$)",
        "foreign": f"^(?:{foreign})(?!{notation.country_code})",
        "inUse": f"^(?:{check.in_use.pattern})$",
        "anyInUse": f"^(?:{check.any_in_use.pattern})$",
    }


def _date(check: Check) -> dict[str, object]:
    rule: DateRule = check.rule
    return {"reader": "date", "patterns": [f"^{re.sub('[?]P<', '?<', pattern)}$" for pattern in rule.patterns]}


def _password(check: Check) -> dict[str, object]:
    rule: PasswordRule = check.rule
    return {
        "reader": "password",
        "min": rule.min,
        "max": rule.max,
        "tooShort": Phrase.PASSWORD_MIN_LENGTH,
        "tooLong": Phrase.PASSWORD_MAX_LENGTH,
        "requirements": [[each.phrase, each.pattern, each.absent] for each in rule.requirements],
    }


def _system_id(check: Check) -> dict[str, object]:
    assert isinstance(check, SystemIdCheck)
    return {
        "reader": "systemId",
        "longest": check.longest,
        "pattern": f"^(?:{check.either.pattern})$",
        "vendor": OrganisationNumber.name,
    }


def _vat(check: Check) -> dict[str, object]:
    assert isinstance(check, VatCheck)
    rule = check.rule
    return {
        "reader": "vat",
        "separators": rule.separators,
        "pattern": f"^{check.form.pattern}$",
        "organisation": OrganisationNumber.name,
        "prefix": rule.prefix,
        "suffix": rule.suffix,
    }


def _number(check: Check) -> dict[str, object]:
    rule: NumberRule = check.rule
    return {
        "reader": "number",
        "separators": rule.separators,
        "alsoWritten": rule.also_written,
        "pattern": f"^{rule.pattern}$",
    }


def _offsets(date: BirthDate | None) -> list[int] | None:
    return [date.day_offset, date.month_offset] if date else None


_OF_RULE: dict[type, Callable[[Check], dict[str, object]]] = {
    DigitRule: _digits,
    PostalRule: _digits,
    ReferenceRule: _reference,
    PhoneRule: _phone,
    DateRule: _date,
    PasswordRule: _password,
    SystemIdRule: _system_id,
    VatRule: _vat,
    NumberRule: _number,
}

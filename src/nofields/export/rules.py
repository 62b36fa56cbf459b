"""The rules as JSON data for ``nofields.js``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypedDict

from nofields.catalogs import PROCESS_WIDE
from nofields.characters import AS_NUMBER, BLANK, DECIMAL_SIGNS, INVISIBLE
from nofields.check import Check, compile_rule
from nofields.check.date import DateCheck
from nofields.check.digits import DigitCheck
from nofields.check.number import NumberCheck
from nofields.check.phone import PhoneCheck
from nofields.check.reading import ReadingCheck
from nofields.check.reference import ReferenceCheck
from nofields.check.system_id import SystemIdCheck
from nofields.check.vat import VatCheck
from nofields.fields import BY_NAME, OrganisationNumber
from nofields.keys import Key, Phrase, explanations, message_key
from nofields.rules import (
    LONGEST_INPUT,
    MOST_DIGITS,
    Affix,
    AmountRule,
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
    WeightedSum,
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
    own = {reason: {"message": message_key(each.key), "params": each.params} for reason, each in check.own_problems.items()}
    return {"key": key, "params": check.params, "problems": own, **texts, **parts(check)} if parts else None


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
    assert isinstance(check, DigitCheck)
    return {
        "reader": "digits",
        "digits": rule.digits,
        "notation": _notation(check),
        "kinds": kinds,
        "sums": list(map(_sum, rule.sums)),
    }


def _reference(check: Check) -> dict[str, object]:
    assert isinstance(check, ReferenceCheck)
    sums = [[each.weights, each.modulus, each.folded, each.ten] for each in check.rule.sums]
    return {"reader": "reference", "notation": _notation(check), "sums": sums}


def _phone(check: Check) -> dict[str, object]:
    assert isinstance(check, PhoneCheck)
    return {
        "reader": "phone",
        "notation": _notation(check),
        "inUse": f"^(?:{check.in_use.pattern})$",
        "anyInUse": f"^(?:{check.any_in_use.pattern})$",
    }


def _notation(check: ReadingCheck) -> dict[str, object]:
    """Return how numbers may be written. The gaps of a grouping are places, with whether a decimal sign may stand there."""
    notation = check.notation()
    gaps = [(_places(mask), mask == signs) for mask, signs in notation.gaps()]
    return {
        "low": notation.counts[0],
        "high": notation.counts[-1],
        "anywhere": notation.anywhere,
        "between": notation.between,
        "decimalSigns": "".join(each for each in notation.between if each in DECIMAL_SIGNS),
        "gaps": gaps if notation.between else [],
        "affixes": list(map(_affix, notation.affixes)),
        "foreign": notation.foreign,
        "countryCode": notation.country_code,
        "last": notation.last,
        "dashes": notation.dashes,
        "secret": check.rule.secret,
    }


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def _affix(affix: Affix) -> dict[str, object]:
    """Return what an affix has, so that most are short."""
    parts = {"before": affix.before, "after": affix.after, "head": affix.head, "sum": affix.sum and _sum(affix.sum)}
    return {name: part for name, part in parts.items() if part}


def _sum(total: WeightedSum) -> list[object]:
    return [list(total.weights), sorted(total.remainders), total.modulus]


def _date(check: Check) -> dict[str, object]:
    assert isinstance(check, DateCheck)
    patterns = [f"^{re.sub('[?]P<', '?<', pattern)}$" for pattern in check.patterns]
    return {"reader": "date", "invisible": INVISIBLE, "patterns": patterns}


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
        "separators": check.separators,
        "pattern": f"^{check.form.pattern}$",
        "organisation": OrganisationNumber.name,
        "prefix": rule.prefix,
        "suffix": rule.suffix,
    }


def _number(check: Check) -> dict[str, object]:
    assert isinstance(check, NumberCheck)
    rule = check.rule
    return {
        "reader": "number",
        "invisible": INVISIBLE,
        "forms": [f"^(?:{form.pattern})$" for form in check.forms],
        "separators": check.separators,
        "decimals": rule.decimals,
        "padded": check.is_padded,
        "digits": MOST_DIGITS,
        "min": f"{rule.min:f}" if rule.min.is_finite() else None,
        "max": f"{rule.max:f}" if rule.max.is_finite() else None,
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
    AmountRule: _number,
}

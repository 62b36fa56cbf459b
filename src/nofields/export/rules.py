"""The rules as data for the readers of JavaScript in ``static/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR

from nofields.catalogs import PROCESS_WIDE
from nofields.characters import AS_NUMBER, BLANK, INVISIBLE
from nofields.check import Check, compile_rule
from nofields.check.base import any_of
from nofields.check.digits import DigitCheck
from nofields.check.number import NumberCheck
from nofields.check.phone import DECIDING, PhoneCheck
from nofields.check.reference import ReferenceCheck
from nofields.check.system_id import SystemIdCheck
from nofields.check.text import TextCheck
from nofields.check.vat import VatCheck
from nofields.errors import Reason
from nofields.export.dates import exported_date, exported_date_range
from nofields.export.exported import Exported, Pattern, Script, compact
from nofields.export.kinds import rule_kinds, rule_series
from nofields.export.limits import never, text_limits
from nofields.export.numbering_plan import beginnings
from nofields.export.sums import cyclic, right, scaled
from nofields.export.written import BLANK_ENDS, caseless, dash_at_end, escaped, harmless, inside, notation_of
from nofields.fields import BY_NAME, OrganisationNumber
from nofields.keys import Key, Phrase, explanation_key, explanations, message_key
from nofields.rules import (
    LONGEST_INPUT,
    MOST_DIGITS,
    AmountRule,
    DateRangeRule,
    DateRule,
    DigitRule,
    NumberRule,
    PasswordRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    SystemIdRule,
    TextRule,
    VatRule,
)
from nofields.value import Field

#: What the readers of all rules share, by its name there.
CONSTANTS: Mapping[str, str | int | Pattern] = {
    "INVISIBLE": inside(INVISIBLE),
    "BLANK": inside(BLANK),
    "LONGEST": LONGEST_INPUT,
    "AS_NUMBER": Pattern(f"^{caseless(AS_NUMBER)}$", "i"),
    "REQUIRED": Key.TEXT_FIELD_ERROR.value,
}


#: Fields by the names that they have in JavaScript.
Fields = Mapping[str, type[Field]]


def rules(own: Fields | None = None) -> dict[str, Exported]:
    """Return the rules of the fields that have a short name, by that name, and of a project's own.

    E-mail addresses are left out: no pattern agrees with email-validator on every text.

    Args:
        own: The project's fields by name.

    Raises:
        ValueError: JavaScript cannot read the rule of one of them.
    """
    exported = {}
    for name, field in exported_fields(own).items():
        try:
            exported[name] = export_rule(compile_rule(field.rule))
        except ValueError as error:
            raise ValueError(f"{field.__name__}: {error}") from None
    return exported


def exported_fields(own: Fields | None = None) -> dict[str, type[Field]]:
    """Return the fields that JavaScript has, by the names that they have there."""
    return {**{name: field for name, field in BY_NAME.items() if type(field.rule) in _OF_RULE}, **(own or {})}


def export_rule(check: Check) -> Exported:
    """Return a rule; raise ``ValueError`` if JavaScript cannot read it."""
    if (export := _OF_RULE.get(type(check.rule))) is None:
        raise ValueError(f"JavaScript has no reader for a {type(check.rule).__name__}")
    exported = export(check)
    return exported._replace(data=compact({**_texts(check), **exported.data}))


def _texts(check: Check) -> dict[str, object]:
    """Return the keys and parameters of a rule's sentences. JavaScript fills in those that are the usual ones."""
    key = check.rule.key
    message, required = message_key(key), message_key(check.required.key, by_field=PROCESS_WIDE.is_by_field())
    messages = {Reason.REQUIRED: required} if required != CONSTANTS["REQUIRED"] else {}
    own = check.own_problems
    sentences: dict[str, str] = {reason: each for reason, each in explanations(key).items() if reason not in never(check)}
    sentences |= {reason: explanation_key(reason, each.key) for reason, each in own.items()}
    return {
        "key": key,
        "params": check.params,
        "message": "" if message == key else message,
        "messages": messages | {reason: message_key(each.key) for reason, each in own.items()},
        "details": compact({reason: _detail(reason, explanation) for reason, explanation in sentences.items()}),
    }


def _detail(reason: str, explanation: str) -> str:
    """Return what follows the reason in the key of its explanation: ``_DIGITS`` in ``REASON_CHARACTERS_DIGITS``."""
    usual = f"REASON_{reason.upper()}"
    assert explanation.startswith(usual), explanation
    return explanation.removeprefix(usual)


def _digits(check: Check) -> Exported:
    if not isinstance(check, DigitCheck):
        raise ValueError("JavaScript does not have the register of postal codes")
    rule = check.rule
    has_dates = any(kind.birth_date for kind in rule.kinds)
    parts: dict[str, object] = {
        **notation_of(check),
        "kinds": rule_kinds(rule) if has_dates or rule.accept is not None else None,
        "series": None if has_dates else rule_series(rule),
        "isRight": right(*rule.sums),
    }
    reader = "identityReader" if has_dates else "digitReader"
    for affix in rule.affixes:
        if affix.sum:
            reader = "affixedReader"
            parts |= {"affix": Pattern(escaped(affix.before[0]), "i"), "isRightAffix": right(affix.sum)}
    return Exported(reader if rule.accept is None else f"(rule, problem) => acceptReader(rule, problem, {reader})", parts)


def _reference(check: Check) -> Exported:
    assert isinstance(check, ReferenceCheck)
    notation = check.notation()
    if notation.last and not notation.dashes:
        raise ValueError(f"JavaScript does not read {notation.last!r} both as a separator and as a check digit")
    last = {"dash": dash_at_end(notation), "last": notation.last}
    return Exported("referenceReader", {**notation_of(check), "sums": cyclic(check.rule), **last})


def _phone(check: Check) -> Exported:
    assert isinstance(check, PhoneCheck)
    in_use, any_in_use = (_in_use(check, numbers) for numbers in (check.in_use, check.any_in_use))
    parts = {**notation_of(check), "inUse": in_use, "anyInUse": None if any_in_use == in_use else any_in_use}
    return Exported("phoneReader", parts)


def _in_use(check: PhoneCheck, numbers: re.Pattern[str]) -> Pattern:
    """Return the pattern of a numbering plan: short if, as today, it goes by the first digits."""
    return Pattern(beginnings(numbers, DECIDING, check.rule.digits) if check.table() else f"^(?:{numbers.pattern})$")


def _text(check: Check) -> Exported:
    assert isinstance(check, TextCheck)
    return Exported("freeTextReader", {"ignored": Pattern(BLANK_ENDS), **text_limits(check)})


def _password(check: Check) -> Exported:
    rule: PasswordRule = check.rule
    requirements = [
        [each.phrase, Pattern(f"^(?![^]*{each.pattern})" if each.absent else each.pattern, "u")] for each in rule.requirements
    ]
    parts = {
        "max": rule.max,
        "tooLong": Phrase.PASSWORD_MAX_LENGTH,
        "requirements": [[Phrase.PASSWORD_MIN_LENGTH, Pattern(f"^[^]{{{rule.min}}}", "u")], *requirements],
    }
    return Exported("passwordReader", parts)


def _system_id(check: Check) -> Exported:
    assert isinstance(check, SystemIdCheck)
    parts = {"longest": check.longest, "form": Pattern(f"^(?:{check.either.pattern})$", "i"), "ignored": Pattern(BLANK_ENDS)}
    return Exported("organisationReader", {**parts, "organisation": Script(f"${OrganisationNumber.name}")})


def _vat(check: Check) -> Exported:
    assert isinstance(check, VatCheck)
    rule = check.rule
    affixes = {"prefix": rule.prefix, "suffix": rule.suffix}
    parts = {
        "form": Pattern(f"^{caseless(check.form.pattern)}$", "i"),
        "ignored": Pattern(any_of(check.separators, "")),
        **harmless(check.separators),
        **affixes,
    }
    return Exported("organisationReader", {**parts, "organisation": Script(f"${OrganisationNumber.name}")})


def _number(check: Check) -> Exported:
    assert isinstance(check, NumberCheck)
    rule = check.rule
    parts = {
        "forms": [Pattern(f"^{caseless(form.pattern)}$", "i") for form in check.forms],
        "separators": Pattern(any_of(check.separators, "")),
        "decimals": rule.decimals,
        "padded": check.is_padded,
        "digits": MOST_DIGITS,
        "limits": {reason: each.params for reason, each in check.own_problems.items()},
        "min": scaled(rule.min, ROUND_CEILING),
        "max": scaled(rule.max, ROUND_FLOOR),
    }
    return Exported("numberReader", parts)


_OF_RULE: dict[type, Callable[[Check], Exported]] = {
    DigitRule: _digits,
    PostalRule: _digits,
    ReferenceRule: _reference,
    PhoneRule: _phone,
    DateRule: exported_date,
    DateRangeRule: exported_date_range,
    PasswordRule: _password,
    SystemIdRule: _system_id,
    VatRule: _vat,
    TextRule: _text,
    NumberRule: _number,
    AmountRule: _number,
}

"""The HTML appearance of a rule: its widget, and the attributes that follow from the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nofields import rules
from nofields.check import compile_rule


class Widget(StrEnum):
    """The widgets; each is a template of the same name in ``templates/nofields/widgets``."""

    INPUT = "input"
    TEXTAREA = "textarea"
    SELECT = "select"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    CHECKBOX = "checkbox"
    DATE_RANGE = "date_range"
    PASSWORD = "password"
    FILE = "file"


#: Widgets of which browsers submit nothing if nothing is checked.
CHECKABLE = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.CHECKBOX})
#: Widgets of which the value is one or more of the choices that they offer.
CHOICES = frozenset({Widget.SELECT, Widget.RADIOS, Widget.CHECKBOXES})
#: Widgets of several inputs in a fieldset.
FIELDSETS = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.DATE_RANGE})


@dataclass(frozen=True)
class Appearance:
    """A widget with the HTML attributes that follow from the rule."""

    widget: Widget
    attributes: Mapping[str, str] = field(default_factory=dict)


def appearance(rule: rules.Rule) -> Appearance:
    """Return the appearance of a rule.

    ``maxlength`` is the longest text that the rule's check reads, separators included, so that the browser never
    shortens a value that could be valid. A value that is too long for the rule itself is an error, not cut.
    """
    return _APPEARANCES[type(rule)](rule)


def _line(rule: rules.Rule, **attributes: str) -> Appearance:
    return Appearance(Widget.INPUT, {"type": "text", "maxlength": str(compile_rule(rule).longest), **attributes})


def _code(rule: rules.Rule, **attributes: str) -> Appearance:
    """A number, a date or an address: read from left to right in every language."""
    return _line(rule, dir="ltr", spellcheck="false", **attributes)


def _short_line(rule: rules.Rule, width: int, **attributes: str) -> Appearance:
    return _code(rule, size=str(width), **attributes)


def _digits(rule: rules.DigitRule) -> Appearance:
    return _short_line(rule, len(rule.written) + 2, inputmode="numeric")


def _reference(rule: rules.ReferenceRule) -> Appearance:
    # A check digit of 10 is written as a hyphen, which numeric keyboards may lack.
    keyboard = {} if any(each.ten for each in rule.sums) else {"inputmode": "numeric"}
    return _short_line(rule, rule.max + 2, **keyboard)


def _phone(rule: rules.PhoneRule) -> Appearance:
    # Not type=tel: HTML allows it only the autocomplete token "tel", a number with its country code.
    return _short_line(rule, 2 * rule.digits, inputmode="tel")


def _any_phone(rule: rules.AnyPhoneRule) -> Appearance:
    return _short_line(rule, 20, inputmode="tel")


def _date(rule: rules.DateRule) -> Appearance:
    return _short_line(rule, len(rule.example) + 2)


def _date_range(rule: rules.DateRangeRule) -> Appearance:
    return Appearance(Widget.DATE_RANGE, _date(rule.date).attributes)


def _password(rule: rules.PasswordRule) -> Appearance:
    return Appearance(Widget.PASSWORD, {"type": "password", "spellcheck": "false", "autocapitalize": "none"})


def _system_id(rule: rules.SystemIdRule) -> Appearance:
    return _code(rule, autocapitalize="none")


def _vat(rule: rules.VatRule) -> Appearance:
    written = f"{rule.prefix} {rule.organisation.written} {rule.suffix}"
    return _short_line(rule, len(written) + 2, autocapitalize="characters")


def _iban(rule: rules.IbanRule) -> Appearance:
    return _short_line(rule, rules.LONGEST_IBAN, autocapitalize="characters")


def _email(rule: rules.EmailRule) -> Appearance:
    # Not type=email: browsers submit æ, ø and å of a domain in Punycode.
    return _code(rule, inputmode="email", autocapitalize="none")


def _text(rule: rules.TextRule) -> Appearance:
    # Browsers count UTF-16's units, of which a text has at least as many as characters.
    shortest = {"minlength": str(rule.min)} if rule.min > 1 else {}
    if rule.multiline:
        return Appearance(Widget.TEXTAREA, {"rows": "5", "maxlength": str(compile_rule(rule).longest), **shortest})
    return _line(rule, **shortest)


def _number(rule: rules.NumberRule) -> Appearance:
    # The keyboard "decimal" of an iPhone has no minus.
    keyboard = {"inputmode": "decimal"} if rule.min >= 0 else {}
    return _short_line(rule, 16, **keyboard)


def _choice(rule: rules.ChoiceRule) -> Appearance:
    if rule.several:
        return Appearance(Widget.CHECKBOXES)
    return Appearance(Widget.RADIOS if rule.open else Widget.SELECT)


def _checkbox(rule: rules.CheckboxRule) -> Appearance:
    return Appearance(Widget.CHECKBOX, {"value": rules.TICK})


_APPEARANCES: Mapping[type, Callable[[Any], Appearance]] = {
    rules.DigitRule: _digits,
    rules.PostalRule: _digits,
    rules.ReferenceRule: _reference,
    rules.PhoneRule: _phone,
    rules.AnyPhoneRule: _any_phone,
    rules.DateRule: _date,
    rules.DateRangeRule: _date_range,
    rules.PasswordRule: _password,
    rules.SystemIdRule: _system_id,
    rules.VatRule: _vat,
    rules.IbanRule: _iban,
    rules.EmailRule: _email,
    rules.TextRule: _text,
    rules.NumberRule: _number,
    rules.AmountRule: _number,
    rules.ChoiceRule: _choice,
    rules.CountryRule: _choice,
    rules.CheckboxRule: _checkbox,
}

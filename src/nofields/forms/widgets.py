"""How a rule looks in HTML: the kind of control, and the attributes that follow from the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nofields import rules
from nofields.check import compile_rule
from nofields.keys import Key


class Widget(StrEnum):
    """The kinds of control; each is a macro of the same name in ``templates/nofields/controls.html``."""

    INPUT = "input"
    TEXTAREA = "textarea"
    SELECT = "select"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    CHECKBOX = "checkbox"
    DATE_RANGE = "date_range"
    PASSWORD = "password"


#: Controls that send nothing at all when nothing is ticked.
TICKED = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.CHECKBOX})
#: Controls of several inputs under one name, framed by a fieldset.
FRAMED = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.DATE_RANGE})


@dataclass(frozen=True)
class Appearance:
    """A kind of control with its HTML attributes, those of one field in one form aside."""

    widget: Widget
    attributes: Mapping[str, str] = field(default_factory=dict)


def appearance(rule: rules.Rule) -> Appearance:
    """How a rule is asked for.

    ``maxlength`` is the longest text that the rule's check reads at all, so that nothing it could clean is ever cut
    short on its way in; what is too long for the rule itself is told to the user, not cut.
    """
    return _APPEARANCES[type(rule)](rule)


def _line(rule: rules.Rule, **attributes: str) -> Appearance:
    return Appearance(Widget.INPUT, {"type": "text", "maxlength": str(compile_rule(rule).longest), **attributes})


def _no_prose(rule: rules.Rule, width: int, **attributes: str) -> Appearance:
    """A short line for what no dictionary knows."""
    return _line(rule, size=str(width), spellcheck="false", **attributes)


def _digits(rule: rules.DigitRule) -> Appearance:
    return _no_prose(rule, len(rule.written) + 2, inputmode="numeric")


def _reference(rule: rules.ReferenceRule) -> Appearance:
    # A telephone's keyboard of digits may lack the hyphen.
    keyboard = {} if any(each.ten for each in rule.sums) else {"inputmode": "numeric"}
    return _no_prose(rule, rule.max + 2, **keyboard)


def _phone(rule: rules.PhoneRule) -> Appearance:
    # Not type=tel: HTML lets that have the token "tel" only, which is a number with its country code.
    return _no_prose(rule, 2 * rule.digits, inputmode="tel")


def _date(rule: rules.DateRule) -> Appearance:
    return _no_prose(rule, len(rule.example) + 2)


def _date_range(rule: rules.DateRangeRule) -> Appearance:
    return Appearance(Widget.DATE_RANGE, _date(rule.date).attributes)


def _password(rule: rules.PasswordRule) -> Appearance:
    return Appearance(Widget.PASSWORD, {"type": "password", "spellcheck": "false", "autocapitalize": "none"})


def _system_id(rule: rules.SystemIdRule) -> Appearance:
    return _line(rule, spellcheck="false", autocapitalize="none")


def _email(rule: rules.EmailRule) -> Appearance:
    return _line(rule, type="email", spellcheck="false", autocapitalize="none")


def _text(rule: rules.TextRule) -> Appearance:
    if rule.multiline:
        return Appearance(Widget.TEXTAREA, {"rows": "5", "maxlength": str(compile_rule(rule).longest)})
    return _line(rule)


def _number(rule: rules.NumberRule) -> Appearance:
    return _no_prose(rule, 16, inputmode="decimal")


def _choice(rule: rules.ChoiceRule) -> Appearance:
    if rule.several:
        return Appearance(Widget.CHECKBOXES)
    return Appearance(Widget.RADIOS if rule.key == Key.RADIO_ERROR else Widget.SELECT)


def _checkbox(rule: rules.CheckboxRule) -> Appearance:
    return Appearance(Widget.CHECKBOX, {"value": rules.TICK})


_APPEARANCES: Mapping[type, Callable[[Any], Appearance]] = {
    rules.DigitRule: _digits,
    rules.PostalRule: _digits,
    rules.ReferenceRule: _reference,
    rules.PhoneRule: _phone,
    rules.DateRule: _date,
    rules.DateRangeRule: _date_range,
    rules.PasswordRule: _password,
    rules.SystemIdRule: _system_id,
    rules.EmailRule: _email,
    rules.TextRule: _text,
    rules.NumberRule: _number,
    rules.ChoiceRule: _choice,
    rules.CountryRule: _choice,
    rules.CheckboxRule: _checkbox,
}

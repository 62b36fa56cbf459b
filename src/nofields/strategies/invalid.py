"""Values that a field rejects, by reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nofields.check import compile_rule
from nofields.check.choice import ChoiceCheck
from nofields.errors import Reason
from nofields.rules import (
    LONGEST_INPUT,
    AnyPhoneRule,
    CheckboxRule,
    ChoiceRule,
    DateRangeRule,
    DateRule,
    DigitRule,
    EmailRule,
    IbanRule,
    NumberRule,
    PasswordRule,
    PhoneRule,
    ReferenceRule,
    SystemIdRule,
    TextRule,
    VatRule,
)
from nofields.strategies import dates
from nofields.strategies.from_type import candidates
from nofields.strategies.invalid_decimals import of_decimal
from nofields.strategies.invalid_numbers import (
    ByReason,
    of_any_phone,
    of_digits,
    of_iban,
    of_phone,
    of_reference,
    of_system_id,
    of_vat,
)
from nofields.strategies.near_misses import mistyped
from nofields.value import Field

#: Numbers, which have lost their leading zeros.
_NOT_TEXT = st.integers() | st.floats(allow_nan=False)
_BLANK = st.text(" \t\u00a0", max_size=4)


def invalid(field: type[Field], *, reason: str | None = None) -> SearchStrategy[object]:
    """Generate values that a field always rejects.

    Args:
        field: A field type or a subclass of one.
        reason: The reason of the rejection, one of :class:`nofields.Reason`; by default any but ``type``, whose
            values are not text.

    Raises:
        ValueError: The field never gives this reason, or not under the current ``NOFIELDS_SYNTHETIC``.
    """
    strategies = _by_reason(field)
    if reason is None:
        slips = [mistyped(field).map(lambda pair: pair[1])] if field.name else []
        return st.one_of(*(strategy for each, strategy in strategies.items() if each != Reason.TYPE), *slips)
    if reason not in strategies:
        raise ValueError(f"{field.__name__} gives no reason {str(reason)!r} now; it gives {', '.join(map(str, strategies))}")
    return strategies[Reason(reason)]


def _by_reason(field: type[Field]) -> ByReason:
    rule = field.rule
    strategies = next(_OF_RULE[base](field) for base in type(rule).__mro__ if base in _OF_RULE)
    return {Reason.REQUIRED: _BLANK, Reason.TYPE: _NOT_TEXT, **strategies}


def _of_password(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, PasswordRule)
    good = candidates(field)
    signs = [lambda text: (text + "!")[-rule.max :], lambda text: (" " + text)[: rule.max]]
    broken = [str.lower, str.upper, lambda text: text[: rule.min - 1], *signs]
    return {
        Reason.REQUIREMENTS: st.builds(lambda text, spoil: spoil(text), good, st.sampled_from(broken)),
        Reason.TOO_LONG: good.map(lambda text: (text * rule.max)[: rule.max + 1]),
    }


def _of_email(field: type[Field]) -> ByReason:
    assert isinstance(field.rule, EmailRule)
    name = st.text("abcdefghij", min_size=1, max_size=8)
    broken = st.sampled_from(["{}", "{}@", "@{}.no", "{}@@example.com", "{}@example", "{} x@example.com", "{}@example..com"])
    return {
        Reason.FORMAT: st.builds(str.format, broken, name),
        Reason.TOO_LONG: st.integers(field.rule.max, 400).map(lambda count: "a" * count + "@example.com"),
    }


def _of_text(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, TextRule)
    control = st.sampled_from("\x00\x07\x1b\x7f\ud800")
    strategies: dict[str, SearchStrategy[object]] = {
        Reason.TOO_LONG: st.integers(rule.max + 1, rule.max + 50).map("x".__mul__),
        Reason.CHARACTERS: st.builds("{}{}x".format, st.sampled_from(["x", "Ola "]), control),
    }
    if rule.min > 1:
        strategies[Reason.TOO_SHORT] = st.integers(1, rule.min - 1).map("x".__mul__)
    return strategies


def _of_choice(field: type[Field]) -> ByReason:
    choices = cast(ChoiceCheck, compile_rule(field.rule)).choices
    if choices is None:
        return {Reason.CHARACTERS: st.sampled_from(["\x00", "a\x1bb", "\ud800"])}
    others = st.text("abcdefgh_0123456789", min_size=1, max_size=9).filter(lambda text: text not in choices)
    return {Reason.CHOICE: others}


def _of_checkbox(field: type[Field]) -> ByReason:
    long = st.integers(LONGEST_INPUT + 1, 200).map("x".__mul__)
    return {Reason.CHOICE: st.sampled_from(["off", "no", "false", "0", "x"]), Reason.FORMAT: long}


_OF_RULE: dict[type, Callable[[type[Field]], ByReason]] = {
    DigitRule: of_digits,
    ReferenceRule: of_reference,
    PhoneRule: of_phone,
    AnyPhoneRule: of_any_phone,
    DateRule: dates.wrong_dates,
    DateRangeRule: dates.wrong_date_ranges,
    PasswordRule: _of_password,
    SystemIdRule: of_system_id,
    VatRule: of_vat,
    IbanRule: of_iban,
    EmailRule: _of_email,
    NumberRule: of_decimal,
    TextRule: _of_text,
    ChoiceRule: _of_choice,
    CheckboxRule: _of_checkbox,
}

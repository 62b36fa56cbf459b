"""Numbers that a field rejects, by reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from nofields import synthetic
from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.check.codes import rejection
from nofields.check.iban import accounts_of, check_digits, countries
from nofields.check.phone import PhoneCheck
from nofields.errors import Reason
from nofields.fields import NationalIdentityNumber, OrganisationNumber
from nofields.fields.identity import ISSUED
from nofields.generate.identity import TENOR, identity_kinds, identity_numbers
from nofields.rules import (
    LONGEST_INPUT,
    AnyPhoneRule,
    DigitRule,
    IbanRule,
    Kind,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    Series,
    SystemIdRule,
    VatRule,
)
from nofields.strategies import valid
from nofields.strategies.from_type import candidates
from nofields.strategies.mutations import (
    with_day,
    with_odd_character,
    with_other_check_digits,
    with_wrong_check_digit,
    with_wrong_sum,
)
from nofields.strategies.valid import Strings
from nofields.value import Field

#: Text of a number that a program did not store as text.
_AS_NUMBER = st.builds(
    str.format, st.sampled_from(["{}.0", "{},0", "{}.", "{:.2f}", "{:e}", "{:.5E}", "{}e0"]), st.integers(1, 10**18)
)

ByReason = Mapping[str, SearchStrategy[object]]


def of_digits(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, DigitRule)
    digits = st.text(DIGITS, min_size=1, max_size=LONGEST_INPUT)
    strategies: dict[str, SearchStrategy[object]] = {
        Reason.CHARACTERS: with_odd_character(candidates(field)),
        Reason.NUMBER: _AS_NUMBER,
        Reason.LENGTH: digits.map(lambda text: text + "0" if len(text) == rule.digits else text),
    }
    first_digits = {digit for kind in rule.kinds for digit in kind.first_digits}
    if other := [digit for digit in DIGITS if digit not in first_digits]:
        rest = st.text(DIGITS, min_size=rule.digits - 1, max_size=rule.digits - 1)
        strategies[Reason.SERIES] = st.builds(str.__add__, st.sampled_from(other), rest)
    elif not any(kind.birth_date for kind in rule.kinds):
        strategies[Reason.SERIES] = st.just("0" * rule.digits)
    if any(kind.birth_date for kind in rule.kinds):
        strategies[Reason.DATE] = st.builds(with_day, candidates(field), st.sampled_from(["00", "32", "39", "72", "79"]))
    if rule.sums:
        strategies[Reason.CHECK_DIGIT] = st.one_of(
            _of_other_rule(field), st.builds(with_wrong_sum, st.just(rule), candidates(field), st.integers(1, 9))
        )
    if isinstance(rule, PostalRule) and rule.registered:
        from nofields.postal_register import entries

        in_use = entries()
        unknown = [code for code in map("{:04}".format, range(1, 10**4)) if code not in in_use]
        strategies[Reason.UNASSIGNED] = st.sampled_from(unknown)
    if synthetic.depends(rule):
        rejected = [series for series in Series if series not in synthetic.ACCEPTED[synthetic.policy()]]
        strategies |= {Reason(series): drawn for series in rejected if (drawn := _of_series(field, series)) is not None}
    return {**strategies, **_of_other_kinds(field)}


def _of_other_kinds(field: type[Field]) -> ByReason:
    """Numbers of kinds that a field's ``accept`` leaves out, but for real persons, whose numbers are personal data."""
    rule = field.rule
    assert isinstance(rule, DigitRule)
    found: dict[str, list[Kind]] = {}
    for kind in rule.kinds if rule.accept is not None else ():
        if kind.name not in (rule.accept or ()):
            found.setdefault(rejection(rule, kind, rule.accept or frozenset()), []).append(kind)
    if issubclass(field, OrganisationNumber):
        return {reason: valid.organisation_numbers(series=kinds[0].series) for reason, kinds in found.items()}
    names = {reason: tuple(each.name for each in kinds if each.series is Series.SYNTHETIC) for reason, kinds in found.items()}
    return {
        reason: _only(field, Reason(reason), valid.built_from(identity_numbers(kinds, rule=rule)))
        for reason, kinds in names.items()
        if kinds and issubclass(field, NationalIdentityNumber)
    }


def _of_other_rule(field: type[Field]) -> Strings:
    """Numbers whose check digits only the 2032 rule accepts, for a field that accepts those of the 1964 rule alone."""
    if not issubclass(field, NationalIdentityNumber) or field.rule.sums != ISSUED["before_2032"]:
        return st.nothing()
    return valid.built_from(identity_numbers(identity_kinds(field) or TENOR, issued="from_2032"))


def of_reference(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, ReferenceRule)
    lengths = [length for length in range(1, LONGEST_INPUT + 1) if not rule.min <= length <= rule.max]
    digits = st.sampled_from(lengths).flatmap(lambda length: st.text(DIGITS, min_size=length, max_size=length))
    return {
        Reason.CHARACTERS: with_odd_character(candidates(field)),
        Reason.NUMBER: _AS_NUMBER,
        Reason.LENGTH: digits,
        Reason.SERIES: st.integers(rule.min, rule.max).map("0".__mul__),
        Reason.CHECK_DIGIT: st.builds(with_wrong_check_digit, st.just(rule), candidates(field)),
    }


def of_phone(field: type[Field]) -> ByReason:
    check = cast(PhoneCheck, compile_rule(field.rule))
    rule = field.rule
    assert isinstance(rule, PhoneRule)
    count = rule.digits
    national = st.text(DIGITS, min_size=count, max_size=count)
    strategies: dict[str, SearchStrategy[object]] = {
        Reason.CHARACTERS: with_odd_character(candidates(field)),
        Reason.NUMBER: _AS_NUMBER,
        Reason.LENGTH: st.text("123456789", min_size=1, max_size=count - 1),
        Reason.COUNTRY: st.builds("+{}{}".format, st.sampled_from(["46", "45", "358", "1", "44"]), national),
        # No number in use begins with 0.
        Reason.UNASSIGNED: national.map(lambda text: text if not check.any_in_use.fullmatch(text) else "0" + text[1:]),
    }
    if rule.mobile_only:
        fixed, rest = st.sampled_from(["21", "22", "55", "69"]), st.text(DIGITS, min_size=count - 2, max_size=count - 2)
        strategies[Reason.NOT_MOBILE] = st.builds(str.__add__, fixed, rest)
    return strategies


def of_any_phone(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, AnyPhoneRule)
    rest = st.text(DIGITS, min_size=rule.digits - 1, max_size=rule.digits - 1)
    strategies: dict[str, SearchStrategy[object]] = {
        Reason.CHARACTERS: _only(field, Reason.CHARACTERS, with_odd_character(candidates(field))),
        Reason.NUMBER: _AS_NUMBER,
        Reason.LENGTH: st.text("123456789", min_size=1, max_size=rule.digits - 1),
        # No number begins with 1, be it lenient.
        Reason.UNASSIGNED: rest.map("1".__add__),
    }
    if not rule.foreign:
        strategies[Reason.COUNTRY] = of_phone(field)[Reason.COUNTRY]
    if rule.mobile_only:
        strategies[Reason.NOT_MOBILE] = of_phone(field)[Reason.NOT_MOBILE]
    return strategies


def of_system_id(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, SystemIdRule)
    too_long = st.text("123456789", min_size=rule.max_digits + 1, max_size=30)
    wrong = st.builds(with_wrong_sum, st.just(rule.vendor), valid.organisation_numbers(), st.integers(1, 9))
    of_no_series = st.builds("{}{}_regnskap".format, st.sampled_from("014567"), st.text(DIGITS, min_size=8, max_size=8))
    return {
        Reason.FORMAT: too_long | st.sampled_from(["x", "_x", "-1"]),
        Reason.NUMBER: _AS_NUMBER,
        Reason.SERIES: of_no_series,
        Reason.CHECK_DIGIT: wrong.map("{}_regnskap".format),
    }


def of_vat(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, VatRule)
    # A very long number would be too long for the field, and not read.
    wrong = {
        reason: strategy.map(lambda number: f"{rule.prefix}{str(number)[:50]}{rule.suffix}")
        for reason, strategy in of_digits(OrganisationNumber).items()
        if reason not in (Reason.CHARACTERS, Reason.NUMBER)
    }
    incomplete = st.builds(str.format, st.sampled_from(["{}", "NO{}", "{} M", "SE{}MVA"]), valid.organisation_numbers())
    odd = with_odd_character(candidates(field))
    return {
        Reason.CHARACTERS: _only(field, Reason.CHARACTERS, odd),
        Reason.FORMAT: incomplete | _only(field, Reason.FORMAT, odd),
        Reason.NUMBER: _AS_NUMBER,
        **wrong,
    }


def of_iban(field: type[Field]) -> ByReason:
    rule = field.rule
    assert isinstance(rule, IbanRule)
    ibans, digits = valid.ibans(), st.text(DIGITS, min_size=1, max_size=30)
    others = [code for code in ("AA", "AU", "QQ", "US", "XX", "ZZ") if code not in countries()]
    accounts = accounts_of(rule.country)
    assert accounts
    zeros, letters = "0" * accounts.length, "A" * accounts.length
    return {
        Reason.CHARACTERS: _only(field, Reason.CHARACTERS, with_odd_character(ibans)),
        Reason.FORMAT: digits | st.builds("NO{:02}{}".format, st.integers(0, 99), st.just(letters)),
        Reason.COUNTRY: st.builds("{}{:02}{}".format, st.sampled_from(others), st.integers(0, 99), digits),
        Reason.LENGTH: ibans.map(lambda text: text[:-1]) | ibans.map(lambda text: text + "0"),
        Reason.CHECK_DIGIT: st.builds(with_other_check_digits, ibans, st.integers(1, 96)),
        Reason.SERIES: st.just(rule.country + check_digits(rule.country, zeros) + zeros),
    }


def _only(field: type[Field], reason: Reason, texts: Strings) -> Strings:
    """Those of some texts that a field rejects for a reason."""

    def is_of_reason(text: str) -> bool:
        problem = field.problem(text)
        return problem is not None and problem.reason == reason

    return texts.filter(is_of_reason)


def _of_series(field: type[Field], series: Series) -> Strings | None:
    """Numbers of a series; ``None`` for the real series of persons, whose numbers are personal data."""
    from nofields.fields import OrganisationNumber

    if issubclass(field, OrganisationNumber):
        return valid.organisation_numbers(series=series)
    return candidates(field) if series is Series.SYNTHETIC else None

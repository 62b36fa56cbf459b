"""Generated values are valid, and of the requested kind, date and gender."""

from __future__ import annotations

import dataclasses
import datetime
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import (
    AltinnPassword,
    Gender,
    IdentityKind,
    Key,
    NationalIdentityNumber,
    OrganisationNumber,
    VatNumber,
    strategies,
)
from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.generate import BUILDERS, altinn_password, builder, chooser, digits, national_identity_number, organisation_number
from nofields.generate.numbers import digits_of_any_kind
from nofields.ranking import Numbers
from nofields.rules import BirthDate, Century, DigitRule, Kind, WeightedSum
from nofields.value import DigitValue, Field


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


#: A field for each kind that accepts no other.
ALONE: dict[IdentityKind, Any] = {
    kind: type("Alone", (NationalIdentityNumber,), {"__slots__": ()}, accept={kind}) for kind in IdentityKind
}


@pytest.mark.parametrize("field", list(BUILDERS), ids=lambda field: field.__name__)
@given(seed=st.integers(0, 2**32))
def test_valid_and_clean(field: type[Field], seed: int) -> None:
    value = BUILDERS[field](chooser(seed))
    if field is NationalIdentityNumber:
        assert str(AnyKind(value)) == value
    elif field in (OrganisationNumber, VatNumber):
        assert field.problem(value).reason == "synthetic"  # type: ignore[union-attr]
    else:
        assert str(field(value)) == value  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [kind for kind in IdentityKind if kind != IdentityKind.FH])
@pytest.mark.parametrize("gender", list(Gender))
@given(seed=st.integers(0, 2**32), born=st.dates(datetime.date(1940, 1, 1), datetime.date(2019, 12, 31)))
def test_requested_facts(kind: IdentityKind, gender: Gender, seed: int, born: datetime.date) -> None:
    """Where another kind has the same form, a field that accepts this one alone reads them."""
    text = national_identity_number(chooser(seed), [kind], (born, born), gender)
    number = ALONE[kind](text)
    assert (number.kind, number.birth_date, number.gender) == (kind, born, gender)


@pytest.mark.parametrize("kind", [kind for kind in IdentityKind if kind != IdentityKind.FH])
@given(seed=st.integers(0, 2**32))
def test_kind_and_date_are_certain(kind: IdentityKind, seed: int) -> None:
    """By default, no number is generated that could be of another kind."""
    number = AnyKind(national_identity_number(chooser(seed), [kind], issued="before_2032"))
    assert number.kind == kind
    assert number.birth_date is not None


class Before2032(NationalIdentityNumber, accept=set(IdentityKind), issued="before_2032"):
    """A number of any kind, by the rule of 1964."""


@pytest.mark.parametrize("kind", list(IdentityKind))
@given(seed=st.integers(0, 2**32))
def test_rule_of_2032(kind: IdentityKind, seed: int) -> None:
    """On request, numbers that only the 2032 rule accepts, or none of them."""
    new = national_identity_number(chooser(seed), [kind], issued="from_2032")
    assert AnyKind(new).kind == kind
    assert not Before2032.is_valid(new)
    assert Before2032.is_valid(national_identity_number(chooser(seed), [kind], issued="before_2032"))


@given(seed=st.integers(0, 2**32), born=st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 12, 31)))
def test_birth_date_of_a_new_number(seed: int, born: datetime.date) -> None:
    """From 2032 on, a number of any century is possible, and shows day, month and two digits of the year."""
    number = national_identity_number(chooser(seed), ["fnr"], (born, born), issued="from_2032")
    assert number[:6] == f"{born:%d%m%y}"
    assert AnyKind(number).birth_date is None


def test_password_order() -> None:
    """Each position is equally likely for each kind of character."""
    rule = dataclasses.replace(AltinnPassword.rule, min=3, max=3)
    orders = [altinn_password(lambda low, high, order=order: order if high == 5 else low, rule) for order in range(6)]  # type: ignore[misc]
    assert sorted(orders) == sorted("".join(order) for order in permutations("aA0"))


@given(seed=st.integers(0, 2**32))
def test_synthetic_by_default(seed: int) -> None:
    assert AnyKind(national_identity_number(chooser(seed))).is_synthetic
    assert AnyKind(digits_of_any_kind(AnyKind.rule, chooser(seed))).is_synthetic, "though the rule accepts real ones too"
    assert organisation_number(chooser(seed))[0] in "23"
    assert organisation_number(chooser(seed), ["organisation"])[0] in "89"


def test_impossible_requests() -> None:
    with pytest.raises(ValueError, match="unknown kind 'xyz'"):
        national_identity_number(chooser(1), ["xyz"])
    with pytest.raises(ValueError, match="born: numbers of the kind 'fnr' show birth dates from 1854-01-01 to 2039-12-31 only"):
        national_identity_number(chooser(1), ["fnr"], (datetime.date(2035, 1, 1), datetime.date(2050, 12, 31)))


def rule_of(*sums: WeightedSum, first_digits: str = DIGITS, digits: int = 4) -> DigitRule:
    return DigitRule(
        key=Key.ACCOUNT_FIELD_ERROR,
        digits=digits,
        written="#" * digits,
        sums=sums,
        kinds=(Kind("any", first_digits=first_digits),),
    )


#: Rules of four digits, so that every number can be tried.
RULES = {
    "no sum": rule_of(),
    "one check digit": rule_of(WeightedSum((4, 3, 2, 1))),
    "other remainders": rule_of(WeightedSum((4, 3, 2, 1), frozenset({1, 7}))),
    "two sums, one check digit each": rule_of(WeightedSum((3, 2, 1)), WeightedSum((5, 7, 9, 1))),
    "two sums over the same digits": rule_of(WeightedSum((4, 3, 2, 1)), WeightedSum((1, 1, 1, 1), modulus=10)),
    "a check digit in front of free digits": rule_of(WeightedSum((2, 1))),
    "a check digit that weighs more": rule_of(WeightedSum((1, 2, 3, 7), modulus=10)),
    "first digits": rule_of(WeightedSum((4, 3, 2, 1)), first_digits="907"),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_ranks(rule: DigitRule) -> None:
    """The numbers by rank are exactly those that the check accepts, in order."""
    is_valid = compile_rule(rule).is_valid
    valid = [number for number in map("{:04}".format, range(10**4)) if is_valid(number)]
    drawn = {digits(rule, rule.kinds[0], lambda low, high, rank=rank: min(low + rank, high)) for rank in range(len(valid))}
    assert sorted(drawn) == valid
    assert {digits(rule, rule.kinds[0], Random(seed).randint) for seed in range(200)} <= set(valid)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_digit_at_every_place(rule: DigitRule) -> None:
    seen = [digits(rule, rule.kinds[0], Random(seed).randint) for seed in range(2000)]
    is_valid = compile_rule(rule).is_valid
    valid = [number for number in map("{:04}".format, range(10**4)) if is_valid(number)]
    assert [set(place) for place in zip(*seen)] == [set(place) for place in zip(*valid)]


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.sums], ids=[name for name in RULES if name != "no sum"]
)
@given(data=st.data())
def test_wrong_checksum(rule: DigitRule, data: st.DataObject) -> None:
    own = type("Own", (DigitValue,), {"rule": rule})
    problem = own.problem(data.draw(strategies.invalid(own, reason="check_digit")))
    assert problem is not None
    assert problem.reason == "check_digit"


def test_a_rule_without_numbers() -> None:
    rule = rule_of(WeightedSum((2, 2, 2, 2), frozenset({1}), modulus=10))
    with pytest.raises(ValueError, match="there are no numbers of the kind 'any'"):
        digits(rule, rule.kinds[0], chooser(1))


def test_rank_out_of_range() -> None:
    numbers = Numbers([DIGITS] * 4, [WeightedSum((4, 3, 2, 1))])
    assert len(numbers.pick(numbers.count() - 1)) == 4
    with pytest.raises(IndexError):
        numbers.pick(numbers.count())


class Dated(DigitValue):
    """A project's own number: a birth date, three digits, and a check digit that leaves the remainder 1 or 2."""

    rule = DigitRule(
        key=Key.SSN_ERROR,
        digits=10,
        written="###### ####",
        sums=(WeightedSum((2, 3, 4, 5, 6, 7, 2, 3, 4, 1), frozenset({1, 2})),),
        kinds=(Kind("moved", birth_date=BirthDate((Century(range(500, 600), range(1940, 2020)),), month_offset=30)),),
    )


@given(seed=st.integers(0, 2**32))
def test_own_dated_rule(seed: int) -> None:
    build = builder(Dated)
    assert build is not None
    number = build(chooser(seed))
    assert Dated(number) == number
    assert "500" <= number[6:9] < "600"

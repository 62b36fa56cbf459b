"""Strategies draw the promised values, shrink to readable ones, and need no set-up."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic import Field as Described

from helpers.values import each_field, policy
from nofields import (
    AccountNumber,
    AltinnPassword,
    Amount,
    CheckboxGroup,
    Dropdown,
    Field,
    Gender,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Reason,
    Text,
    strategies,
)
from nofields.check.digits import kind_of
from nofields.fields import ALL
from nofields.generate import chooser, number
from nofields.postal_register import entries
from nofields.pydantic_errors.table import ERRORS
from nofields.strategies.invalid import _by_reason


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


class Size(Dropdown, choices=["small", "large"]):
    """A choice of the project's own."""


class Nickname(Text, max=5):
    """A short text of the project's own."""


class Customer(BaseModel):
    """A model as a project writes it."""

    orgnr: OrganisationNumber
    account: AccountNumber | None
    people: list[NationalIdentityNumber]
    postal_code: Annotated[PostalCode, Described(description="Where to")]
    since: NorwegianDate
    password: AltinnPassword
    size: Size
    nickname: Nickname


VALID = [
    (strategies.organisation_numbers(), OrganisationNumber),
    (strategies.organisation_numbers(formatted=True), OrganisationNumber),
    (strategies.account_numbers(), AccountNumber),
    (strategies.account_numbers(formatted=True), AccountNumber),
    (strategies.payment_references(), PaymentReference),
    (strategies.national_identity_numbers(), AnyKind),
    (strategies.national_identity_numbers(kinds=["fnr", "dnr"], formatted=True), NationalIdentityNumber),
    (strategies.postal_codes(), PostalCode),
    (strategies.postal_codes(registered=False), PostalCode),
    (strategies.phone_numbers(), PhoneNumber),
    (strategies.mobile_phone_numbers(formatted=True), MobilePhoneNumber),
    (strategies.norwegian_dates(), NorwegianDate),
    (strategies.norwegian_dates(formatted=True), NorwegianDate),
    (strategies.altinn_passwords(), AltinnPassword),
]


@pytest.mark.parametrize(("strategy", "field"), VALID)
@given(data=st.data())
def test_valid_values_are_valid(strategy: st.SearchStrategy[str], field: type[Field], data: st.DataObject) -> None:
    assert field.is_valid(data.draw(strategy))


@pytest.mark.usefixtures("synthetic_accepted")
@each_field
@given(data=st.data())
def test_from_type_gives_instances(field: type[Field], data: st.DataObject) -> None:
    made = data.draw(st.from_type(field))
    assert made is True or type(made) is field


@pytest.mark.usefixtures("synthetic_accepted")
@given(built=st.builds(Customer), inferred=st.from_type(Customer), nickname=st.from_type(Nickname))
def test_builds(built: Customer, inferred: Customer, nickname: Nickname) -> None:
    for customer in (built, inferred):
        assert type(customer.orgnr) is OrganisationNumber
        assert all(number.is_synthetic for number in customer.people)
        assert customer.size in ("small", "large")
    assert len(nickname) <= 5


@each_field
@given(data=st.data())
def test_invalid_values(field: type[Field], data: st.DataObject) -> None:
    for setting in (None, "accept", "only"):
        with policy(setting):
            assert not field.is_valid(data.draw(strategies.invalid(field)))


class Delivery(PostalCode, registered=True): ...


class Share(Number, min=-1.5, max=100, decimals=1): ...


class Fee(Amount, min=10, max=1_000): ...


class Name(Text, min=3): ...


NARROWED = (Delivery, Share, Fee, Name)


def reasons() -> Iterator[tuple[type[Field], str, str | None]]:
    """Yield every reason of a field, and the setting under which it occurs: none, unless it needs one."""
    for field in (*ALL, *NARROWED):
        for setting in (None, "only"):
            with policy(setting):
                yield from ((field, reason, setting) for reason in _by_reason(field))


REASONS = {(field, reason): setting for field, reason, setting in reversed([*reasons()])}


@pytest.mark.parametrize(
    ("field", "reason", "setting"),
    [(*each, setting) for each, setting in REASONS.items()],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
@given(data=st.data())
def test_invalid_values_by_reason(field: type[Field], reason: str, setting: str | None, data: st.DataObject) -> None:
    with policy(setting):
        problem = field.problem(data.draw(strategies.invalid(field, reason=reason)))
    assert problem is not None
    assert problem.reason == reason


def test_every_reason_is_drawn() -> None:
    """Except those of pydantic's own errors, of a field that may be left out, and of one that accepts some kinds alone."""
    assert {reason for _, reason in REASONS} | {
        Reason.OTHER,
        Reason.BLANK,
        Reason.KIND,
        *(entry.reason for entry in ERRORS.values()),
    } == set(Reason)


class Residents(NationalIdentityNumber, accept={"fnr"}): ...


class TestResidents(NationalIdentityNumber, accept={"tenor-fnr", "fnr"}):
    __test__ = False


class TenorResidents(NationalIdentityNumber, accept={"tenor-fnr"}):
    """Their D-numbers are of the same series, and of another kind."""


class TestOrganisations(OrganisationNumber, accept={"synthetic_organisation"}):
    __test__ = False


#: Fields that accept some kinds alone, and the reasons of the others. No number of a real person is drawn.
OF_KINDS: list[tuple[type[Field], set[Reason]]] = [
    (Residents, {Reason.SYNTHETIC}),
    (TestResidents, {Reason.KIND}),
    (TenorResidents, {Reason.KIND}),
    (TestOrganisations, {Reason.REAL}),
]


@pytest.mark.parametrize(("field", "reasons"), OF_KINDS)
@given(data=st.data())
def test_other_kinds(field: type[Field], reasons: set[Reason], data: st.DataObject) -> None:
    for reason in (Reason.SYNTHETIC, Reason.REAL, Reason.KIND):
        if reason in reasons:
            problem = field.problem(data.draw(strategies.invalid(field, reason=reason)))
            assert problem is not None
            assert problem.reason == reason
        else:
            with pytest.raises(ValueError, match=f"gives no reason '{reason}'"):
                strategies.invalid(field, reason=reason)


@given(strategies.national_identity_numbers(kinds=["dnr"], born=(datetime.date(2035, 1, 1), datetime.date(2039, 12, 31))))
def test_kind_of_the_accepted_series(number: str) -> None:
    """A D-number is as real as the fødselsnummer that is accepted, and no test environment is in question."""
    problem = Residents.problem(number)
    assert problem is not None
    assert problem.reason == Reason.KIND


def test_only_synthetic_persons() -> None:
    """No real person's number is drawn where real ones are rejected."""
    with policy("only"), pytest.raises(ValueError, match="gives no reason 'real'"):
        strategies.invalid(NationalIdentityNumber, reason="real")


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.__name__)
def test_reasons_in_docstrings(field: type[Field]) -> None:
    """After "Errors:", its own or those of the field it names; some depend on settings and subclasses."""
    described = " ".join(errors_paragraph(field))
    drawn = {str(reason) for (each, reason) in REASONS if each is field} - {Reason.REQUIRED}
    assert {reason for reason in drawn if f"``{reason}``" not in described} == set()
    named = {word for word in re.findall(r"``(\w+)``", described) if word in set(Reason)}
    of_settings = {
        Reason.SYNTHETIC,
        Reason.REAL,
        Reason.KIND,
        Reason.UNASSIGNED,
        Reason.CHOICE,
        Reason.TOO_EARLY,
        Reason.TOO_LATE,
    }
    of_settings |= {Reason.DECIMALS, Reason.TOO_SHORT, Reason.TOO_SMALL, Reason.TOO_LARGE}
    assert named - drawn - {Reason.REQUIRED} - of_settings == set()


def errors_paragraph(field: type[Field]) -> Iterator[str]:
    """The paragraph on errors in the docstring of a field, and in those that it refers to."""
    (paragraph,) = [each for each in (field.__doc__ or "").split("\n\n") if each.strip().startswith("Errors:")]
    yield paragraph
    for other in re.findall(r":class:`(\w+)`", paragraph):
        yield from errors_paragraph(next(each for each in ALL if each.__name__ == other))


def test_impossible_reason() -> None:
    with pytest.raises(ValueError, match="gives no reason 'order'"):
        strategies.invalid(OrganisationNumber, reason="order")


@pytest.mark.parametrize("field", [field for field in ALL if field.name], ids=lambda field: field.name)
@given(data=st.data())
def test_near_misses(field: type[Field], data: st.DataObject) -> None:
    text, slip = data.draw(strategies.near_misses(field))
    problem = field.problem(text)
    assert problem is None or problem.reason == Reason.SYNTHETIC
    assert not field.is_valid(slip)
    assert abs(len(text) - len(slip)) <= 1


@given(born=st.dates(datetime.date(1940, 1, 1), datetime.date(2019, 12, 31)), gender=st.sampled_from(Gender), data=st.data())
def test_birth_and_gender(born: datetime.date, gender: Gender, data: st.DataObject) -> None:
    number = AnyKind(data.draw(strategies.national_identity_numbers(born=(born, born), gender=gender)))
    assert (number.birth_date, number.gender) == (born, gender)


class Before2032(NationalIdentityNumber, issued="before_2032"):
    """By the rule of 1964."""


@pytest.mark.usefixtures("synthetic_accepted")
@given(
    any_rule=strategies.values(NationalIdentityNumber),
    old=strategies.values(Before2032),
    new=strategies.values(NationalIdentityNumber, issued="from_2032"),
    named=strategies.national_identity_numbers(issued="from_2032"),
)
def test_rules_of_values(any_rule: str, old: str, new: str, named: str) -> None:
    assert NationalIdentityNumber.is_valid(any_rule)
    assert Before2032.is_valid(old)
    for text in (new, named):
        assert NationalIdentityNumber.is_valid(text)
        assert Before2032.problem(text).reason == Reason.CHECK_DIGIT  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("strategy", "of_2032"),
    [
        (strategies.values(NationalIdentityNumber), True),
        (strategies.values(NationalIdentityNumber), False),
        (strategies.national_identity_numbers(), True),
        (strategies.invalid(Before2032, reason="check_digit"), True),
        (strategies.invalid(Before2032, reason="check_digit"), False),
    ],
)
def test_both_rules_are_drawn(strategy: st.SearchStrategy[str], of_2032: bool) -> None:
    """For a field of the rule of 1964, its wrong check digits are those of 2032 as well."""
    with policy("accept"):
        find(strategy, lambda number: (NationalIdentityNumber.is_valid(number) > Before2032.is_valid(number)) is of_2032)


@given(strategies.national_identity_numbers(), strategies.organisation_numbers(series="synthetic"))
def test_synthetic_by_default(person: str, organisation: str) -> None:
    assert AnyKind(person).is_synthetic
    assert organisation[0] in "23"


def test_organisations_follow_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting, digits in (("reject", "89"), ("accept", "89"), ("only", "23")):
        monkeypatch.setenv("NOFIELDS_SYNTHETIC", setting)
        assert find(strategies.organisation_numbers(), lambda number: True)[0] in digits


class RealPerson(NationalIdentityNumber, accept={"fnr", "dnr"}): ...


DAY, LATER = datetime.date(2035, 6, 1), datetime.date(2045, 12, 31)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: strategies.national_identity_numbers(born=(DAY, LATER)), "born: numbers of the kind 'tenor-fnr' show"),
        (lambda: strategies.national_identity_numbers(kinds=["fh"], born=(DAY, DAY)), "born: a number of the kind 'fh'"),
        (lambda: strategies.national_identity_numbers(kinds=["dnr"], born=(datetime.date(1854, 1, 1), DAY)), "born: .* 'dnr'"),
        (lambda: strategies.national_identity_numbers(born=(LATER, DAY)), "born: the first date, 2045-12-31, is after"),
        (lambda: strategies.national_identity_numbers(born=(LATER, DAY), issued="from_2032"), "born: the first date"),
        (lambda: strategies.national_identity_numbers(kinds=[]), "kinds: there must be"),
        (lambda: strategies.national_identity_numbers(kinds=["xyz"]), "kinds: unknown kind 'xyz'"),
        (lambda: strategies.national_identity_numbers(kinds=["fh"], gender="female"), "gender: a number of the kind 'fh'"),
        (lambda: strategies.national_identity_numbers(gender="male", issued="from_2032"), "gender: numbers that only"),
        (lambda: strategies.national_identity_numbers(gender="x"), "gender='x' is not one of female, male"),  # type: ignore[arg-type]
        (lambda: strategies.national_identity_numbers(issued="2032"), "issued='2032' is not one of"),  # type: ignore[arg-type]
        (lambda: strategies.values(Before2032, issued="from_2032"), "issued='from_2032'"),
        (lambda: strategies.values(PostalCode, issued="from_2032"), "issued='from_2032': PostalCode"),
        (lambda: strategies.organisation_numbers(series="x"), "series='x' is not one of real, synthetic"),
        (lambda: strategies.vat_numbers(series="x"), "series='x' is not one of real, synthetic"),
        (lambda: strategies.national_identity_numbers(born=(2000, 2001)), "born: 2000 and 2001 are not two dates"),  # type: ignore[arg-type]
        (lambda: strategies.near_misses(RealPerson), "RealPerson accepts no synthetic numbers"),
        (lambda: strategies.pasted(RealPerson), "RealPerson accepts no synthetic numbers"),
        (lambda: strategies.norwegian_dates(LATER, DAY), "first: 2045-12-31 is after"),
        (lambda: strategies.date_ranges(LATER, DAY), "first: 2045-12-31 is after"),
        (lambda: strategies.amounts(5, 1), "low: 5 is more than high, 1"),
        (lambda: strategies.ibans(country="ZZ"), "country: the IBAN registry has no country 'ZZ'"),
    ],
)
def test_wrong_arguments(make: Callable[[], object], sentence: str) -> None:
    """Named as the strategy is made."""
    with pytest.raises(ValueError, match=sentence):
        make()


class Long(AltinnPassword, min=20, max=22): ...


class Company(OrganisationNumber, accept={"synthetic_organisation"}): ...


@pytest.mark.parametrize("field", [field for field in ALL if not field.name], ids=lambda field: field.__name__)
def test_no_near_misses(field: type[Field]) -> None:
    with pytest.raises(ValueError, match=f"{field.__name__} has no near misses"):
        strategies.near_misses(field)


@given(strategies.values(Long), strategies.values(Company), strategies.near_misses(Long))
def test_own_fields(password: str, number: str, pair: tuple[str, str]) -> None:
    assert Long.is_valid(password)
    assert Company.is_valid(number)
    assert Long.is_valid(pair[0])


#: A kind, and the kinds that a field names. Persons: a synthetic kind, alone and with a real one; organisations: any kind.
NAMED = [
    *((NationalIdentityNumber, kind, {kind, *real}) for kind in map(str, list(IdentityKind)[2:]) for real in ([], ["fnr"])),
    *((OrganisationNumber, kind.name, {kind.name}) for kind in OrganisationNumber.rule.kinds),
]


@pytest.mark.parametrize(("field", "kind", "named"), NAMED, ids=lambda each: str(each) if isinstance(each, str) else "")
def test_named_kinds(field: type[Field], kind: str, named: set[str]) -> None:
    """Whatever the setting, and no real persons unless requested."""
    own: Any = type("Own", (field,), {"__slots__": ()}, accept=named)

    @given(strategies.values(own), st.sampled_from([None, "only"]))
    def assert_kind(number: str, setting: str | None) -> None:
        with policy(setting):
            assert own.is_valid(number)
            assert kind_of(own.rule, number).name == kind  # type: ignore[union-attr]

    assert_kind()


@pytest.mark.parametrize("field", NARROWED, ids=lambda field: field.__name__)
@given(data=st.data())
def test_narrowed_fields(field: Any, data: st.DataObject) -> None:
    """Values are within the bounds of a subclass, and so are the instances of ``st.from_type``."""
    assert field.is_valid(data.draw(strategies.values(field)))
    made = data.draw(st.from_type(field))
    assert type(made) is field
    assert field(str(made)) == made


class Invoice(BaseModel):
    total: Amount
    fee: Fee
    share: Share | None
    name: Name


@given(st.builds(Invoice))
def test_builds_of_numbers(invoice: Invoice) -> None:
    assert invoice.total.decimal >= 0
    assert 10 <= invoice.fee.decimal <= 1_000


@given(strategies.amounts(5, 7), strategies.amounts(1_000, formatted=True))
def test_amounts(amount: str, formatted: str) -> None:
    assert 5 <= Amount(amount).decimal <= 7
    assert Amount(amount) == amount
    assert Amount(formatted).formatted == formatted


def test_no_number() -> None:
    """Bounds may leave no number that the decimals can express."""
    field = type("Nothing", (Number,), {}, min=0.1, max=0.9, decimals=0)
    with pytest.raises(ValueError, match=r"no number from 0\.1 to 0\.9"):
        number(chooser(1), field.rule)


@given(strategies.invalid(Number, reason="format"))
def test_invalid_number(text: str) -> None:
    assert not Number.is_valid(text)


@given(strategies.postal_codes(), strategies.date_ranges())
def test_codes_and_ranges(code: str, pair: tuple[str, str]) -> None:
    assert code in entries()
    assert pair[0] <= pair[1]


@pytest.mark.parametrize(
    ("strategy", "simplest"),
    [
        (strategies.organisation_numbers(), "800000009"),
        (strategies.account_numbers(), "00000000019"),
        (strategies.payment_references(), "0018"),
        (strategies.national_identity_numbers(), "01810050019"),
        (strategies.postal_codes(), "0001"),
        (strategies.phone_numbers(formatted=True), "21 00 00 00"),
        (strategies.norwegian_dates(formatted=True), "01.01.2000"),
    ],
)
def test_shrinking(strategy: st.SearchStrategy[str], simplest: str) -> None:
    assert find(strategy, lambda value: True) == simplest


def test_hypothesis_is_not_imported() -> None:
    script = "import sys; from nofields import *; assert 'hypothesis' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_formats() -> None:
    named: dict[str, Any] = strategies.formats()
    assert set(named) == {field.schema_format for field in ALL if field.name}
    assert CheckboxGroup.schema_format not in named


@pytest.mark.parametrize("first", ["import nofields.strategies", "import hypothesis", "from nofields import strategies"])
def test_import_order(first: str) -> None:
    """In a fresh process, where Hypothesis is not yet imported."""
    drawn = "from hypothesis import strategies as st; from nofields import PostalCode; st.from_type(PostalCode).validate()"
    subprocess.run([sys.executable, "-W", "error", "-c", f"{first}; {drawn}"], check=True)


OWN_FIELD = """
from nofields import Key
from nofields.rules import DigitRule
from nofields.value import DigitValue
class CustomerNumber(DigitValue):
    rule = DigitRule(key=Key.TEXT_FIELD_CONTENTS_ERROR, digits=7, written="### ####")
"""


@pytest.mark.parametrize("first", ["", "import hypothesis\n"], ids=["before Hypothesis", "after Hypothesis"])
def test_field_with_a_rule_of_its_own(first: str) -> None:
    """Derived from no field of nofields, and defined before or after Hypothesis is imported."""
    drawn = "from hypothesis import strategies as st\nst.from_type(CustomerNumber).validate()"
    subprocess.run([sys.executable, "-W", "error", "-c", f"{first}{OWN_FIELD}{drawn}"], check=True)

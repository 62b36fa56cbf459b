"""The values of a made-up person or organisation are valid and fit each other."""

from __future__ import annotations

import datetime
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.values import policy
from nofields import (
    AccountNumber,
    EmailAddress,
    Gender,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PhoneNumber,
    PostalCode,
    VatNumber,
)
from nofields.generate import Person, birth_dates, names, organisations, persons
from nofields.generate.unique import different

DAY = datetime.date(2000, 2, 29)


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


class Before2032(NationalIdentityNumber, accept=set(IdentityKind), issued="before_2032"):
    """A number of any kind, by the rule of 1964."""


@given(seed=st.integers(0, 2**32))
def test_person(seed: int) -> None:
    (person,) = persons(1, seed=seed)
    number = AnyKind(person.fnr)
    assert number.is_synthetic
    assert (number.kind, number.birth_date, number.gender) == (person.kind, person.birth_date, person.gender)
    of_gender = {Gender.FEMALE: names.names().female, Gender.MALE: names.names().male}[person.gender]
    assert person.first_name in of_gender
    assert PostalCode(person.postal_code).place == person.place
    assert MobilePhoneNumber(person.phone) == person.phone
    assert AccountNumber(person.account) == person.account
    assert EmailAddress(person.email) == person.email
    assert person.email == f"{names.to_ascii(person.first_name)}.{names.to_ascii(person.last_name)}@example.com"


@given(seed=st.integers(0, 2**32))
def test_organisation(seed: int) -> None:
    (organisation,) = organisations(1, seed=seed)
    with policy("only"):
        assert OrganisationNumber(organisation.orgnr).is_synthetic
        assert VatNumber(organisation.vat_number).organisation_number == organisation.orgnr
    assert PostalCode(organisation.postal_code).place == organisation.place
    assert PhoneNumber(organisation.phone) == organisation.phone
    assert AccountNumber(organisation.account) == organisation.account
    assert EmailAddress(organisation.email).endswith("@example.com")
    assert names.to_ascii(organisation.name.split()[0]) in organisation.email


@given(
    seed=st.integers(0, 2**32),
    kinds=st.lists(st.sampled_from(["tenor-fnr", "tenor-dnr", "nav-fnr", "nav-dnr"]), min_size=1, unique=True),
    gender=st.sampled_from([None, *Gender]),
    born=st.dates(datetime.date(1860, 1, 1), datetime.date(2039, 12, 31)),
)
def test_options(seed: int, kinds: list[str], gender: Gender | None, born: datetime.date) -> None:
    for person in persons(3, kinds=kinds, gender=gender, born=(born, born), seed=seed):
        assert person.kind in kinds
        assert AnyKind(person.fnr).kind == person.kind
        assert person.gender == (gender or AnyKind(person.fnr).gender)
        assert person.birth_date == born


@given(seed=st.integers(0, 2**32), gender=st.sampled_from([None, *Gender]))
def test_people_of_2032(seed: int, gender: Gender | None) -> None:
    """Their numbers fit the date, and show neither its century nor a gender."""
    for person in persons(3, gender=gender, issued="from_2032", seed=seed):
        assert AnyKind.is_valid(person.fnr)
        assert not Before2032.is_valid(person.fnr)
        assert f"{int(person.fnr[:2]) % 40:02}{int(person.fnr[2:4]) - 80:02}{person.fnr[4:6]}" == f"{person.birth_date:%d%m%y}"
        assert person.gender == (gender or person.gender)


def test_evenly_spread() -> None:
    """Real people have no more birthdays at the ends of a range than elsewhere."""
    people = list(persons(4_000, born=(datetime.date(1980, 1, 1), datetime.date(1989, 12, 31)), seed=2))
    years = Counter(person.birth_date.year for person in people)
    assert len(years) == 10
    assert max(years.values()) < 500
    assert Counter(person.birth_date for person in people).most_common(1)[0][1] < 10
    assert 1_800 < sum(person.gender is Gender.MALE for person in people) < 2_200
    assert len({person.place for person in people}) > 1_000


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 1])
def test_share_of_d_numbers(share: float) -> None:
    people = list(persons(4_000, d_numbers=share, seed=1))
    assert abs(sum(person.kind is IdentityKind.TENOR_DNR for person in people) / 4_000 - share) < 0.03


def test_unique() -> None:
    """No number, phone number, account or address of e-mail twice, however few names there are."""
    people = list(persons(10_000, unique=True, seed=1, born=(datetime.date(1990, 1, 1), datetime.date(1990, 3, 31))))
    for column in ("fnr", "phone", "email", "account"):
        assert len({getattr(person, column) for person in people}) == 10_000
    companies = list(organisations(10_000, unique=True, seed=1))
    for column in ("orgnr", "vat_number", "phone", "email", "account"):
        assert len({getattr(company, column) for company in companies}) == 10_000
    assert len({person.fnr for person in persons(10_000, seed=1, born=(DAY, DAY))}) < 2_000


def test_too_few_numbers() -> None:
    """One day has few numbers; those before are returned."""
    found: list[Person] = []
    with pytest.raises(ValueError, match="fnr: there are too few different values"):
        found.extend(persons(5_000, unique=True, seed=1, born=(DAY, DAY), gender="female", kinds=["tenor-fnr"]))
    seen: set[object] = {1}
    with pytest.raises(ValueError, match="number: there are too few different values: 1 were found"):
        different(lambda: (1,), seen, "number")


def test_seed() -> None:
    """The same seed gives the same rows, and a longer run begins with them."""
    assert list(persons(20, seed=7)) == list(persons(30, seed=7))[:20]
    assert list(organisations(20, seed=7)) == list(organisations(20, seed=7))
    assert list(persons(20, seed=7)) != list(persons(20, seed=8))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: persons(1, kinds=[]), "kinds: there must be"),
        (lambda: persons(1, kinds=["fnr"]), "kinds: 'fnr' is no synthetic kind"),
        (lambda: persons(1, kinds=["fh"]), "kinds: 'fh' is no synthetic kind with a birth date"),
        (lambda: persons(1, kinds=["x"]), "kinds: unknown kind 'x'"),
        (lambda: persons(1, born=(DAY, DAY - datetime.timedelta(1))), "born: the first date"),
        (lambda: persons(1, born=(datetime.date(1854, 1, 1), DAY)), "born: numbers of the kind 'tenor-dnr'"),
        (lambda: persons(1, gender="x"), "gender='x' is not one of female, male"),
        (lambda: persons(1, issued="x"), "issued='x'"),  # type: ignore[arg-type]
        (lambda: persons(1, d_numbers=2), "d_numbers: 2 is not a share"),
        (lambda: persons(1, kinds=["tenor-fnr"], d_numbers=0.5), "d_numbers: kinds are no D-numbers"),
        (lambda: persons(1, kinds=["tenor-dnr"], d_numbers=0.5), "d_numbers: kinds are only D-numbers"),
        (lambda: birth_dates((20, 10), DAY), "ages: 20 to 10"),
        (lambda: birth_dates((-1, 10), DAY), "ages: -1 to 10"),
    ],
)
def test_wrong_arguments(make: Callable[[], Any], sentence: str) -> None:
    """Raised by the call, before the first row."""
    with pytest.raises(ValueError, match=sentence):
        make()


@given(on=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)), low=st.integers(0, 30), more=st.integers(0, 30))
def test_ages(on: datetime.date, low: int, more: int) -> None:
    """The first and the last day on which people of these ages were born, and no other."""
    first, last = birth_dates((low, low + more), on)
    day = datetime.timedelta(days=1)
    assert [age(born, on) for born in (first, last)] == [low + more, low]
    assert age(first - day, on) == low + more + 1
    assert age(last + day, on) == low - 1


def age(born: datetime.date, on: datetime.date) -> int:
    """Whole years; who is born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@pytest.fixture
def fresh_names() -> Any:
    """Names that are looked up again, before and after the test."""
    names.names.cache_clear()
    yield
    names.names.cache_clear()


def test_names_of_faker(fresh_names: None) -> None:
    """As many as Faker's locale has."""
    provider = pytest.importorskip("faker.providers.person.no_NO").Provider
    assert names.names() == (provider.first_names_female, provider.first_names_male, provider.last_names)


def test_names_without_faker(fresh_names: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the names depends on Faker."""
    before = list(persons(50, seed=1))
    names.names.cache_clear()
    monkeypatch.setitem(sys.modules, "faker.providers.person.no_NO", None)
    assert "Kari" in names.names().female
    people = list(persons(50, seed=1))
    assert all(person.last_name in names.names().last for person in people)
    for column in ("fnr", "place", "phone", "account"):
        assert [getattr(person, column) for person in people] == [getattr(person, column) for person in before]


@pytest.mark.parametrize(
    ("name", "ascii"), [("Bjørg", "bjorg"), ("Åse", "ase"), ("Hæge-Lill", "haegelill"), ("Müller", "muller")]
)
def test_letters_of_an_address(name: str, ascii: str) -> None:
    assert names.to_ascii(name) == ascii

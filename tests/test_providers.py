"""Faker, polyfactory and factory_boy make valid values, the same for the same seed."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

import factory
import factory.random
import pytest
from faker import Faker
from polyfactory.factories import DataclassFactory
from polyfactory.factories.pydantic_factory import ModelFactory
from pydantic import BaseModel, create_model

from helpers.values import POLICIES, each_field, policy
from nofields import (
    AccountNumber,
    Amount,
    Dropdown,
    Field,
    Gender,
    Iban,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Text,
    VatNumber,
)
from nofields.generate import chooser
from nofields.generate.any_field import instance, value
from nofields.providers.faker import Provider
from nofields.providers.polyfactory import NorwegianFields

pytestmark = pytest.mark.usefixtures("synthetic_accepted")


class Before2032(NationalIdentityNumber, issued="before_2032"): ...


class RealOnly(NationalIdentityNumber, accept={"fnr", "dnr"}): ...


class RealCompany(OrganisationNumber, accept={"organisation"}): ...


class Size(Dropdown, choices=["small", "large"]): ...


class Name(Text, min=20, max=22): ...


class Fee(Amount, min=10, max=20): ...


@pytest.fixture
def fake() -> Faker:
    fake = Faker("no_NO")
    fake.add_provider(Provider)
    fake.seed_instance(7)
    return fake


#: The methods of the provider, and the fields of what they return.
METHODS: dict[str, type[Field]] = {
    "norwegian_identity_number": NationalIdentityNumber,
    "norwegian_organisation_number": OrganisationNumber,
    "norwegian_vat_number": VatNumber,
    "norwegian_account_number": AccountNumber,
    "norwegian_iban": Iban,
    "norwegian_payment_reference": PaymentReference,
    "norwegian_phone_number": PhoneNumber,
    "norwegian_mobile_phone_number": MobilePhoneNumber,
    "norwegian_postal_code": PostalCode,
}


@pytest.mark.parametrize("name", METHODS)
def test_faker(fake: Faker, name: str) -> None:
    """Valid and synthetic, also by a format, and without repetition on request."""
    values = [getattr(fake.unique, name)() for _ in range(200)]
    with policy("only"):
        assert all(map(METHODS[name].is_valid, values))
    assert len(set(values)) == 200
    assert METHODS[name].is_valid(fake.parse(f"{{{{{name}}}}}"))
    fake.seed_instance(7)
    again = [getattr(fake, name)() for _ in range(3)]
    fake.seed_instance(7)
    assert again == [getattr(fake, name)() for _ in range(3)]


def test_every_method_of_the_provider(fake: Faker) -> None:
    methods = {name for name in vars(Provider) if not name.startswith("_")}
    assert methods == {*METHODS, "norwegian_person", "norwegian_organisation"}


def test_people_of_faker(fake: Faker) -> None:
    born = (datetime.date(1990, 1, 1), datetime.date(1999, 12, 31))
    for _ in range(20):
        number = NationalIdentityNumber(fake.norwegian_identity_number(["tenor-dnr"], born=born, gender="female"))
        assert (number.kind, number.gender) == (IdentityKind.TENOR_DNR, Gender.FEMALE)
        assert number.birth_date is not None
        assert number.birth_date.year // 10 == 199
        assert not Before2032.is_valid(fake.norwegian_identity_number(issued="from_2032"))
        assert NationalIdentityNumber(fake.norwegian_person().fnr).is_synthetic
        assert OrganisationNumber(fake.norwegian_organisation().orgnr).is_synthetic


class Customer(BaseModel):
    """A model with a subclass of a field, and fields that may be missing."""

    orgnr: OrganisationNumber
    owners: list[NationalIdentityNumber]
    old: Before2032 | None
    size: Size
    name: Name


class Order(BaseModel):
    """A model with another inside."""

    customer: Customer
    others: list[Customer]
    fee: Fee


class CustomerFactory(NorwegianFields, ModelFactory[Customer]):
    """A factory of a model."""


class OrderFactory(NorwegianFields, ModelFactory[Order]):
    """A factory of a model with another inside."""


@dataclasses.dataclass
class Payment:
    """No model."""

    account: AccountNumber
    amount: Fee


class PaymentFactory(NorwegianFields, DataclassFactory[Payment]):
    """A factory of a dataclass."""


@each_field
@pytest.mark.parametrize("field_policy", POLICIES)
def test_polyfactory(field: type[Field], field_policy: str) -> None:
    """Every field, under every policy that accepts synthetic people."""
    model = create_model("Model", value=(field, ...))

    class Made(NorwegianFields, ModelFactory):  # type: ignore[type-arg]
        __model__ = model

    with policy(field_policy):
        if field is NationalIdentityNumber and field_policy == "reject":
            with pytest.raises(ValueError, match="rejects synthetic numbers"):
                Made.build()
            return
        for built in Made.batch(10):
            assert field.is_valid(built.value)
            assert model.model_validate_json(built.model_dump_json()) == built


@pytest.mark.parametrize("made", [CustomerFactory, OrderFactory, PaymentFactory])
def test_seed_of_polyfactory(made: Any) -> None:
    """It decides the values of nested models too."""
    made.seed_random(1)
    first = made.batch(5)
    made.seed_random(1)
    assert made.batch(5) == first
    made.seed_random(2)
    assert made.batch(5) != first


def test_subclasses_in_polyfactory() -> None:
    for order in OrderFactory.batch(20):
        assert 10 <= order.fee.decimal <= 20
        for customer in (order.customer, *order.others):
            assert customer.size in ("small", "large")
            assert 20 <= len(customer.name) <= 22
            assert all(owner.is_synthetic for owner in customer.owners)


class CustomerOfFaker(factory.Factory):  # type: ignore[misc, type-arg]
    """The recipe of the documentation."""

    class Meta:
        model = Customer

    orgnr = factory.Faker("norwegian_organisation_number")
    owners = factory.List([factory.Faker("norwegian_identity_number")])
    old = factory.Faker("norwegian_identity_number", gender="male", issued="before_2032")
    size = "small"
    name = "Kari Nordmann Hansen"


def test_factory_boy() -> None:
    factory.Faker.add_provider(Provider)
    factory.random.reseed_random(1)
    first = CustomerOfFaker.build_batch(5)
    factory.random.reseed_random(1)
    assert CustomerOfFaker.build_batch(5) == first
    assert all(type(customer.orgnr) is OrganisationNumber for customer in first)
    assert {customer.old.gender for customer in first} == {Gender.MALE}


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: instance(RealOnly, chooser(1)), "RealOnly accepts no synthetic numbers"),
        (lambda: value(type("Own", (), {"rule": None}), chooser(1)), "nothing generates values of Own"),
    ],
)
def test_no_values(make: Callable[[], object], error: str) -> None:
    with pytest.raises((ValueError, LookupError), match=error):
        make()


def test_real_organisations() -> None:
    """Of a field that accepts no others; they may be in use."""
    assert instance(RealCompany, chooser(1))[0] in "89"

"""The public types as a user's type checker sees them: no test, but checked by ``mypy --strict`` and pyright."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import assert_type

from pydantic import BaseModel, ValidationError

import nofields
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    FieldError,
    Gender,
    IdentityKind,
    Key,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    Phrase,
    PostalCode,
    Problem,
    Radio,
    Reason,
    Text,
    TextArea,
    Value,
    localize,
    message,
    negotiate,
    tasks_waiting,
)
from nofields.fields import ALL, BY_NAME
from nofields.forms import Bound, Form, FormError
from nofields.localization import LocalizedError


class PatientId(NationalIdentityNumber, accept={"fnr", "dnr"}, issued="before_2032"):
    """A subclass of a field."""


class OurReference(PaymentReference, modulus=11, digits=12):
    """A payment reference with class arguments."""


class Size(Dropdown, choices=["small", "large"]):
    """A subclass with choices."""


class Company(BaseModel):
    """A model of fields."""

    number: OrganisationNumber
    accounts: list[AccountNumber] = []
    owner: NationalIdentityNumber | None = None
    founded: NorwegianDate | None = None


def numbers() -> None:
    """Facts of numbers."""
    number = OrganisationNumber("974 760 673")
    assert_type(number, OrganisationNumber)
    assert_type(number.vat_number, str)
    assert_type(number.is_synthetic, bool)
    assert_type(number.formatted, str)
    assert_type(AccountNumber("86011117947").iban, str)
    assert_type(PaymentReference("1234567897").moduli, tuple[int, ...])
    assert_type(OurReference("123456789018"), OurReference)
    assert_type(PatientId("30108299920"), PatientId)
    assert_type(NationalIdentityNumber("30108299920").birth_date, datetime.date | None)
    assert_type(NationalIdentityNumber("30108299920").gender, Gender | None)
    assert_type(NationalIdentityNumber("30108299920").kind, IdentityKind)
    assert_type(PostalCode("0357").place, str | None)
    assert_type(PhoneNumber("21234567").e164, str)
    assert_type(MobilePhoneNumber("40612345").international, str)
    assert_type(AltinnSystemId("12345").vendor, OrganisationNumber | None)
    assert_type(number.facts(), Mapping[Phrase, str | Phrase])
    as_text: str = number
    assert as_text.startswith("974")


def dates_and_texts() -> None:
    """Dates are dates, texts are texts."""
    day = NorwegianDate("5.3.2026")
    assert_type(day, NorwegianDate)
    assert_type(NorwegianDate(2026, 3, 5).formatted, str)
    as_date: datetime.date = day
    assert as_date.year == 2026
    assert_type(DateRange("1.1.2016", "31.12.2016").start, NorwegianDate)
    assert_type(DateRange(("1.1.2016", "31.12.2016")).days, int)
    assert_type(Text("x"), Text)
    assert_type(TextArea("x"), TextArea)
    assert_type(Number("1,5"), Number)
    assert_type(EmailAddress("ola@example.com"), EmailAddress)
    assert_type(AltinnPassword("Fjell2024"), AltinnPassword)
    assert_type(Size("small"), Size)
    assert_type(Radio("yes"), Radio)
    assert_type(CheckboxGroup(["a"]), CheckboxGroup)
    assert_type(Country("NO").name_in("nn"), str)
    assert_type(Country.options("en"), list[tuple[str, str]])
    value: Value = Text("x")
    assert value == "x"


def verdicts(anything: object) -> None:
    """Verdicts on any object at all."""
    assert_type(OrganisationNumber.is_valid(anything), bool)
    problem = OrganisationNumber.problem(anything)
    assert_type(problem, Problem | None)
    if problem is not None:
        assert_type(problem.key, str)
        assert_type(problem.reason, str)
        assert_type(problem.params, Mapping[str, object])
        assert_type(problem.message("nn"), str)
        assert_type(problem.explanation(), str)
        assert problem.reason == Reason.LENGTH or problem.key == Key.ORGANISATION_FIELD_ERROR
    assert_type(ALL, tuple[type[Field], ...])
    by_name: Mapping[str, type[Field]] = BY_NAME
    assert by_name


def errors() -> None:
    """Errors and their messages."""
    try:
        OrganisationNumber("974760674")
    except FieldError as error:
        assert_type(error.problem, Problem)
        assert_type(localize(error, "en"), list[LocalizedError])
    try:
        Company(number=OrganisationNumber("974760673"))
    except ValidationError as error:
        for each in localize(error):
            assert_type(each["loc"], tuple[int | str, ...])
            assert_type(each["key"], str)
            assert_type(each["message"], str)


def texts() -> None:
    """Messages and languages."""
    assert_type(message(Key.MODAL_CLOSE, "nn"), str)
    assert_type(message("MODAL_CLOSE"), str)
    assert_type(negotiate(None), str)
    assert_type(tasks_waiting(3, "en"), str)
    names: list[str] = nofields.__all__
    assert names
    assert_type(nofields.__version__, str)


def modules() -> None:
    """The public modules after ``import nofields`` alone."""
    nofields.catalogs.add("my-locales")
    raised: type[Exception] = nofields.errors.FieldError
    assert_type(nofields.fields.ALL, tuple[type[Field], ...])
    assert_type(nofields.messages.message("MODAL_CLOSE"), str)
    assert_type(nofields.postal_register.codes(), tuple[str, ...])
    rule: nofields.rules.Rule = OrganisationNumber.rule
    variable: str = nofields.synthetic.VARIABLE
    field: type[nofields.value.Field] = OrganisationNumber
    entry: type[nofields.localization.LocalizedError] = LocalizedError
    assert [raised, rule, field, entry, variable]


def forms(typed: Mapping[str, str]) -> None:
    class Contact(BaseModel):
        orgnr: OrganisationNumber

    bound = Form(Contact).bind(typed, "nn")
    assert_type(bound, Bound[Contact])
    assert_type(bound.value, Contact | None)
    assert_type(bound.errors, list[FormError])
    assert_type(bound.is_valid, bool)

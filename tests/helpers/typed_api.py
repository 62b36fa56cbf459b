"""The public types as a user's type checker sees them: no test, but checked by ``mypy --strict`` and pyright.

Lines that must be errors have an ignoring comment, which both checkers report once it is not needed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict, assert_type

from jinja2 import DictLoader
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic import Field as ModelField
from pydantic.dataclasses import dataclass as pydantic_dataclass

import nofields
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Amount,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    FieldError,
    Gender,
    Iban,
    IdentityKind,
    Key,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    OrNone,
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
    VatNumber,
    localize,
    message,
    negotiate,
    tasks_waiting,
)
from nofields.ask import Ask
from nofields.fields import ALL, BY_NAME
from nofields.forms import Bound, Form, FormError, OwnWidget
from nofields.localization import LocalizedError
from nofields.wsgi import assets

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


class PatientId(NationalIdentityNumber, accept={"fnr", "dnr"}, issued="before_2032"):
    """A subclass of a field."""


class OurReference(PaymentReference, modulus=11, digits=12):
    """A payment reference with class arguments."""


class Size(Dropdown, choices=["small", "large"]):
    """A subclass with choices."""


class Days(CheckboxGroup, choices={"mon": "Monday", "tue": "Tuesday"}):
    """A subclass with choices and their labels."""


class Order(BaseModel):
    """What an app declares: fields, subclasses, arguments of pydantic's, defaults, lists, optional fields."""

    orgnr: OrganisationNumber
    buyer: Annotated[OrganisationNumber, Ask(label="Kunde")]
    titled: AccountNumber = ModelField(title="Konto")
    reference: OurReference
    size: Size
    day: NorwegianDate
    period: DateRange
    terms: Checkbox
    days: Days
    place: PostalCode = PostalCode("0357")
    others: list[OrganisationNumber] = []
    total: Amount = Amount(0)
    code: OrNone[PostalCode] = None
    until: OrNone[NorwegianDate] = ModelField(default=None, title="Til")
    news: OrNone[Checkbox] = None
    owner: NationalIdentityNumber | None = None


@pydantic_dataclass
class Shipment:
    """A dataclass of pydantic's."""

    orgnr: OrganisationNumber
    terms: Checkbox
    code: OrNone[PostalCode] = None


@dataclass
class Plain:
    """A dataclass of the standard library, which validates nothing."""

    orgnr: OrganisationNumber
    code: PostalCode | None = None


class Row(TypedDict):
    """A dictionary, whose values nobody validates."""

    orgnr: OrganisationNumber
    code: OrNone[PostalCode]


class Company(BaseModel):
    """A model of fields."""

    number: OrganisationNumber
    accounts: list[AccountNumber] = []
    owner: NationalIdentityNumber | None = None
    founded: NorwegianDate | None = None


def models() -> None:
    """A model's constructor accepts what its fields accept; an attribute is of the field's class."""
    order = Order(
        total=1234.5,
        orgnr="974 760 673",
        buyer="974760673",
        titled="8601.11.17947",
        reference="123456789018",
        size="small",
        day="1.1.2026",
        period=("1.1.2026", "31.1.2026"),
        terms=True,
        days=["mon"],
    )
    assert_type(order.orgnr, OrganisationNumber)
    assert_type(order.buyer.vat_number, str)
    assert_type(order.titled, AccountNumber)
    assert_type(order.reference, OurReference)
    assert_type(order.size, Size)
    assert_type(order.day, NorwegianDate)
    assert_type(order.period.start, NorwegianDate)
    assert_type(order.terms, bool)
    assert_type(order.days, Days)
    assert_type(order.place, PostalCode)
    assert_type(order.others, list[OrganisationNumber])
    assert_type(order.code, PostalCode | None)
    assert_type(order.until, NorwegianDate | None)
    assert_type(order.news, bool | None)
    assert_type(order.owner, NationalIdentityNumber | None)
    Order(
        orgnr=order.orgnr,
        buyer=order.orgnr,
        titled=order.titled,
        reference=order.reference,
        size=Size("small"),
        day=datetime.date(2026, 1, 1),
        period={"from": "1.1.2026", "to": datetime.date(2026, 1, 31)},
        terms="on",
        days={"mon", "tue"},
        place="0357",
        others=[order.orgnr, OrganisationNumber("974760673")],
        code=PostalCode("0357"),
        until=None,
        owner=None,
    )
    order.orgnr = "974 760 673"
    order.terms = True
    shipment = Shipment("974 760 673", "on")
    assert_type(shipment.orgnr, OrganisationNumber)
    assert_type(shipment.code, PostalCode | None)
    assert_type(TypeAdapter(OrganisationNumber).validate_python("974760673"), OrganisationNumber)


def other_classes(number: OrganisationNumber, code: OrNone[PostalCode] = None) -> PostalCode | None:
    """Arguments and dictionaries are of the class itself; so are the attributes of every other class."""
    assert_type(Plain(number).orgnr, OrganisationNumber)
    row = Row(orgnr=number, code=code)
    assert_type(row["orgnr"], OrganisationNumber)
    assert_type(row["code"], PostalCode | None)
    other_classes("974760673")  # type: ignore[arg-type]
    Row(orgnr="974760673", code=None)  # type: ignore[typeddict-item]
    return code


def wrong_values(order: Order) -> None:
    """What no field accepts, and text where a union or a list needs an instance."""
    Shipment(974760673, True)  # type: ignore[arg-type]
    Shipment("974760673", 1.5)  # type: ignore[arg-type]
    Shipment("974760673")  # type: ignore[call-arg]
    Shipment("974760673", True, code="0357")  # type: ignore[arg-type]
    Company(number=b"974760673")  # type: ignore[arg-type]
    Company(number="974760673", accounts=["86011117947"])  # type: ignore[list-item]
    Company(number="974760673", founded="1.1.2026")  # type: ignore[arg-type]
    order.orgnr = 974760673  # type: ignore[assignment]
    order.day = 1  # type: ignore[assignment]
    order.period = 1  # type: ignore[assignment]
    order.days = 1  # type: ignore[assignment]
    assert order.code.place  # type: ignore[union-attr]
    assert order.terms.formatted  # type: ignore[attr-defined]


def class_arguments() -> None:
    """Those of a field, with their types."""

    class Named(Text, key="NAME", max=20, too_long_key=Key.TEXT_FIELD_LENGTH_ERROR): ...

    class Customers(PaymentReference, min=7, max=12, separators=" /"): ...

    class Delivery(PostalCode, registered=True): ...

    class Period(DateRange, separators=(" til ",), min=datetime.date(2000, 1, 1), key="PERIOD"): ...

    class Born(NorwegianDate, max=datetime.date.today, example="31.12.1999"): ...

    class Nordic(Country, no_countries=frozenset({"XK"})): ...

    class Accepted(Checkbox, checked=frozenset({"ja"})): ...

    class Abroad(PhoneNumber, regions=("SJ",)): ...

    class Strong(AltinnPassword, min=12): ...

    own: list[type[Field]] = [Named, Customers, Delivery, Period, Born, Nordic, Accepted, Abroad, Strong]
    assert own
    assert_type(Named("x"), Named)

    class Misspelt(Text, maxx=20): ...  # type: ignore[call-arg]

    class Wrong(Text, max="20"): ...  # type: ignore[arg-type]

    class NoModulus(PaymentReference, modulus=12): ...  # type: ignore[arg-type]

    class Unknown(OrganisationNumber, registered=True): ...  # type: ignore[call-arg]

    class Single(Dropdown, several=True): ...  # type: ignore[call-arg]


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
    assert_type(VatNumber("974760673MVA").organisation_number, OrganisationNumber)
    assert_type(Iban("NO9386011117947").account_number, AccountNumber | None)
    assert_type(PaymentReference.complete("20260011", modulus=10), PaymentReference)
    assert_type(OurReference.complete("12345678901"), OurReference)
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
    assert_type(Amount("1,5").decimal, Decimal)
    assert_type(Amount(1.5) >= 0, bool)
    assert_type(EmailAddress("ola@example.com"), EmailAddress)
    assert_type(AltinnPassword("Fjell2024"), AltinnPassword)
    assert_type(Size("small"), Size)
    assert_type(Radio("yes"), Radio)
    assert_type(CheckboxGroup(["a"]), CheckboxGroup)
    assert_type(Checkbox("on"), bool)
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
        assert_type(problem.reason, Reason | str)
        if isinstance(problem.reason, Reason):
            value: str = problem.reason.value
            assert value
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
        Company(number="974760673")
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
    separators: str = nofields.characters.WHITE_SPACE
    raised: type[Exception] = nofields.errors.FieldError
    assert_type(nofields.fields.ALL, tuple[type[Field], ...])
    assert_type(nofields.messages.message("MODAL_CLOSE"), str)
    assert_type(nofields.postal_register.codes(), tuple[str, ...])
    rule: nofields.rules.Rule = OrganisationNumber.rule
    variable: str = nofields.synthetic.VARIABLE
    field: type[nofields.value.Field] = OrganisationNumber
    entry: type[nofields.localization.LocalizedError] = LocalizedError
    assert [raised, rule, field, entry, variable, separators]


def forms(typed: Mapping[str, str]) -> None:
    class Contact(BaseModel):
        orgnr: OrganisationNumber

    bound = Form(Contact).bind(typed, "nn")
    assert_type(bound, Bound[Contact])
    assert_type(bound.value, Contact | None)
    assert_type(bound.errors, list[FormError])
    assert_type(bound.is_valid, bool)
    own = Form(
        Contact,
        templates=[Path("templates"), DictLoader({})],
        widgets={"slider": "shop/slider.html", "stars": OwnWidget("shop/stars.html", like="radios")},
    )
    assert_type(assets([own, Form(Contact, templates="templates", widgets={"slider": "shop/slider.html"})]), WSGIApplication)

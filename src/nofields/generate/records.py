"""People and organisations whose values fit each other, as rows of test data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from nofields.fields import Gender, IdentityKind, MobilePhoneNumber, OrganisationNumber, PhoneNumber, VatNumber
from nofields.generate.choices import Choose, chooser, pick
from nofields.generate.contacts import Contacts
from nofields.generate.dated import Born
from nofields.generate.identity import TENOR, Dated, Issued, gender_named, numbers_of_people
from nofields.generate.names import FORMS, TRADES, names
from nofields.generate.numbers import drawn_kinds, source

#: Birth dates of people, unless others are asked for.
LIVING: Born = (datetime.date(1930, 1, 1), datetime.date(2015, 12, 31))


class Person(NamedTuple):
    """A made-up person.

    Attributes:
        fnr: A synthetic national identity number.
        kind: Its kind.
        birth_date: The birth date. The number shows it, unless only the 2032 rule accepts it.
        gender: The gender. The number shows it, with the same exception.
        first_name: A first name of this gender.
        last_name: A last name.
        address: A street and a house number.
        postal_code: A postal code of the register.
        place: Its postal place.
        phone: A mobile phone number, which may be in use.
        email: An address at example.com, which has no owner, with the name.
        account: An account number, which may be in use.
    """

    fnr: str
    kind: IdentityKind
    birth_date: datetime.date
    gender: Gender
    first_name: str
    last_name: str
    address: str
    postal_code: str
    place: str
    phone: str
    email: str
    account: str


class Organisation(NamedTuple):
    """A made-up organisation.

    Attributes:
        orgnr: A synthetic organisation number.
        vat_number: Its VAT number.
        name: A name.
        address: A street and a house number.
        postal_code: A postal code of the register.
        place: Its postal place.
        phone: A phone number, which may be in use.
        email: An address at example.com, which has no owner, with the name.
        account: An account number, which may be in use.
    """

    orgnr: str
    vat_number: str
    name: str
    address: str
    postal_code: str
    place: str
    phone: str
    email: str
    account: str


def persons(
    count: int,
    *,
    kinds: Sequence[IdentityKind | str] = TENOR,
    born: Born = LIVING,
    gender: Gender | str | None = None,
    d_numbers: float | None = None,
    issued: Issued = "any",
    unique: bool = False,
    seed: int | None = None,
) -> Iterator[Person]:
    """Return made-up people. Their numbers are synthetic; accounts and phone numbers may be in use.

    Args:
        count: How many.
        kinds: The kinds of number, synthetic ones with a birth date.
        born: First and last birth date; see also :func:`birth_dates`.
        gender: The gender; by default both.
        d_numbers: The share of D-numbers, from 0 to 1; by default all kinds are equally likely.
        issued: ``from_2032`` for numbers that only the 2032 rule accepts.
        unique: Whether no two people have the same number, phone number, address of e-mail or account.
        seed: The same seed gives the same people, with the same names as long as the same Faker is installed.

    Raises:
        ValueError: An argument is wrong; or, later, there are too few different numbers.

    >>> person = next(persons(1, gender="female", seed=1))
    >>> person.birth_date.year, person.gender, person.email.endswith("@example.com")
    (1981, <Gender.FEMALE: 'female'>, True)
    """
    draw = numbers_of_people(tuple(map(str, kinds)), born, gender_named(gender), d_numbers, issued)
    contacts = Contacts(chooser(seed), unique)
    return (_person(contacts, draw) for _ in range(count))


def organisations(count: int, *, unique: bool = False, seed: int | None = None) -> Iterator[Organisation]:
    """Return made-up organisations. Their numbers are synthetic; accounts and phone numbers may be in use.

    Args:
        count: How many.
        unique: Whether no two have the same number, phone number, address of e-mail or account.
        seed: The same seed gives the same organisations, with the same names as long as the same Faker is installed.

    Raises:
        ValueError: There are too few different values.

    >>> next(organisations(1, seed=1)).orgnr[0] in "23"
    True
    """
    contacts = Contacts(chooser(seed), unique)
    (kind,) = drawn_kinds(OrganisationNumber.rule)
    number = source(OrganisationNumber.rule, kind)
    return (_organisation(contacts, lambda choose: (number(choose),)) for _ in range(count))


def birth_dates(ages: tuple[int, int], on: datetime.date) -> Born:
    """Return the first and the last birth date of people of some ages.

    Args:
        ages: The lowest and the highest age, in years.
        on: The day on which they have these ages.

    Raises:
        ValueError: ``ages`` is reversed or negative.

    >>> birth_dates((18, 19), datetime.date(2026, 2, 28))
    (datetime.date(2006, 3, 1), datetime.date(2008, 2, 28))
    """
    low, high = ages
    if not 0 <= low <= high:
        raise ValueError(f"ages: {low} to {high} is no range of ages")
    return _years_before(on, high + 1) + datetime.timedelta(days=1), _years_before(on, low)


def _years_before(day: datetime.date, years: int) -> datetime.date:
    """Return the same day of an earlier year; for 29 February the day before 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _person(contacts: Contacts, draw: Callable[[Choose], Dated]) -> Person:
    choose, first_names = contacts.choose, {Gender.FEMALE: names().female, Gender.MALE: names().male}
    fnr, kind, birth_date, gender = contacts.number("fnr", draw)
    first, last = _name(choose, first_names[gender]), _name(choose, names().last)
    address, postal_code, place = contacts.address()
    phone = contacts.phone(MobilePhoneNumber.rule)
    email, account = contacts.email(first, last), contacts.account()
    return Person(fnr, kind, birth_date, gender, first, last, address, postal_code, place, phone, email, account)


def _organisation(contacts: Contacts, draw: Callable[[Choose], tuple[str]]) -> Organisation:
    choose = contacts.choose
    (orgnr,) = contacts.number("orgnr", draw)
    last, trade = _name(choose, names().last), pick(choose, TRADES)
    name = f"{last} {trade} {pick(choose, FORMS)}"
    vat_number = VatNumber.rule.prefix + orgnr + VatNumber.rule.suffix
    address, postal_code, place = contacts.address()
    phone = contacts.phone(PhoneNumber.rule)
    email, account = contacts.email(last, trade), contacts.account()
    return Organisation(orgnr, vat_number, name, address, postal_code, place, phone, email, account)


def _name(choose: Choose, names: tuple[str, ...]) -> str:
    """Return one of some names. What is chosen afterwards does not depend on how many there are."""
    return names[choose(0, 2**32 - 1) % len(names)]

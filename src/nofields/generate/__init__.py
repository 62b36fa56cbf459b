"""Builds valid values from rules and a source of choices: random numbers, or Hypothesis's draws.

National identity and organisation numbers are synthetic unless another kind is requested: a number of
the real series may be a living person's, and is then personal data.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import count
from typing import Any

from nofields import postal_register
from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.check.date import DateCheck
from nofields.check.definition import check_digit
from nofields.check.iban import ALPHABETS, Accounts, accounts_of, check_digits, countries
from nofields.fields import (
    BY_NAME,
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Iban,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    VatNumber,
)
from nofields.generate.choices import Choose, chooser, or_edge, pick, shuffled, text
from nofields.generate.days import day_or_edge
from nofields.generate.decimals import number
from nofields.generate.identity import Issued, national_identity_number, numbers_of_field
from nofields.generate.numbers import digits, digits_of_any_kind, kind_named, source
from nofields.generate.phones import any_phone_number, phone_number
from nofields.generate.records import Organisation, Person, birth_dates, organisations, persons
from nofields.rules import (
    AmountRule,
    AnyPhoneRule,
    DateRule,
    DigitRule,
    EmailRule,
    IbanRule,
    NumberRule,
    PasswordRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    SystemIdRule,
    VatRule,
)
from nofields.value import Field

__all__ = [
    "BUILDERS",
    "FIRST_DAY",
    "LAST_DAY",
    "Choose",
    "Issued",
    "Organisation",
    "Person",
    "account_number",
    "altinn_password",
    "altinn_system_id",
    "any_phone_number",
    "birth_dates",
    "builder",
    "chooser",
    "date",
    "day_or_edge",
    "digits",
    "email_address",
    "iban",
    "national_identity_number",
    "number",
    "numbers_of_field",
    "organisation_number",
    "organisations",
    "payment_reference",
    "persons",
    "phone_number",
    "postal_code",
    "vat_number",
    "within_limits",
]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: The longest name before the @ of an address (RFC 5321, 4.5.3.1.1).
_LONGEST_NAME = 64
_account_number = source(AccountNumber.rule, AccountNumber.rule.kinds[0])
#: Dates, unless a rule has limits.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)


def organisation_number(choose: Choose, kinds: Sequence[str] = ("synthetic_organisation",)) -> str:
    """Return nine digits of one of ``kinds``."""
    return organisation_numbers(pick(choose, kinds))(choose)


@lru_cache
def organisation_numbers(kind: str) -> Callable[[Choose], str]:
    """Return what builds organisation numbers of a kind."""
    return source(OrganisationNumber.rule, kind_named(OrganisationNumber.rule, kind))


def account_number(choose: Choose) -> str:
    """Return eleven digits, which may be someone's account: accounts have no synthetic series."""
    return _account_number(choose)


def payment_reference(choose: Choose, rule: ReferenceRule = PaymentReference.rule) -> str:
    """Return a reference of any length and by any sum of ``rule``."""
    cyclic, free = pick(choose, rule.sums), choose(rule.min, rule.max) - 1
    bodies = (f"{body % 10**free:0{free}}" for body in count(choose(1, 10**free - 1)))
    return next(body + last for body in bodies if body.strip("0") and (last := check_digit(cyclic, body)))


def postal_code(choose: Choose) -> str:
    """Return a code in the register."""
    return pick(choose, postal_register.codes())


def date(choose: Choose, rule: DateRule = NorwegianDate.rule) -> str:
    """Return an ISO date within the limits of ``rule``, from :data:`FIRST_DAY` to :data:`LAST_DAY` if possible."""
    first, last = within_limits(rule, FIRST_DAY, LAST_DAY)
    return day_or_edge(choose, first, last).isoformat()


def within_limits(rule: DateRule, first: datetime.date, last: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the days from ``first`` to ``last`` that are within the limits of ``rule``; if none is, the nearest that is."""
    check = compile_rule(rule)
    assert isinstance(check, DateCheck)
    lower, upper = check.limits()
    first, last = (max(day, lower or day) for day in (first, last))
    return min(first, upper or first), min(last, upper or last)


def altinn_password(choose: Choose, rule: PasswordRule = AltinnPassword.rule) -> str:
    """Return a password that meets every requirement of :class:`AltinnPassword`."""
    required = [pick(choose, alphabet) for alphabet in (_LETTERS, _LETTERS.upper(), DIGITS)]
    length = or_edge(choose, choose(rule.min, min(rule.min + 13, rule.max)), (rule.min, rule.max))
    return shuffled(choose, required + list(text(choose, _LETTERS + _LETTERS.upper() + DIGITS, length - len(required))))


def altinn_system_id(choose: Choose) -> str:
    """Return a number in the form of Altinn 2, of any length."""
    length = choose(1, AltinnSystemId.rule.max_digits)
    return str(choose(10 ** (length - 1), 10**length - 1))


def vat_number(choose: Choose, rule: VatRule = VatNumber.rule) -> str:
    """Return a VAT number of a synthetic organisation."""
    return rule.prefix + digits_of_any_kind(rule.organisation, choose) + rule.suffix


def iban(choose: Choose, rule: IbanRule = Iban.rule, country: str | None = None) -> str:
    """Return an IBAN, a Norwegian one half the time. It may be someone's: accounts have no synthetic series.

    Raises:
        ValueError: No IBAN begins with ``country``.
    """
    code = country or (pick(choose, countries()) if choose(0, 1) else rule.country)
    accounts = iban_accounts(code)
    if code == rule.country:
        account = digits_of_any_kind(rule.account, choose)
    else:
        account = "".join(text(choose, ALPHABETS[letter], length) for length, letter in accounts.parts)
    return code + check_digits(code, account) + account


def iban_accounts(country: str) -> Accounts:
    """Return the account numbers of a country, or raise ``ValueError`` if no IBAN begins with ``country``."""
    accounts = accounts_of(country)
    if accounts is None:
        raise ValueError(f"country: the IBAN registry has no country {country!r}")
    return accounts


def email_address(choose: Choose) -> str:
    """Return an address at example.com, which is reserved for examples."""
    return text(choose, _LETTERS, or_edge(choose, choose(1, 12), (1, _LONGEST_NAME))) + "@example.com"


#: Fields whose values are of certain kinds only.
_OF_FIELD: dict[type[Field], Callable[[Any], Callable[[Choose], str]]] = {
    OrganisationNumber: lambda field: organisation_number,
    NationalIdentityNumber: numbers_of_field,
}
#: Builders of all other fields, by the type of the rule.
_OF_RULE: dict[type, Callable[[Any, Choose], str]] = {
    DigitRule: digits_of_any_kind,
    PostalRule: lambda rule, choose: postal_code(choose),
    ReferenceRule: lambda rule, choose: payment_reference(choose, rule),
    PhoneRule: lambda rule, choose: phone_number(choose, rule),
    AnyPhoneRule: lambda rule, choose: any_phone_number(choose, rule),
    DateRule: lambda rule, choose: date(choose, rule),
    PasswordRule: lambda rule, choose: altinn_password(choose, rule),
    SystemIdRule: lambda rule, choose: altinn_system_id(choose),
    VatRule: lambda rule, choose: vat_number(choose, rule),
    IbanRule: lambda rule, choose: iban(choose, rule),
    EmailRule: lambda rule, choose: email_address(choose),
    NumberRule: lambda rule, choose: number(choose, rule),
    AmountRule: lambda rule, choose: number(choose, rule),
}


def builder(field: type[Field]) -> Callable[[Choose], str] | None:
    """Return what builds values of a field or subclass; ``None`` for texts and choices.

    Raises:
        ValueError: The field accepts no synthetic number.
    """
    of_field = next((_OF_FIELD[base] for base in field.__mro__ if base in _OF_FIELD), None)
    if of_field:
        return of_field(field)
    of_rule = _OF_RULE.get(type(field.rule))
    return partial(of_rule, field.rule) if of_rule else None


#: The builder of each field with a short name.
BUILDERS = {field: build for field in BY_NAME.values() if (build := builder(field))}

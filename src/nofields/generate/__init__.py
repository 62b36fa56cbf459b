"""Builds valid values from rules and a source of choices: random numbers, or Hypothesis's draws.

National identity and organisation numbers are synthetic unless another kind is requested: a number of
the real series may be a living person's, and is then personal data.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

from nofields import postal_register
from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.check.date import DateCheck
from nofields.check.definition import check_digit
from nofields.check.iban import ALPHABETS, accounts_of, check_digits, countries
from nofields.fields import (
    BY_NAME,
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Gender,
    Iban,
    IdentityKind,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    VatNumber,
)
from nofields.fields.identity import ISSUED
from nofields.generate.choices import Choose, chooser, day_between, pick, text
from nofields.generate.decimals import number
from nofields.generate.numbers import BIRTHS, digits, digits_of_any_kind, kind_named
from nofields.generate.phones import any_phone_number, phone_number
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
    "BIRTHS",
    "BUILDERS",
    "Choose",
    "account_number",
    "altinn_password",
    "altinn_system_id",
    "any_phone_number",
    "builder",
    "chooser",
    "date",
    "digits",
    "email_address",
    "iban",
    "national_identity_number",
    "number",
    "organisation_number",
    "payment_reference",
    "phone_number",
    "postal_code",
    "vat_number",
    "within_limits",
]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def organisation_number(choose: Choose, kinds: Sequence[str] = ("synthetic_organisation",)) -> str:
    """Return nine digits of one of ``kinds``."""
    return digits(OrganisationNumber.rule, kind_named(OrganisationNumber.rule, pick(choose, kinds)), choose)


def account_number(choose: Choose) -> str:
    """Return eleven digits, which may be someone's account: accounts have no synthetic series."""
    return digits(AccountNumber.rule, AccountNumber.rule.kinds[0], choose)


def payment_reference(choose: Choose, rule: ReferenceRule = PaymentReference.rule) -> str:
    """Return a reference of any length and by any sum of ``rule``."""
    cyclic, free = pick(choose, rule.sums), choose(rule.min, rule.max) - 1
    bodies = (f"{body % 10**free:0{free}}" for body in count(choose(1, 10**free - 1)))
    return next(body + last for body in bodies if body.strip("0") and (last := check_digit(cyclic, body)))


def national_identity_number(
    choose: Choose,
    kinds: Sequence[str] = (IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR),
    born: tuple[datetime.date, datetime.date] = BIRTHS,
    gender: Gender | None = None,
) -> str:
    """Return eleven digits by the rule of 1964.

    Args:
        choose: The source of choices.
        kinds: The kinds to choose from, by the values of :class:`IdentityKind`.
        born: First and last birth date. Dates that a number shows for certain are preferred: the months 66 to 72
            may be Norsk helsenett's or those of NAV's NPID.
        gender: The gender in the number; any if ``None``.

    Raises:
        ValueError: A kind is unknown, or has no numbers for a birth date.
    """
    rule = replace(NationalIdentityNumber.rule, sums=ISSUED["before_2032"])
    return digits(rule, kind_named(rule, pick(choose, kinds)), choose, born, gender)


def postal_code(choose: Choose) -> str:
    """Return a code in the register."""
    return pick(choose, postal_register.codes())


def date(choose: Choose, rule: DateRule = NorwegianDate.rule) -> str:
    """Return an ISO date within the limits of ``rule``, in the default range of birth dates if possible."""
    return day_between(choose, *within_limits(rule, *BIRTHS)).isoformat()


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
    length = choose(rule.min, min(rule.min + 13, rule.max))
    characters = required + list(text(choose, _LETTERS + _LETTERS.upper() + DIGITS, length - len(required)))
    for last in range(len(characters) - 1, 0, -1):  # Fisher–Yates shuffle
        other = last - choose(0, last)
        characters[last], characters[other] = characters[other], characters[last]
    return "".join(characters)


def altinn_system_id(choose: Choose) -> str:
    """Return a number in the form of Altinn 2."""
    return str(choose(1, 10**AltinnSystemId.rule.max_digits - 1))


def vat_number(choose: Choose, rule: VatRule = VatNumber.rule) -> str:
    """Return a VAT number of a synthetic organisation."""
    return rule.prefix + digits_of_any_kind(rule.organisation, choose) + rule.suffix


def iban(choose: Choose, rule: IbanRule = Iban.rule, country: str | None = None) -> str:
    """Return an IBAN, a Norwegian one half the time. It may be someone's: accounts have no synthetic series.

    Raises:
        ValueError: No IBAN begins with ``country``.
    """
    code = country or (pick(choose, countries()) if choose(0, 1) else rule.country)
    accounts = accounts_of(code)
    if accounts is None:
        raise ValueError(f"the IBAN registry has no country {code!r}")
    if code == rule.country:
        account = digits_of_any_kind(rule.account, choose)
    else:
        account = "".join(text(choose, ALPHABETS[letter], length) for length, letter in accounts.parts)
    return code + check_digits(code, account) + account


def email_address(choose: Choose) -> str:
    """Return an address at example.com, which is reserved for examples."""
    return text(choose, _LETTERS, choose(1, 12)) + "@example.com"


#: Fields whose values are of certain kinds only.
_OF_FIELD: dict[type[Field], Callable[[Choose], str]] = {
    OrganisationNumber: organisation_number,
    NationalIdentityNumber: national_identity_number,
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
    """Return what builds values of a field or subclass; ``None`` for texts and choices."""
    own = next((_OF_FIELD[base] for base in field.__mro__ if base in _OF_FIELD), None)
    of_rule = _OF_RULE.get(type(field.rule))
    return own or (partial(of_rule, field.rule) if of_rule else None)


#: The builder of each field with a short name.
BUILDERS = {field: build for field in BY_NAME.values() if (build := builder(field))}

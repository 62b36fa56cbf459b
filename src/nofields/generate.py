"""Builds valid values from rules and a source of choices: random numbers, or what Hypothesis draws.

Check digits are computed, not searched for. National identity and organisation numbers come from the synthetic series
unless a kind is asked for: a number of the real series may be a living person's, and then it is personal data.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import count
from random import Random
from typing import Any, TypeVar

from nofields import postal_register
from nofields.check import compile_rule
from nofields.check.reference import satisfies
from nofields.fields import (
    BY_NAME,
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Gender,
    IdentityKind,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
)
from nofields.fields.identity import ISSUED
from nofields.ranking import Numbers
from nofields.rules import (
    DIGITS,
    BirthDate,
    DateRule,
    DigitRule,
    EmailRule,
    Kind,
    NumberRule,
    PasswordRule,
    PhoneRule,
    PostalRule,
    ReferenceRule,
    Series,
    SystemIdRule,
)
from nofields.value import Field

#: A whole number from low to high, both included; low is the simplest choice.
Choose = Callable[[int, int], int]

T = TypeVar("T")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Births lie between these days by default; every kind of number can tell them.
BIRTHS = (datetime.date(1940, 1, 1), datetime.date(2019, 12, 31))


def chooser(seed: int | None = None) -> Choose:
    """Choices from Python's random numbers; the same ones for the same seed."""
    return Random(seed).randint


def organisation_number(choose: Choose, kinds: Sequence[str] = ("synthetic_organisation",)) -> str:
    """Nine digits of one of ``kinds``."""
    return digits(OrganisationNumber.rule, kind_named(OrganisationNumber.rule, pick(choose, kinds)), choose)


def account_number(choose: Choose) -> str:
    """Return eleven digits. Accounts have no synthetic series: do not send money to a number that was made up."""
    return digits(AccountNumber.rule, AccountNumber.rule.kinds[0], choose)


def payment_reference(choose: Choose, rule: ReferenceRule = PaymentReference.rule) -> str:
    """A reference of any length and by any sum that a rule has."""
    each, free = pick(choose, rule.sums), choose(rule.min, rule.max) - 1
    bodies = (f"{body % 10**free:0{free}}" for body in count(choose(1, 10**free - 1)))
    lasts = DIGITS + each.ten
    return next(body + last for body in bodies if body.strip("0") for last in lasts if satisfies(each, body + last))


def national_identity_number(
    choose: Choose,
    kinds: Sequence[str] = (IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR),
    born: tuple[datetime.date, datetime.date] = BIRTHS,
    gender: Gender | None = None,
) -> str:
    """Eleven digits of one of ``kinds``, by the rule of 1964, of somebody born between two days and of ``gender``."""
    rule = replace(NationalIdentityNumber.rule, sums=ISSUED["before_2032"])
    return digits(rule, kind_named(rule, pick(choose, kinds)), choose, born, gender)


def postal_code(choose: Choose) -> str:
    """Four digits that are in the register."""
    return pick(choose, postal_register.codes())


def phone_number(choose: Choose, rule: PhoneRule = PhoneNumber.rule) -> str:
    """Eight digits in use, by phonenumbers' metadata; it may be somebody's number: do not call it."""
    return pick(choose, _phone_prefixes(rule)) + text(choose, DIGITS, 3)


def date(choose: Choose) -> str:
    """An ISO date."""
    return day_between(choose, *BIRTHS).isoformat()


def altinn_password(choose: Choose, rule: PasswordRule = AltinnPassword.rule) -> str:
    """A password that meets every requirement, in a chosen order."""
    required = [pick(choose, alphabet) for alphabet in (_LETTERS, _LETTERS.upper(), DIGITS)]
    length = choose(rule.min, min(rule.min + 13, rule.max))
    characters = required + list(text(choose, _LETTERS + _LETTERS.upper() + DIGITS, length - len(required)))
    for last in range(len(characters) - 1, 0, -1):  # Fisher and Yates's shuffle
        other = last - choose(0, last)
        characters[last], characters[other] = characters[other], characters[last]
    return "".join(characters)


def altinn_system_id(choose: Choose) -> str:
    """A number, as Altinn 2 gave, of at least one digit."""
    return str(choose(1, 10**AltinnSystemId.rule.max_digits - 1))


def email_address(choose: Choose) -> str:
    """An address at example.com, which is nobody's."""
    return text(choose, _LETTERS, choose(1, 12)) + "@example.com"


def number(choose: Choose) -> str:
    """A number with up to two decimals."""
    cents = choose(0, 99)
    return f"{choose(0, 10**6)}" + (f".{cents:02}" if cents else "")


#: The fields whose values are not of any kind that the rule has.
_OF_FIELD: dict[type[Field], Callable[[Choose], str]] = {
    OrganisationNumber: organisation_number,
    NationalIdentityNumber: national_identity_number,
}
#: What builds the values of all other fields, by the kind of the rule.
_OF_RULE: dict[type, Callable[[Any, Choose], str]] = {
    DigitRule: lambda rule, choose: _of_any_kind(rule, choose),
    PostalRule: lambda rule, choose: postal_code(choose),
    ReferenceRule: lambda rule, choose: payment_reference(choose, rule),
    PhoneRule: lambda rule, choose: phone_number(choose, rule),
    DateRule: lambda rule, choose: date(choose),
    PasswordRule: lambda rule, choose: altinn_password(choose, rule),
    SystemIdRule: lambda rule, choose: altinn_system_id(choose),
    EmailRule: lambda rule, choose: email_address(choose),
    NumberRule: lambda rule, choose: number(choose),
}


def builder(field: type[Field]) -> Callable[[Choose], str] | None:
    """What builds the values of a field, or of a subclass with a rule of its own; ``None`` of texts and choices."""
    own = next((_OF_FIELD[base] for base in field.__mro__ if base in _OF_FIELD), None)
    of_rule = _OF_RULE.get(type(field.rule))
    return own or (partial(of_rule, field.rule) if of_rule else None)


def digits(
    rule: DigitRule,
    kind: Kind,
    choose: Choose,
    born: tuple[datetime.date, datetime.date] = BIRTHS,
    gender: Gender | None = None,
) -> str:
    """Return a number of a kind: any number of it is as likely as any other, but for what ``born`` and ``gender`` ask.

    Raises:
        ValueError: The rule has no such numbers.
    """
    numbers = _numbers(rule, kind.first_digits)
    prefix = _beginning(kind, numbers, choose, day_between(choose, *born), gender) if kind.birth_date else ""
    count = numbers.count(prefix)
    first = int(count > 0 and not numbers.pick(0, prefix).strip("0"))  # all zeros are nobody's number
    if count == first:
        raise ValueError(f"there are no numbers of the kind {kind.name!r}")
    return numbers.pick(choose(first, count - 1), prefix)


def _beginning(kind: Kind, numbers: Numbers, choose: Choose, birth: datetime.date, gender: Gender | None) -> str:
    """Return a birth date and, where the rule has one, an individual number of that year that has check digits."""
    moved = kind.birth_date or BirthDate(())
    date = f"{birth.day + moved.day_offset:02}{birth.month + moved.month_offset:02}{birth.year % 100:02}"
    if not moved.centuries:
        return date
    individuals = _individuals(kind, birth.year, gender)
    if not individuals:
        raise ValueError(f"no {kind.name} tells a birth in {birth.year}")
    start = choose(0, len(individuals) - 1)
    bodies = (date + each for each in individuals[start:] + individuals[:start])
    return next((body for body in bodies if numbers.count(body)), date + individuals[start])


@cache
def _numbers(rule: DigitRule, first_digits: str) -> Numbers:
    return Numbers(("".join(sorted(first_digits)), *[DIGITS] * (rule.digits - 1)), rule.sums)


def kind_named(rule: DigitRule, name: str) -> Kind:
    """The kind of a rule by its name."""
    for kind in rule.kinds:
        if kind.name == name:
            return kind
    raise ValueError(f"no kind {name!r}; there is {', '.join(kind.name for kind in rule.kinds)}")


def _of_any_kind(rule: DigitRule, choose: Choose) -> str:
    """Return a number of one of the kinds that a rule accepts, of the synthetic series where there is one."""
    kinds = [kind for kind in rule.kinds if rule.accept is None or kind.name in rule.accept]
    synthetic = [kind for kind in kinds if kind.series is Series.SYNTHETIC]
    return digits(rule, pick(choose, synthetic or kinds), choose)


def pick(choose: Choose, choices: Sequence[T]) -> T:
    """One of ``choices``."""
    return choices[choose(0, len(choices) - 1)]


def text(choose: Choose, alphabet: str, length: int) -> str:
    """``length`` characters out of ``alphabet``."""
    return "".join(pick(choose, alphabet) for _ in range(length))


def day_between(choose: Choose, first: datetime.date, last: datetime.date) -> datetime.date:
    """A day from first to last, both included."""
    return first + datetime.timedelta(days=choose(0, (last - first).days))


@cache
def _individuals(kind: Kind, year: int, gender: Gender | None) -> tuple[str, ...]:
    """The individual numbers of people born in a year, women's even and men's odd."""
    centuries = kind.birth_date.centuries if kind.birth_date else ()
    ranges = [century.individuals for century in centuries if year in century.years]
    parity = {Gender.FEMALE: (0,), Gender.MALE: (1,), None: (0, 1)}[gender]
    return tuple(f"{number:03}" for numbers in ranges for number in numbers if number % 2 in parity)


@cache
def _phone_prefixes(rule: PhoneRule) -> tuple[str, ...]:
    """The first five digits of the numbers in use; what follows them is free."""
    check: Any = compile_rule(rule)
    prefixes = (f"{prefix:05}" for prefix in range(10**5))
    return tuple(prefix for prefix in prefixes if check.is_valid(prefix + "000") and check.is_valid(prefix + "999"))


#: What builds the value of each field that has a short name.
BUILDERS = {field: build for field in BY_NAME.values() if (build := builder(field))}

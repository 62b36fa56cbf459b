"""Strategies for valid values, as text that a form or an endpoint receives."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields import generate, synthetic
from nofields.fields import (
    AccountNumber,
    Amount,
    Gender,
    Iban,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    VatNumber,
)
from nofields.generate import FIRST_DAY, LAST_DAY
from nofields.generate.identity import TENOR, gender_named, identity_numbers
from nofields.rules import Series
from nofields.strategies.choices import Choices
from nofields.value import Field

T = TypeVar("T")

Strings = SearchStrategy[str]


def organisation_numbers(*, series: Series | str | None = None, formatted: bool = False) -> Strings:
    """Generate organisation numbers.

    Args:
        series: ``real`` or ``synthetic``; by default one that ``NOFIELDS_SYNTHETIC`` accepts.
        formatted: Whether they are in their written form.
    """

    kinds = {each: [kind.name for kind in OrganisationNumber.rule.kinds if kind.series is each] for each in Series}
    if series is not None and series not in tuple(Series):
        raise ValueError(f"series={series!r} is not one of {', '.join(Series)}")
    chosen = None if series is None else Series(series)

    def build(choose: generate.Choose) -> str:
        return generate.organisation_number(choose, kinds[chosen or _accepted_series()])

    return _built(build, OrganisationNumber if formatted else None)


def account_numbers(*, formatted: bool = False) -> Strings:
    """Generate account numbers. They may be in use: do not send money to them."""
    return _built(generate.account_number, AccountNumber if formatted else None)


def payment_references(field: type[PaymentReference] = PaymentReference) -> Strings:
    """Generate payment references (KID) of every length and modulus that the field accepts."""
    return _built(lambda choose: generate.payment_reference(choose, field.rule))


def national_identity_numbers(
    *,
    kinds: Iterable[IdentityKind | str] = TENOR,
    born: tuple[datetime.date, datetime.date] | None = None,
    gender: Gender | str | None = None,
    issued: generate.Issued = "any",
    formatted: bool = False,
) -> Strings:
    """Generate national identity numbers.

    The default kinds are synthetic, and accepted if ``NOFIELDS_SYNTHETIC`` is ``accept`` or ``only``. With
    ``kinds=["fnr", "dnr"]`` the numbers are of the real series: do not store them.

    Args:
        kinds: The kinds of number.
        born: The first and the last date of birth; by default all that a kind's numbers show, from 1854 or, for
            D-numbers, 1858 to 2039. Dates that a number shows for certain are preferred.
        gender: The gender; by default both.
        issued: ``"before_2032"`` for numbers by the rule of 1964, ``"from_2032"`` for numbers that only the 2032 rule
            accepts, ``"any"`` for both. With ``born`` or ``gender``, which the latter do not show, ``"any"`` means the
            former.
        formatted: Whether they are in their written form.

    Raises:
        ValueError: There are no ``kinds``, an argument is wrong, or the numbers of a kind cannot show the date or gender.
    """
    names = tuple(str(kind) for kind in kinds)
    build = identity_numbers(names, born, gender_named(gender), issued)
    return _built(build, NationalIdentityNumber if formatted else None)


def postal_codes(*, registered: bool = True) -> Strings:
    """Generate postal codes of the register or, unless ``registered``, any four digits but 0000."""
    return _built(generate.postal_code) if registered else st.integers(1, 9999).map("{:04}".format)


def phone_numbers(*, formatted: bool = False) -> Strings:
    """Generate phone numbers in assigned series. They may be in use: do not call them."""
    return _built(generate.phone_number, PhoneNumber if formatted else None)


def mobile_phone_numbers(*, formatted: bool = False) -> Strings:
    """Generate mobile phone numbers; see :func:`phone_numbers`."""
    return _built(generate.BUILDERS[MobilePhoneNumber], MobilePhoneNumber if formatted else None)


def norwegian_dates(first: datetime.date = FIRST_DAY, last: datetime.date = LAST_DAY, *, formatted: bool = False) -> Strings:
    """Generate dates from ``first`` to ``last``, as ``2016-12-31`` or, if ``formatted``, ``31.12.2016``."""
    return days(first, last).map("{:%d.%m.%Y}".format if formatted else datetime.date.isoformat)


def date_ranges(first: datetime.date = FIRST_DAY, last: datetime.date = LAST_DAY) -> SearchStrategy[tuple[str, str]]:
    """Generate pairs of ISO dates, the first not after the second."""
    return st.tuples(days(first, last), days(first, last)).map(in_order)


def days(first: datetime.date, last: datetime.date) -> SearchStrategy[datetime.date]:
    """Generate days, some of them edges.

    Raises:
        ValueError: The range is reversed.
    """
    if first > last:
        raise ValueError(f"first: {first} is after the last date, {last}")
    return built_from(lambda choose: generate.day_or_edge(choose, first, last))


def in_order(days: tuple[datetime.date, datetime.date]) -> tuple[str, str]:
    """Return two days as ISO dates, the first not after the second."""
    return min(days).isoformat(), max(days).isoformat()


def altinn_passwords() -> Strings:
    """Generate passwords that meet every requirement."""
    return _built(generate.altinn_password)


def altinn_system_ids() -> Strings:
    """Generate system IDs in both forms."""
    named = st.builds("{}_{}".format, organisation_numbers(), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
    return _built(generate.altinn_system_id) | named


def vat_numbers(*, series: Series | str | None = None, formatted: bool = False) -> Strings:
    """Generate VAT numbers.

    Args:
        series: ``real`` or ``synthetic`` organisations; by default a series that ``NOFIELDS_SYNTHETIC`` accepts.
        formatted: Whether they are in their written form.
    """
    parts = [VatNumber.rule.prefix, "{}", VatNumber.rule.suffix]
    return organisation_numbers(series=series, formatted=formatted).map((" " if formatted else "").join(parts).format)


def ibans(*, country: str | None = None, formatted: bool = False) -> Strings:
    """Generate IBANs. They may be in use: do not send money to them.

    Args:
        country: The two letters of a country; by default any, and Norway half the time.
        formatted: Whether they are in groups of four.

    Raises:
        ValueError: No IBAN begins with ``country``.
    """
    if country is not None:
        generate.iban_accounts(country)
    return _built(lambda choose: generate.iban(choose, country=country), Iban if formatted else None)


def email_addresses() -> Strings:
    """Generate addresses at example.com, which have no owner."""
    return _built(generate.email_address)


def numbers() -> Strings:
    """Generate numbers with up to two decimals."""
    return _built(generate.number)


def amounts(low: int = 0, high: int = 10**6, *, formatted: bool = False) -> Strings:
    """Generate amounts from ``low`` to ``high`` kroner, as ``1234.50`` or, if ``formatted``, ``1 234,50``.

    Raises:
        ValueError: The range is reversed.
    """
    if low > high:
        raise ValueError(f"low: {low} is more than high, {high}")
    rule = replace(Amount.rule, min=Decimal(low), max=Decimal(high))
    return _built(lambda choose: generate.number(choose, rule), Amount if formatted else None)


def built(field: type[Field]) -> Strings:
    """Generate values from the rule of a field.

    Raises:
        LookupError: The field is a text or a choice.
    """
    build = generate.builder(field)
    if build is None:
        raise LookupError(f"nothing generates values of {field.__name__}")
    return _built(build)


def built_from(build: Callable[[generate.Choose], T]) -> SearchStrategy[T]:
    """Run a builder on choices that Hypothesis draws."""

    @st.composite
    def drawn(draw: DrawFn) -> T:
        return build(Choices(draw))

    return drawn()


def _built(build: Callable[[generate.Choose], str], formatted_as: type[Field] | None = None) -> Strings:
    """Run a builder, and write its values in the form of a field."""
    if formatted_as is None:
        return built_from(build)
    return built_from(lambda choose: str(formatted_as._new(formatted_as, build(choose)).formatted))


def _accepted_series() -> Series:
    return Series.REAL if Series.REAL in synthetic.ACCEPTED[synthetic.policy()] else Series.SYNTHETIC

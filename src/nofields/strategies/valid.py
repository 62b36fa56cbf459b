"""Valid values as text, as a form or an endpoint receives them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields import generate, synthetic
from nofields.fields import (
    AccountNumber,
    Gender,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
)
from nofields.rules import Series
from nofields.value import Field

Strings = SearchStrategy[str]

_FIRST_DAY, _LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)


def organisation_numbers(*, series: Series | str | None = None, formatted: bool = False) -> Strings:
    """Organisation numbers of the ``real`` or the ``synthetic`` series; by default of one that the process takes."""

    def build(choose: generate.Choose) -> str:
        wanted = Series(series) if series else _series_taken()
        kinds = [kind.name for kind in OrganisationNumber.rule.kinds if kind.series is wanted]
        return generate.organisation_number(choose, kinds)

    return _built(build, OrganisationNumber if formatted else None)


def account_numbers(*, formatted: bool = False) -> Strings:
    """Account numbers: made up, and perhaps somebody's. Do not send money."""
    return _built(generate.account_number, AccountNumber if formatted else None)


def payment_references(field: type[PaymentReference] = PaymentReference) -> Strings:
    """Payment references (KID) of every length and modulus that the field, or a narrower one of your own, takes."""
    return _built(lambda choose: generate.payment_reference(choose, field.rule))


def national_identity_numbers(
    *,
    kinds: Iterable[IdentityKind | str] = (IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR),
    born: tuple[datetime.date, datetime.date] = generate.BIRTHS,
    gender: Gender | str | None = None,
    formatted: bool = False,
) -> Strings:
    """National identity numbers of some kinds, of people born between two days, of one gender or of both.

    The default kinds are synthetic: nofields takes them where ``NOFIELDS_SYNTHETIC`` is ``accept`` or ``only``. Numbers of the
    real series must be asked for, ``kinds=["fnr", "dnr"]``; keep them nowhere.
    """
    names = [str(kind) for kind in kinds]
    wanted = None if gender is None else Gender(gender)

    def build(choose: generate.Choose) -> str:
        return generate.national_identity_number(choose, names, born, wanted)

    return _built(build, NationalIdentityNumber if formatted else None)


def postal_codes(*, registered: bool = True) -> Strings:
    """Postal codes that are in the register or, on request, any four digits but 0000."""
    return _built(generate.postal_code) if registered else st.integers(1, 9999).map("{:04}".format)


def phone_numbers(*, formatted: bool = False) -> Strings:
    """Phone numbers in use: perhaps somebody's. Do not call them."""
    return _built(generate.phone_number, PhoneNumber if formatted else None)


def mobile_phone_numbers(*, formatted: bool = False) -> Strings:
    """Mobile phone numbers in use; see :func:`phone_numbers`."""
    return _built(generate.BUILDERS[MobilePhoneNumber], MobilePhoneNumber if formatted else None)


def norwegian_dates(first: datetime.date = _FIRST_DAY, last: datetime.date = _LAST_DAY, *, formatted: bool = False) -> Strings:
    """Dates between two days, as ``2016-12-31`` or, formatted, ``31.12.2016``."""
    return st.dates(first, last).map("{:%d.%m.%Y}".format if formatted else datetime.date.isoformat)


def date_ranges(first: datetime.date = _FIRST_DAY, last: datetime.date = _LAST_DAY) -> SearchStrategy[tuple[str, str]]:
    """Pairs of ISO dates, from and to, in order."""
    days = st.dates(first, last)
    return st.tuples(days, days).map(lambda pair: (min(pair).isoformat(), max(pair).isoformat()))


def altinn_passwords() -> Strings:
    """Passwords that meet every requirement."""
    return _built(generate.altinn_password)


def altinn_system_ids() -> Strings:
    """System IDs in both forms."""
    named = st.builds("{}_{}".format, organisation_numbers(), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
    return _built(generate.altinn_system_id) | named


def email_addresses() -> Strings:
    """Addresses at example.com, which are nobody's."""
    return _built(generate.email_address)


def numbers() -> Strings:
    """Numbers with up to two decimals."""
    return _built(generate.number)


def built(field: type[Field]) -> Strings:
    """Values of a field as its rule alone tells them; raises ``LookupError`` for texts and choices."""
    build = generate.builder(field)
    if build is None:
        raise LookupError(f"nothing builds values of {field.__name__}")
    return _built(build)


def _built(build: Callable[[generate.Choose], str], formatted_as: type[Field] | None = None) -> Strings:
    """Values that a builder makes of choices that Hypothesis draws."""

    @st.composite
    def drawn(draw: DrawFn) -> str:
        value = build(lambda low, high: draw(_whole_numbers(low, high)))
        return value if formatted_as is None else str(formatted_as._new(formatted_as, value).formatted)

    return drawn()


@lru_cache(maxsize=1024)
def _whole_numbers(low: int, high: int) -> SearchStrategy[int]:
    return st.integers(low, high)


def _series_taken() -> Series:
    return Series.REAL if Series.REAL in synthetic.ACCEPTED[synthetic.policy()] else Series.SYNTHETIC

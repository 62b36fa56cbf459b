"""Fields of a project, with class arguments of every kind that JavaScript reads."""

from __future__ import annotations

import datetime

from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Text,
    TextArea,
    VatNumber,
)
from nofields.characters import WHITE_SPACE
from nofields.fields import BY_NAME, Amount
from nofields.value import Field


class OurReference(PaymentReference, modulus=11, digits=10, key="OUR_REFERENCE"): ...


class AnyReference(PaymentReference, min=7, max=12, separators=WHITE_SPACE + "/"): ...


class RealOrganisation(OrganisationNumber, accept={"organisation"}, separators=WHITE_SPACE + ".-"): ...


class AltinnOrganisation(OrganisationNumber, accept={"synthetic_organisation"}): ...


class DottedAccount(AccountNumber, separators="."): ...


class TenorPerson(NationalIdentityNumber, accept={"tenor-fnr", "nav-fnr", "fh"}): ...


class OldPerson(NationalIdentityNumber, issued="before_2032", separators=" "): ...


class Svalbard(PhoneNumber, regions=("SJ",)): ...


class Mobile(MobilePhoneNumber, separators=" "): ...


class Birthday(NorwegianDate, min=datetime.date(1990, 1, 1), max=datetime.date(2030, 12, 31)): ...


class Since(NorwegianDate, min=datetime.date(2020, 2, 29)): ...


class LongPassword(AltinnPassword, min=12, max=20): ...


class ShortId(AltinnSystemId, max_digits=6, max_name=10): ...


class DashedVat(VatNumber, separators=WHITE_SPACE + "-"): ...


class Whole(Number, decimals=0, min=-10, max=1000): ...


class Price(Amount, max=500): ...


class Zip(PostalCode, key="ZIP"): ...


class Name(Text, min=2, max=10): ...


class Letter(TextArea, max=40, key="LETTER"): ...


OWN: dict[str, type[Field]] = {
    field.__name__[0].lower() + field.__name__[1:]: field
    for field in (
        *(OurReference, AnyReference, RealOrganisation, AltinnOrganisation, DottedAccount, TenorPerson, OldPerson, Svalbard),
        *(Mobile, Birthday, Since, LongPassword, ShortId, DashedVat, Whole, Price, Zip, Name, Letter),
    )
}
#: A named field whose values are near those of an own one.
NEAR = {field: name for name, near in BY_NAME.items() for field in OWN.values() if issubclass(field, near)}

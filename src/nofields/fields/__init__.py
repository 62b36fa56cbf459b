"""The field types, one module for each kind of value."""

from __future__ import annotations

from nofields.fields.account import AccountNumber
from nofields.fields.altinn import AltinnPassword, AltinnSystemId
from nofields.fields.amount import Amount
from nofields.fields.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from nofields.fields.country import Country
from nofields.fields.date import DateRange, NorwegianDate
from nofields.fields.iban import Iban
from nofields.fields.identity import Gender, IdentityKind, NationalIdentityNumber
from nofields.fields.number import Number
from nofields.fields.organisation import OrganisationNumber
from nofields.fields.phone import MobilePhoneNumber, PhoneNumber
from nofields.fields.postal import PostalCode
from nofields.fields.reference import PaymentReference
from nofields.fields.text import EmailAddress, Text, TextArea
from nofields.fields.vat import VatNumber
from nofields.value import Field

#: Every field type, the Norwegian numbers first.
ALL: tuple[type[Field], ...] = (
    OrganisationNumber,
    AccountNumber,
    PaymentReference,
    NationalIdentityNumber,
    PostalCode,
    PhoneNumber,
    MobilePhoneNumber,
    NorwegianDate,
    DateRange,
    AltinnPassword,
    AltinnSystemId,
    VatNumber,
    Iban,
    EmailAddress,
    Number,
    Amount,
    Text,
    TextArea,
    Checkbox,
    CheckboxGroup,
    Dropdown,
    Radio,
    Country,
)

#: The fields with a short name for the command line and JavaScript, by that name.
BY_NAME = {field.name: field for field in ALL if field.name}

__all__ = [
    "ALL",
    "BY_NAME",
    "AccountNumber",
    "AltinnPassword",
    "AltinnSystemId",
    "Amount",
    "Checkbox",
    "CheckboxGroup",
    "Country",
    "DateRange",
    "Dropdown",
    "EmailAddress",
    "Gender",
    "Iban",
    "IdentityKind",
    "MobilePhoneNumber",
    "NationalIdentityNumber",
    "NorwegianDate",
    "Number",
    "OrganisationNumber",
    "PaymentReference",
    "PhoneNumber",
    "PostalCode",
    "Radio",
    "Text",
    "TextArea",
    "VatNumber",
]

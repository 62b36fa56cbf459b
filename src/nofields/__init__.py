"""nofields: Norwegian form values, validated, cleaned and explained.

>>> from nofields import OrganisationNumber
>>> OrganisationNumber("974 760 673")
OrganisationNumber('974760673')
>>> OrganisationNumber.problem("974 760 674").message("en")
'Enter a valid organisation number (9 digits).'
"""

from __future__ import annotations

from nofields.errors import FieldError, Problem, Reason
from nofields.fields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Gender,
    IdentityKind,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PhoneNumber,
    PostalCode,
    Radio,
    Text,
    TextArea,
)
from nofields.keys import Key, Phrase
from nofields.languages import negotiate
from nofields.localize import localize
from nofields.messages import message, tasks_waiting
from nofields.value import Field, Value

__all__ = [
    "AccountNumber",
    "AltinnPassword",
    "AltinnSystemId",
    "Checkbox",
    "CheckboxGroup",
    "Country",
    "DateRange",
    "Dropdown",
    "EmailAddress",
    "Field",
    "FieldError",
    "Gender",
    "IdentityKind",
    "Key",
    "MobilePhoneNumber",
    "NationalIdentityNumber",
    "NorwegianDate",
    "Number",
    "OrganisationNumber",
    "PhoneNumber",
    "Phrase",
    "PostalCode",
    "Problem",
    "Radio",
    "Reason",
    "Text",
    "TextArea",
    "Value",
    "localize",
    "message",
    "negotiate",
    "tasks_waiting",
]

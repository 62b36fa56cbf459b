"""Norwegian form values, validated, cleaned and explained.

>>> from nofields import OrganisationNumber
>>> OrganisationNumber("974 760 673")
OrganisationNumber('974760673')
>>> OrganisationNumber.problem("974 760 674").message("en")
'Enter a valid organisation number (9 digits).'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

# The public modules without an extra, so that `import nofields` is enough for a type checker too.
from nofields import catalogs as catalogs
from nofields import characters as characters
from nofields import errors as errors
from nofields import fields as fields
from nofields import messages as messages
from nofields import postal_register as postal_register
from nofields import rules as rules
from nofields import synthetic as synthetic
from nofields import value as value
from nofields.ask import Ask
from nofields.check.native import native
from nofields.errors import FieldError, Problem, Reason
from nofields.fields.account import AccountNumber
from nofields.fields.altinn import AltinnPassword, AltinnSystemId
from nofields.fields.amount import Amount
from nofields.fields.choice import Checkbox, CheckboxGroup, Dropdown, Radio
from nofields.fields.country import Country
from nofields.fields.date import DateRange, NorwegianDate
from nofields.fields.iban import Iban
from nofields.fields.identity import Gender, IdentityKind, NationalIdentityNumber
from nofields.fields.number import Number
from nofields.fields.or_none import OrNone
from nofields.fields.organisation import OrganisationNumber
from nofields.fields.phone import MobilePhoneNumber, PhoneNumber
from nofields.fields.postal import PostalCode
from nofields.fields.reference import PaymentReference
from nofields.fields.text import EmailAddress, Text, TextArea
from nofields.fields.vat import VatNumber
from nofields.keys import Key, Phrase
from nofields.languages import negotiate
from nofields.messages import message, tasks_waiting
from nofields.value import Field, Value

if TYPE_CHECKING:
    from nofields import localization as localization
    from nofields.localization import localize

# The build reads this line too.
__version__ = "0.1.0"

__all__ = [
    "AccountNumber",
    "AltinnPassword",
    "AltinnSystemId",
    "Amount",
    "Ask",
    "Checkbox",
    "CheckboxGroup",
    "Country",
    "DateRange",
    "Dropdown",
    "EmailAddress",
    "Field",
    "FieldError",
    "Gender",
    "Iban",
    "IdentityKind",
    "Key",
    "MobilePhoneNumber",
    "NationalIdentityNumber",
    "NorwegianDate",
    "Number",
    "OrNone",
    "OrganisationNumber",
    "PaymentReference",
    "PhoneNumber",
    "Phrase",
    "PostalCode",
    "Problem",
    "Radio",
    "Reason",
    "Text",
    "TextArea",
    "Value",
    "VatNumber",
    "localize",
    "message",
    "native",
    "negotiate",
    "tasks_waiting",
]


def __getattr__(name: str) -> object:
    """Import ``localize`` when it is first used: what it needs takes a tenth of the time of ``import nofields``."""
    if name not in ("localization", "localize"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module("nofields.localization")  # sets the attribute of that name
    globals()["localize"] = module.localize
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "localization"})

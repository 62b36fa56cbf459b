"""nofields: Norwegian form values, validated, cleaned and explained.

>>> from nofields import OrganisationNumber
>>> OrganisationNumber("974 760 673")
OrganisationNumber('974760673')
>>> OrganisationNumber.problem("974 760 674").message("en")
'Enter a valid organisation number (9 digits).'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what type checkers see; Python imports a room when a name of it is first asked for
    from nofields.errors import FieldError as FieldError
    from nofields.errors import Problem as Problem
    from nofields.errors import Reason as Reason
    from nofields.fields.account import AccountNumber as AccountNumber
    from nofields.fields.altinn import AltinnPassword as AltinnPassword
    from nofields.fields.altinn import AltinnSystemId as AltinnSystemId
    from nofields.fields.choice import Checkbox as Checkbox
    from nofields.fields.choice import CheckboxGroup as CheckboxGroup
    from nofields.fields.choice import Dropdown as Dropdown
    from nofields.fields.choice import Radio as Radio
    from nofields.fields.country import Country as Country
    from nofields.fields.date import DateRange as DateRange
    from nofields.fields.date import NorwegianDate as NorwegianDate
    from nofields.fields.identity import Gender as Gender
    from nofields.fields.identity import IdentityKind as IdentityKind
    from nofields.fields.identity import NationalIdentityNumber as NationalIdentityNumber
    from nofields.fields.organisation import OrganisationNumber as OrganisationNumber
    from nofields.fields.phone import MobilePhoneNumber as MobilePhoneNumber
    from nofields.fields.phone import PhoneNumber as PhoneNumber
    from nofields.fields.postal import PostalCode as PostalCode
    from nofields.fields.reference import PaymentReference as PaymentReference
    from nofields.fields.text import EmailAddress as EmailAddress
    from nofields.fields.text import Number as Number
    from nofields.fields.text import Text as Text
    from nofields.fields.text import TextArea as TextArea
    from nofields.keys import Key as Key
    from nofields.keys import Phrase as Phrase
    from nofields.languages import negotiate as negotiate
    from nofields.localization import localize as localize
    from nofields.messages import message as message
    from nofields.messages import tasks_waiting as tasks_waiting
    from nofields.value import Field as Field
    from nofields.value import Value as Value

_ROOMS = {
    "errors": ("FieldError", "Problem", "Reason"),
    "fields.account": ("AccountNumber",),
    "fields.altinn": ("AltinnPassword", "AltinnSystemId"),
    "fields.choice": ("Checkbox", "CheckboxGroup", "Dropdown", "Radio"),
    "fields.country": ("Country",),
    "fields.date": ("DateRange", "NorwegianDate"),
    "fields.identity": ("Gender", "IdentityKind", "NationalIdentityNumber"),
    "fields.organisation": ("OrganisationNumber",),
    "fields.phone": ("MobilePhoneNumber", "PhoneNumber"),
    "fields.postal": ("PostalCode",),
    "fields.reference": ("PaymentReference",),
    "fields.text": ("EmailAddress", "Number", "Text", "TextArea"),
    "keys": ("Key", "Phrase"),
    "languages": ("negotiate",),
    "localization": ("localize",),
    "messages": ("message", "tasks_waiting"),
    "value": ("Field", "Value"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""Hypothesis strategies: valid values, certainly invalid ones, and near misses, built from the rules.

They give text as a form or an endpoint receives it; ``st.from_type(OrganisationNumber)``, ``st.builds(Model)`` and the like
give instances, with no set-up. National identity numbers are synthetic unless a kind of the real series is asked for:
a made-up number of the real series may be a living person's, and is personal data then.

>>> from hypothesis import given
>>> from nofields import AccountNumber
>>> @given(invalid(AccountNumber))
... def test_endpoint_refuses(value):
...     assert not AccountNumber.is_valid(value)
>>> test_endpoint_refuses()
"""

from __future__ import annotations

from nofields.strategies.from_type import choices, formats, instances, register_strategies, texts, values
from nofields.strategies.invalid import invalid
from nofields.strategies.near_misses import near_misses
from nofields.strategies.valid import (
    account_numbers,
    altinn_passwords,
    altinn_system_ids,
    date_ranges,
    email_addresses,
    mobile_phone_numbers,
    national_identity_numbers,
    norwegian_dates,
    numbers,
    organisation_numbers,
    payment_references,
    phone_numbers,
    postal_codes,
)

__all__ = [
    "account_numbers",
    "altinn_passwords",
    "altinn_system_ids",
    "choices",
    "date_ranges",
    "email_addresses",
    "formats",
    "instances",
    "invalid",
    "mobile_phone_numbers",
    "national_identity_numbers",
    "near_misses",
    "norwegian_dates",
    "numbers",
    "organisation_numbers",
    "payment_references",
    "phone_numbers",
    "postal_codes",
    "register_strategies",
    "texts",
    "values",
]

# Hypothesis, when it is imported, imports this: not by a hook, since it may be this that imports Hypothesis.
register_strategies()

"""Hypothesis strategies for valid values, invalid values and near misses, built from the rules.

The strategies generate text as a form or an endpoint receives it. ``st.from_type(OrganisationNumber)`` and
``st.builds(Model)`` generate instances, without any set-up. National identity numbers are synthetic unless you ask for
a kind of the real series: such a number may be a living person's, and then it is personal data.

>>> from hypothesis import given
>>> from nofields import AccountNumber
>>> @given(invalid(AccountNumber))
... def test_endpoint_rejects(value):
...     assert not AccountNumber.is_valid(value)
>>> test_endpoint_rejects()
"""

from __future__ import annotations

from nofields.extras import importing

with importing("test", __name__):
    from nofields.strategies.from_type import choices, formats, instances, register_strategies, texts, values
    from nofields.strategies.invalid import invalid
    from nofields.strategies.near_misses import near_misses
    from nofields.strategies.pasted import pasted
    from nofields.strategies.valid import (
        account_numbers,
        altinn_passwords,
        altinn_system_ids,
        amounts,
        date_ranges,
        email_addresses,
        ibans,
        mobile_phone_numbers,
        national_identity_numbers,
        norwegian_dates,
        numbers,
        organisation_numbers,
        payment_references,
        phone_numbers,
        postal_codes,
        vat_numbers,
    )

__all__ = [
    "account_numbers",
    "altinn_passwords",
    "altinn_system_ids",
    "amounts",
    "choices",
    "date_ranges",
    "email_addresses",
    "formats",
    "ibans",
    "instances",
    "invalid",
    "mobile_phone_numbers",
    "national_identity_numbers",
    "near_misses",
    "norwegian_dates",
    "numbers",
    "organisation_numbers",
    "pasted",
    "payment_references",
    "phone_numbers",
    "postal_codes",
    "register_strategies",
    "texts",
    "values",
    "vat_numbers",
]

# Hypothesis' entry point only imports this package: a function there would run too early if this import loads Hypothesis.
register_strategies()

"""A Maskinporten and an Altinn of the tests' own, on loopback, written from the documentation.

``Counterpart`` has both; the fixture ``altinn3`` gives one. See ``counterpart.py``.
"""

from helpers.altinn3.counterpart import (
    CLIENT_ID,
    COMPANY,
    CONFIRM_PAGE_TITLE,
    OTHER_COMPANY,
    SCOPE,
    SYSTEM_ID,
    Counterpart,
)
from helpers.altinn3.loopback import FAULTS, Answer
from helpers.altinn3.register import Register, Request

__all__ = [
    "CLIENT_ID",
    "COMPANY",
    "CONFIRM_PAGE_TITLE",
    "FAULTS",
    "OTHER_COMPANY",
    "SCOPE",
    "SYSTEM_ID",
    "Answer",
    "Counterpart",
    "Register",
    "Request",
]

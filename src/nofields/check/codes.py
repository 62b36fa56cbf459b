"""Codes: what a compiled rule says of a number, in one byte.

Below ``KIND`` a code is a reason for rejection. From there up it is the kind of the number, of which a *policy*, a table
of 256 bytes, says whether it is accepted. The extension has the same codes.
"""

from __future__ import annotations

from nofields import synthetic
from nofields.errors import Reason
from nofields.rules import DigitRule, Kind, Series

#: The reasons by code. If two apply to a number, the one with the lower code is reported.
REASONS = (
    Reason.REQUIRED,
    Reason.CHARACTERS,
    Reason.LENGTH,
    Reason.SERIES,
    Reason.DATE,
    Reason.CHECK_DIGIT,
    Reason.SYNTHETIC,
    Reason.REAL,
    Reason.NOT_MOBILE,
    Reason.UNASSIGNED,
    Reason.NUMBER,
    Reason.COUNTRY,
    Reason.KIND,
)
#: The code of each reason.
CODES = {reason: code for code, reason in enumerate(REASONS)}
#: Stands in a table until the code is asked for.
UNKNOWN = 15
#: The code of the first kind.
KIND = 16
#: The code of a column's null, and of what is right.
NULL, RIGHT = 254, 255

#: Accepts every kind.
ALL_KINDS = bytes([*range(KIND), *[RIGHT] * (256 - KIND)])


def policy_of(rule: DigitRule, setting: object) -> bytes:
    """Return the policy of a rule under a setting of ``NOFIELDS_SYNTHETIC``."""
    accepted = synthetic.accepted(rule, setting)
    policy = bytearray(ALL_KINDS)
    for code, kind in enumerate(rule.kinds, KIND):
        if kind.name not in accepted:
            policy[code] = CODES[rejection(rule, kind, accepted)]
    return bytes(policy)


def rejection(rule: DigitRule, kind: Kind, accepted: frozenset[str]) -> Reason:
    """Return the reason of a kind that is not accepted: its series, or the kind where others of its series are accepted."""
    if any(each.series is kind.series for each in rule.kinds if each.name in accepted):
        return Reason.KIND
    return Reason.REAL if kind.series is Series.REAL else Reason.SYNTHETIC

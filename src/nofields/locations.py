"""Mask the parts of an error's ``loc`` that come from the input, where no model is known.

The error's type and the rule for national identity numbers decide. The rule for passwords is never
applied: it would accept ``addressLine2``. With a model, see :mod:`nofields.schema_paths`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nofields.errors import MASK, Reason
from nofields.fields.identity import IdentityKind, NationalIdentityNumber
from nofields.rules import LONGEST_LINE

Part = int | str
#: Follows, in ``loc``, a dictionary key that was rejected itself.
KEY = "[key]"
#: Types of errors whose ``loc`` ends in a name from the input.
_SENT_NAMES = {"extra_forbidden", "invalid_key", "unexpected_keyword_argument"}
_DIGITS = 11
_LONG_NUMBER = re.compile(f"[0-9]{{{_DIGITS},}}")


class AnyIdentityNumber(NationalIdentityNumber, accept=IdentityKind):
    """A national identity number of any kind, whatever ``NOFIELDS_SYNTHETIC`` is."""


def mask_loc(loc: Sequence[Part], kind: str) -> tuple[Part, ...]:
    """Return ``loc`` with a mask in place of each part that comes from the input.

    Args:
        loc: The location of an error.
        kind: The error's type.
    """
    sent = sent_name(loc, kind)
    if sent is None and KEY not in loc and not any(map(contains_identity_number, loc)):
        return tuple(loc)
    return tuple(
        MASK if index == sent or loc[index + 1 : index + 2] == (KEY,) or contains_identity_number(part) else part
        for index, part in enumerate(loc)
    )


def sent_name(loc: Sequence[Part], kind: str) -> int | None:
    """Return the index of the part of a ``loc`` that is a name from the input, if the error's type says so."""
    return len(loc) - 1 if kind in _SENT_NAMES else None


def contains_identity_number(part: Part) -> bool:
    """Return whether a part of a ``loc`` is or contains a national identity number.

    Wrong check digits do not matter. A part longer than any name counts as one without being read,
    since it would be read again for each error inside it.
    """
    if isinstance(part, int):
        number = abs(part)
        return number >= 10**_DIGITS or (number >= 10 ** (_DIGITS - 2) and _is_number(f"{number:0{_DIGITS}}"))
    if len(part) < _DIGITS:
        return False
    return len(part) > LONGEST_LINE or any(map(_is_number, _LONG_NUMBER.findall(re.sub(r"[\W_]+", "", part))))


def _is_number(digits: str) -> bool:
    if len(digits) > _DIGITS:
        return any(AnyIdentityNumber.is_valid(digits[start : start + _DIGITS]) for start in range(len(digits) - _DIGITS + 1))
    problem = AnyIdentityNumber.problem(digits)
    # FH-numbers contain no date, so a mistyped one cannot be distinguished from other numbers.
    return problem is None or (problem.reason == Reason.CHECK_DIGIT and digits[0] not in "89")

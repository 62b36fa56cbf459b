"""Reads rules of phone numbers, with phonenumbers' own metadata as the numbering plan."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any, NamedTuple

from nofields.characters import DIGITS
from nofields.check.codes import CODES, RIGHT, UNKNOWN
from nofields.check.notation import Notation, phone_notation
from nofields.check.reading import ReadingCheck
from nofields.check.tables import Table, pairs_of
from nofields.errors import Reason
from nofields.rules import PhoneRule

_TYPES = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail",
)  # fmt: skip
#: How many digits a numbering plan may go by for its codes to be kept in a table.
DECIDING = 5


class PhoneCheck(ReadingCheck):
    """Text -> the eight national digits."""

    rule: PhoneRule

    def __init__(self, rule: PhoneRule) -> None:
        super().__init__(rule, digits=rule.digits)

    @cached_property
    def in_use(self) -> re.Pattern[str]:
        """The numbers that the rule accepts, read from phonenumbers when first asked for."""
        return _numbers(self.rule.regions, self.rule.digits, ("mobile",) if self.rule.mobile_only else _TYPES)

    @property
    def any_in_use(self) -> re.Pattern[str]:
        """The numbers of every type: what tells a fixed line from a number that nobody has."""
        return _numbers(self.rule.regions, self.rule.digits, _TYPES)

    def notation(self) -> Notation:
        return phone_notation(self.rule)

    def table(self) -> Table | None:
        """Return a table by the first five digits, filled as they occur; ``None`` if the numbering plan goes by more."""
        digits = self.rule.digits
        plans = _plans(self.rule.regions, digits, _TYPES)
        if digits < DECIDING or not all(_goes_by(plan, DECIDING, digits) for plan in plans):
            return None
        weights = [10 ** (DECIDING - 1 - place) if place < DECIDING else 0 for place in range(digits)]
        additions = tuple(
            {pair: sum(weights[2 * at + place] * int(digit) for place, digit in enumerate(pair)) for pair in pairs}
            for at, pairs in enumerate(pairs_of(digits))
        )
        return Table(additions, (bytearray([UNKNOWN]) * 10**DECIDING,))

    def learn(self) -> None:
        free = "0" * (self.rule.digits - DECIDING)
        for first in range(10**DECIDING):
            self.is_valid(f"{first:0{DECIDING}}{free}")

    def define(self, digits: str) -> int:
        if self.in_use.fullmatch(digits):
            return RIGHT
        return CODES[Reason.NOT_MOBILE if self.any_in_use.fullmatch(digits) else Reason.UNASSIGNED]


class _Plan(NamedTuple):
    """Patterns of a region's numbers: how they begin (empty: anyhow), its general one, and those of the types."""

    leading: str
    general: str
    types: tuple[str, ...]


@cache
def _plans(regions: tuple[str, ...], digits: int, types: tuple[str, ...]) -> list[_Plan]:
    from phonenumbers.phonemetadata import PhoneMetadata

    plans = []
    for region in regions:
        plan: Any = PhoneMetadata.metadata_for_region(region)
        # Some types have no numbers of this length.
        kinds = [kind for kind in (getattr(plan, name) for name in types) if kind and digits in kind.possible_length]
        described = tuple(kind.national_number_pattern for kind in kinds)
        plans.append(_Plan(plan.leading_digits or "", plan.general_desc.national_number_pattern, described))
    return plans


@cache
def _numbers(regions: tuple[str, ...], digits: int, types: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the numbers of ``digits`` digits that phonenumbers calls valid and of one of ``types``."""
    plans = [f"(?={plan.leading})(?=(?:{plan.general})$)(?:{'|'.join(plan.types)})" for plan in _plans(regions, digits, types)]
    return re.compile(rf"(?=\d{{{digits}}}$)(?:{'|'.join(plans)})", re.ASCII)


def _goes_by(plan: _Plan, first: int, digits: int) -> bool:
    """Return whether a plan goes by the first digits of a number alone."""
    leading = [re.sub(r"\[[0-9-]+\]", "0", each) for each in plan.leading.split("|")]
    begins = all(len(each) <= first and not each.strip(DIGITS) for each in leading)
    return begins and all(_ends_free(pattern, digits - first) for pattern in (plan.general, *plan.types))


def _ends_free(pattern: str, digits: int) -> bool:
    r"""Return whether every alternative of a pattern ends in at least so many free digits: ``(?:4[015-8]|9\d)\d{6}``."""
    depth, ends = 0, [""]
    for part in re.split(r"(\\.|\[[^]]*\]|[()|])", pattern):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "|" and not depth:
            ends.append("")
        else:
            ends[-1] += part
    last = (re.search(r"\\d\{(\d+)\}$", end) for end in ends)
    return all(found and int(found[1]) >= digits for found in last)

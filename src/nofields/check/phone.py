"""Reads a rule of phone numbers, with phonenumbers' own metadata as the numbering plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from nofields.check.base import Check, New, any_of, digits_pattern, is_as_number, without
from nofields.errors import Problem, Reason
from nofields.rules import DIGITS, PhoneRule

_TYPES = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail",
)  # fmt: skip


class PhoneCheck(Check):
    """Text -> the eight national digits."""

    rule: PhoneRule

    def __init__(self, rule: PhoneRule) -> None:
        super().__init__(rule, digits=rule.digits)
        self.prefix = re.compile(rf"(?:(?:\+|00)?{rule.country_code})?(?=[0-9]{{{rule.digits}}}$)")
        # After a plus, or after 00 in what is too long for a national number.
        self.foreign = re.compile(rf"(?:\+|00(?=[0-9]{{{rule.digits - 1}}}))(?!{rule.country_code})[0-9]")

    @cached_property
    def in_use(self) -> re.Pattern[str]:
        """The numbers that the rule lets through, read from phonenumbers when first asked for."""
        return _numbers(self.rule.regions, self.rule.digits, ("mobile",) if self.rule.mobile_only else _TYPES)

    @property
    def any_in_use(self) -> re.Pattern[str]:
        """The numbers of every type: what tells a fixed line from a number that nobody has."""
        return _numbers(self.rule.regions, self.rule.digits, _TYPES)

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, excess=Reason.LENGTH)
        if type(text) is Problem:
            return text
        if is_as_number(text):
            return self.problem(Reason.NUMBER)
        digits = without(self.rule.separators, text)
        if prefixed := self.prefix.match(digits):
            digits = digits[prefixed.end() :]
        return digits if self.in_use.fullmatch(digits) else self.problem(self._reason(digits))

    def is_valid(self, value: object) -> bool:
        return bool(type(value) is str and self.in_use.fullmatch(value)) or super().is_valid(value)

    def maker(self, own: type, new: New, refuse: Callable[[Problem], Any]) -> Callable[[object], Any]:
        otherwise = super().maker(own, new, refuse)

        def make(value: object) -> Any:
            if type(value) is str and self.in_use.fullmatch(value):
                return new(own, value)
            return otherwise(value)

        return make

    def _reason(self, digits: str) -> Reason:
        if self.foreign.match(digits):
            return Reason.COUNTRY
        national = digits.removeprefix("+")
        if not national or national.strip(DIGITS):
            return Reason.CHARACTERS
        if len(national) != self.rule.digits:
            return Reason.LENGTH
        return Reason.NOT_MOBILE if self.any_in_use.fullmatch(national) else Reason.UNASSIGNED

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return digits_pattern(self.rule.digits)
        blank = any_of(self.rule.separators)
        prefix = rf"{blank}(?:\+{blank}|0{blank}0{blank})?{blank.join(self.rule.country_code)}"
        return digits_pattern(self.rule.digits, self.rule.separators, f"(?:{prefix})?")


@cache
def _numbers(regions: tuple[str, ...], digits: int, types: tuple[str, ...]) -> re.Pattern[str]:
    """The numbers of ``digits`` digits that phonenumbers calls valid and of one of ``types``.

    A region's numbers begin with its leading digits, match its general description and that of a type.
    """
    from phonenumbers.phonemetadata import PhoneMetadata

    plans = []
    for region in regions:
        plan: Any = PhoneMetadata.metadata_for_region(region)
        kinds = [kind for kind in (getattr(plan, name) for name in types) if kind and digits in kind.possible_length]
        described = "|".join(kind.national_number_pattern for kind in kinds)
        plans.append(f"(?={plan.leading_digits})(?=(?:{plan.general_desc.national_number_pattern})$)(?:{described})")
    # Some types also have shorter numbers.
    return re.compile(rf"(?=\d{{{digits}}}$)(?:{'|'.join(plans)})", re.ASCII)

"""Reads rules of choices and of the box to be ticked."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any, cast

from nofields.check.base import Check
from nofields.errors import Problem, Reason
from nofields.rules import LONGEST_INPUT, WHITE_SPACE, CheckboxRule, ChoiceRule, CountryRule

#: More ticks than this are refused unread.
_MOST_TICKS = 1000


class ChoiceCheck(Check):
    """Text -> the choice; where several may be chosen, a list or one text -> a tuple of choices."""

    rule: ChoiceRule

    @property
    def choices(self) -> tuple[str, ...] | None:
        """What may be chosen; ``None``: anything."""
        return self.rule.choices

    def clean(self, value: object) -> str | tuple[str, ...] | Problem:
        return self._several(value) if self.rule.several else self._one(value)

    def _one(self, value: object) -> str | Problem:
        text = self.text(value, 4 * LONGEST_INPUT, Reason.CHOICE)
        if type(text) is Problem:
            return self.problem(Reason.REQUIRED) if text.reason == Reason.REQUIRED else text
        chosen = text.strip(WHITE_SPACE)
        return chosen if self.choices is None or chosen in self.choices else self.problem(Reason.CHOICE)

    def _several(self, value: object) -> tuple[str, ...] | Problem:
        if value is None or (type(value) is str and not value):
            return self.problem(Reason.REQUIRED)
        ticks = cast(Collection[object], value) if type(value) in (list, tuple, set, frozenset) else (value,)
        if len(ticks) > _MOST_TICKS:
            return self.problem(Reason.CHOICE)
        chosen: dict[str, None] = {}
        for tick in ticks:
            choice = self._one(tick)
            if type(choice) is Problem:
                return choice
            chosen[choice] = None
        return tuple(chosen) or self.problem(Reason.REQUIRED)

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        one = {"type": "string", "minLength": 1} if self.choices is None else {"type": "string", "enum": list(self.choices)}
        return {"type": "array", "items": one, "minItems": 1, "uniqueItems": True} if self.rule.several else one


class CountryCheck(ChoiceCheck):
    """Text -> the two letters of a country."""

    rule: CountryRule

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """The codes of ISO 3166-1, and Kosovo's, in the order of the alphabet."""
        from babel import Locale

        codes = (str(code) for code in Locale("en").territories)
        return tuple(sorted(code for code in codes if len(code) == 2 and code not in self.rule.no_countries))


class CheckboxCheck(Check):
    """``True``, or what a browser sends for a tick -> ``True``."""

    rule: CheckboxRule

    def clean(self, value: object) -> bool | Problem:
        if value is True:
            return True
        if value is None or value is False:
            return self.problem(Reason.REQUIRED)
        text = self.text(value)
        if type(text) is Problem:
            return self.problem(Reason(text.reason), **text.params)
        return True if text.strip(WHITE_SPACE).lower() in self.rule.checked else self.problem(Reason.CHOICE)

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        return {"type": "boolean", "const": True}

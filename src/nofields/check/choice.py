"""Reads rules of choices and of the box to be ticked."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import Any, cast

from nofields.characters import BLANK
from nofields.check.base import Check
from nofields.check.text import NOT_TEXT, SOME_TEXT
from nofields.errors import Problem, Reason
from nofields.rules import LONGEST_LINE, CheckboxRule, ChoiceRule, CountryRule

#: What ECMA-262 lets a backslash stand before; ``re.escape`` puts it before more.
_SYNTAX = re.compile(r"[\\^$.*+?()\[\]{}|/]")
#: A choice where a field names none.
_EXAMPLE = "annet"
#: More ticks than this are refused unread.
_MOST_TICKS = 1000


class ChoiceCheck(Check):
    """Text -> the choice; where several may be chosen, a list or one text -> a tuple of choices."""

    rule: ChoiceRule

    @cached_property
    def longest(self) -> int:  # type: ignore[override]
        """That of the longest choice, or any line's."""
        return max([LONGEST_LINE, *map(len, self.choices or ())])

    @property
    def choices(self) -> tuple[str, ...] | None:
        """What may be chosen; ``None``: anything."""
        return self.rule.choices

    def clean(self, value: object) -> str | tuple[str, ...] | Problem:
        return self._several(value) if self.rule.several else self._one(value)

    def _one(self, value: object) -> str | Problem:
        text = self.text(value, Reason.CHOICE)
        if type(text) is Problem:
            return self.problem(Reason.REQUIRED) if text.reason == Reason.REQUIRED else text
        if self.choices is not None:
            return text if text in self.choices else self.problem(Reason.CHOICE)
        chosen = text.strip(BLANK)
        found = NOT_TEXT.search(chosen)
        return self.naming(found[0]) if found else chosen

    def _several(self, value: object) -> tuple[str, ...] | Problem:
        if value is None or (type(value) is str and not value):
            return self.problem(Reason.REQUIRED)
        ticks = _ticks(value)
        if len(ticks) > _MOST_TICKS:
            return self.problem(Reason.CHOICE)
        chosen: dict[str, None] = {}
        for tick in ticks:
            choice = self._one(tick)
            if type(choice) is Problem:
                return choice
            chosen[choice] = None
        return tuple(chosen) or self.problem(Reason.REQUIRED)

    def pattern(self, *, clean: bool) -> str:
        if self.choices is None:
            return SOME_TEXT
        choices = "|".join(_SYNTAX.sub(r"\\\g<0>", choice) for choice in self.choices)
        return f"^(?:{choices})$"

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        example = self.choices[0] if self.choices else _EXAMPLE
        one: dict[str, Any] = {"type": "string", "pattern": self.pattern(clean=clean)}
        if self.choices is not None:
            one["enum"] = list(self.choices)
        if self.rule.several:
            several = {"type": "array", "items": one, "minItems": 1, "examples": [[example]]}
            return several | {"uniqueItems": True} if clean else several
        return one | {"examples": [example]}


def _ticks(value: object) -> Collection[object]:
    """The members of a list, tuple or set; anything else is one tick."""
    for kind in (tuple, list):
        if issubclass(type(value), kind):  # read by the kind itself: an instance's class may have ideas of its own
            return cast("Collection[object]", kind.__getitem__(cast(Any, value), slice(None)))
    return cast("Collection[object]", value) if any(type(value) is kind for kind in (set, frozenset)) else (value,)


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
        return True if text.strip(BLANK).lower() in self.rule.checked else self.problem(Reason.CHOICE)

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        return {"type": "boolean", "const": True, "examples": [True]}

"""Reads a rule of date ranges."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from nofields.characters import INVISIBLE, WHITE_SPACE
from nofields.check.base import Check, any_of, without_invisible
from nofields.check.date import AROUND, BEHIND, CLEAN, DateCheck
from nofields.check.patterns import ecma, ignoring
from nofields.errors import Problem, Reason
from nofields.keys import narrowed
from nofields.rules import ENDS, DateRangeRule

_SYNTAX = re.compile(r"[\\^$.|?*+()[\]{}]")


class DateRangeCheck(Check):
    """A pair, a mapping with ``from`` and ``to``, or text -> two dates in order."""

    rule: DateRangeRule

    def __init__(self, rule: DateRangeRule) -> None:
        #: What reads an end.
        self.date = DateCheck(rule.date)
        super().__init__(rule, **self.date.params)
        blank = any_of(WHITE_SPACE, "")
        #: The patterns of what stands between two dates.
        self.separators = [_SYNTAX.sub(r"\\\g<0>", each).replace(" ", blank) for each in rule.separators]
        self._separating = [re.compile(separator) for separator in self.separators]
        self._clean_date = re.compile(CLEAN)

    def clean(self, value: object) -> tuple[datetime.date, datetime.date] | Problem:
        ends = self._ends(value)
        if type(ends) is Problem:
            return ends
        first = self.date.read(ends[0])
        if isinstance(first, Problem):
            return first
        last = self.date.read(ends[1])
        if isinstance(last, Problem):
            return last
        return self.problem(Reason.ORDER) if first > last else self.date.outside(first, last) or (first, last)

    def problem(self, reason: Reason, **params: object) -> Problem:
        return self.date.problem(reason, **params)

    def _ends(self, value: object) -> tuple[object, object] | Problem:
        try:
            if issubclass(type(value), (tuple, list)):
                first, last = cast("Sequence[object]", value)
                return first, last
            if _is_mapping(type(value)):
                ends = cast("Mapping[object, object]", value)
                first, last = map(ends.get, ENDS)
                return first, last
        except Exception:  # not two of them; or keys and members that raise when they are asked
            return self.not_a_range
        text = self.text(value)
        if type(text) is Problem:
            return text
        halves = self._split(without_invisible(text))
        return halves if halves and all(half.strip(WHITE_SPACE) for half in halves) else self.not_a_range

    @property
    def not_a_range(self) -> Problem:
        """The problem of what is not two dates."""
        return Problem(narrowed(self.rule.key, "range"), Reason.FORMAT, self.problem(Reason.FORMAT).params)

    def _split(self, text: str) -> tuple[str, str] | None:
        """Return the ends of a text: two dates, or else what stands around the first separator."""
        first, clean_separator, last = text.partition(self.rule.clean_separator)
        if clean_separator and all(self._clean_date.fullmatch(end.strip(WHITE_SPACE)) for end in (first, last)):
            return first, last
        places = [place for separator in self._separating for place in separator.finditer(text)]
        pairs = [(text[: place.start()], text[place.end() :]) for place in places]
        if len(pairs) < 2:
            return pairs[0] if pairs else None
        return next((pair for pair in pairs if all(map(self.date.match, pair))), pairs[0])

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return f"^{CLEAN}{ecma(self.rule.clean_separator)}{CLEAN}$"
        date, clean_date = self.date.either, ignoring(INVISIBLE, CLEAN)
        between = "|".join(ecma(ignoring(INVISIBLE, each)) for each in self.separators)
        written = f"{date}{BEHIND}(?:{between}){BEHIND}{date}"
        clean_form = f"{clean_date}{BEHIND}{ecma(ignoring(INVISIBLE, self.rule.clean_separator))}{BEHIND}{clean_date}"
        return f"^{AROUND}(?:{written}|{clean_form}){BEHIND}$"

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        return super().json_schema(clean=clean) | self.date.described()


def _is_mapping(kind: type) -> bool:
    try:
        return not issubclass(kind, str) and issubclass(kind, Mapping)
    except Exception:  # a class that cannot be hashed or compared, which abc does to it
        return False

"""Reads rules of dates and date ranges."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from nofields.check.base import Check, New, any_of
from nofields.check.native import extension, native
from nofields.errors import Problem, Reason
from nofields.rules import BLANK, ENDS, LONGEST_INPUT, DateRangeRule, DateRule

#: How many dates are kept, so that the same text gives the same instance without a check.
_REMEMBERED = 1 << 14


class DateCheck(Check):
    """Text or a date -> ``datetime.date``."""

    rule: DateRule

    def __init__(self, rule: DateRule) -> None:
        super().__init__(rule, example=rule.example)
        self._patterns = [re.compile(pattern) for pattern in rule.patterns]

    def clean(self, value: object) -> datetime.date | Problem:
        if issubclass(type(value), datetime.date) and not issubclass(type(value), datetime.datetime):
            # Read by date itself: an instance's class may have ideas of its own.
            return datetime.date.fromordinal(datetime.date.toordinal(cast(datetime.date, value)))
        text = self.text(value)
        if type(text) is Problem:
            return text
        match = self.match(text)
        if match is None:
            return self.problem(Reason.FORMAT)
        try:
            return datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return self.problem(Reason.DATE)

    def match(self, text: str) -> re.Match[str] | None:
        """Match a text without the white space around it; the first pattern that fits decides."""
        text = text.strip(BLANK)
        return next((match for pattern in self._patterns if (match := pattern.fullmatch(text))), None)

    def constructor(self, own: type, new: New, reject: Callable[[Problem], Any]) -> tuple[Callable[[object], Any], None]:
        parse, _ = super().constructor(own, new, reject)
        return _remembering(parse, own.__name__), None

    def pattern(self, *, clean: bool) -> str:
        if clean:
            return "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        either = "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in self.rule.patterns)
        blank = any_of(BLANK)
        return f"^{blank}(?:{either}){blank}$"


def _remembering(make: Callable[[object], Any], name: str) -> Callable[[object], Any]:
    """Return ``make`` with a memory, since dates are few and come again."""
    if native:
        return extension.remembering(make, name)
    remembered = lru_cache(_REMEMBERED)(make)

    def parse(value: object) -> Any:
        return remembered(value) if type(value) is str and len(value) <= LONGEST_INPUT else make(value)

    parse.__name__ = parse.__qualname__ = name
    return parse


class DateRangeCheck(Check):
    """A pair, a mapping with ``from`` and ``to``, or text -> two dates in order."""

    rule: DateRangeRule

    def __init__(self, rule: DateRangeRule) -> None:
        self._date = DateCheck(rule.date)
        super().__init__(rule, **self._date.params)

    def clean(self, value: object) -> tuple[datetime.date, datetime.date] | Problem:
        ends = self._ends(value)
        if type(ends) is Problem:
            return ends
        first, last = (self._date.clean(end) for end in ends)
        for end in (first, last):
            if type(end) is Problem:
                return end
        return (first, last) if first <= last else self.problem(Reason.ORDER)  # type: ignore[operator, return-value]

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
            return self.problem(Reason.FORMAT)
        text = self.text(value)
        if type(text) is Problem:
            return text
        for separator in self.rule.separators:
            first, found, last = text.partition(separator)
            if found:
                return first, last
        return self.problem(Reason.FORMAT)

    def pattern(self, *, clean: bool) -> str:
        date = self._date.pattern(clean=clean)[1:-1]
        separators = "|".join(self.rule.separators[:1] if clean else self.rule.separators).replace("/", r"\u002f")
        return f"^{date}(?:{separators}){date}$"


def _is_mapping(kind: type) -> bool:
    try:
        return not issubclass(kind, str) and issubclass(kind, Mapping)
    except Exception:  # a class that cannot be hashed or compared, which abc does to it
        return False

"""Reads a rule of dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from nofields.characters import BLANK, INVISIBLE, WHITE_SPACE
from nofields.check.base import Check, New, any_of, without_invisible
from nofields.check.native import extension, native
from nofields.check.patterns import ecma, ignoring
from nofields.errors import Problem, Reason
from nofields.rules import LONGEST_INPUT, DateLimit, DateRule

#: The clean form, by ISO 8601.
CLEAN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#: The groups of a pattern.
GROUPS = ("day", "month", "year")
#: In patterns: what may stand around a date; and the same behind what is followed by invisible characters already, since two
#: ways to match a character make engines slow.
AROUND = any_of(BLANK)
BEHIND = f"(?:{any_of(WHITE_SPACE, '')}{AROUND})?"
#: How many dates are kept, so that the same text gives the same instance without a check.
_REMEMBERED = 1 << 14


def written(day: datetime.date) -> str:
    """Return a date as it is written in Norway.

    >>> written(datetime.date(2026, 3, 5))
    '05.03.2026'
    """
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


#: The pattern of the clean form with its groups.
ISO = "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
#: The patterns of dates as they are stored and written, each with an example.
_FORMS = (
    (ISO, "2016-12-31"),
    ("(?P<day>[0-9]{2})[.](?P<month>[0-9]{2})[.](?P<year>[0-9]{4})", "31.12.2016"),
)


def _matches(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.fullmatch(pattern, text) for pattern in patterns)


class DateCheck(Check):
    """Text or a date -> ``datetime.date``."""

    rule: DateRule

    def __init__(self, rule: DateRule) -> None:
        super().__init__(rule, example=rule.example)
        #: The rule's, and those of the ISO and the written form, which are always read.
        self.patterns = (*rule.patterns, *(each for each, day in _FORMS if not _matches(rule.patterns, day)))
        self._patterns = [re.compile(pattern) for pattern in self.patterns]
        for pattern in self._patterns:
            if missing := [name for name in GROUPS if name not in pattern.groupindex]:
                raise ValueError(f"the pattern {pattern.pattern!r} has no group {' and no group '.join(missing)}")
        if rule.min is None and rule.max is None:
            self.clean = self.read  # type: ignore[method-assign]
        #: Whether the limits may be others at the next check.
        self.changes = callable(rule.min) or callable(rule.max)
        if not self.changes:
            self.params = {"example": self._example(*self.limits())}

    def clean(self, value: object) -> datetime.date | Problem:
        day = self.read(value)
        return day if type(day) is Problem else self.outside(day, day) or day

    def read(self, value: object) -> datetime.date | Problem:
        """Return the date, whether or not it is within the limits, or the Problem."""
        if issubclass(type(value), datetime.date) and not issubclass(type(value), datetime.datetime):
            # Read by date itself: an instance's class may have ideas of its own.
            return datetime.date.fromordinal(datetime.date.toordinal(cast(datetime.date, value)))
        text = self.text(value)
        if type(text) is Problem:
            return text
        day = self._day(text)
        return self.problem(day) if isinstance(day, Reason) else day

    def _day(self, text: str) -> datetime.date | Reason:
        match = self.match(text)
        if match is None:
            return Reason.FORMAT
        try:
            day, month, year = map(int, match.group(*GROUPS))
            return datetime.date(year, month, day)
        except (ValueError, OverflowError):
            return Reason.DATE

    def match(self, text: str) -> re.Match[str] | None:
        """Match a text, without invisible characters and the white space around it; the first pattern that fits decides."""
        text = without_invisible(text).strip(WHITE_SPACE)
        for pattern in self._patterns:
            match = pattern.fullmatch(text)
            if match is not None and None not in match.group(*GROUPS):
                return match
        return None

    def limits(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the first and the last date that are accepted now."""
        return _limit(self.rule.min), _limit(self.rule.max)

    def outside(self, first: datetime.date, last: datetime.date) -> Problem | None:
        """Return the problem of a range that begins before the first date that is accepted, or ends after the last."""
        lower, upper = self.limits()
        if lower is not None and first < lower:
            return self.too_early(lower, upper)
        return self.too_late(lower, upper) if upper is not None and last > upper else None

    def too_early(self, lower: datetime.date, upper: datetime.date | None) -> Problem:
        """Return the problem of a date before the first of two limits."""
        return self.problem(Reason.TOO_EARLY, example=self._example(lower, upper), min=written(lower))

    def too_late(self, lower: datetime.date | None, upper: datetime.date) -> Problem:
        """Return the problem of a date after the last of two limits."""
        return self.problem(Reason.TOO_LATE, example=self._example(lower, upper), max=written(upper))

    def problem(self, reason: Reason, **params: object) -> Problem:
        if self.changes and "example" not in params:
            params["example"] = self._example(*self.limits())
        return super().problem(reason, **params)

    def _example(self, lower: datetime.date | None, upper: datetime.date | None) -> str:
        """Return the rule's example; if it is outside of the limits, the nearest of them, where the rule can read it."""
        day = self._day(self.rule.example)
        if isinstance(day, Reason):
            return self.rule.example
        nearest = lower if lower is not None and day < lower else upper if upper is not None and day > upper else None
        return written(nearest) if nearest is not None and self.match(written(nearest)) else self.rule.example

    def constructor(self, own: type, new: New, reject: Callable[[Problem], Any]) -> tuple[Callable[[object], Any], None]:
        parse, _ = super().constructor(own, new, reject)
        return parse if self.changes else _remembering(parse, own.__name__), None

    def pattern(self, *, clean: bool) -> str:
        return f"^{CLEAN}$" if clean else f"^{AROUND}{self.either}{BEHIND}$"

    @property
    def either(self) -> str:
        """The patterns, with invisible characters behind each character, as one for ECMA-262."""
        return f"(?:{'|'.join(ecma(ignoring(INVISIBLE, pattern)) for pattern in self.patterns)})"

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        return super().json_schema(clean=clean) | self.described()

    def described(self) -> dict[str, str]:
        """Return what JSON Schema says of limits that stay the same: it has no keyword for those of a date."""
        limits = zip(("from", "to"), (None, None) if self.changes else self.limits())
        parts = [f"{word} {limit.isoformat()}" for word, limit in limits if limit is not None]
        return {"description": f"{' '.join(parts)}.".capitalize()} if parts else {}


def _limit(limit: DateLimit) -> datetime.date | None:
    """Return a limit as it is now, as a plain date; raise ``TypeError`` if a project's function returns no date."""
    day = limit() if callable(limit) else limit
    if type(day) is datetime.date or limit is None:
        return day
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        raise TypeError(f"a limit must be a date, and {limit!r} returned {type(day).__name__}")
    return datetime.date(day.year, day.month, day.day)


def _remembering(make: Callable[[object], Any], name: str) -> Callable[[object], Any]:
    """Return ``make`` with a memory, since dates are few and come again."""
    if native:
        return extension.remembering(make, name)
    remembered = lru_cache(_REMEMBERED)(make)

    def parse(value: object) -> Any:
        return remembered(value) if type(value) is str and len(value) <= LONGEST_INPUT else make(value)

    parse.__name__ = parse.__qualname__ = name
    return parse

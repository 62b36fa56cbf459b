"""Dates and date ranges."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, ClassVar, Self, SupportsIndex

from nofields.keys import Key, Phrase
from nofields.rules import DateRangeRule, DateRule
from nofields.value import Field, Value

_DATE = DateRule(
    key=Key.DATE_TO_FROM_ERROR,
    patterns=(
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    ),
    example="31.12.2016",
)


_RANGE = DateRangeRule(key=_DATE.key, date=_DATE, separators=("/", "–", " - "))

#: In the place of the second of two dates: ``None`` is a date that is missing.
_NOT_GIVEN = object()


def _new_date(own: type[NorwegianDate], clean: datetime.date) -> NorwegianDate:
    return datetime.date.__new__(own, clean.year, clean.month, clean.day)


def _new_range(own: type[DateRange], clean: tuple[datetime.date, datetime.date]) -> DateRange:
    return str.__new__(own, _RANGE.separators[0].join(day.isoformat() for day in clean))


class NorwegianDate(Field, datetime.date):
    """A date (dato) as Norwegians write it, ``31.12.2016``, or as computers do, ``2016-12-31``.

    The value is a ``datetime.date``; its text is the ISO form. Leading zeros may be left out, the century may not.

    Source: Språkrådet, "Dato" (day.month.year); ISO 8601.

    Errors: ``DATE_TO_FROM_ERROR`` with reason ``type``, ``length``, ``format`` or ``date`` (no such day);
    ``TEXT_FIELD_ERROR`` when empty.

    >>> NorwegianDate("5.3.2026"), NorwegianDate("5.3.2026").formatted
    (NorwegianDate(2026, 3, 5), '05.03.2026')
    >>> NorwegianDate.problem("31.11.2016").reason
    <Reason.DATE: 'date'>
    """

    __slots__ = ()
    rule = _DATE
    name = "date"
    also_called = ("dato", "date")
    schema_format = "no-date"
    label = Phrase.LABEL_DATE
    hint = Phrase.HINT_DATE
    source = "Språkrådet, Dato; ISO 8601"
    examples = ("2016-12-31",)
    _new: ClassVar[Callable[[Any, Any], Any]] = staticmethod(_new_date)

    def __new__(cls, value: object, month: SupportsIndex | None = None, day: SupportsIndex | None = None) -> Self:
        if month is not None or day is not None:  # as date itself is called: by arithmetic, and by people
            return super().__new__(cls, value, month, day)  # type: ignore[arg-type]
        return cls._take(value)  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.year, self.month, self.day)

    def __conform__(self, protocol: object) -> str | None:
        """What sqlite3 stores, which knows ``datetime.date`` and no class that is made of it."""
        from sqlite3 import PrepareProtocol

        return self.isoformat() if protocol is PrepareProtocol else None

    @property
    def formatted(self) -> str:
        """Written ``dd.mm.yyyy``."""
        return f"{self.day:02}.{self.month:02}.{self.year:04}"


class DateRange(Value):
    """A range of days (fra–til), both ends part of it; it cannot end before it begins.

    Taken in as two arguments, a pair, a mapping with ``from`` and ``to``, or one text. The value is the ISO 8601 interval
    ``2016-01-01/2016-12-31``.

    Errors: those of :class:`NorwegianDate` for either end, or reason ``order``, all under ``DATE_TO_FROM_ERROR``.

    >>> year = DateRange("1.1.2016", "31.12.2016")
    >>> year.start, year.days, year.formatted
    (NorwegianDate(2016, 1, 1), 366, '01.01.2016–31.12.2016')
    >>> DateRange.problem(("31.12.2016", "1.1.2016")).reason
    <Reason.ORDER: 'order'>
    """

    __slots__ = ()
    rule = _RANGE
    schema_format = "no-date-range"
    label = Phrase.LABEL_DATE_RANGE
    hint = Phrase.HINT_DATE_RANGE
    source = NorwegianDate.source
    examples = ("2016-01-01/2016-12-31",)
    _new: ClassVar[Callable[[Any, Any], Any]] = staticmethod(_new_range)

    def __new__(cls, value: object, to: object = _NOT_GIVEN) -> Self:
        return cls._take(value if to is _NOT_GIVEN else (value, to))  # type: ignore[no-any-return]

    @property
    def start(self) -> NorwegianDate:
        """The first day."""
        return NorwegianDate(self.partition(_RANGE.separators[0])[0])

    @property
    def end(self) -> NorwegianDate:
        """The last day."""
        return NorwegianDate(self.partition(_RANGE.separators[0])[2])

    @property
    def days(self) -> int:
        """How many days it has, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def formatted(self) -> str:
        """Written with an en dash: ``01.01.2016–31.12.2016``."""
        return f"{self.start.formatted}{_RANGE.separators[1]}{self.end.formatted}"

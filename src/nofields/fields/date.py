"""Dates and date ranges."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, SupportsIndex, Unpack

from nofields.check.base import New
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import DateRangeRule, DateRule
from nofields.value import Field, Value

if TYPE_CHECKING:
    from nofields.fields.arguments import Arguments

_DATE = DateRule(
    key=FieldKey(Key.DATE_TO_FROM_ERROR, "date"),
    patterns=(
        r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    ),
    example="31.12.2016",
)

#: Between the dates of a clean value, as in ISO 8601, and of a formatted one.
_CLEAN_SEPARATOR, _WRITTEN_SEPARATOR = "/", "–"
_RANGE = DateRangeRule(key=_DATE.key, date=_DATE, separators=(_CLEAN_SEPARATOR, _WRITTEN_SEPARATOR, " - "))

#: What may be an end of a range.
_End = str | datetime.date

#: Marks an omitted second argument; ``None`` stands for a missing date.
_NOT_GIVEN = object()


def _new_date(own: type[NorwegianDate], clean: datetime.date) -> NorwegianDate:
    return datetime.date.__new__(own, clean.year, clean.month, clean.day)


def _new_range(own: type[DateRange], clean: tuple[datetime.date, datetime.date]) -> DateRange:
    return str.__new__(own, _CLEAN_SEPARATOR.join(day.isoformat() for day in clean))


class NorwegianDate(Field, datetime.date):
    """Date (*dato*): day, month and year, ``31.12.2016``, or the ISO form ``2016-12-31``.

    The Norwegian form may lack leading zeros, but years have four digits. White space at the ends is
    removed. Also accepts a ``datetime.date``, but no ``datetime.datetime``. The value is a
    ``datetime.date``; its text is the ISO form.

    Class arguments:
        patterns: Regular expressions of the accepted forms, each with the groups ``day``, ``month``
            and ``year``. Default: the two above.
            Example: ``patterns=(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",)``.
        example: The date that messages show. Default: ``"31.12.2016"``. Example: ``example="31122016"``.

    Source: Språkrådet, "Dato" (day.month.year); ISO 8601.

    Errors: ``DATE_TO_FROM_ERROR`` with reason ``type``, ``format`` or ``date`` (no such day);
    ``TEXT_FIELD_ERROR`` when empty.

    >>> NorwegianDate("5.3.2026"), NorwegianDate("5.3.2026").formatted
    (NorwegianDate(2026, 3, 5), '05.03.2026')
    >>> NorwegianDate.problem("31.11.2016").reason
    <Reason.DATE: 'date'>
    """

    __slots__ = ()

    if TYPE_CHECKING:  # as of Value

        def __get__(self, instance: object, owner: object = None) -> Self: ...
        def __set__(self, instance: object, value: str | datetime.date) -> None: ...
        def __init_subclass__(cls, *, key: str = ..., patterns: tuple[str, ...] = ..., example: str = ...) -> None: ...

    rule: ClassVar[DateRule] = _DATE
    name = "date"
    also_called = ("dato", "date")
    schema_format = "no-date"
    label = Phrase.LABEL_DATE
    hint = Phrase.HINT_DATE
    source = "Språkrådet, Dato; ISO 8601"
    examples = ("2016-12-31",)
    _new: ClassVar[New] = staticmethod(_new_date)

    def __new__(cls, value: object, month: SupportsIndex | None = None, day: SupportsIndex | None = None) -> Self:
        if month is not None or day is not None:  # as datetime.date's own methods call it
            return super().__new__(cls, value, month, day)  # type: ignore[arg-type]
        return cls._construct(value)  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.year, self.month, self.day)

    def __conform__(self, protocol: object) -> str | None:
        """Return what sqlite3 stores; its adapter for ``datetime.date`` ignores subclasses."""
        from sqlite3 import PrepareProtocol

        return self.isoformat() if protocol is PrepareProtocol else None

    @property
    def formatted(self) -> str:
        """The Norwegian form: ``05.03.2026``."""
        return f"{self.day:02}.{self.month:02}.{self.year:04}"


class DateRange(Value):
    """Date range (*fra–til*): two dates, both included, the second not before the first.

    Accepts two arguments, a pair, a mapping with ``from`` and ``to``, or one text. The value is the
    ISO 8601 interval ``2016-01-01/2016-12-31``.

    Class arguments:
        separators: What may stand between the dates of one text, besides ``"/"``, which separates
            those of a clean value. Default: ``("–", " - ")``. Example: ``separators=(" til ",)``.

    Source: as :class:`NorwegianDate`.

    Errors: those of :class:`NorwegianDate` for either end, or ``DATE_TO_FROM_ERROR`` with reason ``order``.

    >>> year = DateRange("1.1.2016", "31.12.2016")
    >>> year.start, year.days, year.formatted
    (NorwegianDate(2016, 1, 1), 366, '01.01.2016–31.12.2016')
    >>> DateRange.problem(("31.12.2016", "1.1.2016")).reason
    <Reason.ORDER: 'order'>
    """

    __slots__ = ()

    if TYPE_CHECKING:

        def __set__(self, instance: object, value: Sequence[_End] | Mapping[str, _End]) -> None: ...

    rule: ClassVar[DateRangeRule] = _RANGE
    schema_format = "no-date-range"
    label = Phrase.LABEL_DATE_RANGE
    hint = Phrase.HINT_DATE_RANGE
    source = NorwegianDate.source
    examples = ("2016-01-01/2016-12-31",)
    _new: ClassVar[New] = staticmethod(_new_range)

    def __init_subclass__(cls, *, separators: tuple[str, ...] | None = None, **given: Unpack[Arguments]) -> None:
        settings: dict[str, Any] = {**given}
        if separators is not None:
            settings["separators"] = tuple(dict.fromkeys((_CLEAN_SEPARATOR, *separators)))
        super().__init_subclass__(**settings)

    def __new__(cls, value: object, to: object = _NOT_GIVEN) -> Self:
        return cls._construct(value if to is _NOT_GIVEN else (value, to))  # type: ignore[no-any-return]

    @property
    def start(self) -> NorwegianDate:
        """The first day."""
        return NorwegianDate(self.partition(_CLEAN_SEPARATOR)[0])

    @property
    def end(self) -> NorwegianDate:
        """The last day."""
        return NorwegianDate(self.partition(_CLEAN_SEPARATOR)[2])

    @property
    def days(self) -> int:
        """The number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def formatted(self) -> str:
        """The Norwegian form with an en dash: ``01.01.2016–31.12.2016``."""
        return f"{self.start.formatted}{_WRITTEN_SEPARATOR}{self.end.formatted}"

"""Dates and date ranges."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, SupportsIndex, Unpack

from nofields.characters import WHITE_SPACE
from nofields.check.base import New, any_of
from nofields.check.date import ISO, written
from nofields.check.settings import with_settings
from nofields.keys import FieldKey, Key, Phrase
from nofields.rules import DateLimit, DateRangeRule, DateRule
from nofields.value import Field, Value

if TYPE_CHECKING:
    from nofields.fields.arguments import Arguments

_DAY, _MONTH, _YEAR = "(?P<day>[0-9]{1,2})", "(?P<month>[0-9]{1,2})", "(?P<year>[0-9]{4})"
#: Without separators, only years from 1800 to 2199 tell the two orders apart: no date is one in both.
_TWO_DIGIT_DAY, _TWO_DIGIT_MONTH = "(?P<day>[0-3][0-9])", "(?P<month>[01][0-9])"
_RECENT_YEAR = "(?P<year>(?:1[89]|2[01])[0-9]{2})"
_DATE = DateRule(
    key=FieldKey(Key.DATE_TO_FROM_ERROR, "date"),
    patterns=(
        rf"{_DAY}\.{any_of(WHITE_SPACE)}{_MONTH}\.{any_of(WHITE_SPACE)}{_YEAR}",
        ISO,
        f"{_DAY}/{_MONTH}/{_YEAR}",
        f"{_DAY}-{_MONTH}-{_YEAR}",
        f"{_DAY}{any_of(WHITE_SPACE, '+')}{_MONTH}{any_of(WHITE_SPACE, '+')}{_YEAR}",
        f"{_TWO_DIGIT_DAY}{_TWO_DIGIT_MONTH}{_RECENT_YEAR}",
        f"{_RECENT_YEAR}{_TWO_DIGIT_MONTH}{_TWO_DIGIT_DAY}",
    ),
    example="31.12.2016",
)

#: Between the dates of a formatted value.
_WRITTEN_SEPARATOR = "–"
_RANGE = DateRangeRule(key=_DATE.key, date=_DATE, separators=(_WRITTEN_SEPARATOR, " - "))

#: What may be an end of a range.
_End = str | datetime.date

#: Marks an omitted argument; ``None`` stands for a missing date, or for no limit.
_NOT_GIVEN: Any = object()


def _new_date(own: type[NorwegianDate], clean: datetime.date) -> NorwegianDate:
    return datetime.date.__new__(own, clean.year, clean.month, clean.day)


def _new_range(own: type[DateRange], clean: tuple[datetime.date, datetime.date]) -> DateRange:
    return str.__new__(own, _RANGE.clean_separator.join(day.isoformat() for day in clean))


class NorwegianDate(Field, datetime.date):
    """Date (*dato*): day, month and year, ``31.12.2016``, or the ISO form ``2016-12-31``.

    The day is read before the month, with or without leading zeros; the year has four digits. The two
    separators are the same: full stops, which white space may follow (``31. 12. 2016``), slashes,
    hyphens or white space. Eight digits alone are read in either order, ``31122016`` or ``20161231``,
    if the year is from 1800 to 2199. White space at the ends and invisible characters are removed.
    Also accepts a ``datetime.date``, but no ``datetime.datetime``. The value is a ``datetime.date``;
    its text is the ISO form.

    Class arguments:
        patterns: Regular expressions of the accepted forms, each with the groups ``day``, ``month``
            and ``year``; a text in which a group is missing is not accepted. The ISO form and
            ``31.12.2016`` are always read. Default: those of the forms above.
            Example: ``patterns=(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",)``.
        example: The date that messages show. Default: ``"31.12.2016"``, or the nearest date within
            the limits. Example: ``example="31122016"``.
        min: The first date that is accepted: a ``datetime.date``, or a function that returns one and is
            called at each check. What it raises is not caught. Default: ``None``, no limit.
            Example: ``min=datetime.date(1900, 1, 1)``.
        max: The last date that is accepted, likewise. Default: ``None``.
            Example: ``max=datetime.date.today``.

    Source: Språkrådet, "Dato" (day.month.year); ISO 8601.

    Errors: ``DATE_TO_FROM_ERROR`` with reason ``type``, ``format``, ``date`` (no such day),
    ``too_early`` or ``too_late``; ``TEXT_FIELD_ERROR`` when empty.

    >>> NorwegianDate("5.3.2026"), NorwegianDate("05032026").formatted
    (NorwegianDate(2026, 3, 5), '05.03.2026')
    >>> NorwegianDate.problem("31.11.2016").reason
    <Reason.DATE: 'date'>
    >>> class Founded(NorwegianDate, min=NorwegianDate("20.2.1995")): ...
    >>> Founded.problem("19.2.1995").explanation("en")
    'The date is too early. Choose 20.02.1995 or a later date.'
    """

    __slots__ = ()

    if TYPE_CHECKING:  # as of Value

        def __get__(self, instance: object, owner: object = None) -> Self: ...
        def __set__(self, instance: object, value: str | datetime.date) -> None: ...
        def __init_subclass__(
            cls,
            *,
            key: str = ...,
            patterns: tuple[str, ...] = ...,
            example: str = ...,
            min: DateLimit = ...,
            max: DateLimit = ...,
        ) -> None: ...

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
        return written(self)


class DateRange(Value):
    """Date range (*fra–til*): two dates, both included, the second not before the first.

    Accepts two arguments, a pair, a mapping with ``from`` and ``to``, or one text. The value is the
    ISO 8601 interval ``2016-01-01/2016-12-31``; in a text, a slash separates ISO dates only.

    Class arguments:
        separators: What may stand between the dates of one text, besides ``"–"``, with which a
            formatted value is written. A space stands for any white space. Default: ``("–", " - ")``.
            Example: ``separators=(" til ",)``.
        min: The first date that a range may begin on: a ``datetime.date``, or a function that returns
            one and is called at each check. Default: ``None``, no limit.
            Example: ``min=datetime.date(2000, 1, 1)``.
        max: The last date that a range may end on, likewise. Default: ``None``.
            Example: ``max=datetime.date.today``.

    Source: as :class:`NorwegianDate`.

    Errors: those of :class:`NorwegianDate` for either end, or ``DATE_TO_FROM_ERROR`` with reason
    ``order``, ``too_early`` (the first date) or ``too_late`` (the last one).

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

    def __init_subclass__(
        cls,
        *,
        separators: tuple[str, ...] | None = None,
        min: DateLimit = _NOT_GIVEN,
        max: DateLimit = _NOT_GIVEN,
        **given: Unpack[Arguments],
    ) -> None:
        settings: dict[str, Any] = {**given}
        if limits := {name: limit for name, limit in (("min", min), ("max", max)) if limit is not _NOT_GIVEN}:
            settings["date"] = with_settings(cls.rule.date, limits)
        if separators is not None:
            if "" in separators or not all(isinstance(each, str) for each in separators):
                raise ValueError("a separator must be a text that is not empty")
            own = [each for each in separators if each != cls.rule.clean_separator]
            settings["separators"] = tuple(dict.fromkeys((_WRITTEN_SEPARATOR, *own)))
        super().__init_subclass__(**settings)

    def __new__(cls, value: object, to: object = _NOT_GIVEN) -> Self:
        return cls._construct(value if to is _NOT_GIVEN else (value, to))  # type: ignore[no-any-return]

    @property
    def start(self) -> NorwegianDate:
        """The first day."""
        return NorwegianDate(self.partition(_RANGE.clean_separator)[0])

    @property
    def end(self) -> NorwegianDate:
        """The last day."""
        return NorwegianDate(self.partition(_RANGE.clean_separator)[2])

    @property
    def days(self) -> int:
        """The number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def formatted(self) -> str:
        """The Norwegian form with an en dash: ``01.01.2016–31.12.2016``."""
        return f"{self.start.formatted}{_WRITTEN_SEPARATOR}{self.end.formatted}"

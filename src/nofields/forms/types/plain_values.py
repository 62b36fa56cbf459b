"""How forms read and write numbers, dates and times of Python: as nofields' own fields do.

A reader returns the value of a text that is not blank, or its problem. A writer returns the text of a stored value, or
``None`` if it has none; a text that cannot be read is returned as it is.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import cast

from nofields.characters import BLANK
from nofields.errors import Problem, Reason
from nofields.fields import NorwegianDate, Number
from nofields.forms.types.submitted import encodable
from nofields.keys import Phrase
from nofields.message_templates import DOCUMENTED_PARAMS
from nofields.pydantic_errors import problem_of
from nofields.rules import MOST_DIGITS

Reader = Callable[[str], object]
Writer = Callable[[object], str | None]

#: What hints and messages show.
TIME_EXAMPLE, DATE_TIME_EXAMPLE = (DOCUMENTED_PARAMS[hint]["example"] for hint in (Phrase.HINT_TIME, Phrase.HINT_DATE_TIME))
#: In characters: longer texts are no numbers. Python reads no integer of more than 4,300 digits.
_LONGEST = 4000
#: Numbers longer than nofields reads: as Python writes them.
_LONG = {
    int: re.compile(f"-?[0-9]{{{MOST_DIGITS + 1},{_LONGEST}}}"),
    float: re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{1,3}"),
    Decimal: re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,6})?"),
}
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,6}))?)?"
    r" ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
#: A date, and a time behind ``T``, white space, or the Norwegian abbreviation of "at … o'clock".
_DATE_TIME = re.compile(rf"(?P<date>[^T:]*[0-9])(?:T|,?\s+(?:kl\.? ?)?)(?P<time>{_TIME.pattern})")


class WholeNumber(Number, decimals=0):
    """A number as an ``int`` is entered."""


def read_number(kind: type[int] | type[float] | type[Decimal], text: str) -> object:
    """Return a number of a type, or the problem."""
    plain = text.strip(BLANK)
    if len(plain) <= _LONGEST and _LONG[kind].fullmatch(plain) and not Number.is_valid(plain):
        return kind(plain)
    clean = (WholeNumber if kind is int else Number)._clean(text)
    return clean if isinstance(clean, Problem) else kind(clean)


def write_number(kind: type[int] | type[float] | type[Decimal], value: object) -> str | None:
    """Return a number in groups of three digits, with the decimals that it has."""
    if isinstance(value, str):
        return Number(value).formatted if Number.is_valid(value) else encodable(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    text = format(value, "f") if isinstance(value, Decimal) and Number.is_valid(value) else value
    if Number.is_valid(text):
        return Number(text).formatted
    text = str(value)
    return text if _LONG[kind].fullmatch(text) else None


def read_date(text: str) -> object:
    """Return a date, or the problem."""
    found: object = NorwegianDate._clean(text)
    return found


def write_date(value: object) -> str | None:
    """Return a date as it is written in Norway."""
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date | str):
        return None
    return NorwegianDate(value).formatted if NorwegianDate.is_valid(value) else encodable(cast(str, value))


def read_time(text: str) -> object:
    """Return a time of day, with a full stop or a colon between hours and minutes, or the problem."""
    match = _TIME.fullmatch(text.strip(BLANK))
    return (match and _time_of(match)) or problem_of("time_parsing", {})


def write_time(value: object) -> str | None:
    """Return a time of day, with seconds if it has any."""
    if isinstance(value, str):
        read = read_time(value)
        return write_time(read) if isinstance(read, datetime.time) else encodable(value)
    if not isinstance(value, datetime.time):
        return None
    return _without_seconds(value.isoformat())


def read_date_time(text: str) -> object:
    """Return a date with a time of day, or the problem."""
    match = _DATE_TIME.fullmatch(text.strip(BLANK))
    time = _time_of(match) if match else None
    day = NorwegianDate._clean(match["date"]) if match else None
    if time is None or not isinstance(day, datetime.date):
        reason = day.reason if isinstance(day, Problem) else Reason.FORMAT
        return Problem(NorwegianDate.rule.key, reason, {"example": DATE_TIME_EXAMPLE})
    return datetime.datetime.combine(day, time)


def write_date_time(value: object) -> str | None:
    """Return a date with a time of day as it is written in Norway."""
    if isinstance(value, str):
        read = read_date_time(value)
        return write_date_time(read) if isinstance(read, datetime.datetime) else encodable(value)
    if not isinstance(value, datetime.datetime):
        return None
    return f"{NorwegianDate(value.date()).formatted} {_without_seconds(value.timetz().isoformat())}"


def read_as_text(text: str) -> object:
    """Return a text as it is, for pydantic to read."""
    return text


def read_lines(text: str) -> object:
    """Return a text of several lines with the line ends of Python; browsers send those of Windows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_trimmed(text: str) -> object:
    """Return a text without what is blank around it, for pydantic to read."""
    return text.strip(BLANK)


def write_as_text(types: tuple[type, ...], value: object) -> str | None:
    """Return the text of an instance of some types, or a text as it is."""
    if isinstance(value, str):
        return encodable(value)
    return str(value) if isinstance(value, types) and not isinstance(value, bool) else None


#: Writes what a control for any text can show.
write_any = partial(write_as_text, (int, float, Decimal, datetime.date, datetime.time, uuid.UUID))


def number(kind: type[int] | type[float] | type[Decimal]) -> tuple[Reader, Writer]:
    """Return the reader and the writer of a type of numbers."""
    return partial(read_number, kind), partial(write_number, kind)


def _time_of(match: re.Match[str]) -> datetime.time | None:
    fraction, zone = match["fraction"], (match["zone"] or "").replace("Z", "+00:00")
    text = f"{match['hour']:0>2}:{match['minute']}:{match['second'] or '00'}"
    text += f".{fraction:0<6}" if fraction else ""
    try:
        return datetime.time.fromisoformat(text + (zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"))
    except ValueError:
        return None


def _without_seconds(text: str) -> str:
    """Return a time by ISO 8601 without seconds of zero."""
    return re.sub("^([0-9]{2}:[0-9]{2}):00(?![.])", r"\1", text)

"""The problem that an error of pydantic's own is."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from nofields.check.date import written
from nofields.check.number import as_number
from nofields.errors import Problem, Reason
from nofields.keys import Phrase
from nofields.plurals import COUNTED, PLURALS
from nofields.pydantic_errors.table import (
    EMAIL,
    ERRORS,
    INVALID,
    REQUIRED,
    VALUE_LONG,
    VALUE_SHORT,
    VARIANT,
    WHOLE_NUMBER,
    Entry,
)

#: No number of a rule is as large; Python does not write one of thousands of digits.
_LARGEST = 10**100
#: The longest list of alternatives that a message shows.
_LONGEST_LIST = 300
#: One of pydantic's alternatives, ``'a', 2 or 'c'``, and what separates it from the next.
_ALTERNATIVE = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s'",]+)(?:, | or | \| |$)""", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9][0-9./E+-]*")

#: The parameters of an error that can be shown, by pydantic's names; ``None`` for any other value.
Values = Mapping[str, str | int | float | None]


def problem_of(kind: str, context: Mapping[str, object] | None) -> Problem | None:
    """Return the problem that an error of pydantic is, without what was sent.

    Args:
        kind: The error's ``type``.
        context: The error's ``ctx``. It may hold anything: an error without a parameter of its
            message, or with one that is no number or text, has the problem of any invalid value.

    Returns:
        The problem, or ``None`` for a type that is neither pydantic's nor pydantic-extra-types'.

    >>> problem = problem_of("string_too_short", {"min_length": 2})
    >>> str(problem.key), str(problem.reason), problem.params
    ('ERROR_TEXT_SHORT', 'too_short', {'min': 2, 'count': 2})
    >>> problem.message("en")
    'Enter at least 2 characters.'
    """
    if not issubclass(type(kind), str):
        return None
    kind = str.__str__(kind)
    if (entry := ERRORS.get(kind)) is None:
        return None
    values = _values(context)
    refine = _REFINED.get(kind)
    entry = (refine(entry, values) if refine else None) or entry
    if any(values.get(source) is None for source in entry.params.values()):
        return Problem(INVALID.key, INVALID.reason)
    sources = {**entry.extras, **entry.params}
    params = {name: _shown(source, value) for name, source in sources.items() if (value := values.get(source)) is not None}
    if entry.key in PLURALS and entry.key not in COUNTED:
        params["count"] = next(iter(params.values()))  # the only one, a number
    return Problem(entry.key, entry.reason, {**entry.constants, **params})


def _values(context: Mapping[str, object] | None) -> Values:
    try:
        items = [(name, value) for name, value in (context or {}).items() if type(name) is str and name in _READ]
    except Exception:  # a mapping that raises
        return {}
    return {name: _value(value) for name, value in items}


#: What pydantic makes of a ``Decimal`` that bounds a type of another library.
_DECIMAL = re.compile(r"Decimal\('(-?[0-9]+(?:\.[0-9]+)?)'\)")


def _value(value: object) -> str | int | float | None:
    """Return a number or text as a builtin one."""
    kind = type(value)
    if issubclass(kind, str):
        text = str.__str__(value)
        return _of_decimal(Decimal(found[1])) if (found := _DECIMAL.fullmatch(text)) else text
    if issubclass(kind, int) and kind is not bool:
        number = int.__int__(value)  # type: ignore[arg-type]
        return number if abs(number) < _LARGEST else None
    if type(value) is Decimal:
        return _of_decimal(value)
    if type(value) is Fraction and max(abs(value.numerator), value.denominator) < _LARGEST:
        return value.numerator if value.denominator == 1 else str(value)
    return value if type(value) is float else None


def _of_decimal(value: Decimal) -> int | float | str:
    return as_number(value) if value.is_finite() and abs(value) < _LARGEST else str(value)


def _shown(name: str, value: str | int | float) -> str | int | float:
    """Return a parameter as people read it."""
    if name == "tz_expected" and isinstance(value, int):
        sign, minutes = "-" if value < 0 else "+", abs(value) // 60
        return f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    if not isinstance(value, str):
        return value
    if name == "discriminator":
        return next(iter(_alternatives(value) or [value]))
    if name in ("expected", "expected_tags", "expected_schemes"):
        ending = "://" if name == "expected_schemes" else ""
        texts = [f"{each}{ending}" for each in _alternatives(value)] or [value]
        return _joined(texts)
    return _moment(value)[1] if name in ("gt", "ge", "lt", "le") else value


def _alternatives(text: str) -> list[str]:
    """Split ``'a', 2 or 'c'`` into ``a``, ``2`` and ``c``; return nothing for a text of another form."""
    found: list[str] = []
    end = 0
    while end < len(text):
        match = _ALTERNATIVE.match(text, end)
        if match is None:
            return []
        end = match.end()
        written = match[1]
        with suppress(ValueError, SyntaxError):
            written = literal_eval(written) if written[0] in "'\"" else written
        found.append(written)
    return found


def _joined(texts: list[str]) -> str:
    """Join texts by commas, with an ellipsis in place of those that a message has no room for."""
    text = ", ".join(texts)
    return text if len(text) <= _LONGEST_LIST else f"{text[:_LONGEST_LIST].rpartition(', ')[0] or text[:_LONGEST_LIST]}, …"


def _moment(text: str) -> tuple[str | None, str]:
    """Return ``DATE`` or ``TIME`` for a text of ISO 8601, and the text as it is written in Norway."""
    if "-" not in text and ":" not in text:
        return None, text
    with suppress(ValueError):
        return "DATE", written(date.fromisoformat(text))
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return "TIME", f"{written(moment)} {_clock(moment)}"
    with suppress(ValueError):
        return "TIME", _clock(time.fromisoformat(text))
    return None, text


def _clock(moment: datetime | time) -> str:
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    offset = f"{moment:%z}"
    return f"{clock} {'UTC' if offset == '+0000' else f'{offset[:3]}:{offset[3:5]}'}" if offset else clock


def _short_text(_: Entry, values: Values) -> Entry | None:
    """A text that must have one character is empty."""
    return REQUIRED if values.get("min_length") == 1 else None


def _length(entry: Entry, values: Values) -> Entry | None:
    """What pydantic calls a value, not a list or a set, may be text."""
    if values.get("field_type") != "Value":
        return None
    return VALUE_SHORT if entry.reason == Reason.TOO_FEW else VALUE_LONG


def _decimals(_: Entry, values: Values) -> Entry | None:
    return WHOLE_NUMBER if values.get("decimal_places") == 0 else None


def _email(_: Entry, values: Values) -> Entry | None:
    """``EmailStr`` and ``NameEmail`` have a type in common with every validator, and a reason besides."""
    return EMAIL if "reason" in values and "error" not in values else None


def _tag(_: Entry, values: Values) -> Entry | None:
    """The discriminator of a tagged union is the name of a field, in quotation marks, or of a function."""
    return None if str(values.get("discriminator", "")).startswith(("'", '"')) else VARIANT


#: The sentences for the bounds of dates and times; those of numbers are in the table.
_BOUNDS = {"gt": "AFTER", "ge": "MIN", "lt": "BEFORE", "le": "MAX"}


def _bound(entry: Entry, values: Values) -> Entry | None:
    """A bound that is no number is a date, a time, a length of time or a text."""
    ((param, name),) = entry.params.items()
    value = values.get(name)
    if not isinstance(value, str):
        return None
    moment, _ = _moment(value)
    if moment is None and _NUMBER.fullmatch(value):  # a fraction, or a decimal number with many digits
        return None
    if moment is None:
        return Entry(Phrase.ERROR_VALUE_SMALL if param == "min" else Phrase.ERROR_VALUE_LARGE, entry.reason)
    reason = Reason.TOO_EARLY if param == "min" else Reason.TOO_LATE
    return Entry(Phrase[f"ERROR_{moment}_{_BOUNDS[name]}"], reason, entry.params)


#: Types whose entry depends on the parameters.
_REFINED: Mapping[str, Callable[[Entry, Values], Entry | None]] = {
    "string_too_short": _short_text,
    "bytes_too_short": _short_text,
    "too_short": _length,
    "too_long": _length,
    "decimal_max_places": _decimals,
    "value_error": _email,
    "union_tag_invalid": _tag,
    "union_tag_not_found": _tag,
    "greater_than": _bound,
    "greater_than_equal": _bound,
    "less_than": _bound,
    "less_than_equal": _bound,
}
#: The parameters that are read at all.
_READ = {name for entry in ERRORS.values() for name in (*entry.params.values(), *entry.extras.values())}
_READ |= {"field_type", "reason", "error"}

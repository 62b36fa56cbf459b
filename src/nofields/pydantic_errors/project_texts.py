"""The text that a project wrote for an error of its own, with numbers and secrets masked."""

from __future__ import annotations

import re
import typing
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from nofields.errors import MASK
from nofields.keys import Key, Phrase
from nofields.locations import AnyIdentityNumber, contains_identity_number
from nofields.pydantic_errors.table import ERRORS
from nofields.rules import LONGEST_LINE

#: The most characters of a text that are shown.
LONGEST = 500
#: The most characters of a text that are read. What begins in the shown part is recognised by as
#: many characters as are read beyond it.
_READ = 2 * LONGEST
_RECOGNISED = _READ - LONGEST
#: Shorter texts and numbers are not masked: a text without its single letters is a riddle.
_SHORTEST = 4
_DIGITS = 11
_ELLIPSIS = "…"

_GROUP = re.compile(r"\d+")
#: What may stand between two groups of one number.
_SEPARATOR = re.compile(r"[\W_]{1,3}")
#: How a national identity number is divided into groups by those who mistype it.
_BIRTH_DATE_FIRST = [6, 5]

Span = tuple[int, int]


class _Group(NamedTuple):
    """Consecutive digits, as ASCII digits, and where they are in the text."""

    digits: str
    start: int
    end: int


def project_text(detail: Mapping[str, object], rejected: Sequence[str] = (), *, secrets: Sequence[str] = ()) -> str | None:
    """Return the text of an error that the project itself raised.

    That is the text of a ``ValueError`` or ``AssertionError`` (of no subclass, which may quote its
    input, as ``JSONDecodeError`` does), or the message of a ``PydanticCustomError`` whose type is
    neither pydantic's nor nofields'. It is at most 500 characters long; a longer one ends in "…".

    ``***`` replaces each number in it that is a national identity number or has the digits of what
    was rejected, with or without separators, and each secret. What the text derives from a secret
    otherwise, such as its length or its first letter, cannot be masked.

    Args:
        detail: An entry of pydantic's ``errors()``.
        rejected: The rejected input and its clean form. Fewer than four digits are not masked.
        secrets: The same of a secret field. Fewer than four characters are not masked.

    Returns:
        The text, or ``None`` if the error is not the project's own or has no text.

    >>> project_text({"type": "value_error", "ctx": {"error": ValueError("Kunde 974 760 673 er sperret")}}, ["974760673"])
    'Kunde *** er sperret'
    """
    text = _written(detail)
    return masked(text, rejected, secrets=secrets) if text is not None and text.strip() else None


def masked(text: str, rejected: Sequence[str] = (), *, secrets: Sequence[str] = ()) -> str:
    """Return a text of the project with numbers and secrets masked, as :func:`project_text` does."""
    read = text[:_READ]
    hidden = _texts(secrets)
    numbers = {number for each in (*_texts(rejected), *hidden) for number in _numbers(each)}
    spans = [*_secret_spans(read, hidden)]
    for run in _runs(read):
        spans += [*_identity_spans(run), *_spans_of(numbers, run)]
    return _masked(text, spans)


def _written(detail: Mapping[str, object]) -> str | None:
    """Return the text as the project wrote it."""
    try:
        kind, context = detail.get("type"), detail.get("ctx")
        raised = context.get("error") if isinstance(context, Mapping) else None
        if kind in ("value_error", "assertion_error"):
            wanted = ValueError if kind == "value_error" else AssertionError
            args = raised.args if type(raised) is wanted else ()
            text = args[0] if len(args) == 1 else None
        else:
            text = detail.get("msg") if isinstance(kind, str) and not _is_known(kind) else None
    except Exception:  # a mapping or an argument whose methods raise
        return None
    return str.__str__(text) if issubclass(type(text), str) else None


def _is_known(kind: str) -> bool:
    return kind in ERRORS or kind in Key.__members__ or kind in Phrase.__members__ or kind in _types_of_pydantic()


@cache
def _types_of_pydantic() -> frozenset[str]:
    """The types of the installed pydantic, which may be newer than the table."""
    from pydantic_core.core_schema import ErrorType

    return frozenset(typing.get_args(ErrorType))


def _texts(values: Sequence[str]) -> list[str]:
    """Return as much of each text as is searched for, as plain ``str``."""
    return [str.__str__(each)[:_READ] for each in values if issubclass(type(each), str)]


def _numbers(text: str) -> Iterator[str]:
    """Yield the digits of each run in a text, and all of them together."""
    runs = ["".join(group.digits for group in run) for run in _runs(text)]
    return (number for number in (*runs, "".join(runs)) if len(number) >= _SHORTEST)


def _runs(text: str) -> Iterator[list[_Group]]:
    """Yield the groups of digits in a text, those together between which only separators stand."""
    run: list[_Group] = []
    for match in _GROUP.finditer(text):
        if run and not _SEPARATOR.fullmatch(text, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Group("".join(str(unicodedata.decimal(digit)) for digit in match[0]), *match.span()))
    if run:
        yield run


def _stretches(run: list[_Group], length: int) -> Iterator[list[_Group]]:
    """Yield the consecutive groups of a run that have so many digits together."""
    first = count = 0
    for last, group in enumerate(run):
        count += len(group.digits)
        while count > length:
            count -= len(run[first].digits)
            first += 1
        if count == length:
            yield run[first : last + 1]


def _identity_spans(run: list[_Group]) -> Iterator[Span]:
    """Yield where national identity numbers are: inside one group, or several groups together.

    A wrong check digit does not matter, unless the groups are of other lengths than those in which
    the number is written: dates and amounts beside each other would be taken for numbers.
    """
    for group in run:
        if len(group.digits) >= _DIGITS and any(map(contains_identity_number, _pieces(group.digits))):
            yield group.start, group.end
    for stretch in _stretches(run, _DIGITS):
        digits = "".join(group.digits for group in stretch)
        usual = [len(group.digits) for group in stretch] == _BIRTH_DATE_FIRST
        if contains_identity_number(digits) if usual else AnyIdentityNumber.is_valid(digits):
            yield stretch[0].start, stretch[-1].end


def _pieces(digits: str) -> Iterator[str]:
    """Divide digits into overlapping pieces as short as the rule reads."""
    step = LONGEST_LINE - _DIGITS + 1
    return (digits[start : start + LONGEST_LINE] for start in range(0, len(digits), step))


def _spans_of(numbers: Iterable[str], run: list[_Group]) -> Iterator[Span]:
    """Yield where the digits of numbers are: inside one group, or several groups together."""
    for number in numbers:
        start = number[:_RECOGNISED]
        yield from ((group.start, group.end) for group in run if start in group.digits)
        for stretch in _stretches(run, len(number)):
            if "".join(group.digits for group in stretch) == number:
                yield stretch[0].start, stretch[-1].end


def _secret_spans(text: str, secrets: Iterable[str]) -> Iterator[Span]:
    for secret in secrets:
        for form in {secret, repr(secret)[1:-1]}:
            start = text.find(form[:_RECOGNISED]) if len(form) >= _SHORTEST else -1
            while start >= 0:
                yield start, start + len(form)
                start = text.find(form[:_RECOGNISED], start + 1)


def _masked(text: str, spans: Iterable[Span]) -> str:
    """Replace spans by the mask, overlapping ones by one mask, and shorten the text."""
    parts: list[str] = []
    end = 0
    for start, stop in sorted(spans):
        if start < LONGEST and stop > end:
            parts += [text[end:start], MASK] if start >= end else []
            end = stop
    parts.append(text[end:LONGEST])
    shortened = max(end, LONGEST) < len(text)
    return "".join(parts) + (_ELLIPSIS if shortened else "")

"""Dates over a column, by their shapes: texts with every digit replaced by 0.

Few shapes occur in a column. A pattern that treats all digits alike matches every text of a shape or none of them, so the
scalar check is asked once for each shape where day, month and year stand. The extension reads the digits of every row. Texts
of a shape that another pattern may match are checked by distinct value.
"""

from __future__ import annotations

import datetime
import re
from calendar import isleap, monthrange
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from nofields.characters import BLANK, INVISIBLE
from nofields.check.base import without
from nofields.check.date import GROUPS, DateCheck
from nofields.check.native import extension, native
from nofields.check.patterns import replaced_atoms
from nofields.columns.kernel import RIGHT, VIEW, WIDTHS, Array, Classified, Kernel, arrow_buffers
from nofields.columns.plain import PlainKernel
from nofields.errors import Problem, Reason

#: So many rows share their shapes, which are forgotten afterwards: whatever stands in place of a date must not be kept.
_ROWS = 1 << 18
#: So many shapes are described; rows of others are checked by distinct value. Half of the slots stay unused.
_DESCRIBED, _SLOTS = 256, 512
#: As in dates.c. A window of four bytes shows a group.
_WINDOW, _UNREAD = 4, 253
_GROUP = np.dtype([("mask", "u4"), ("place", "u1"), ("shift", "u1"), ("unused", "u1", 2)])
_SHAPE = np.dtype([("text", "u8", 2), *((name, _GROUP) for name in GROUPS), ("code", "u1"), ("unused", "u1", 7)])
_COMMON, _LEAP, _NONE, _KINDS = 0, 1, 2, 4

#: The parts of a pattern that treats all digits alike: a set holds all of them or none, a literal is none.
_ESCAPED = r"\\[^0-9A-Za-z]|\\[dDsSwW]"
_SET = rf"\[\^?(?:0-9|{_ESCAPED}|[^]\\[0-9^-])+-?\]"
_LITERAL = r"[^]\\[{}()^$|?*+0-9]"
_BRACKET = r"\((?:\?:|\?P<\w+>|(?!\?))|\||\)"
_TIMES = r"\{[0-9]+(?:,[0-9]*)?\}|[?*+]"
_ALIKE = re.compile(f"(?:{_BRACKET}|{_SET}|{_ESCAPED}|{_LITERAL}|{_TIMES})*")


def date_kernel(check: DateCheck) -> Kernel:
    """Return the kernel of dates without limits: by their shapes, or by distinct value without the extension."""
    shapes = [_of_shapes(pattern) for pattern in check.patterns] if native else [None]
    if None in shapes:
        return PlainKernel(check, _problems(check))
    return DateKernel(check, [shape for shape in shapes if shape])


def _problems(check: DateCheck) -> list[Problem]:
    """Return the problems that a text may have, besides those of limits."""
    return [check.required, check.problem(Reason.FORMAT), check.problem(Reason.DATE)]


def _of_shapes(pattern: str) -> tuple[re.Pattern[str], bool] | None:
    """Return a pattern that treats all digits alike, and whether it is the given one or matches some texts more.

    ``None`` for a pattern of which it is too hard to say.
    """
    if treats_digits_alike(pattern):
        return re.compile(pattern), True
    wider = replaced_atoms(pattern, lambda atom: atom if treats_digits_alike(atom) else f"(?:[0-9]|{atom})")
    return None if wider is None else (re.compile(wider), False)


def treats_digits_alike(pattern: str) -> bool:
    """Return whether it is certain that changing digits of a text cannot change whether a regular expression matches it.

    >>> treats_digits_alike("[0-9]{1,2}[.] ?[0-9]{4}")
    True
    >>> treats_digits_alike("[0-3]?[0-9]"), treats_digits_alike("(?P<day>[0-9]+)-(?P=day)")
    (False, False)
    """
    return _ALIKE.fullmatch(pattern) is not None


class DateKernel(Kernel):
    """Texts -> dates."""

    def __init__(self, check: DateCheck, patterns: list[tuple[re.Pattern[str], bool]]) -> None:
        self.problems = _problems(check)
        self._check, self._patterns, self._plain = check, patterns, PlainKernel(check, self.problems)

    def classify(self, array: pa.Array) -> Classified:
        codes, days = np.empty(len(array), np.uint8), np.zeros(len(array), np.int32)
        for start in range(0, len(array), _ROWS):
            rows = slice(start, start + _ROWS)
            self._read(array[rows], codes[rows], days[rows])

        def clean() -> pa.Array:
            missing = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
            return pa.array(days, mask=missing).view(pa.date32())

        return Classified(codes, clean)

    def _read(self, array: pa.Array, codes: Array, days: Array) -> None:
        """Write the code and the date of every row, the latter as days from 1970-01-01."""
        shapes: Array = np.zeros(_SLOTS, _SHAPE)
        own = (codes, days, shapes.view(np.uint8), _calendar())
        buffers = (*own, *arrow_buffers(array))
        wrong, count, row = self.problems.index(self._check.problem(Reason.DATE)), len(array), 0
        for room in range(_DESCRIBED, -1, -1):
            row, slot = extension.dates(WIDTHS[array.type], array.offset, count, buffers, row, room, wrong)
            if row == count:
                break
            self._describe(shapes[slot])
        unread = np.flatnonzero(codes == _UNREAD)
        if len(unread):
            found = self._plain.classify(_only(array, unread))
            codes[unread], days[unread] = found.codes, found.clean().view(pa.int32()).fill_null(0)

    def _describe(self, shape: Any) -> None:
        """Enter where the groups of a new shape stand, or the code of all its texts."""
        *padded, size = shape["text"].astype("<u8").tobytes()
        text = bytes(padded[: size - 1]).decode()
        stripped = text.strip(BLANK)
        if without(INVISIBLE, stripped) != stripped or not self._is_alike(stripped):
            shape["code"] = _UNREAD
            return
        found = self._check.clean(text)
        if isinstance(found, Problem) and found.reason is not Reason.DATE:
            shape["code"] = self.problems.index(found)
            return
        groups = _groups(text, self._check.match(text))
        shape["code"] = RIGHT if groups else _UNREAD
        for name, group in groups.items():
            shape[name] = group

    def _is_alike(self, shape: str) -> bool:
        """Return whether the same pattern, or none, matches all texts of a shape."""
        return next((alike for pattern, alike in self._patterns if pattern.fullmatch(shape)), True)


def _groups(text: str, match: re.Match[str] | None) -> dict[str, tuple[int, int, int, int]]:
    """Return where day, month and year stand in a shape; nothing unless all are one to four digits."""
    found = {}
    size, before = len(text.encode()), len(text) - len(text.lstrip(BLANK))
    for name in GROUPS:
        digits = match[name] if match else ""
        if not match or size < _WINDOW or not 0 < len(digits) <= _WINDOW or digits.strip("0"):
            return {}
        start = len(text[: before + match.start(name)].encode())
        place = min(start, size - _WINDOW)
        first, behind = start - place, _WINDOW - (start - place) - len(digits)
        mask = int.from_bytes(bytes(first) + b"\x0f" * len(digits) + bytes(behind), "little")
        found[name] = mask, place, 8 * behind, 0
    return found


@cache
def _calendar() -> Array:
    """Return, as in dates.c, the first day and the kind of each year, and the days of each kind of year."""
    epoch = datetime.date(1970, 1, 1).toordinal()
    firsts = [datetime.date(year, 1, 1).toordinal() - epoch for year in range(1, 10_000)]
    kinds = [_LEAP if isleap(year) else _COMMON for year in range(1, 10_000)]
    years = [_NONE, *(_KINDS * first + kind for first, kind in zip(firsts, kinds))]
    days = np.full((_KINDS, 16, 32), -1, np.int32)
    for kind, year in ((_COMMON, 2001), (_LEAP, 2000)):
        before = 0
        for month in range(1, 13):
            length = monthrange(year, month)[1]
            days[kind, month, 1 : length + 1] = range(before, before + length)
            before += length
    return np.concatenate([np.array(years, np.int32), days.ravel()])


def _only(array: pa.Array, rows: Array) -> pa.Array:
    """Return some rows of an array, none of them null."""
    if not pa.types.is_string_view(array.type):
        return array.take(pa.array(rows))
    _, views, *data = array.buffers()  # Arrow cannot take from views
    kept = np.frombuffer(views, VIEW, len(array), array.offset * VIEW.itemsize)[rows]
    return pa.Array.from_buffers(array.type, len(rows), [None, pa.py_buffer(kept), *data])

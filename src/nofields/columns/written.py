"""Finds the digits in texts as people write them, and has them judged.

Rows that are digits and nothing else are judged at once. The others are looked at byte by byte, in windows of sixteen.
What does not fit into one, or has characters outside ASCII, is first rid of its white space; what is still strange then
is left to the scalar check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check import Check
from nofields.check.base import REQUIRED, without
from nofields.check.digits import groups, visible_separators
from nofields.columns.found import RIGHT, Array, Found, Kernel, as_numbers, replaced, wide
from nofields.columns.judge import CodeOf, Judge
from nofields.columns.plain import PlainKernel
from nofields.columns.texts import WINDOW, WORD, Block, Texts, side_by_side, texts_of, windows_at
from nofields.columns.weights import places
from nofields.errors import Reason
from nofields.rules import DECIMAL_SIGNS, LONGEST_INPUT, WHITE_SPACE, DigitRule

#: In the order in which they are looked for: of two, the first is told.
_REASONS = (
    Reason.REQUIRED,
    Reason.CHARACTERS,
    Reason.LENGTH,
    Reason.SERIES,
    Reason.DATE,
    Reason.CHECK_DIGIT,
    Reason.SYNTHETIC,
    Reason.REAL,
    Reason.NOT_MOBILE,
    Reason.UNASSIGNED,
    Reason.NUMBER,
)
_REQUIRED, _CHARACTERS, _LENGTH = map(np.uint8, range(3))
_NUMBER = np.uint8(_REASONS.index(Reason.NUMBER))
#: A number with decimals or an exponent has one of these signs.
_SIGNS_OF_NUMBERS = tuple(np.frombuffer(signs.encode(), np.uint8) for signs in (DECIMAL_SIGNS, "eE"))
#: Stands for a code as long as a row is to be looked at again.
_STRANGE = np.uint8(254)
#: So many rows are gathered for a second look: fewer are not worth the calls, more do not fit in the cache.
_ENOUGH = 1 << 14

_ZERO, _NINE, _PLUS = (np.uint8(ord(character)) for character in "09+")
_ALL_ZEROS, _TO_HIGH = np.uint64(0x3030303030303030), np.uint64(0x7676767676767676)
_HIGH, _ONES, _TOP = np.uint64(0x8080808080808080), np.uint64(0x0101010101010101), np.uint64(56)
#: For every length, the bytes of a window that a text of that length has.
_INSIDE = np.array([[255] * length + [0] * (WINDOW - length) for length in range(WINDOW + 1)], np.uint8).ravel()


class Form(NamedTuple):
    """A way to write a number: so many digits, the first of them ``prefix``, and a plus in front or not."""

    digits: int
    prefix: str = ""
    plus: bool = False


class Repairs(NamedTuple):
    """Rows that are right but not written in the clean form, and their clean values."""

    rows: Array
    values: pa.Array


class WrittenKernel(Kernel):
    """Texts -> digits in one of some forms, with separators around and between."""

    def __init__(self, check: Check, judge: Callable[[CodeOf], Judge], forms: tuple[Form, ...]) -> None:
        self.problems = [REQUIRED, *(check.problem(reason) for reason in _REASONS[1:])]
        self._judge = judge(_REASONS.index)
        self._places = places(self._judge.digits)
        self._high = np.uint64(int(_HIGH) & ((1 << 8 * self._judge.digits) - 1))
        self._forms = forms
        grouped = isinstance(check.rule, DigitRule)
        visible = visible_separators(check.rule) if grouped else without(WHITE_SPACE, check.rule.separators)
        separators = "".join(each for each in WHITE_SPACE if each in check.rule.separators) + visible
        self._separators = [np.uint8(ord(each)) for each in separators if each.isascii()]
        self._white_space = "".join(each for each in WHITE_SPACE if each in separators)
        #: What may be written as a blank; where a blank is no separator, the scalar check has the word.
        self._other_separators = [each for each in self._white_space if not each.isascii()] if " " in separators else []
        self._visible = np.array([ord(each) for each in visible if each.isascii()], np.uint8)
        #: Where separators stand in the written form, if visible ones may stand nowhere else.
        self._between: Array = np.cumsum([n + 1 for n in groups(check.rule)[:-1]]) - 1 if grouped and visible else []
        self._plain = PlainKernel(check, self.problems)

    def look(self, array: pa.Array) -> Found:
        texts, codes = texts_of(array), np.empty(len(array), np.uint8)
        null = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
        repairs: list[Repairs] = []
        waiting: list[Array] = []
        for block in texts.blocks(self._judge.digits):
            codes[block.start : block.stop] = self._judge.codes(block)
            others = self._not_digits(block)
            if others is not None:
                rows = np.flatnonzero(others if null is None else others & ~null[block.start : block.stop])
                waiting += [rows + block.start] if len(rows) else []
            if waiting and (block.stop == len(array) or sum(map(len, waiting)) > _ENOUGH):
                repairs += self._second_look(texts, np.concatenate(waiting), codes)
                waiting = []
        strange = np.flatnonzero(codes == _STRANGE)
        if len(strange):
            repairs += self._third_look(array, strange, codes)
        return Found(codes, lambda: _repaired(array, repairs))

    def _not_digits(self, block: Block) -> Array | None:
        """Whether a row is anything but so many digits; ``None`` where none is."""
        if block.dense and block.memory.min() >= _ZERO and block.memory.max() <= _NINE:
            return None
        signs = np.uint64(0)
        for place in self._places:
            digits = block.words(place) ^ _ALL_ZEROS  # below ten where a byte is a digit
            signs = (digits + _TO_HIGH) | digits | signs
        if block.fits is None and not np.bitwise_or.reduce(signs) & self._high:
            return None
        others = (signs & self._high) != 0
        return others if block.fits is None else np.logical_or(others, ~block.fits, out=others)

    def _second_look(self, texts: Texts, rows: Array, codes: Array) -> list[Repairs]:
        """Gives some rows their codes by the characters that they have."""
        windows, lengths = texts.windows(rows)
        windows = (windows.view(WORD) & windows_at(_INSIDE, np.minimum(lengths, WINDOW) * WINDOW).view(WORD)).view(np.uint8)
        is_digit = windows - _ZERO <= _NINE - _ZERO
        is_separator = _any_equal(windows, self._separators)
        digits, first = _count(is_digit), windows[::WINDOW]
        others = lengths - digits - _count(is_separator)
        found = np.where(others != 0, _CHARACTERS, np.where(digits == 0, _STRANGE, _LENGTH))
        unseen = (
            (lengths > texts.longest) | _outside_ascii(windows) | self._doubtful(windows, lengths, digits, others, is_separator)
        )
        found[unseen] = _STRANGE
        if len(self._forms) > 1:  # what begins with a plus or with zeros may be a foreign number
            found[first <= _ZERO] = _STRANGE
        found[lengths == 0] = _REQUIRED
        digits[unseen], repairs = 0, []
        for form in self._forms:
            fits = (others == 1) & (first == _PLUS) if form.plus else others == 0
            written = np.flatnonzero(fits & (digits == form.digits))
            if len(written):
                starts = written * WINDOW
                clean = np.compress(windows_at(is_digit.view(np.uint8), starts), windows_at(windows, starts))
                repairs.append(self._judged(clean.reshape(-1, form.digits), form.prefix, written, found))
        codes[rows] = found
        return [Repairs(rows[repair.rows], repair.values) for repair in repairs]

    def _doubtful(self, windows: Array, lengths: Array, digits: Array, others: Array, is_separator: Array) -> Array:
        """Whether a row may be a number with decimals or an exponent, or has separators where they must not stand."""
        misplaced = self._misplaced(windows, lengths, is_separator)
        rows = np.flatnonzero((others != 0) | misplaced)
        part = windows.reshape(-1, WINDOW)[rows].ravel()
        has_one_sign = [_count(_any_equal(part, signs)) == 1 for signs in _SIGNS_OF_NUMBERS]
        doubtful = misplaced & (others == 0) & (digits == self._judge.digits)
        doubtful[rows] |= np.logical_or(*has_one_sign) & (digits[rows] > 0)
        return doubtful

    def _misplaced(self, windows: Array, lengths: Array, is_separator: Array) -> Array:
        """Whether a row has visible separators, and is not in the written form."""
        if not len(self._visible):
            return np.zeros(len(lengths), bool)
        written = lengths == self._judge.digits + len(self._between)
        for place in self._between:
            written &= is_separator[place::WINDOW]
        return (_count(_any_equal(windows, self._visible)) != 0) & ~(written & bool(len(self._between)))

    def _judged(self, digits: Array, prefix: str, rows: Array, codes: Array) -> Repairs:
        """Gives rows their codes by their digits, if those begin with the prefix; says which are right."""
        if prefix:
            fits = (digits[:, : len(prefix)] == np.frombuffer(prefix.encode(), np.uint8)).all(axis=1)
            digits, rows = digits[fits, len(prefix) :], rows[fits]
        memory = np.ascontiguousarray(digits).ravel()
        found = self._judge.codes(Block(0, len(rows), memory, self._judge.digits))
        codes[rows] = found
        right = found == RIGHT
        if not right.all():
            digits, rows = digits[right], rows[right]
        return Repairs(rows, side_by_side(digits))

    def _third_look(self, array: pa.Array, rows: Array, codes: Array) -> list[Repairs]:
        """Gives the strange rows their codes: without the white space that is in the way or, at last, one by one."""
        texts = wide(array).take(pa.array(rows))
        long = pc.greater(pc.utf8_length(texts), LONGEST_INPUT).to_numpy(zero_copy_only=False)
        codes[rows[long]] = _LENGTH
        rows, texts = rows[~long], texts.filter(pa.array(~long))
        as_number = as_numbers(texts)
        codes[rows[as_number]] = _NUMBER
        rows, texts = rows[~as_number], texts.filter(pa.array(~as_number))
        tidy = pc.utf8_trim(texts, self._white_space) if self._white_space else texts
        for separator in self._other_separators:
            tidy = pc.replace_substring(tidy, separator, " ")
        found = np.empty(len(rows), np.uint8)
        repairs = self._second_look(texts_of(tidy), np.arange(len(rows)), found)
        left = np.flatnonzero(found == _STRANGE)
        plain = self._plain.look(texts.take(pa.array(left)))
        found[left] = plain.codes
        codes[rows] = found
        right = plain.codes == RIGHT
        repairs.append(Repairs(left[right], plain.clean().filter(pa.array(right))))
        return [Repairs(rows[repair.rows], repair.values) for repair in repairs]


def _any_equal(windows: Array, characters: Iterable[Any]) -> Array:
    """Whether each byte is one of some characters."""
    found = np.zeros(len(windows), bool)
    for each in characters:
        found |= windows == each
    return found


def _count(flags: Array) -> Array:
    """How many of each window's sixteen flags are set."""
    halves = (flags.view(WORD) * _ONES) >> _TOP
    return (halves[::2] + halves[1::2]).view(np.int64)


def _outside_ascii(windows: Array) -> Array:
    """Whether a window has a byte above 127."""
    high = windows.view(WORD) & _HIGH
    return (high[::2] | high[1::2]) != 0


def _repaired(array: pa.Array, repairs: list[Repairs]) -> pa.Array:
    if not any(len(repair.rows) for repair in repairs):
        return array
    rows = np.concatenate([repair.rows for repair in repairs])
    values = pa.concat_arrays([repair.values.cast(pa.large_utf8()) for repair in repairs])
    order = np.argsort(rows)
    return replaced(array, rows[order], values.take(pa.array(order)))

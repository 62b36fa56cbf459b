"""Judges references, two characters at a time and from the right, whatever their lengths.

A text is seen through windows of sixteen bytes that end where it ends, so that a pair of places from the right is a pair of
places in a window. A table for each says what two characters add to an index, and the index points at the verdict. In it
every sum has an axis. What is no reference so far is looked at once more without its separators.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check import Check
from nofields.check.base import REQUIRED, any_of
from nofields.check.reference import additions
from nofields.columns.found import RIGHT, Array, Found, Kernel, as_numbers, replaced, wide
from nofields.columns.plain import PlainKernel
from nofields.columns.texts import BLOCK, WINDOW, lengths_between, offsets_and_data, windows_at
from nofields.errors import Reason
from nofields.rules import DIGITS, LONGEST_INPUT, CyclicSum, ReferenceRule

#: So many windows are looked through; what is longer is left to the scalar check.
_WINDOWS = 2
_PLACES, _PAIRS = _WINDOWS * WINDOW, WINDOW // 2
#: Stands in front of a text, and in no text: UTF-8 has no such byte.
_BLANK = "\xff"
_REASONS = (Reason.LENGTH, Reason.SERIES, Reason.CHECK_DIGIT, Reason.CHARACTERS, Reason.NUMBER, Reason.REQUIRED)
_LENGTH, _SERIES, _CHECK_DIGIT, _CHARACTERS, _NUMBER, _REQUIRED = map(np.uint8, range(len(_REASONS)))
#: Stands for a code as long as a row is to be looked at again: characters that are not right, or not seen.
_STRANGE, _UNSEEN = np.uint8(253), np.uint8(254)
#: For every length, what is laid over a window so that it shows blanks in front of the text.
_OUTSIDE = np.array([[255] * (WINDOW - length) + [0] * length for length in range(WINDOW + 1)], np.uint8).ravel()


class _Axis(NamedTuple):
    """A sum in the index: its additions place by place, where its axis begins, and what lies behind every total."""

    cyclic: CyclicSum
    rows: tuple[dict[str, int], ...]
    stride: int
    dead: int

    def part(self, place: int, left: str, right: str) -> int:
        """What two characters add to the index: 0 for zeros alone, and more than any total where they cannot stand."""
        if right != _BLANK and right not in self.rows[place]:
            return self.dead * self.stride
        total = self.rows[place].get(right, 0) + self.rows[place + 1].get(left, 0)
        return ((total - 1) % self.cyclic.modulus + 1) * self.stride if total else 0


class ReferenceKernel(Kernel):
    """Texts -> digits, and at the end what a sum writes for ten."""

    def __init__(self, check: Check) -> None:
        rule: ReferenceRule = check.rule
        self.problems = [*(check.problem(reason) for reason in _REASONS[:-1]), REQUIRED]
        self._rule, self._plain = rule, PlainKernel(check, self.problems)
        self._separators = any_of(rule.separators, "+")
        axes: list[_Axis] = []
        size = 1
        for cyclic in rule.sums:
            dead = cyclic.modulus * _PLACES // 2 + 1
            axes.append(_Axis(cyclic, additions(cyclic, _PLACES), size, dead))
            size *= 2 * dead
        self._verdicts = _verdicts(axes, size)
        made: dict[object, Array] = {}
        self._tables = [_table(axes, place, size, made) for place in range(0, _PLACES, 2)]

    def look(self, array: pa.Array) -> Found:
        codes, strange = np.empty(len(array), np.uint8), []
        for start in range(0, len(array), BLOCK):
            part = wide(array.slice(start, BLOCK))
            found = codes[start : start + len(part)] = self._codes(part)
            odd = ((found == _STRANGE) | (found == _UNSEEN)) & part.is_valid().to_numpy(zero_copy_only=False)
            if odd.any():
                strange.append((np.flatnonzero(odd) + start, part.filter(pa.array(odd))))
        if not strange:
            return Found(codes, lambda: array)
        rows, texts = np.concatenate([rows for rows, _ in strange]), pa.concat_arrays([texts for _, texts in strange])
        tidy = pc.replace_substring_regex(texts, self._separators, "") if self._separators else texts
        codes[rows] = again = self._second_look(texts, tidy)
        right = again == RIGHT
        return Found(codes, lambda: replaced(array, rows[right], tidy.filter(pa.array(right))) if right.any() else array)

    def _second_look(self, texts: pa.Array, tidy: pa.Array) -> Array:
        """The codes of texts that are no references as they stand, by what they are without separators."""
        parts = [tidy.slice(start, BLOCK) for start in range(0, len(tidy), BLOCK)]
        found = np.concatenate([self._codes(part) for part in parts])
        found[found == _STRANGE] = _CHARACTERS
        found[np.asarray(pc.binary_length(tidy)) == 0] = _REQUIRED
        found[as_numbers(texts)] = _NUMBER
        found[np.asarray(pc.utf8_length(texts)) > LONGEST_INPUT] = _LENGTH
        unseen = np.flatnonzero(found == _UNSEEN)
        found[unseen] = self._plain.look(texts.take(pa.array(unseen))).codes
        return found

    def _codes(self, array: pa.Array) -> Array:
        """The code of every text that is a reference as it stands, right or wrong; of the others that they are none."""
        offsets, data = offsets_and_data(array)
        padded = np.concatenate([np.zeros(_PLACES, np.uint8), data[offsets[0] : offsets[-1]]])
        lengths, stops = lengths_between(offsets), offsets[1:].astype(np.int64) + (_PLACES - offsets[0])
        codes = self._verdicts.take(self._indices(padded, stops, lengths), mode="clip")
        codes[(codes != _STRANGE) & ((lengths < self._rule.min) | (lengths > self._rule.max))] = _LENGTH
        codes[lengths == 0] = _STRANGE
        codes[lengths > _PLACES] = _UNSEEN
        return codes

    def _indices(self, memory: Array, stops: Array, lengths: Array) -> Array:
        """Where the verdict on each text stands: what its pairs of characters add up to."""
        index = np.zeros(len(lengths), np.intp)
        pairs = -(-min(int(lengths.max()), _PLACES) // 2)
        for first in range(0, pairs, _PAIRS):
            inside = np.clip(lengths - 2 * first, 0, WINDOW)
            windows = windows_at(memory, stops - (2 * first + WINDOW)) | windows_at(_OUTSIDE, inside * WINDOW)
            columns = windows.view(np.dtype("<u2")).reshape(-1, _PAIRS)
            for table, place in zip(self._tables[first:pairs], range(_PAIRS - 1, -1, -1)):
                index += table.take(columns[:, place])
        return index


def _verdicts(axes: list[_Axis], size: int) -> Array:
    """The code of every index; behind them, that of the strange."""
    index = np.arange(size)
    right = np.zeros(size, bool)
    for axis in axes:
        total = index // axis.stride % (2 * axis.dead)
        right |= (total % axis.cyclic.modulus == 0) & (total < axis.dead)
    codes = np.where(right, np.uint8(RIGHT), _CHECK_DIGIT)
    codes[0] = _SERIES
    return np.append(codes, _STRANGE)


def _table(axes: list[_Axis], place: int, outside: int, made: dict[object, Array]) -> Array:
    """What each pair of characters adds to the index, the right one at a place from the right; made once for equal pairs."""
    rights = {_BLANK, *(character for axis in axes for character in axis.rows[place])}
    pairs = [(left, right) for right in rights for left in (_BLANK, *DIGITS) if right != _BLANK or left == _BLANK]
    parts = {pair: sum(axis.part(place, *pair) for axis in axes) for pair in sorted(pairs)}
    key = tuple(parts.items())
    if key not in made:
        table = np.full(1 << 16, outside, np.intp)
        for (left, right), part in parts.items():
            table[int.from_bytes((left + right).encode("latin-1"), "little")] = part
        made[key] = table
    return made[key]

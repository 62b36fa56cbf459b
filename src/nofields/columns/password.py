"""Passwords over a column, by Arrow's regular expressions: no password becomes a Python text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.base import REQUIRED
from nofields.check.password import PasswordCheck, is_class
from nofields.columns.found import RIGHT, Array, Found, Kernel, wide
from nofields.keys import Phrase
from nofields.rules import WHITE_SPACE, PasswordRule

#: So many rows are checked together.
_ROWS = 1 << 18
#: Most requirements: each combination of unmet ones has a code.
_MOST = 6


def can_check(rule: PasswordRule) -> bool:
    """Return whether RE2 reads the requirements as ``re`` does, and their combinations fit into the codes."""
    return len(rule.requirements) <= _MOST and all(is_class(each.pattern) for each in rule.requirements)


class PasswordKernel(Kernel):
    """Texts -> the same texts."""

    def __init__(self, check: PasswordCheck) -> None:
        self._rule = check.rule
        self.problems = [REQUIRED, check.too_long()]
        phrases = [Phrase.PASSWORD_MIN_LENGTH, *(each.phrase for each in self._rule.requirements)]
        #: The code of each combination of unmet requirements; the length is bit 0.
        self._codes = np.array([self._code(check, phrases, bits) for bits in range(1 << len(phrases))], np.uint8)

    def _code(self, check: PasswordCheck, phrases: list[Phrase], bits: int) -> int:
        unmet = tuple(phrase for place, phrase in enumerate(phrases) if bits >> place & 1)
        if not unmet:
            return RIGHT
        self.problems.append(check.unmet(unmet))
        return len(self.problems) - 1

    def look(self, array: pa.Array) -> Found:
        texts = wide(array)
        texts.validate(full=True)  # UTF-8 too, which Arrow's functions take for granted
        parts = [self._codes_of(texts.slice(start, _ROWS)) for start in range(0, len(texts), _ROWS)]
        return Found(np.concatenate([np.zeros(0, np.uint8), *parts]), lambda: array)

    def _codes_of(self, texts: pa.Array) -> Array:
        lengths = pc.utf8_length(texts)
        unmet = _flags(pc.less(lengths, self._rule.min)).astype(np.uint8)
        for place, each in enumerate(self._rule.requirements, 1):
            found = _flags(pc.match_substring_regex(texts, each.pattern))
            unmet |= (found == each.absent).astype(np.uint8) << place
        codes = self._codes.take(unmet)
        codes[_flags(pc.equal(pc.binary_length(pc.utf8_trim(texts, WHITE_SPACE)), 0))] = 0
        codes[_flags(pc.greater(lengths, self._rule.max))] = 1
        return codes


def _flags(array: pa.BooleanArray) -> Array:
    return array.fill_null(False).to_numpy(zero_copy_only=False)

"""Decimal numbers over a column: Arrow cleans the distinct texts, and the rule's pattern is asked about each."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.base import REQUIRED, any_of
from nofields.check.number import NumberCheck
from nofields.columns.found import RIGHT, Array
from nofields.columns.plain import PlainKernel
from nofields.errors import Reason
from nofields.rules import WHITE_SPACE

_FORMAT, _REQUIRED = np.uint8(0), np.uint8(1)


class NumberKernel(PlainKernel):
    """Texts -> what ``float`` and ``Decimal`` read."""

    def __init__(self, check: NumberCheck) -> None:
        super().__init__(check, [check.problem(Reason.FORMAT), REQUIRED])
        self._longest, self._matches, self._also_written = check.longest, check.matches, check.rule.also_written
        self._separators = any_of(check.rule.separators, "+")

    def _distinct(self, texts: pa.Array) -> tuple[Array, pa.Array]:
        texts.validate(full=True)  # UTF-8 too, which Arrow's functions take for granted
        too_long = np.asarray(pc.greater(pc.utf8_length(texts), self._longest))
        blank = np.asarray(pc.equal(pc.binary_length(pc.utf8_trim(texts, WHITE_SPACE)), 0))
        numbers = pc.if_else(pa.array(too_long), pa.scalar("", texts.type), texts) if too_long.any() else texts
        numbers = pc.replace_substring_regex(numbers, self._separators, "") if self._separators else numbers
        for written, sign in self._also_written:
            numbers = pc.replace_substring(numbers, written, sign)
        codes = np.array([RIGHT if self._matches(number) else _FORMAT for number in numbers.to_pylist()], np.uint8)
        codes[blank] = _REQUIRED
        codes[too_long] = _FORMAT
        return codes, numbers

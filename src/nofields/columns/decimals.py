"""Decimal numbers over a column, of texts or of numbers."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.number import NumberCheck
from nofields.columns.kernel import WIDTHS, Classified, Kernel, replaced
from nofields.columns.plain import PlainKernel

#: The zeros at the end of decimals, and what is before them.
_ZEROS = r"([.][0-9]*?)0+$"


class DecimalKernel(Kernel):
    """Texts or numbers -> the clean texts of a check."""

    def __init__(self, check: NumberCheck) -> None:
        self._plain = PlainKernel(check)
        self.problems = self._plain.problems

    def classify(self, array: pa.Array) -> Classified:
        return self._plain.classify(array if array.type in WIDTHS else _written(array))


def _written(numbers: pa.Array) -> pa.Array:
    """Return numbers as texts that the check reads as it reads the numbers themselves: in their shortest form."""
    if pa.types.is_float16(numbers.type):  # Arrow does not write it
        numbers = numbers.cast(pa.float32())
    texts = numbers.cast(pa.utf8())
    if pa.types.is_integer(numbers.type):
        return texts
    exponents = np.flatnonzero(np.asarray(pc.match_substring(texts, "e", ignore_case=True).fill_null(False)))
    plain = [f"{Decimal(text):f}" for text in texts.take(pa.array(exponents)).to_pylist()]
    texts = replaced(texts, exponents, pa.array(plain, pa.utf8()))
    return pc.replace_substring_regex(pc.replace_substring_regex(texts, _ZEROS, r"\1"), "[.]$", "")

"""Numbers in columns without the extension: digits by NumPy, what is written otherwise by Arrow or one by one."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.base import any_of, without
from nofields.check.codes import CODES
from nofields.check.program import Program
from nofields.check.reading import ReadingCheck
from nofields.columns.kernel import RIGHT, Array, Classified, Kernel, as_bytes, replaced, wide
from nofields.columns.pairs import NOT_DIGITS, PairTable
from nofields.columns.plain import PlainKernel
from nofields.errors import Reason
from nofields.rules import LONGEST_INPUT


class NumPyNumbers(Kernel):
    """Texts -> digits, by the tables of a program."""

    def __init__(self, check: ReadingCheck, program: Program, codes: bytearray) -> None:
        self.problems = list(program.problems)
        self._table, notation = PairTable(program, codes), program.notation
        self._plain = PlainKernel(check, self.problems)
        # A separator that may stand for another character is left to the scalar check.
        self._separators = any_of(without(notation.dashes, notation.anywhere), "+")
        #: Begins what may be a number with digits before it, or of another country.
        before = {mark for mark, _ in notation.foreign} | {each.before for each in notation.affixes if each.before.isdigit()}
        self._marked = f"^(?:{'|'.join(map(re.escape, sorted(before)))})" if before else ""
        self._others = f"[^{any_of(notation.known, '')[1:]}"

    def classify(self, array: pa.Array) -> Classified:
        as_bytes(array)
        texts = wide(array)
        codes = self._table.codes(texts)
        odd = np.flatnonzero((codes == NOT_DIGITS) & np.asarray(array.is_valid()))
        if not len(odd):
            return Classified(codes, lambda: array)
        rest = texts.take(pa.array(odd))
        tidy = pc.replace_substring_regex(rest, self._separators, "") if self._separators else rest
        again = self._codes(rest, tidy)
        left = np.flatnonzero(again == NOT_DIGITS)
        plain = self._plain.classify(rest.take(pa.array(left)))
        again[left] = plain.codes
        codes[odd] = again
        right = again == RIGHT
        if not right.any():
            return Classified(codes, lambda: array)
        rows, values = odd[right], replaced(tidy, left, plain.clean()).filter(pa.array(right))
        return Classified(codes, lambda: replaced(array, rows, values))

    def _codes(self, texts: pa.Array, tidy: pa.Array) -> Array:
        """Return the codes of texts by what they are without separators; ``NOT_DIGITS`` where that does not decide."""
        codes = self._table.codes(tidy)
        strange = codes == NOT_DIGITS
        if self._marked:
            strange &= ~np.asarray(pc.match_substring_regex(tidy, self._marked))
        codes[strange & np.asarray(pc.ascii_is_decimal(tidy))] = CODES[Reason.LENGTH]
        codes[strange & np.asarray(pc.match_substring_regex(tidy, self._others))] = CODES[Reason.CHARACTERS]
        codes[np.asarray(pc.utf8_length(texts)) > LONGEST_INPUT] = CODES[Reason.LENGTH]
        return codes

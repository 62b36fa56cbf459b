"""Numbers in columns by the extension: every code in one pass, and the clean text of what is right but not clean in another."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.check.codes import UNKNOWN
from nofields.check.native import NativeReader
from nofields.check.reading import ReadingCheck
from nofields.columns.kernel import WIDTHS, Array, Classified, Kernel, arrow_buffers, replaced


class NativeNumbers(Kernel):
    """Texts -> digits, by the extension."""

    def __init__(self, check: ReadingCheck, reader: NativeReader) -> None:
        self.problems = list(check.program.problems)
        self._check, self._reader = check, reader
        self._learns = check.program.learns
        self._most_digits = check.program.notation.counts[-1]

    def classify(self, array: pa.Array) -> Classified:
        codes, valid, known, repaired = self._read(array)
        if self._learns and (codes == UNKNOWN).any():
            self._check.learn()
            codes, valid, known, repaired = self._read(array)
        verdicts = _booleans(len(array), valid, known if array.null_count else None)
        return Classified(codes, lambda: self._with_repaired(array, repaired), verdicts)

    def _read(self, array: pa.Array) -> tuple[Array, Array, Array, Array]:
        """Return the codes, and the bits of what is right, of what is not null, and of what is right but not clean."""
        count, size = len(array), (len(array) + 7) // 8
        written = np.empty(count, np.uint8), np.empty(size, np.uint8), np.empty(size, np.uint8), np.zeros(size, np.uint8)
        self._reader.column(WIDTHS[array.type], array.offset, count, (*written, *arrow_buffers(array)))
        return written

    def _with_repaired(self, array: pa.Array, repaired: Array) -> pa.Array:
        """Return an array with its repaired rows."""
        marked = _booleans(len(array), repaired)
        if not (count := marked.true_count):
            return array
        ends, digits = np.zeros(count + 1, np.int64), np.empty(count * self._most_digits, np.uint8)
        written = (repaired, ends, digits, None)
        self._reader.digits(WIDTHS[array.type], array.offset, len(array), (*written, *arrow_buffers(array)))
        texts = pa.LargeStringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(digits))
        return replaced(array, pc.indices_nonzero(marked).to_numpy(), texts)


def _booleans(count: int, bits: Array, known: Array | None = None) -> pa.BooleanArray:
    """Return bits as an array; a row that is not ``known`` is null."""
    return pa.BooleanArray.from_buffers(pa.bool_(), count, [None if known is None else pa.py_buffer(known), pa.py_buffer(bits)])

"""Numbers in columns by the extension: every code, and the clean text of what is right but not clean, in one pass."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from nofields.check.codes import UNKNOWN
from nofields.check.native import NativeReader
from nofields.check.reading import ReadingCheck
from nofields.columns.kernel import WIDTHS, Classified, Kernel, arrow_buffers, replaced

#: So many rows that are right but not clean are written before the extension returns, and those of the batch that it is in.
_ROOM, _BATCH = 1 << 18, 256


class NativeNumbers(Kernel):
    """Texts -> digits, by the extension."""

    def __init__(self, check: ReadingCheck, reader: NativeReader) -> None:
        self.problems = list(check.program.problems)
        self._check, self._reader = check, reader
        self._learns = check.program.learns
        #: As in rows.h, padded with zeros.
        self._record = np.dtype([("row", "i8"), ("digits", f"S{check.program.notation.counts[-1]}")])

    def classify(self, array: pa.Array) -> Classified:
        codes, bits, repaired = self._read(array)
        if self._learns and (codes == UNKNOWN).any():
            self._check.learn()
            codes, bits, repaired = self._read(array)
        valid, known = map(pa.py_buffer, bits)
        verdicts = pa.BooleanArray.from_buffers(pa.bool_(), len(array), [known if array.null_count else None, valid])
        return Classified(codes, lambda: self._repaired(array, repaired), verdicts)

    def _repaired(self, array: pa.Array, parts: list[tuple[int, np.ndarray]]) -> pa.Array:
        """Return an array with its repaired rows, given in parts that begin at some rows."""
        if not any(len(part) for _, part in parts):
            return array
        rows = np.concatenate([start + part["row"] for start, part in parts])
        digits = np.concatenate([part["digits"] for _, part in parts])
        texts = pa.array(digits).cast(pa.large_utf8())  # in chunks of 16 MB
        return replaced(array, rows, texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts)

    def _read(self, array: pa.Array) -> tuple[np.ndarray, list[np.ndarray], list[tuple[int, np.ndarray]]]:
        """Return the codes, the bits of what is right and of what is not null, and the repaired rows."""
        count, width = len(array), WIDTHS[array.type]
        codes, bits = np.empty(count, np.uint8), [np.empty((count + 7) // 8, np.uint8) for _ in range(2)]
        source, start, repaired = arrow_buffers(array), 0, []
        while True:
            room = np.empty(min(count - start, _ROOM) + _BATCH, self._record)
            target = (codes[start:], *(each[start // 8 :] for each in bits), room.view(np.uint8))
            rows, used = self._reader.column(width, array.offset + start, count - start, (*target, *source))
            repaired.append((start, room[:used] if 2 * used > len(room) else room[:used].copy()))  # without much unused room
            start += rows
            if start == count:
                return codes, bits, repaired

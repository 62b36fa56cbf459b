"""Numbers in columns by the extension: every code, and the clean text of what is right but not clean, in one pass."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from nofields.check.codes import UNKNOWN
from nofields.check.native import NativeReader
from nofields.check.reading import ReadingCheck
from nofields.columns.found import Found, Kernel, replaced
from nofields.rules import LONGEST_INPUT

#: Bytes of an offset, or of a view.
_WIDTHS = {pa.utf8(): 4, pa.large_utf8(): 8, pa.string_view(): 16}
#: A row that is right but not clean, and its digits; the extension writes so many before it returns.
_REPAIRED, _ROOM = np.dtype([("row", np.int64), ("count", np.int64), ("digits", f"S{LONGEST_INPUT}")]), 1 << 14


class NativeNumbers(Kernel):
    """Texts -> digits, by the extension."""

    def __init__(self, check: ReadingCheck, reader: NativeReader) -> None:
        self.problems = list(check.program.problems)
        self._check, self._reader = check, reader

    def look(self, array: pa.Array) -> Found:
        codes, bits, repaired = self._read(array)
        if (codes == UNKNOWN).any():
            self._check.learn()
            codes, bits, repaired = self._read(array)
        valid, known = map(pa.py_buffer, bits)
        verdicts = pa.BooleanArray.from_buffers(pa.bool_(), len(array), [known if array.null_count else None, valid])
        if not len(repaired):
            return Found(codes, lambda: array, verdicts)
        return Found(
            codes, lambda: replaced(array, repaired["row"], pa.array(repaired["digits"]).cast(pa.large_utf8())), verdicts
        )

    def _read(self, array: pa.Array) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
        """Return the codes, the bits of what is right and of what is not null, and the repaired rows."""
        count, width = len(array), _WIDTHS[array.type]
        codes, bits = np.empty(count, np.uint8), [np.empty((count + 7) // 8, np.uint8) for _ in range(2)]
        present, places, *data = array.buffers()
        source = (present, places or bytes(2 * width), *(each or b"" for each in data))
        start, repaired = 0, []
        while True:
            room = np.empty(_ROOM, _REPAIRED)
            target = (codes[start:], *(each[start // 8 :] for each in bits), room.view(np.uint8))
            rows, used = self._reader.column(width, array.offset + start, count - start, (*target, *source))
            found = room[:used].copy()
            found["row"] += start
            repaired.append(found)
            start += rows
            if start == count:
                return codes, bits, np.concatenate(repaired)

"""Numbers in columns by the extension: every code, and the clean text of what is right but not clean, in one pass."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from nofields.check.program import Program
from nofields.check.reading import ReadingCheck
from nofields.columns.found import Found, Kernel, replaced

#: Bytes of an offset, or of a view.
_WIDTHS = {pa.utf8(): 4, pa.large_utf8(): 8, pa.string_view(): 16}


class NativeNumbers(Kernel):
    """Texts -> digits, by the extension."""

    def __init__(self, check: ReadingCheck, program: Program) -> None:
        self.problems = list(program.problems)
        self._column = check.reader.column  # type: ignore[attr-defined]

    def look(self, array: pa.Array) -> Found:
        count = len(array)
        codes, bits = np.empty(count, np.uint8), [np.empty((count + 7) // 8, np.uint8) for _ in range(2)]
        present, places, *data = array.buffers()
        buffers = (present, places or b"\0" * 8, tuple(each or b"" for each in data))
        parts = self._column(_WIDTHS[array.type], array.offset, count, *buffers, codes, *bits)
        valid, known = map(pa.py_buffer, bits)
        verdicts = pa.BooleanArray.from_buffers(pa.bool_(), count, [known if present else None, valid])
        rows, ends, digits = parts
        if not rows:
            return Found(codes, lambda: array, verdicts)
        offsets = pa.py_buffer(np.append(np.int64(0), np.frombuffer(ends, np.int64)))
        values = pa.LargeStringArray.from_buffers(len(ends) // 8, offsets, pa.py_buffer(digits))
        return Found(codes, lambda: replaced(array, np.frombuffer(rows, np.int64), values), verdicts)

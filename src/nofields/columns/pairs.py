"""Looks pairs of characters up in a compiled table by NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from nofields.check.codes import UNKNOWN
from nofields.check.program import Program
from nofields.columns.kernel import Array, offsets_and_data

#: Stands for the code of a text that is not digits of the right count.
NOT_DIGITS = np.uint8(253)
#: More than the sum of any additions: what characters that are no digits add.
_OUTSIDE = 1 << 40
#: Rows that are read at once, so that what is worked out for them stays in the processor's cache.
_BLOCK = 1 << 15


class PairTable:
    """The code of texts that are digits alone, by the table of a program."""

    def __init__(self, program: Program, codes: bytearray) -> None:
        assert program.table
        self._program, self._table = program, program.table
        self._first, self._second = np.split(np.frombuffer(codes, np.uint8), [len(program.table.codes[0])])
        parts = {count: self._table.parts(count) for count in program.notation.counts}
        arrays = {id(each): each for listed in parts.values() for *_, each in listed}
        tables = {name: _by_bytes(each) for name, each in arrays.items()}
        self._parts = {
            count: [(start, stop, tables[id(each)]) for start, stop, each in listed] for count, listed in parts.items()
        }

    def codes(self, texts: pa.Array) -> Array:
        """Return the code of every text of utf8 or large_utf8; ``NOT_DIGITS`` unless it is digits of the right count."""
        offsets, data = offsets_and_data(texts)
        lengths, codes = np.diff(offsets), np.full(len(texts), NOT_DIGITS)
        for count in self._program.notation.counts:
            rows = lengths == count
            if rows.all():
                return self._of_count(data[offsets[0] : offsets[-1]], count, len(texts))
            if rows.any():
                ends, chosen = offsets_and_data(texts.filter(pa.array(rows)))
                codes[rows] = self._of_count(chosen[ends[0] : ends[-1]], count, len(ends) - 1)
        return codes

    def _of_count(self, memory: Array, count: int, rows: int) -> Array:
        """Return the codes of texts of ``count`` characters, side by side in memory."""
        codes = np.empty(rows, np.uint8)
        for start in range(0, rows, _BLOCK):
            block = memory[start * count : (start + _BLOCK) * count]
            total = self._sums(block, count)
            first = total & (1 << self._table.bits) - 1 if len(self._table.codes) > 1 else total
            found = self._first.take(first, mode="clip")
            if len(self._table.codes) > 1:
                second = self._second.take(total >> self._table.bits, mode="clip")
                found = np.maximum(found, second) if self._table.either else np.minimum(found, second)
            strange = total >= _OUTSIDE
            if (unknown := (found == UNKNOWN) & ~strange).any():
                self._learn(block, count, total, found, np.flatnonzero(unknown))
            found[strange] = NOT_DIGITS
            codes[start : start + _BLOCK] = found
        return codes

    def _sums(self, block: Array, count: int) -> Array:
        """Return what the characters of every text add up to."""
        rows = len(block) // count
        total = np.zeros(rows, np.int64)
        for start, stop, additions in self._parts[count]:
            kind: Any = np.dtype("<u2") if stop - start == 2 else np.dtype(np.uint8)
            total += additions.take(np.ndarray((rows,), kind, block, start, (count,)))
        return total

    def _learn(self, block: Array, count: int, total: Array, found: Array, unknown: Array) -> None:
        """Ask for the codes of some rows, which the table does not have yet."""
        for index, row in zip(*np.unique(total[unknown], return_index=True)):
            digits = bytes(block[unknown[row] * count :][:count]).decode("ascii")
            self._first[index] = self._program.define(digits)
        found[unknown] = self._first.take(total[unknown])


def _by_bytes(additions: Mapping[str, int]) -> Array:
    """Return what one or two characters add, by the number that their bytes are."""
    table = np.full(1 << 8 * len(next(iter(additions))), _OUTSIDE)
    for characters, add in additions.items():
        table[int.from_bytes(characters.encode("ascii"), "little")] = add
    return table

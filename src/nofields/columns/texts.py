"""Arrow's text layouts, read as numbers: eight characters in a word, without a copy where the layout allows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from nofields.columns.found import Array

WORD, _HALF_WORD = np.dtype("<u8"), np.dtype("<u4")
#: Bytes of a window on a text; and those of them, behind its length, with which a string view shows a short text.
WINDOW, INLINE = 16, 12
#: So many rows are looked at at once, so that what is worked out for them stays in the processor's cache.
BLOCK = 1 << 15


@dataclass
class Block:
    """The rows from ``start`` to ``stop``, one every ``step`` bytes of ``memory``."""

    start: int
    stop: int
    memory: Array
    step: int
    #: Which rows are of the length asked for, so that their characters stand there; ``None`` where all are.
    fits: Array | None = None
    #: Whether the memory holds the rows' characters and nothing between them.
    dense: bool = False
    _words: dict[int, Array] = field(default_factory=dict)

    def words(self, place: int) -> Array:
        """The eight characters at a place of every row, of which a shorter text has the first; not to be changed."""
        if place not in self._words:
            kind = WORD if self.step >= WORD.itemsize else _HALF_WORD  # what follows a short number may be the next
            self._words[place] = _every(self.memory, kind, self.step, place).astype(WORD)
        return self._words[place]


class Texts:
    """The texts of an array of utf8 or large_utf8."""

    #: The longest text that a window shows whole.
    longest = WINDOW

    def __init__(self, array: pa.Array) -> None:
        self._count = len(array)
        self._offsets, self._data = offsets_and_data(array)

    def blocks(self, length: int) -> Iterator[Block]:
        """All rows; the memory shows those of ``length`` characters."""
        for start in range(0, self._count, BLOCK):
            stop = min(start + BLOCK, self._count)
            offsets = self._offsets[start : stop + 1]
            fits = lengths_between(offsets) == length
            if fits.all():
                yield Block(start, stop, self._data[offsets[0] : offsets[-1]], length, dense=True)
            else:
                yield Block(start, stop, windows_at(self._data, offsets[:-1]), WINDOW, fits)

    def windows(self, rows: Array) -> tuple[Array, Array]:
        """Windows on some rows, side by side, with whatever follows a text that is shorter; and the texts' lengths."""
        starts = self._offsets[rows]
        return windows_at(self._data, starts), self._offsets[rows + 1] - starts


class Views(Texts):
    """The texts of an array of string_view: a short one stands in the view itself."""

    longest = INLINE

    def __init__(self, array: pa.Array) -> None:
        self._count = len(array)
        views = np.frombuffer(array.buffers()[1], np.uint8) if len(array) else np.zeros(0, np.uint8)
        self._views = views[WINDOW * array.offset : WINDOW * (array.offset + len(array))]
        self._lengths = _every(self._views, np.dtype("<i4"), WINDOW, 0)

    def blocks(self, length: int) -> Iterator[Block]:
        for start in range(0, self._count, BLOCK):
            stop = min(start + BLOCK, self._count)
            fits = self._lengths[start:stop] == length
            memory = self._views[WINDOW * start + WINDOW - INLINE : WINDOW * stop]
            yield Block(start, stop, memory, WINDOW, None if fits.all() else fits)

    def windows(self, rows: Array) -> tuple[Array, Array]:
        views = windows_at(self._views, rows * WINDOW)
        shown = np.append(views[WINDOW - INLINE :], np.zeros(WINDOW - INLINE, np.uint8))
        return shown, self._lengths[rows]


def offsets_and_data(array: pa.Array) -> tuple[Array, Array]:
    """Where each text of an array of utf8 or large_utf8 begins and the last one ends, and the bytes that they stand in."""
    _, ends, data = array.buffers()
    width = np.dtype(np.int64 if pa.types.is_large_string(array.type) else np.int32)
    first = array.offset * width.itemsize
    offsets = np.frombuffer(ends, width, len(array) + 1, first) if len(array) else np.zeros(1, width)
    return offsets, np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)


def lengths_between(offsets: Array) -> Array:
    """How long the texts are that begin and end at some offsets; raises ``pa.ArrowInvalid`` where those go backwards."""
    if (offsets[1:] < offsets[:-1]).any():
        raise pa.ArrowInvalid("a text ends before it begins")
    return offsets[1:] - offsets[:-1]


def texts_of(array: pa.Array) -> Texts:
    """The reader of an array's layout."""
    return Views(array) if pa.types.is_string_view(array.type) else Texts(array)


def windows_at(memory: Array, starts: Array) -> Array:
    """Sixteen bytes from each of some places on, side by side; zeros behind the end of the memory."""
    safe = len(memory) - WINDOW
    late = starts > safe
    if not late.any():
        return _gathered(memory, starts).view(np.uint8)
    end = np.append(memory[max(safe, 0) :], np.zeros(WINDOW, np.uint8))
    windows = _gathered(memory, np.minimum(starts, safe)) if safe >= 0 else np.zeros(len(starts), complex)
    windows[late] = _gathered(end, starts[late] - max(safe, 0))
    return windows.view(np.uint8)


def _gathered(memory: Array, starts: Array) -> Array:
    """As complex numbers, which have sixteen bytes: those numpy gathers at once."""
    return _every(memory, np.dtype(complex), 1, 0)[starts]


def side_by_side(characters: Array) -> pa.Array:
    """A matrix of characters as texts, a row each."""
    count, length = characters.shape
    ends = np.arange(0, (count + 1) * length, length, dtype=np.int64)
    return pa.LargeStringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(characters)))


def _every(memory: Array, kind: np.dtype[Any], step: int, start: int) -> Array:
    """The numbers of a kind that stand every ``step`` bytes of a piece of memory."""
    count = (len(memory) - start - kind.itemsize) // step + 1
    return np.ndarray((count,), kind, memory, start, (step,)) if count > 0 else np.zeros(0, kind)

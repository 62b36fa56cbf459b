"""The interface of a file to an audit: columns, and rows in pieces that are read in parallel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa


class Ragged(NamedTuple):
    """A row with more or fewer cells than the header: its number and its cells.

    For a ``misquoted`` row: its first line, split at the delimiters, quotation marks included.
    """

    row: int
    cells: list[str]
    misquoted: bool = False


class Batch(NamedTuple):
    """Some rows of a file."""

    table: pa.Table
    #: The numbers of the table's rows.
    numbers: npt.NDArray[np.int64]
    ragged: list[Ragged]


class Piece(NamedTuple):
    """Rows that have not been read yet. ``read`` may be called in any thread."""

    read: Callable[[], Batch]
    #: Position in the file where the piece ends, in the unit of ``Source.size``.
    reaches: int


class Source(ABC):
    """A file that is read once, from start to end."""

    #: What messages call the file.
    name: str
    columns: tuple[str, ...]
    #: Size in bytes or rows; ``None`` if unknown.
    size: int | None = None
    #: Columns that are dictionaries in the file itself, not only in memory.
    dictionaries: Collection[str] = ()
    #: Between the cells of a text file.
    delimiter: str = ","

    @property
    def is_plain_utf8(self) -> bool:
        """Whether the file is not text, or is UTF-8 without a byte order mark.

        The answer is final only when the whole file has been read.
        """
        return True

    def unsupported(self, column: str) -> str | None:
        """Return why a column's type cannot be checked, or ``None`` if it can."""
        return None

    @abstractmethod
    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        """Yield the rows, with the named columns only.

        Raises:
            Unreadable: The file cannot be read. Reading a piece may raise it as well.
        """


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Yield the names, adding a number to repeated ones that makes them unique.

    >>> list(distinct(["navn", "navn", "navn (2)"]))
    ['navn', 'navn (3)', 'navn (2)']
    """
    names = list(names)
    given, used = set(names), set[str]()
    repeats: Counter[str] = Counter()
    for name in names:
        new = name
        while new in used or (new != name and new in given):
            repeats[name] += 1
            new = f"{name} ({repeats[name] + 1})"
        used.add(new)
        yield new

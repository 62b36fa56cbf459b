"""What a file is to an audit: columns, and rows in pieces that can be read side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa


class Ragged(NamedTuple):
    """A row that has more or fewer cells than the header: its number and the cells.

    Also the first line of a ``misquoted`` row, and what is between its delimiters, quotation marks included.
    """

    row: int
    cells: list[str]
    misquoted: bool = False


class Batch(NamedTuple):
    """Some rows of a file."""

    table: pa.Table
    #: The rows' numbers, as an integer array.
    numbers: Any
    ragged: list[Ragged]


class Piece(NamedTuple):
    """Rows that have not been read yet; ``read`` may be called in any thread."""

    read: Callable[[], Batch]
    #: How far into the file the piece reaches, in the unit of ``Source.size``.
    reaches: int


class Source(ABC):
    """A file that is read once, from the beginning."""

    #: What it is called in messages.
    name: str
    columns: tuple[str, ...]
    #: The whole, in bytes or rows; ``None`` where nobody knows.
    size: int | None = None
    #: The columns that are dictionaries in the file itself, and not only while they are read.
    dictionaries: Collection[str] = ()
    #: What parts the cells of a text file.
    delimiter: str = ","

    @property
    def plain(self) -> bool:
        """Whether it is in UTF-8 without a byte order mark, or no text; known for sure when it has been read."""
        return True

    def refusal(self, column: str) -> str | None:
        """Why a column cannot be checked, which only typed files have such of."""
        return None

    @abstractmethod
    def pieces(self, columns: tuple[str, ...]) -> Iterator[Piece]:
        """The rows, with some of the columns; raises :class:`~.unreadable.Unreadable`, as reading one does."""


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, those that come again with a number, which makes no name that is given.

    >>> list(distinct(["navn", "navn", "navn (2)"]))
    ['navn', 'navn (3)', 'navn (2)']
    """
    names = list(names)
    given, taken = set(names), set[str]()
    again: Counter[str] = Counter()
    for name in names:
        new = name
        while new in taken or (new != name and new in given):
            again[name] += 1
            new = f"{name} ({again[name] + 1})"
        taken.add(new)
        yield new

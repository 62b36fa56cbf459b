"""Values that differ from those before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Row = TypeVar("Row", bound=tuple[Any, ...])

#: How often a value is drawn again.
_ATTEMPTS = 100_000


def different(draw: Callable[[], Row], seen: set[object], column: str) -> Row:
    """Return a row whose first value is not among those seen, and add it to them.

    Raises:
        ValueError: There is none, or hardly any.
    """
    for _ in range(_ATTEMPTS):
        row = draw()
        if row[0] not in seen:
            seen.add(row[0])
            return row
    raise ValueError(f"{column}: there are too few different values: {len(seen)} were found")

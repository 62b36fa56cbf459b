"""What every kernel is, and what it says of an array of texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.errors import Problem

#: A numpy array.
Array = Any
#: The code of a row that is right; any other is the place of its problem in the kernel's list.
RIGHT = 255


class Found(NamedTuple):
    """A code for every row of an array; null rows have no verdict, whatever their code.

    ``clean`` makes the clean values when it is asked for, with anything at all where a row is wrong.
    """

    codes: Array
    clean: Callable[[], pa.Array]


class Kernel(ABC):
    """A rule, compiled for columns."""

    #: What the codes stand for; it may grow while arrays are looked at.
    problems: list[Problem]

    @abstractmethod
    def look(self, array: pa.Array) -> Found:
        """The verdicts on an array of texts: utf8, large_utf8 or string_view."""


def wide(array: pa.Array) -> pa.Array:
    """``array`` in a layout that Arrow can compute with, which string views are not."""
    return array.cast(pa.large_utf8()) if pa.types.is_string_view(array.type) else array


def replaced(array: pa.Array, rows: Array, values: pa.Array) -> pa.Array:
    """``array`` with other values in some rows, which are in order."""
    mask = np.zeros(len(array), bool)
    mask[rows] = True
    texts = wide(array)
    return pc.replace_with_mask(texts, pa.array(mask), values.cast(texts.type)).cast(array.type)

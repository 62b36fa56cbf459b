"""The check of a column and its result."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

import numpy as np
import pyarrow as pa

from nofields.catalogs import DEFAULT
from nofields.columns.compiling import kernel_of
from nofields.columns.found import RIGHT, Array, Found, Kernel, as_text, only_where, wide
from nofields.columns.intake import in_utf8, taken_in
from nofields.errors import Problem
from nofields.value import Field


def check(field: type[Field], column: object) -> Checked:
    """Check every value of a column as ``field`` does. Nulls are neither valid nor invalid.

    Args:
        field: A field type whose value is one text.
        column: A sequence of texts, or an object with Arrow's PyCapsule interface (pyarrow, polars, pandas, duckdb),
            which is read without a copy if its layout allows. A value that is not UTF-8 is invalid.

    Returns:
        The result for each row.

    Raises:
        TypeError: The column does not hold texts (numbers have lost their leading zeros), or the field is not one text.
        ValueError: The column's buffers are broken.
        IndexError: An index of a dictionary column is out of bounds.

    >>> from nofields import AccountNumber
    >>> checked = check(AccountNumber, ["8601.11.17947", "86011117940", None])
    >>> checked.valid.to_pylist(), checked.clean().to_pylist()
    ([True, False, None], ['86011117947', None, None])
    >>> [(problem.reason.value, count) for problem, count in checked.counts().items()]
    [('check_digit', 1)]
    """
    kernel, taken = kernel_of(field), taken_in(column)
    arrays = (taken.chunks or [pa.array([], taken.type)]) if isinstance(taken, pa.ChunkedArray) else [taken]
    return Checked(taken, [_look(kernel, array) for array in arrays], kernel.problems)


class Checked:
    """The result of :func:`check`, in the order of the column's rows."""

    def __init__(self, column: pa.Array | pa.ChunkedArray, found: list[Found], problems: list[Problem]) -> None:
        self._column, self._found, self._problems = column, found, problems
        self._codes = found[0].codes if len(found) == 1 else np.concatenate([np.zeros(0, np.uint8), *(f.codes for f in found)])

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def null_count(self) -> int:
        """The number of nulls in the column."""
        return 0 if self._null is None else int(np.count_nonzero(self._null))

    @cached_property
    def valid(self) -> pa.BooleanArray:
        """Whether each value is valid; null for nulls."""
        return pa.array(self._codes == RIGHT, mask=self._null)

    @cached_property
    def reasons(self) -> pa.DictionaryArray:
        """Why each value is invalid, one of :class:`nofields.Reason`; null for valid values and nulls."""
        return self._told(lambda problem: str(problem.reason))

    @cached_property
    def keys(self) -> pa.DictionaryArray:
        """The key of each invalid value's message; null for valid values and nulls."""
        return self._told(lambda problem: str(problem.key))

    def messages(self, locale: str | None = DEFAULT) -> pa.DictionaryArray:
        """Return the message of each invalid value; null for valid values and nulls.

        Args:
            locale: A locale name or an Accept-Language header.
        """
        return self._told(lambda problem: problem.message(locale))

    def clean(self) -> pa.Array | pa.ChunkedArray:
        """Return the clean values; null for invalid values and nulls.

        Returns:
            An array of the column's own type, or of ``date32`` for dates. If every value is clean already, it is the
            column itself.
        """
        start, arrays = 0, []
        for found in self._found:
            stop = start + len(found.codes)
            arrays.append(self._without_wrong(found.clean(), slice(start, stop)))
            start = stop
        if isinstance(self._column, pa.ChunkedArray):
            return pa.chunked_array(arrays)
        return arrays[0]

    def rows(self, problem: Problem | None = None) -> Array:
        """Return the row numbers, from 0, of the invalid values, or of those with one problem."""
        wrong = self._codes != RIGHT if problem is None else self._codes == self._problems.index(problem)
        return np.flatnonzero(wrong if self._null is None else wrong & ~self._null)

    def counts(self) -> dict[Problem, int]:
        """Return the number of values by problem, the most frequent first."""
        counts = np.bincount(self._codes[self.rows()], minlength=RIGHT + 1)
        found = {problem: int(count) for problem, count in zip(self._problems, counts) if count}
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    @cached_property
    def _null(self) -> Array | None:
        """Which rows are null; ``None`` where none is."""
        column = self._column
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        if not any(chunk.null_count or pa.types.is_dictionary(chunk.type) for chunk in chunks):
            return None
        parts = [_nulls(chunk) for chunk in chunks]
        return np.concatenate(parts) if any(part.any() for part in parts) else None

    def _told(self, say: Callable[[Problem], str]) -> pa.DictionaryArray:
        """What is to be said of each row's problem, as a dictionary of what is said."""
        sentences = [say(problem) for problem in self._problems]
        words = list(dict.fromkeys(sentences))
        places = np.zeros(RIGHT + 1, np.int8)
        places[: len(sentences)] = [words.index(sentence) for sentence in sentences]
        silent = self._codes == RIGHT if self._null is None else (self._codes == RIGHT) | self._null
        return pa.DictionaryArray.from_arrays(pa.array(places.take(self._codes), mask=silent), pa.array(words, pa.utf8()))

    def _without_wrong(self, clean: pa.Array, rows: slice) -> pa.Array:
        wrong = self._codes[rows] != RIGHT
        if self._null is not None:
            wrong &= ~self._null[rows]
        return _only(clean, ~wrong) if wrong.any() else clean


def _only(array: pa.Array, right: Array) -> pa.Array:
    """``array`` with nulls but where it is right."""
    if pa.types.is_dictionary(array.type):
        indices = pa.array(array.indices.fill_null(0).to_numpy(), mask=~right | _nulls(array))
        return _encoded(indices, array.dictionary, array.type)
    if pa.types.is_string_view(array.type):  # Arrow cannot choose among views
        return as_text(only_where(pa.array(right), wide(array)), array.type)
    return only_where(pa.array(right), array)


def _encoded(indices: pa.Array, values: pa.Array, kind: pa.DictionaryType) -> pa.DictionaryArray:
    """A dictionary column of a kind, without writing its values out; each stands once in the dictionary, if it is used."""
    distinct = wide(values).dictionary_encode()
    places = distinct.indices.take(indices)
    used = np.unique(places.drop_null().to_numpy())
    dictionary = distinct.dictionary.take(pa.array(used))
    rows = np.searchsorted(used, places.fill_null(0).to_numpy())
    rows = pa.array(rows, mask=places.is_null().to_numpy(zero_copy_only=False)).cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(
        rows, dictionary if pa.types.is_date(values.type) else as_text(dictionary, kind.value_type)
    )


def _look(kernel: Kernel, array: pa.Array) -> Found:
    """The verdicts on an array of any type that is taken in."""
    if pa.types.is_null(array.type):
        return Found(np.full(len(array), RIGHT, np.uint8), lambda: array)
    if not pa.types.is_dictionary(array.type):
        return _look_at_texts(kernel, array)
    distinct = _look(kernel, array.dictionary)
    pa.DictionaryArray.from_arrays(array.indices, array.dictionary)  # raises IndexError unless every index is in it
    places = np.asarray(array.indices.fill_null(0)).astype(np.int64)
    codes = distinct.codes.take(places) if len(distinct.codes) else np.full(len(array), RIGHT, np.uint8)

    def clean() -> pa.Array:
        values = distinct.clean()
        if values is array.dictionary:
            return array
        return _encoded(array.indices, values, array.type)

    return Found(codes, clean)


def _look_at_texts(kernel: Kernel, array: pa.Array) -> Found:
    with suppress(pa.ArrowInvalid, UnicodeDecodeError):  # which may hold a value: what is raised below is not chained to it
        return kernel.look(array)
    return kernel.look(in_utf8(array))


def _nulls(array: pa.Array) -> Array:
    """Which rows have no value; in a dictionary's column that may be said by the row or by the dictionary."""
    missing = np.asarray(array.is_null())
    if pa.types.is_dictionary(array.type) and array.dictionary.null_count:
        missing = missing | np.asarray(array.dictionary.is_null())[np.asarray(array.indices.fill_null(0))]
    return missing

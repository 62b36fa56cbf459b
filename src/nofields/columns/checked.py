"""The check of a column and its result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property, partial

import numpy as np
import pyarrow as pa

from nofields.catalogs import DEFAULT
from nofields.columns.arrow_input import in_utf8, to_arrow
from nofields.columns.compiling import kernel_of
from nofields.columns.decimals import DecimalKernel
from nofields.columns.kernel import NULL, RIGHT, Array, Classified, Kernel, as_text, only_where, wide
from nofields.errors import Problem
from nofields.value import Field

#: So many rows are checked by several threads, unless their number is given; each checks so many at a time.
_MANY, _PIECE = 10**6, 1 << 17


def check(field: type[Field], column: object, *, threads: int | None = None) -> Checked:
    """Check every value of a column as ``field`` does. Nulls are neither valid nor invalid.

    Args:
        field: A field type whose value is one text.
        column: A sequence of texts, or an object with Arrow's PyCapsule interface (pyarrow, polars, pandas, duckdb),
            which is read without a copy if its layout allows. A value that is not UTF-8 is invalid. For ``Number`` and
            ``Amount``, a sequence or column of numbers as well.
        threads: How many threads to use. Default: as many as there are CPUs for this process, for a million rows or more.

    Returns:
        The result for each row.

    Raises:
        TypeError: The column does not hold texts (numbers have lost their leading zeros, which matters to all fields but
            those of numbers), or the field is not one text.
        ValueError: The column's buffers are broken, or ``threads`` is less than 1.
        IndexError: An index of a dictionary column is out of bounds.

    >>> from nofields import AccountNumber
    >>> checked = check(AccountNumber, ["8601.11.17947", "86011117940", None])
    >>> checked.valid.to_pylist(), checked.clean().to_pylist()
    ([True, False, None], ['86011117947', None, None])
    >>> [(problem.reason.value, count) for problem, count in checked.counts().items()]
    [('check_digit', 1)]
    """
    kernel = kernel_of(field)
    taken = to_arrow(column, numbers=isinstance(kernel, DecimalKernel))
    arrays = (taken.chunks or [pa.array([], taken.type)]) if isinstance(taken, pa.ChunkedArray) else [taken]
    workers = _workers(threads, len(taken))
    if workers == 1:
        return Checked(taken, arrays, [_classify(kernel, array) for array in arrays], kernel.problems)
    pieces = [piece for array in arrays for piece in _pieces(array)]
    with ThreadPoolExecutor(workers) as pool:
        return Checked(taken, pieces, list(pool.map(partial(_classify, kernel), pieces)), kernel.problems)


def _pieces(array: pa.Array) -> list[pa.Array]:
    """Return the parts of an array that threads check; a dictionary is not checked more than once."""
    if pa.types.is_dictionary(array.type):
        return [array]
    return [array[start : start + _PIECE] for start in range(0, max(len(array), 1), _PIECE)]


def _workers(threads: int | None, rows: int) -> int:
    """Return how many threads check so many rows."""
    if threads is None:
        return 1 if rows < _MANY else _usable_cpus()
    if threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    return threads


def _usable_cpus() -> int:
    """Return the number of CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Checked:
    """The result of :func:`check`, in the order of the column's rows."""

    def __init__(
        self, column: pa.Array | pa.ChunkedArray, parts: list[pa.Array], found: list[Classified], problems: list[Problem]
    ) -> None:
        self._column, self._parts, self._found, self._problems = column, parts, found, problems
        self._codes = found[0].codes if len(found) == 1 else np.concatenate([each.codes for each in found])

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def null_count(self) -> int:
        """The number of nulls in the column."""
        return int(np.count_nonzero(self._codes == NULL))

    @cached_property
    def valid(self) -> pa.BooleanArray:
        """Whether each value is valid; null for nulls."""
        parts = [_valid(found) for found in self._found]
        return parts[0] if len(parts) == 1 else pa.concat_arrays(parts)

    @cached_property
    def reasons(self) -> pa.DictionaryArray:
        """Why each value is invalid, one of :class:`nofields.Reason`; null for valid values and nulls."""
        return self._texts(lambda problem: str(problem.reason))

    @cached_property
    def keys(self) -> pa.DictionaryArray:
        """The key of each invalid value's message; null for valid values and nulls."""
        return self._texts(lambda problem: str(problem.key))

    def messages(self, locale: str | None = DEFAULT) -> pa.DictionaryArray:
        """Return the message of each invalid value; null for valid values and nulls.

        Args:
            locale: A locale name or an Accept-Language header.
        """
        return self._texts(lambda problem: problem.message(locale))

    def clean(self) -> pa.Array | pa.ChunkedArray:
        """Return the clean values; null for invalid values and nulls.

        Returns:
            An array of the column's own type, of ``date32`` for dates, or of ``utf8`` for a column of numbers. If every
            value is a clean text already, it is the column itself.
        """
        parts = [_without_wrong(found) for found in self._found]
        if all(clean is part for clean, part in zip(parts, self._parts)):
            return self._column
        if isinstance(self._column, pa.ChunkedArray):
            return pa.chunked_array(parts)
        return parts[0] if len(parts) == 1 else pa.concat_arrays(parts)

    def rows(self, problem: Problem | None = None) -> Array:
        """Return the row numbers, from 0, of the invalid values, or of those with one problem."""
        if problem is not None:
            return np.flatnonzero(self._codes == self._problems.index(problem))
        return np.flatnonzero(self._codes < NULL)

    def counts(self) -> dict[Problem, int]:
        """Return the number of values by problem, the most frequent first."""
        counts = np.bincount(self._codes, minlength=RIGHT + 1)
        found = {problem: int(count) for problem, count in zip(self._problems, counts) if count}
        return dict(sorted(found.items(), key=lambda each: -each[1]))

    def _texts(self, text_of: Callable[[Problem], str]) -> pa.DictionaryArray:
        """Return a text for the problem of each row, dictionary-encoded."""
        sentences = [text_of(problem) for problem in self._problems]
        words = list(dict.fromkeys(sentences))
        places = np.zeros(RIGHT + 1, np.int8)
        places[: len(sentences)] = [words.index(sentence) for sentence in sentences]
        indices = pa.array(places.take(self._codes), mask=self._codes >= NULL)
        return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.utf8()))


def _valid(found: Classified) -> pa.BooleanArray:
    if found.valid is not None:
        return found.valid
    null = found.codes == NULL
    return pa.array(found.codes == RIGHT, mask=null if null.any() else None)


def _without_wrong(found: Classified) -> pa.Array:
    """Return the clean values, with nulls where a row is wrong."""
    clean = found.clean()
    return _only(clean, found.codes >= NULL) if (found.codes < NULL).any() else clean


def _only(array: pa.Array, right: Array) -> pa.Array:
    """Return ``array`` with nulls where it is not right."""
    if pa.types.is_dictionary(array.type):
        indices = pa.array(array.indices.fill_null(0).to_numpy(), mask=~right | _nulls(array))
        return _encoded(indices, array.dictionary, array.type)
    if pa.types.is_string_view(array.type):  # Arrow cannot choose among views
        return as_text(only_where(pa.array(right), wide(array)), array.type)
    return only_where(pa.array(right), array)


def _encoded(indices: pa.Array, values: pa.Array, kind: pa.DictionaryType) -> pa.DictionaryArray:
    """Return a dictionary column whose dictionary has each value that is used once."""
    distinct = wide(values).dictionary_encode()
    places = distinct.indices.take(indices)
    used = np.unique(places.drop_null().to_numpy())
    dictionary = distinct.dictionary.take(pa.array(used))
    rows = np.searchsorted(used, places.fill_null(0).to_numpy())
    rows = pa.array(rows, mask=places.is_null().to_numpy(zero_copy_only=False)).cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(
        rows, dictionary if pa.types.is_date(values.type) else as_text(dictionary, kind.value_type)
    )


def _classify(kernel: Kernel, array: pa.Array) -> Classified:
    """Return the result for an array of any type that is accepted."""
    if pa.types.is_null(array.type):
        return Classified(np.full(len(array), NULL, np.uint8), lambda: array)
    found = _classify_dictionary(kernel, array) if pa.types.is_dictionary(array.type) else _classify_texts(kernel, array)
    if found.valid is None and (array.null_count or pa.types.is_dictionary(array.type)):
        found.codes[_nulls(array)] = NULL
    return found


def _classify_dictionary(kernel: Kernel, array: pa.DictionaryArray) -> Classified:
    distinct = _classify(kernel, array.dictionary)
    pa.DictionaryArray.from_arrays(array.indices, array.dictionary)  # raises IndexError unless every index is in it
    places = np.asarray(array.indices.fill_null(0)).astype(np.int64)
    codes = distinct.codes.take(places) if len(distinct.codes) else np.full(len(array), NULL, np.uint8)

    def clean() -> pa.Array:
        values = distinct.clean()
        if values is array.dictionary:
            return array
        return _encoded(array.indices, values, array.type)

    return Classified(codes, clean)


def _classify_texts(kernel: Kernel, array: pa.Array) -> Classified:
    with suppress(pa.ArrowInvalid, UnicodeDecodeError):  # which may hold a value: what is raised below is not chained to it
        return kernel.classify(array)
    return kernel.classify(in_utf8(array))


def _nulls(array: pa.Array) -> Array:
    """Return which rows are null; in a dictionary column the row may be null, or its entry in the dictionary."""
    missing = np.asarray(array.is_null())
    if pa.types.is_dictionary(array.type) and array.dictionary.null_count:
        missing = missing | np.asarray(array.dictionary.is_null())[np.asarray(array.indices.fill_null(0))]
    return missing

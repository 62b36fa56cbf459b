"""Columns: the layouts that a column can have, and the scalar check's answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from nofields import (
    Field,
)
from nofields.columns import Checked

Texts = list[str | None]


class Verdict(NamedTuple):
    """The four answers about one value, all None for null."""

    valid: bool | None = None
    reason: str | None = None
    key: str | None = None
    clean: Any = None


def scalar(field: type[Field], text: str | None) -> Verdict:
    """The scalar check's answers about a text."""
    if text is None:
        return Verdict()
    problem = field.problem(text)
    if problem is None:
        return Verdict(True, clean=field(text))  # type: ignore[call-arg]
    return Verdict(False, str(problem.reason), str(problem.key))


def verdicts(checked: Checked) -> list[Verdict]:
    """The answers about a column, row by row."""
    answers = (checked.valid, checked.reasons, checked.keys, checked.clean())
    return [Verdict(*row) for row in zip(*(answer.to_pylist() for answer in answers), strict=True)]


def _in_chunks(array: pa.Array) -> pa.ChunkedArray:
    """Two chunks, and empty ones before, between and after them."""
    middle = len(array) // 2
    return pa.chunked_array([array[:0], array[:middle], array[middle:middle], array[middle:], array[:0]])


def _by_dictionary(texts: Texts, kind: pa.DataType, index: pa.DataType) -> pa.DictionaryArray:
    """With the null, where there is one, in the dictionary."""
    words = list(dict.fromkeys(["unused", *texts]))
    return pa.DictionaryArray.from_arrays(pa.array([words.index(text) for text in texts], index), pa.array(words, kind))


_WHOLE: dict[str, Callable[[Texts], Any]] = {
    "utf8": lambda texts: pa.array(texts, pa.utf8()),
    "large_utf8": lambda texts: pa.array(texts, pa.large_utf8()),
    "string_view": lambda texts: pa.array(texts, pa.string_view()),
    "utf8 in chunks": lambda texts: _in_chunks(pa.array(texts, pa.utf8())),
    "string_view in chunks": lambda texts: _in_chunks(pa.array(texts, pa.string_view())),
    "dictionary": lambda texts: pa.array(texts, pa.utf8()).dictionary_encode(),
    "dictionary of large_utf8": lambda texts: _by_dictionary(texts, pa.large_utf8(), pa.uint8()),
    "dictionary of string_view": lambda texts: _by_dictionary(texts, pa.string_view(), pa.uint32()),
    "run-end-encoded": lambda texts: pc.run_end_encode(pa.array(texts, pa.large_utf8())),
}
#: The rows around a slice, which must have no effect.
_AROUND = ["974 760 673", None, "x", "", "86011117947", "+47 21 23 45 67 " * 5, "21234567"] * 2


def _sliced(texts: Texts, whole: Callable[[Texts], Any]) -> Any:
    """A slice that begins at the eleventh row."""
    return whole([*_AROUND[:11], *texts, *_AROUND]).slice(11, len(texts))


#: The types of text, and the types of bytes with the same layouts.
BYTES = {pa.utf8(): pa.binary(), pa.large_utf8(): pa.large_binary(), pa.string_view(): pa.binary_view()}
#: How a column can lie in memory, by name.
LAYOUTS: dict[str, Callable[[Texts], Any]] = {
    "list": list,
    **_WHOLE,
    **{f"{name}, sliced": partial(_sliced, whole=whole) for name, whole in _WHOLE.items()},
}

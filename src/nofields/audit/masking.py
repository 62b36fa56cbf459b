"""Mask national identity numbers in columns of any type, at any depth."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import LONG, transform
from nofields.columns import check
from nofields.columns.kernel import Array
from nofields.errors import MASK
from nofields.fields.identity import NationalIdentityNumber

#: Only kinds with a birth date: every third account number of some banks is also a valid FH-number.
_DATED = [kind.name for kind in NationalIdentityNumber.rule.kinds if kind.birth_date]
_DIGITS = NationalIdentityNumber.rule.digits
#: A text with as many digits as a number has, and the run of digits that a number ends with.
_ENOUGH_DIGITS, _ENDING = f"(?:[0-9][^0-9]*){{{_DIGITS}}}", "[0-9]{5,}"
#: A number inside a text, with or without separators between its groups.
_NUMBER = "[0-9]{2}[^0-9A-Za-z]{0,2}[0-9]{2}[^0-9A-Za-z]{0,2}[0-9]{2}[^0-9A-Za-z]{0,4}[0-9]{5}"
#: The same with its neighbours: for Arrow, whose regular expressions have no lookaround, and for Python.
_ARROW_PATTERN = f"(?P<before>^|[^0-9])(?P<number>{_NUMBER})(?P<after>[^0-9]|$)"
_PATTERN = re.compile(f"(?<![0-9]){_NUMBER}(?![0-9])")
#: Integers have as many digits, or one less where a leading zero is lost. No number starts with 00.
_LOWEST, _HIGHEST = 10 ** (_DIGITS - 2), 10**_DIGITS - 1
#: Integer and float types that can hold such a number.
_NUMBERS = (pa.int32(), pa.uint32(), pa.int64(), pa.uint64(), pa.float64())


class _AnyIdentityNumber(NationalIdentityNumber, accept=_DATED):
    """Real and synthetic numbers, independent of ``NOFIELDS_SYNTHETIC``."""


def mask_identity_numbers(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Mask the national identity numbers in an Arrow column.

    In text, ``***`` replaces the number, or the whole text if that has no other digits. In integer,
    decimal and float columns the number becomes null, or 0 if nulls are not allowed, even if it has
    lost its leading zero. In bytes of a fixed size the whole value becomes null, or zero bytes.
    Dictionaries and nested types keep their layout.

    Args:
        column: An array or chunked array of any type except views.

    Returns:
        The masked column, or ``column`` itself if it has no such number.

    >>> texts = pa.array(["301082-99920", "mor: 30108299920", "Ola 30108299920 ringte 22", "86011117947", None])
    >>> mask_identity_numbers(texts).to_pylist()
    ['***', '***', 'Ola *** ringte 22', '86011117947', None]
    >>> mask_identity_numbers(pa.array([[30108299920, 3851598730], [86011117947]])).to_pylist()
    [[None, None], [86011117947]]
    """
    return transform(column, _mask)


def _mask(array: pa.Array, nullable: bool) -> pa.Array:
    kind = array.type
    if kind in LONG:
        return _mask_texts(array)
    if pa.types.is_fixed_size_binary(kind):
        texts = array.cast(pa.binary())
        rows = _true_rows(pc.not_equal(_mask_texts(texts), texts))
    elif kind in _NUMBERS:
        rows = _rows_of_numbers(array)
    elif pa.types.is_decimal(kind):
        rows = _rows_of_decimals(array)
    else:
        return array
    mask = None if nullable else bytes(kind.byte_width) if pa.types.is_fixed_size_binary(kind) else 0
    return _replace(array, [rows], [pa.array([mask] * len(rows), kind)])


def _replace(array: pa.Array, rows: list[Array], values: list[pa.Array]) -> pa.Array:
    """Replace the values in some rows of an array.

    Uses ``take``: ``if_else`` and ``replace_with_mask`` have bugs on slices in old versions of Arrow.
    """
    if not any(map(len, rows)):
        return array
    wide = {pa.utf8(): pa.large_utf8(), pa.binary(): pa.large_binary()}.get(array.type, array.type)
    indices, replaced = np.arange(len(array)), np.concatenate(rows)
    indices[replaced] = len(array) + np.arange(len(replaced))
    return pa.concat_arrays([each.cast(wide) for each in (array, *values)]).take(pa.array(indices)).cast(array.type)


def _mask_texts(array: pa.Array) -> pa.Array:
    rows = _true_rows(pc.match_substring_regex(array, _ENOUGH_DIGITS))
    if not len(rows):
        return array
    texts = array.take(pa.array(rows))
    digits = _digits_of(texts)
    alone = _null_as_false(pc.equal(pc.binary_length(digits), _DIGITS))
    whole = np.flatnonzero(alone)[_valid(digits.filter(pa.array(alone)))]
    mask = pa.array([MASK], pa.utf8()).cast(array.type).take(pa.array(np.zeros(len(whole), np.int32)))
    among = np.flatnonzero(~alone & _null_as_false(pc.match_substring_regex(texts, _ARROW_PATTERN)))
    return _replace(array, [rows[whole], rows[among]], [mask, _mask_among_digits(texts.take(pa.array(among)))])


def _mask_among_digits(texts: pa.Array) -> pa.Array:
    """Mask each number in texts that have other digits too; Arrow masks those with one candidate."""
    once = _null_as_false(pc.equal(pc.count_substring_regex(texts, _ENDING), 1))
    one, several = np.flatnonzero(once), np.flatnonzero(~once)
    candidates = pc.extract_regex(texts.take(pa.array(one)), _ARROW_PATTERN).field("number")
    one = one[_valid(_digits_of(candidates))]
    masked_once = pc.replace_substring_regex(texts.take(pa.array(one)), _ARROW_PATTERN, rf"\1{MASK}\3")
    masked_each = pa.array(map(_mask_each, texts.take(pa.array(several)).to_pylist()), texts.type)
    return _replace(texts, [one, several], [masked_once, masked_each])


def _mask_each(text: str | bytes) -> str | bytes:
    if isinstance(text, bytes):
        return _PATTERN.sub(_mask_match, text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return _PATTERN.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    return MASK if _AnyIdentityNumber.is_valid(re.sub("[^0-9]", "", match[0])) else match[0]


def _rows_of_numbers(array: pa.Array) -> Array:
    values = array.fill_null(0).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero((values >= _LOWEST) & (values <= _HIGHEST))
    rows = rows[values[rows] == np.floor(values[rows])]
    return rows[_valid(_padded(pa.array(values[rows].astype(np.int64)).cast(pa.utf8())))]


def _rows_of_decimals(array: pa.Array) -> Array:
    digits = pc.replace_substring_regex(array.cast(pa.utf8()), r"\.0*$", "")
    rows = _true_rows(pc.match_substring_regex(digits, f"^[0-9]{{{_DIGITS - 1},{_DIGITS}}}$"))
    return rows[_valid(_padded(digits.take(pa.array(rows))))]


def _digits_of(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(texts, "[^0-9]+", "")


def _padded(digits: pa.Array) -> pa.Array:
    return pc.utf8_lpad(digits, _DIGITS, "0")


def _valid(digits: pa.Array) -> Array:
    """Return a flag for each text of eleven digits: whether it is a valid national identity number."""
    return check(_AnyIdentityNumber, digits.cast(pa.utf8())).valid.to_numpy(zero_copy_only=False)


def _true_rows(flags: pa.Array) -> Array:
    """Return the indices of the flags that are true."""
    return np.flatnonzero(_null_as_false(flags))


def _null_as_false(flags: pa.Array) -> Array:
    return flags.fill_null(False).to_numpy(zero_copy_only=False)

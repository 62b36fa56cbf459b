"""Masks national identity numbers, in whatever column and however deep in it they stand."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nofields.audit.layouts import LONG, rebuilt
from nofields.columns import check
from nofields.columns.found import Array
from nofields.errors import MASK
from nofields.fields.identity import NationalIdentityNumber

#: Those with a date in them: without one, every third account number of some banks would be taken for an FH-number.
_DATED = [kind.name for kind in NationalIdentityNumber.rule.kinds if kind.birth_date]
_DIGITS = NationalIdentityNumber.rule.digits
#: A text with so many digits, and a run of digits that a number may end in.
_MANY, _ENDING = f"(?:[0-9][^0-9]*){{{_DIGITS}}}", "[0-9]{5,}"
#: A number inside of a text, in a run or grouped as people write it, for Python's expressions and for Arrow's.
_NUMBER = "[0-9]{2}[^0-9A-Za-z]{0,2}[0-9]{2}[^0-9A-Za-z]{0,2}[0-9]{2}[^0-9A-Za-z]{0,4}[0-9]{5}"
_BETWEEN = f"(?P<before>^|[^0-9])(?P<number>{_NUMBER})(?P<behind>[^0-9]|$)"
_EACH = re.compile(f"(?<![0-9]){_NUMBER}(?![0-9])")
#: Numbers with as many digits, or one less where a leading zero is lost; no day begins with two.
_LOWEST, _HIGHEST = 10 ** (_DIGITS - 2), 10**_DIGITS - 1
#: Types that have room for such a number.
_NUMBERS = (pa.int32(), pa.uint32(), pa.int64(), pa.uint64(), pa.float64())


class _Anybodys(NationalIdentityNumber, accept=_DATED):
    """A number of any person, real or made up, whatever ``NOFIELDS_SYNTHETIC`` says."""


def masked(column: Any) -> Any:
    """Mask the national identity numbers in an Arrow column.

    In text, ``***`` stands for the number, or for the whole text where that has no other digits. A number of an integer,
    decimal or float column, also one that has lost its leading zero, becomes null, or 0 where the type forbids nulls; so do
    bytes of a fixed size. Dictionaries and nested types keep their layout.

    Args:
        column: an array or chunked array of any type but views.

    Returns:
        The column itself where it has no such number.

    >>> masked(pa.array(["301082-99920", "mor: 30108299920", "Ola 30108299920 ringte 22", "86011117947", None])).to_pylist()
    ['***', '***', 'Ola *** ringte 22', '86011117947', None]
    >>> masked(pa.array([[30108299920, 3851598730], [86011117947]])).to_pylist()
    [[None, None], [86011117947]]
    """
    return rebuilt(column, _masked)


def _masked(array: Any, nullable: bool) -> Any:
    kind = array.type
    if kind in LONG:
        return _in_texts(array)
    if pa.types.is_fixed_size_binary(kind):
        texts = array.cast(pa.binary())
        rows = _true(pc.not_equal(_in_texts(texts), texts))
    elif kind in _NUMBERS:
        rows = _in_numbers(array)
    elif pa.types.is_decimal(kind):
        rows = _in_decimals(array)
    else:
        return array
    nothing = None if nullable else bytes(kind.byte_width) if pa.types.is_fixed_size_binary(kind) else 0
    return _with(array, [rows], [pa.array([nothing] * len(rows), kind)])


def _with(array: Any, rows: list[Array], values: list[Any]) -> Any:
    """An array with other values in some rows; itself without such rows.

    By ``take``: ``if_else`` and ``replace_with_mask`` have bugs on slices in old versions of Arrow.
    """
    if not any(map(len, rows)):
        return array
    wide = {pa.utf8(): pa.large_utf8(), pa.binary(): pa.large_binary()}.get(array.type, array.type)
    places, places_of_values = np.arange(len(array)), np.concatenate(rows)
    places[places_of_values] = len(array) + np.arange(len(places_of_values))
    return pa.concat_arrays([each.cast(wide) for each in (array, *values)]).take(pa.array(places)).cast(array.type)


def _in_texts(array: Any) -> Any:
    rows = _true(pc.match_substring_regex(array, _MANY))
    if not len(rows):
        return array
    texts = array.take(pa.array(rows))
    digits = _digits_of(texts)
    alone = _true_or_not(pc.equal(pc.binary_length(digits), _DIGITS))
    whole = np.flatnonzero(alone)[_valid(digits.filter(pa.array(alone)))]
    mask = pa.array([MASK], pa.utf8()).cast(array.type).take(pa.array(np.zeros(len(whole), np.int32)))
    among = np.flatnonzero(~alone & _true_or_not(pc.match_substring_regex(texts, _BETWEEN)))
    return _with(array, [rows[whole], rows[among]], [mask, _among_others(texts.take(pa.array(among)))])


def _among_others(texts: Any) -> Any:
    """Texts with a mask for each number, which stand among other digits: at once where there is only one to look at."""
    once = _true_or_not(pc.equal(pc.count_substring_regex(texts, _ENDING), 1))
    one, several = np.flatnonzero(once), np.flatnonzero(~once)
    found = pc.extract_regex(texts.take(pa.array(one)), _BETWEEN).field("number")
    one = one[_valid(_digits_of(found))]
    masked_once = pc.replace_substring_regex(texts.take(pa.array(one)), _BETWEEN, rf"\1{MASK}\3")
    masked_each = pa.array(map(_without, texts.take(pa.array(several)).to_pylist()), texts.type)
    return _with(texts, [one, several], [masked_once, masked_each])


def _without(text: Any) -> Any:
    """A text, or its bytes, with a mask for each number."""
    if isinstance(text, bytes):
        return _without(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return _EACH.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    return MASK if _Anybodys.is_valid(re.sub("[^0-9]", "", found[0])) else found[0]


def _in_numbers(array: Any) -> Array:
    values = array.fill_null(0).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero((values >= _LOWEST) & (values <= _HIGHEST))
    rows = rows[values[rows] == np.floor(values[rows])]
    return rows[_valid(_padded(pa.array(values[rows].astype(np.int64)).cast(pa.utf8())))]


def _in_decimals(array: Any) -> Array:
    digits = pc.replace_substring_regex(array.cast(pa.utf8()), r"\.0*$", "")
    rows = _true(pc.match_substring_regex(digits, f"^[0-9]{{{_DIGITS - 1},{_DIGITS}}}$"))
    return rows[_valid(_padded(digits.take(pa.array(rows))))]


def _digits_of(texts: Any) -> Any:
    return pc.replace_substring_regex(texts, "[^0-9]+", "")


def _padded(digits: Any) -> Any:
    return pc.utf8_lpad(digits, _DIGITS, "0")


def _valid(digits: Any) -> Array:
    """Which of some texts of eleven digits are numbers of persons."""
    return check(_Anybodys, digits.cast(pa.utf8())).valid.to_numpy(zero_copy_only=False)


def _true(flags: Any) -> Array:
    """The places of what is true, and not null."""
    return np.flatnonzero(_true_or_not(flags))


def _true_or_not(flags: Any) -> Array:
    return flags.fill_null(False).to_numpy(zero_copy_only=False)

"""Masks national identity numbers, in whatever column they stand."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from nofields.columns import check
from nofields.columns.found import only_where
from nofields.errors import MASK
from nofields.fields.identity import NationalIdentityNumber

#: Those with a date in them: without one, every third account number of some banks would be taken for an FH-number.
_DATED = [kind.name for kind in NationalIdentityNumber.rule.kinds if kind.birth_date]


class _Anybodys(NationalIdentityNumber, accept=_DATED):
    """A number of any person, real or made up, whatever ``NOFIELDS_SYNTHETIC`` says."""


def masked(column: Any) -> Any:
    """An Arrow column, with a mask for each text that is a national identity number, whatever parts or surrounds its digits.

    Dictionaries are decoded; columns of anything but texts stay as they are.

    >>> masked(pa.array(["301082-99920", "mor: 30108299920", "974760673", "86011117947", None])).to_pylist()
    ['***', '***', '974760673', '86011117947', None]
    """
    if pa.types.is_dictionary(column.type):
        return masked(column.cast(column.type.value_type))
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    digits = pc.replace_substring_regex(column, "[^0-9]+", "")
    # Only they are looked at: the kernel is quick with what is nearly a number.
    digits = only_where(pc.equal(pc.binary_length(digits), NationalIdentityNumber.rule.digits), digits)
    if digits.null_count == len(digits):
        return column
    found = check(_Anybodys, digits).valid.fill_null(False)
    return pc.if_else(found, pa.scalar(MASK, column.type), column)

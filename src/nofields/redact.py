"""Masks long numbers in the names of files, columns and options that messages show."""

from __future__ import annotations

import re

from nofields.errors import MASK

#: Nine or more digits in a row, or eleven written as a date and five digits. Other groups are shown,
#: as most of them are times such as 2024-01-31-120000.
_LONG_NUMBER = re.compile(
    r"""[0-9]{9,}
      | (?<![0-9]) [0-9]{2}[\s./-]?[0-9]{2}[\s./-]?[0-9]{2} [\s.-]{1,3} [0-9]{5} (?![0-9])""",
    re.VERBOSE,
)


def redact(text: str) -> str:
    """Replace every long number in a text by a mask.

    Args:
        text: A message that quotes the name of a file, a column or an option.

    Returns:
        The text with ``***`` for each run of nine or more digits and each number written like a
        fødselsnummer.

    >>> redact("kunder-24819106475.csv has no column '248191 06475'.")
    "kunder-***.csv has no column '***'."
    >>> redact("Kunder2025-2024-01-31-120000.csv: No such file or directory.")
    'Kunder2025-2024-01-31-120000.csv: No such file or directory.'
    """
    return _LONG_NUMBER.sub(MASK, text)

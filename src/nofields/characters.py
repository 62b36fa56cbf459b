"""The characters of values: digits, signs, separators, and what cannot be seen. One list for all readers."""

from __future__ import annotations

#: White space that may stand around digits: ASCII's, no-break (also narrow) and thin space.
WHITE_SPACE = " \t\r\n\u00a0\u202f\u2009"
#: Characters that nobody sees, such as marks of direction in copied phone numbers. A list of our own, since the versions of
#: Unicode that Python and JavaScript know differ.
INVISIBLE = "".join(
    map(
        chr,
        (
            *(0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
            *(*range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF),
        ),
    )
)
#: Text of these characters alone is empty.
BLANK = WHITE_SPACE + INVISIBLE
#: What is written for a hyphen: hyphens, dashes and minus signs. At the end of a text a soft hyphen is one too.
DASHES, SOFT_HYPHEN = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "\u00ad"
#: The accepted digits: ``str.isdigit`` and ``\d`` also match Arabic-Indic and full-width ones.
DIGITS = "0123456789"
#: Blanks that may stand between the groups of a decimal number: space, no-break (also narrow) and thin space.
SPACES = " \u00a0\u202f\u2009"
#: The minus signs of decimal numbers: the hyphen, and U+2212, which CLDR and browsers write in Norwegian.
MINUS_SIGNS = "-\u2212"
#: Decimal separators, Norwegian and English.
DECIMAL_SIGNS = ".,"
#: A number with decimals, an exponent or both, as programs write a float: leading zeros, and digits
#: beyond a float's precision, are lost.
AS_NUMBER = f"[+\u2212-]?(([0-9]+[{DECIMAL_SIGNS}][0-9]*|[{DECIMAL_SIGNS}][0-9]+)([Ee][+-]?[0-9]+)?|[0-9]+[Ee][+-]?[0-9]+)"

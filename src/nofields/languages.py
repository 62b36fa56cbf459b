"""Negotiates the reader's language from a locale name or an Accept-Language header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from nofields.catalogs import DEFAULT, PROCESS_WIDE, Catalogs

if TYPE_CHECKING:
    from babel import Locale

#: Characters of a header that are read; browsers send fewer.
_LONGEST_HEADER = 500
#: The language that is read for another name. ``no`` is the macrolanguage; most people who send it read bokmål.
ALIASES = {"no": "nb", "nob": "nb", "nno": "nn", "nor": "nb", "eng": "en"}

#: Units of sizes of files, the largest first.
_SIZES = ((10**9, "gigabyte"), (10**6, "megabyte"), (10**3, "kilobyte"), (1, "byte"))

_RANGE = re.compile(
    r"""\s* ([a-z]{1,8} | \*) ((?:[-_][a-z0-9]{1,8})*) (?:\.[\w-]+)? (?:@\w+)?
        \s* (?: ; \s* q \s* = \s* ([01](?:\.\d{0,3})?) \s* )?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def negotiate(wanted: str | None, default: str = DEFAULT, catalogs: Catalogs = PROCESS_WIDE) -> str:
    """Return the language that fits best: ``nb``, ``nn``, ``en`` or one that a project added.

    Args:
        wanted: A locale name (``nn``, ``nb-NO``, ``no``, ``en_GB``) or an Accept-Language header
            (RFC 9110, 12.5.4). Parts that cannot be parsed are ignored.
        default: Returned when nothing fits.
        catalogs: The catalogs of an app that has its own.

    >>> negotiate("de, nn-NO;q=0.8, en;q=0.5")
    'nn'
    >>> negotiate("no"), negotiate("../../etc/passwd"), negotiate(None)
    ('nb', 'nb', 'nb')
    """
    return _best(str(wanted or "")[:_LONGEST_HEADER], default, catalogs.languages())


def cldr(language: str) -> Locale:
    """Return Babel's CLDR data of a language, or of bokmål if CLDR lacks the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale(DEFAULT)


def list_patterns(language: str) -> Mapping[str, str]:
    """Return how a language joins a list: the patterns of CLDR for two, the start, the middle and the end."""
    return dict(cldr(language).list_patterns["standard"])


def joined(texts: Sequence[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Join texts as a language lists things, all of them or as alternatives.

    >>> joined(["minst 7 tegn", "en stor bokstav", "et siffer"], "nb")
    'minst 7 tegn, en stor bokstav og et siffer'
    >>> joined(["PDF", "JPEG", "PNG"], "nb", "or")
    'PDF, JPEG eller PNG'
    """
    from babel.lists import format_list

    return format_list(texts, style, locale=cldr(language))


@cache
def decimal_separator(language: str) -> str:
    """Return the sign before the decimals of a number."""
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(cldr(language))


def file_size(count: int, language: str) -> str:
    """Return a number of bytes in the largest unit that fits, as a language writes it: rounded down, since it is a limit.

    >>> file_size(5_000_000, "nb"), file_size(5 * 1024 * 1024, "nb"), file_size(999, "en")
    ('5 MB', '5,2 MB', '999 byte')
    """
    from babel.units import format_unit

    power, unit = next((each for each in _SIZES if count >= each[0]), _SIZES[-1])
    tenths = count * 10 // power
    value = tenths // 10 if tenths >= 100 or tenths % 10 == 0 else tenths / 10
    return format_unit(value, f"digital-{unit}", "short", locale=cldr(language)).replace("\xa0", " ")


@lru_cache(maxsize=256)
def _best(header: str, default: str, available: tuple[str, ...]) -> str:
    alone: dict[str, float] = {}
    with_region: dict[str, float] = {}
    for part in header.split(","):
        if match := _RANGE.fullmatch(part):
            language = ALIASES.get(match[1].lower(), match[1].lower())
            quality = 1.0 if match[3] is None else min(float(match[3]), 1.0)
            if match[2]:
                with_region[language] = max(quality, with_region.get(language, 0.0))
            else:
                alone.setdefault(language, quality)
    qualities = with_region | alone
    allowed = next((language for language in (default, *available) if qualities.get(language) != 0.0), default)
    accepted = {language: quality for language, quality in qualities.items() if quality and language in (*available, "*")}
    best = max(accepted, key=lambda language: accepted[language], default="*")
    return allowed if best == "*" else best

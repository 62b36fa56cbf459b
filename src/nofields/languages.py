"""Negotiates the reader's language from a locale name or an Accept-Language header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from nofields.catalogs import DEFAULT, PROCESS_WIDE, Catalogs

if TYPE_CHECKING:
    from babel import Locale

#: Characters of a header that are read; browsers send fewer.
_LONGEST_HEADER = 500
#: ``no`` is the macrolanguage; most people who send it read bokmål.
_ALIASES = {"no": "nb", "nob": "nb", "nno": "nn", "nor": "nb", "eng": "en"}

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


def joined(texts: Sequence[str], language: str) -> str:
    """Join texts as a language lists things.

    >>> joined(["minst 7 tegn", "en stor bokstav", "et siffer"], "nb")
    'minst 7 tegn, en stor bokstav og et siffer'
    """
    from babel.lists import format_list

    return format_list(texts, locale=cldr(language))


@lru_cache(maxsize=256)
def _best(header: str, default: str, available: tuple[str, ...]) -> str:
    alone: dict[str, float] = {}
    with_region: dict[str, float] = {}
    for part in header.split(","):
        if match := _RANGE.fullmatch(part):
            language = _ALIASES.get(match[1].lower(), match[1].lower())
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

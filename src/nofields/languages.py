"""Chooses the reader's language from a locale name or an Accept-Language header."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nofields.catalogs import DEFAULT, languages

if TYPE_CHECKING:
    from babel import Locale

#: Browsers send short headers; what comes after this many characters is not read.
_LONGEST_HEADER = 500
#: ``no`` is the old name for both Norwegian languages; most people who send it read bokmål.
_ALIASES = {"no": "nb", "nob": "nb", "nno": "nn", "nor": "nb", "eng": "en"}

_RANGE = re.compile(
    r"""\s* ([a-z]{1,8} | \*) ((?:[-_][a-z0-9]{1,8})*) (?:\.[\w-]+)? (?:@\w+)?
        \s* (?: ; \s* q \s* = \s* ([01](?:\.\d{0,3})?) \s* )?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def negotiate(wanted: str | None, default: str = DEFAULT) -> str:
    """The catalog language (``nb``, ``nn``, ``en``, or one that a project adds) that fits ``wanted`` best.

    ``wanted`` is a locale name (``nn``, ``nb-NO``, ``no``, ``en_GB``) or a whole Accept-Language header with
    q-values (RFC 9110, 12.5.4). What cannot be read is passed over; when nothing fits, ``default`` it is.

    >>> negotiate("de, nn-NO;q=0.8, en;q=0.5")
    'nn'
    >>> negotiate("no"), negotiate("../../etc/passwd"), negotiate(None)
    ('nb', 'nb', 'nb')
    """
    return _best(str(wanted or "")[:_LONGEST_HEADER], default, languages())


def cldr(language: str) -> Locale:
    """What CLDR knows of a language, by Babel; of one that it does not know, what it knows of bokmål."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale(DEFAULT)


@lru_cache(maxsize=256)
def _best(header: str, default: str, known: tuple[str, ...]) -> str:
    itself: dict[str, float] = {}
    by_region: dict[str, float] = {}
    for part in header.split(","):
        if read := _RANGE.fullmatch(part):
            language = _ALIASES.get(read[1].lower(), read[1].lower())
            quality = 1.0 if read[3] is None else min(float(read[3]), 1.0)
            if read[2]:
                by_region[language] = max(quality, by_region.get(language, 0.0))
            else:
                itself.setdefault(language, quality)
    qualities = by_region | itself
    allowed = next((language for language in (default, *known) if qualities.get(language) != 0.0), default)
    wanted = {language: quality for language, quality in qualities.items() if quality and language in (*known, "*")}
    best = max(wanted, key=lambda language: wanted[language], default="*")
    return allowed if best == "*" else best

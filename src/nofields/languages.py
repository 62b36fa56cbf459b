"""Chooses the reader's language from a locale name or an Accept-Language header."""

from __future__ import annotations

import re
from functools import lru_cache

from nofields.catalogs import DEFAULT, LANGUAGES

#: Browsers send short headers; what comes after this many characters is not read.
_LONGEST_HEADER = 500
#: ``no`` is the old name for both Norwegian languages; most people who send it read bokmål.
_ALIASES = {"no": "nb", "nob": "nb", "nno": "nn", "nor": "nb", "eng": "en"}

_RANGE = re.compile(
    r"\s* ([A-Za-z]{1,8} | \*) (?:[-_][A-Za-z0-9]{1,8})* (?:\.[\w-]+)? \s* (?: ; \s* q \s* = \s* ([01](?:\.\d{0,3})?) \s* )?",
    re.ASCII | re.VERBOSE,
)


@lru_cache(maxsize=256)
def negotiate(wanted: str | None, default: str = DEFAULT) -> str:
    """The catalog language (``nb``, ``nn`` or ``en``) that fits ``wanted`` best.

    ``wanted`` is a locale name (``nn``, ``nb-NO``, ``no``, ``en_GB``) or a whole Accept-Language header with
    q-values (RFC 9110, 12.5.4). What cannot be read is passed over; when nothing fits, ``default`` it is.

    >>> negotiate("de, nn-NO;q=0.8, en;q=0.5")
    'nn'
    >>> negotiate("no"), negotiate("../../etc/passwd"), negotiate(None)
    ('nb', 'nb', 'nb')
    """
    best, best_quality = default, 0.0
    refused = set()
    for part in str(wanted or "")[:_LONGEST_HEADER].split(","):
        read = _RANGE.fullmatch(part)
        if read is None:
            continue
        tag = read[1].lower()
        language = _ALIASES.get(tag, tag)
        quality = 1.0 if read[2] is None else min(float(read[2]), 1.0)
        if quality == 0.0:
            refused.add(language)
        elif quality > best_quality and (language in LANGUAGES or language == "*"):
            best, best_quality = (default if language == "*" else language), quality
    if best_quality == 0.0 and best in refused:
        return next((language for language in LANGUAGES if language not in refused), default)
    return best

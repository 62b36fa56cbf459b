"""Translate keys, and fill in their parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache

from nofields.catalogs import DEFAULT, catalog, locales_file
from nofields.keys import Key, Phrase
from nofields.languages import negotiate
from nofields.rules import LONGEST_LINE

#: The parameter values in the documented texts; used where a caller passes none.
DOCUMENTED_PARAMS: Mapping[str, Mapping[str, str]] = {
    Key.DATE_TO_FROM_ERROR: {"example": "31.12.2016"},
    Key.POSTAL_CODE_ERROR: {"digits": "4"},
    Key.ACCOUNT_FIELD_ERROR: {"digits": "11"},
    Key.ORGANISATION_FIELD_ERROR: {"digits": "9"},
    Key.SSN_ERROR: {"digits": "11"},
    Key.PHONE_ERROR: {"digits": "8"},
    Key.MOBILE_PHONE_NO_ERROR: {"digits": "8"},
    Key.TEXT_FIELD_LENGTH_ERROR: {"max": str(LONGEST_LINE)},  # its documented text is only the key
    Key.TEXTAREA_FIELD_LENGTH_ERROR: {"max": "2000"},
}
#: Pairs of keys that are one gettext message: the singular, and its plural.
PLURALS = {Key.AFTER_COUNT_TEXT: Key.AFTER_COUNT_TEXT_PLURAL}
_HAVE_PLURALS = frozenset(PLURALS) | frozenset(PLURALS.values())

#: A count that takes the plural in every language; some have a dual for two.
_MANY = 100

#: A placeholder in a text, such as ``{max}``.
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def message(key: str, locale: str | None = DEFAULT, **params: object) -> str:
    """Return the text of a key in a language, with the parameters filled in.

    Args:
        key: A documented key, or one of the project's own. An unknown key is returned as it is.
        locale: A locale name or an Accept-Language header. Bokmål is used if no language matches.
        **params: Values of the placeholders. A documented text falls back on the documented value,
            any other keeps its placeholder. ``count`` selects the plural form of the task counter;
            the texts of the keys in ``requirements`` are appended as sentences.

    Returns:
        The text.

    Raises:
        CatalogError: A catalog of the project's own cannot be read.

    >>> message("ORGANISATION_FIELD_ERROR", "en")
    'Enter a valid organisation number (9 digits).'
    >>> message("TEXTAREA_FIELD_LENGTH_ERROR", "nb", max=500)
    'Maks 500 tegn'
    """
    return message_with(params, key, locale)


def message_with(params: Mapping[str, object], key: str, locale: str | None = DEFAULT) -> str:
    """Do what :func:`message` does, for parameters of any name and value.

    A parameter that cannot be converted to text counts as missing.
    """
    language = negotiate(locale)
    values = {
        name: value if type(value) is str or type(value) is int else _builtin(value)
        for name, value in params.items()
        if type(name) is str
    }
    text = _fill(template(key, language, values.get("count")), key, values)
    requirements = values.get("requirements")
    if type(requirements) is not tuple and type(requirements) is not list:
        return text
    keys = [each for each in map(_builtin, requirements) if type(each) is str]
    return sentences(text, *(_fill(template(each, language), key, values) for each in keys))


def explanation(reason: str, locale: str | None, params: Mapping[str, object]) -> str:
    """Return the sentence for a reason, one of :class:`nofields.errors.Reason`.

    Args:
        reason: The reason. An unknown one has the sentence of ``Reason.OTHER``.
        locale: A locale name or an Accept-Language header.
        params: The problem's parameters.
    """
    phrase = Phrase.__members__.get(f"REASON_{reason.upper()}", Phrase.REASON_OTHER)
    return message_with(params, phrase, locale)


def sentences(*texts: str) -> str:
    """Join texts into one paragraph.

    Empty texts are skipped; every text but the last gets a full stop if it has no end mark.

    >>> sentences("Maks 2000 tegn", "Kort ned teksten.", "")
    'Maks 2000 tegn. Kort ned teksten.'
    """
    *before, last = [text for text in texts if text] or [""]
    return " ".join([*(text if text.endswith((".", "?", "!")) else f"{text}." for text in before), last])


def tasks_waiting(count: int, locale: str | None = DEFAULT) -> str:
    """Return the task counter as one sentence, from its four documented parts.

    Args:
        count: The number of tasks.
        locale: A locale name or an Accept-Language header.

    >>> tasks_waiting(1), tasks_waiting(3)
    ('Du har en oppgave som venter på deg', 'Du har 3 oppgaver som venter på deg')
    """
    number = message(Key.MINE_OPPGAVER_COUNT_TEXT, locale) if count == 1 else str(count)
    return f"{message(Key.BEFORE_COUNT_TEXT, locale)} {number} {message(Key.AFTER_COUNT_TEXT, locale, count=count)}"


@cache
def documented() -> Mapping[str, str]:
    """Return the documented texts by key, verbatim."""
    texts: dict[str, str] = json.loads(locales_file("documented.nb.json").read_text("utf-8"))
    return texts


def template(key: str, language: str, count: object = None) -> str:
    """Return the text of a key with its placeholders, in the plural form for a count if it has any."""
    if not key:  # in gettext, the catalog's header
        return ""
    return catalog(language).text(*(gettext_id(key, count) if key in _HAVE_PLURALS else (key, None)))


def gettext_id(key: str, count: object = None) -> tuple[str, int | None]:
    """Return the gettext message of a key, and for a key with plural forms the count that selects one."""
    for singular, plural in PLURALS.items():
        if key in (singular, plural):
            return singular, count if isinstance(count, int) else 1 if key == singular else _MANY
    return key, None


def _fill(text: str, key: str, params: Mapping[str, object]) -> str:
    def value(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        with suppress(Exception):  # the object's __str__ may raise anything
            return str(params[name])
        return DOCUMENTED_PARAMS.get(key, {}).get(name, placeholder[0])

    return PLACEHOLDER.sub(value, text) if "{" in text else text


def _builtin(value: object) -> object:
    """Convert an instance of a subclass of ``str`` or ``int``, whose methods may do anything."""
    kind = type(value)
    if issubclass(kind, str):
        return str.__str__(value)
    return int.__int__(value) if issubclass(kind, int) and kind is not bool else value  # type: ignore[arg-type]

"""Says a key in a language, with its parameters filled in."""

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

#: The parameters of the documented texts, as those texts have them; a caller's own take their place.
DOCUMENTED_PARAMS: Mapping[str, Mapping[str, str]] = {
    Key.DATE_TO_FROM_ERROR: {"example": "31.12.2016"},
    Key.POSTAL_CODE_ERROR: {"digits": "4"},
    Key.ACCOUNT_FIELD_ERROR: {"digits": "11"},
    Key.ORGANISATION_FIELD_ERROR: {"digits": "9"},
    Key.SSN_ERROR: {"digits": "11"},
    Key.PHONE_ERROR: {"digits": "8"},
    Key.MOBILE_PHONE_NO_ERROR: {"digits": "8"},
    Key.TEXT_FIELD_LENGTH_ERROR: {"max": str(LONGEST_LINE)},  # the documented text is its own key
    Key.TEXTAREA_FIELD_LENGTH_ERROR: {"max": "2000"},
}
#: Keys that are one text to gettext: the singular, and the plural of the same sentence.
PLURALS = {Key.AFTER_COUNT_TEXT: Key.AFTER_COUNT_TEXT_PLURAL}

#: A count that has the plural in every language; two has a form of its own in some.
_MANY = 100

#: A parameter in a text.
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def message(key: str, locale: str | None = DEFAULT, **params: object) -> str:
    """The text of a documented or own key, parameters filled in; those left out have the documented values.

    ``locale`` may be any locale name or Accept-Language header; bokmål where nothing fits. ``count`` chooses the
    plural form of the task counter. ``requirements`` (own keys) are said one after the other behind the text.

    >>> message("ORGANISATION_FIELD_ERROR", "en")
    'Enter a valid organisation number (9 digits).'
    >>> message("TEXTAREA_FIELD_LENGTH_ERROR", "nb", max=500)
    'Maks 500 tegn'
    """
    return message_with(params, key, locale)


def message_with(params: Mapping[str, object], key: str, locale: str | None = DEFAULT) -> str:
    """:func:`message` for parameters of any name and any value, such as a problem's.

    A parameter that cannot be made text counts as left out.
    """
    language = negotiate(locale)
    plain = {name: _plain(value) for name, value in params.items() if type(name) is str}
    text = _fill(template(key, language, plain.get("count")), key, plain)
    requirements = plain.get("requirements")
    if type(requirements) is not tuple and type(requirements) is not list:
        return text
    keys = [each for each in map(_plain, requirements) if type(each) is str]
    return sentences(text, *(_fill(template(each, language), key, plain) for each in keys))


def sentences(*texts: str) -> str:
    """Texts one behind the other, a full stop after each that has none; the last is left as it is, as are empty ones out.

    >>> sentences("Maks 2000 tegn", "Kort ned teksten.", "")
    'Maks 2000 tegn. Kort ned teksten.'
    """
    *before, last = [text for text in texts if text] or [""]
    return " ".join([*(text if text.endswith((".", "?", "!")) else f"{text}." for text in before), last])


def tasks_waiting(count: int, locale: str | None = DEFAULT) -> str:
    """The task counter as one sentence, from its four documented parts.

    >>> tasks_waiting(1), tasks_waiting(3)
    ('Du har en oppgave som venter på deg', 'Du har 3 oppgaver som venter på deg')
    """
    number = message(Key.MINE_OPPGAVER_COUNT_TEXT, locale) if count == 1 else str(count)
    return f"{message(Key.BEFORE_COUNT_TEXT, locale)} {number} {message(Key.AFTER_COUNT_TEXT, locale, count=count)}"


@cache
def documented() -> Mapping[str, str]:
    """The documented bundle, verbatim."""
    read: dict[str, str] = json.loads(locales_file("documented.nb.json").read_text("utf-8"))
    return read


def template(key: str, language: str, count: object = None) -> str:
    """The text of a key with its placeholders, ``{max}``, in the plural form for a count if it has any."""
    return catalog(language).text(*gettext_id(key, count)) if key else ""  # to gettext, the catalog's own head


def gettext_id(key: str, count: object = None) -> tuple[str, int | None]:
    """What a key is to gettext: its message, and for a key with plural forms the count that chooses one."""
    for singular, plural in PLURALS.items():
        if key in (singular, plural):
            return singular, count if isinstance(count, int) else 1 if key == singular else _MANY
    return key, None


def _fill(text: str, key: str, params: Mapping[str, object]) -> str:
    def value(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        with suppress(Exception):  # a class of somebody's own may raise anything
            return str(params[name])
        return DOCUMENTED_PARAMS.get(key, {}).get(name, placeholder[0])

    return PLACEHOLDER.sub(value, text) if "{" in text else text


def _plain(value: object) -> object:
    """A value as Python's own ``str`` or ``int`` if it is of a subclass, whose methods may do anything."""
    kind = type(value)
    if issubclass(kind, str):
        return str.__str__(value)
    return int.__int__(value) if issubclass(kind, int) and kind is not bool else value  # type: ignore[arg-type]


def explanation(reason: str, locale: str | None, params: Mapping[str, object]) -> str:
    """The sentence that tells people why a value was refused; see :class:`nofields.errors.Reason`."""
    phrase = Phrase.__members__.get(f"REASON_{reason.upper()}", Phrase.REASON_OTHER)
    return message_with(params, phrase, locale)

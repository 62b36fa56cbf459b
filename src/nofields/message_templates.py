"""The texts of keys with their placeholders, as the catalogs have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from nofields.catalogs import PROCESS_WIDE, Catalogs, locales_file
from nofields.keys import Key, Phrase, documented_key, message_key, replaced_by
from nofields.plurals import HAVE_PLURALS, gettext_id
from nofields.rules import LONGEST_LINE

#: The parameter values in the documented texts, and in hints that belong to no field; used where a caller passes none.
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
    Phrase.HINT_TIME: {"example": "12:30"},
    Phrase.HINT_DATE_TIME: {"example": "31.12.2016 12:30"},
}
#: A placeholder in a text, such as ``{max}``.
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def documented() -> Mapping[str, str]:
    """Return the documented texts by key, verbatim."""
    import json  # here: few processes need this file, and all would wait for the import

    texts: dict[str, str] = json.loads(locales_file("documented.nb.json").read_text("utf-8"))
    return texts


def template(key: str, language: str, count: object = None, catalogs: Catalogs = PROCESS_WIDE, *, listing: bool = False) -> str:
    """Return the text of a key with its placeholders, in the plural form for a count if it has any.

    A project's key without a text has that of the key that it replaces; an unknown one is its own text.
    A project's text of a documented key takes precedence over the sentences of single fields, and over that
    of the requirements to a password, which ``listing`` puts in place of "Ugyldig verdi.".
    """
    if not key:  # in gettext, the catalog's header
        return ""
    texts = catalogs.catalog(language)
    own, number = message_key(key, by_field=texts.by_field), None
    if own in HAVE_PLURALS:
        own, number = gettext_id(own, count)
        key = own if key in HAVE_PLURALS else key
    lists = (Phrase.PASSWORD_REQUIREMENTS,) if listing and key == Key.TEXT_FIELD_CONTENTS_ERROR else ()
    text = texts.text(*dict.fromkeys((*lists, own, key, documented_key(own))), count=number)
    replaced = replaced_by(key) if text == key else None
    return template(replaced, language, count, catalogs, listing=listing) if replaced else text


def has_text(key: str, language: str, catalogs: Catalogs = PROCESS_WIDE) -> bool:
    """Return whether a key has a text in a language or in bokmål."""
    return bool(key) and catalogs.catalog(language).text(key) != key


def documented_params(key: str) -> Mapping[str, str]:
    """Return the parameters of the documented text that a key has or replaces."""
    return DOCUMENTED_PARAMS.get(replaced_by(key) or key, {})


def has_own_reason(reason: str, language: str, catalogs: Catalogs = PROCESS_WIDE) -> bool:
    """Return whether a reason is the project's own and has a sentence in its catalogs."""
    key = f"REASON_{reason.upper()}"
    return key not in Phrase.__members__ and has_text(key, language, catalogs)

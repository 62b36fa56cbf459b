"""The keys whose texts have plural forms, and what selects a form."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.keys import Key, Phrase

#: The parameter that selects the plural form of a key where errors have no ``count``.
COUNTED: Mapping[str, str] = {
    Key.TEXT_FIELD_LENGTH_ERROR: "max",
    Key.TEXTAREA_FIELD_LENGTH_ERROR: "max",
    Phrase.HINT_ALTINN_PASSWORD: "min",
    Phrase.REASON_LENGTH: "digits",
    Phrase.REASON_LENGTH_SHORT_PHONE: "digits",
    Phrase.REASON_LENGTH_IBAN: "length",
    Phrase.REASON_TOO_LONG: "max",
    Phrase.PASSWORD_MIN_LENGTH: "min",
    Phrase.PASSWORD_MAX_LENGTH: "max",
    Phrase.ALTINN_NOTE_BOTH: "minutes",
    Phrase.ALTINN_TEST_LIMITED: "seconds",
}
#: The parameter that selects the plural form where one of nofields' fields has the message: its errors have no ``count``.
COUNTED_BY_FIELDS: Mapping[str, str] = {
    Phrase.ERROR_TEXT_SHORT: "min",
    Phrase.ERROR_DIGITS: "max",
    Phrase.ERROR_DECIMALS: "max",
}
#: Keys with plural forms, which the parameter ``count`` selects, and the key of the plural: another key
#: for the counter of tasks, itself for all others.
PLURALS: Mapping[str, str] = {
    Key.AFTER_COUNT_TEXT: Key.AFTER_COUNT_TEXT_PLURAL,
    **{key: key for key in COUNTED},
    Phrase.ERROR_TEXT_SHORT: Phrase.ERROR_TEXT_SHORT,
    Phrase.ERROR_BYTES_SHORT: Phrase.ERROR_BYTES_SHORT,
    Phrase.ERROR_ITEMS_FEW: Phrase.ERROR_ITEMS_FEW,
    Phrase.ERROR_ITEMS_MANY: Phrase.ERROR_ITEMS_MANY,
    Phrase.UPLOADS_FEW: Phrase.UPLOADS_FEW,
    Phrase.UPLOADS_MANY: Phrase.UPLOADS_MANY,
    Phrase.ERROR_DIGITS: Phrase.ERROR_DIGITS,
    Phrase.ERROR_DECIMALS: Phrase.ERROR_DECIMALS,
    Phrase.ERROR_WHOLE_DIGITS: Phrase.ERROR_WHOLE_DIGITS,
}
#: All of them, singular and plural.
HAVE_PLURALS = frozenset(PLURALS) | frozenset(PLURALS.values())

#: A count that takes the plural in every language; some have a dual for two.
_MANY = 100


def gettext_id(key: str, count: object = None) -> tuple[str, int | None]:
    """Return the gettext message of a key, and for a key with plural forms the count that selects one."""
    for singular, plural in PLURALS.items():
        if key in (singular, plural):
            return singular, count if isinstance(count, int) else 1 if key != plural else _MANY
    return key, None

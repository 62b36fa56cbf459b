"""Which sentences a field has: its own ones, or those that are true of every field with its key, or for its reason."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.keys.documented import Key
from nofields.keys.field_key import FieldKey
from nofields.keys.own import replaced_by
from nofields.keys.phrases import Phrase

_DIGITS = {"characters": Phrase.REASON_CHARACTERS_DIGITS}
_PHONE = {"characters": Phrase.REASON_CHARACTERS_PHONE}
_FOREIGN_PHONE = {
    "characters": Phrase.REASON_CHARACTERS_FOREIGN_PHONE,
    "length": Phrase.REASON_LENGTH_FOREIGN_PHONE,
}
_CHOICE = {"required": Phrase.REASON_REQUIRED_CHOICE}
#: The sentences of a field's own by reason. A field goes by its key or, if others have the same key, by the name in its
#: ``FieldKey``: a project's field may have any documented key, and pydantic's errors have some of them.
_EXPLANATIONS: Mapping[str, Mapping[str, Phrase]] = {
    Key.ORGANISATION_FIELD_ERROR: _DIGITS,
    Key.ACCOUNT_FIELD_ERROR: {
        "characters": Phrase.REASON_CHARACTERS_ACCOUNT,
        "series": Phrase.REASON_SERIES_ZEROS,
    },
    Key.SSN_ERROR: {**_DIGITS, "date": Phrase.REASON_DATE_IDENTITY, "synthetic": Phrase.REASON_SYNTHETIC_IDENTITY},
    Key.POSTAL_CODE_ERROR: {**_DIGITS, "series": Phrase.REASON_SERIES_ZEROS},
    Key.PHONE_ERROR: _PHONE,
    Key.MOBILE_PHONE_NO_ERROR: _PHONE,
    Key.EMAIL_FIELD_ERROR: {"format": Phrase.REASON_FORMAT_EMAIL},
    Key.CHECKBOX_ERROR: {"required": Phrase.REASON_REQUIRED_CHECKBOX},
    Key.CHECKBOX_GROUP_ERROR: _CHOICE,
    Key.DROPDOWN_ERROR: _CHOICE,
    Key.RADIO_ERROR: _CHOICE,
    "short_phone": {**_PHONE, "length": Phrase.REASON_LENGTH_SHORT_PHONE},
    "foreign_phone": _FOREIGN_PHONE,
    "foreign_mobile": {**_FOREIGN_PHONE, "not_mobile": Phrase.REASON_NOT_MOBILE_FOREIGN},
    "payment_reference": {
        "characters": Phrase.REASON_CHARACTERS_REFERENCE,
        "series": Phrase.REASON_SERIES_ZEROS,
    },
    "system_id": {"format": Phrase.REASON_FORMAT_SYSTEM_ID},
    "iban": {
        "characters": Phrase.REASON_CHARACTERS_IBAN,
        "length": Phrase.REASON_LENGTH_IBAN,
        "series": Phrase.REASON_SERIES_IBAN,
        "check_digit": Phrase.REASON_CHECK_DIGIT_IBAN,
        "country": Phrase.REASON_COUNTRY_IBAN,
        "format": Phrase.REASON_FORMAT_IBAN,
    },
    "date": {
        "format": Phrase.REASON_FORMAT_DATE,
        "too_early": Phrase.REASON_TOO_EARLY_DATE,
        "too_late": Phrase.REASON_TOO_LATE_DATE,
    },
    "number": {"format": Phrase.REASON_FORMAT_NUMBER},
}
#: The messages of fields whose documented one does not name what to enter, or names another count of digits, by the name in
#: their ``FieldKey``.
_MESSAGES: Mapping[str, Phrase] = {
    "payment_reference": Phrase.INVALID_PAYMENT_REFERENCE,
    "password": Phrase.INVALID_ALTINN_PASSWORD,
    "system_id": Phrase.INVALID_ALTINN_SYSTEM_ID,
    "iban": Phrase.INVALID_IBAN,
    "short_phone": Phrase.INVALID_PHONE_NUMBER,
    "foreign_phone": Phrase.INVALID_PHONE_NUMBER,
    "foreign_mobile": Phrase.INVALID_MOBILE_PHONE_NUMBER,
}


def message_key(key: str) -> str:
    """Return the key whose text is the message of a key: the field's own, or ``key`` itself.

    >>> message_key(FieldKey("TEXT_FIELD_CONTENTS_ERROR", "password")), message_key("TEXT_FIELD_CONTENTS_ERROR")
    (<Phrase.INVALID_ALTINN_PASSWORD: 'INVALID_ALTINN_PASSWORD'>, 'TEXT_FIELD_CONTENTS_ERROR')
    """
    return _MESSAGES.get(key.field, key) if isinstance(key, FieldKey) else key


def explanation_key(reason: str, key: str) -> str:
    """Return the key of the sentence for a reason.

    Args:
        reason: The reason, one of nofields' or of the project's.
        key: The key of the message. A project's own has the sentences of the field whose key it replaces.

    >>> explanation_key("series", "POSTAL_CODE_ERROR"), explanation_key("length", "POSTAL_CODE_ERROR")
    (<Phrase.REASON_SERIES_ZEROS: 'REASON_SERIES_ZEROS'>, 'REASON_LENGTH')
    """
    return explanations(key).get(reason) or f"REASON_{reason.upper()}"


def explanations(key: str) -> Mapping[str, Phrase]:
    """Return the sentences, by reason, of the field with a key, where it has other ones than most fields."""
    key = replaced_by(key) or key
    return _EXPLANATIONS.get(key.field if isinstance(key, FieldKey) else key, {})

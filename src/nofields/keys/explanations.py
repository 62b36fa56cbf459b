"""Which sentences a field has: its own ones, or those that are true of every field with its key, or for its reason."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.keys.documented import Key
from nofields.keys.field_key import FieldKey
from nofields.keys.own import OwnKey, replaced_by
from nofields.keys.phrases import Phrase

_DIGITS = {"characters": Phrase.REASON_CHARACTERS_DIGITS}
_PHONE = {"characters": Phrase.REASON_CHARACTERS_PHONE}
_FOREIGN_PHONE = {
    "characters": Phrase.REASON_CHARACTERS_FOREIGN_PHONE,
    "length": Phrase.REASON_LENGTH_FOREIGN_PHONE,
}
_CHOICE = {"required": Phrase.REASON_REQUIRED_CHOICE}
_NUMBER = {"type": Phrase.REASON_TYPE_NUMBER, "length": Phrase.REASON_LENGTH_NUMBER}
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
    Phrase.UPLOAD_REQUIRED: {"required": Phrase.REASON_UPLOAD_REQUIRED},
    Phrase.UPLOAD_SIZE: {"too_large": Phrase.REASON_UPLOAD_SIZE},
    Phrase.UPLOAD_EMPTY: {"too_small": Phrase.REASON_UPLOAD_EMPTY},
    Phrase.UPLOAD_TYPE: {"format": Phrase.REASON_UPLOAD_TYPE},
    Phrase.UPLOAD_CONTENT: {"format": Phrase.REASON_UPLOAD_CONTENT},
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
    "date/range": {"format": Phrase.REASON_FORMAT_DATE_RANGE},
    "vat_number": {"format": Phrase.REASON_FORMAT_VAT_NUMBER},
    "number": {**_NUMBER, "format": Phrase.REASON_FORMAT_NUMBER},
    "amount": {**_NUMBER, "format": Phrase.REASON_FORMAT_AMOUNT, "decimals": Phrase.REASON_DECIMALS_AMOUNT},
    "number/whole": {"decimals": Phrase.REASON_DECIMALS_WHOLE},
    "amount/whole": {"decimals": Phrase.REASON_DECIMALS_WHOLE},
}
_OF_NUMBERS = {
    "too_small": Phrase.ERROR_NUMBER_MIN,
    "too_large": Phrase.ERROR_NUMBER_MAX,
    "length": Phrase.ERROR_DIGITS,
    "decimals": Phrase.ERROR_DECIMALS,
    "whole": Phrase.ERROR_WHOLE_NUMBER,
}
#: The messages of fields whose documented one does not name what to enter, or names another count of digits, by the name in
#: their ``FieldKey``. A message of some of a field's errors alone has a name of its own; see :func:`narrowed`.
_MESSAGES: Mapping[str, Phrase] = {
    "payment_reference": Phrase.INVALID_PAYMENT_REFERENCE,
    "password": Phrase.INVALID_ALTINN_PASSWORD,
    "system_id": Phrase.INVALID_ALTINN_SYSTEM_ID,
    "iban": Phrase.INVALID_IBAN,
    "short_phone": Phrase.INVALID_PHONE_NUMBER,
    "foreign_phone": Phrase.INVALID_PHONE_NUMBER,
    "foreign_mobile": Phrase.INVALID_MOBILE_PHONE_NUMBER,
    "vat_number": Phrase.INVALID_VAT_NUMBER,
    "amount": Phrase.INVALID_AMOUNT,
    "text/too_short": Phrase.ERROR_TEXT_SHORT,
    **{f"{field}/{error}": phrase for field in ("number", "amount") for error, phrase in _OF_NUMBERS.items()},
}
#: The messages of empty values that name what to enter, by the key of the field or the name in its ``FieldKey``.
_REQUIRED: Mapping[str, Phrase] = {
    Key.ORGANISATION_FIELD_ERROR: Phrase.REQUIRED_ORGANISATION_NUMBER,
    Key.ACCOUNT_FIELD_ERROR: Phrase.REQUIRED_ACCOUNT_NUMBER,
    Key.SSN_ERROR: Phrase.REQUIRED_NATIONAL_IDENTITY_NUMBER,
    Key.POSTAL_CODE_ERROR: Phrase.REQUIRED_POSTAL_CODE,
    Key.PHONE_ERROR: Phrase.REQUIRED_PHONE_NUMBER,
    Key.MOBILE_PHONE_NO_ERROR: Phrase.REQUIRED_MOBILE_PHONE_NUMBER,
    Key.EMAIL_FIELD_ERROR: Phrase.REQUIRED_EMAIL_ADDRESS,
    "payment_reference": Phrase.REQUIRED_PAYMENT_REFERENCE,
    "password": Phrase.REQUIRED_ALTINN_PASSWORD,
    "system_id": Phrase.REQUIRED_ALTINN_SYSTEM_ID,
    "vat_number": Phrase.REQUIRED_VAT_NUMBER,
    "date": Phrase.REQUIRED_DATE,
    "iban": Phrase.REQUIRED_IBAN,
    "short_phone": Phrase.REQUIRED_PHONE_NUMBER,
    "foreign_phone": Phrase.REQUIRED_PHONE_NUMBER,
    "foreign_mobile": Phrase.REQUIRED_MOBILE_PHONE_NUMBER,
    "number": Phrase.REQUIRED_NUMBER,
    "amount": Phrase.REQUIRED_AMOUNT,
}


#: The documented key of each message of a field's own.
_DOCUMENTED: Mapping[str, str] = {
    **{phrase: Key.TEXT_FIELD_CONTENTS_ERROR for phrase in _MESSAGES.values() if phrase.startswith("INVALID_")},
    Phrase.INVALID_AMOUNT: Key.NUMBER_ERROR,
    Phrase.INVALID_PHONE_NUMBER: Key.PHONE_ERROR,
    Phrase.INVALID_MOBILE_PHONE_NUMBER: Key.MOBILE_PHONE_NO_ERROR,
    **dict.fromkeys(_REQUIRED.values(), Key.TEXT_FIELD_ERROR),
}


def required_key(key: str) -> str:
    """Return the key of an empty value, by the key of the field's other errors.

    >>> required_key(Key.ORGANISATION_FIELD_ERROR) == Key.TEXT_FIELD_ERROR == required_key("OUR_KEY")
    True
    """
    phrase = _REQUIRED.get(_field(key))
    return FieldKey(Key.TEXT_FIELD_ERROR, phrase) if phrase else Key.TEXT_FIELD_ERROR


def message_key(key: str, *, by_field: bool = False) -> str:
    """Return the key whose text is the message of a key: the field's own, or ``key`` itself.

    Args:
        key: The key.
        by_field: Whether the message of an empty value is the field's.

    >>> message_key(FieldKey("TEXT_FIELD_CONTENTS_ERROR", "password")), message_key("TEXT_FIELD_CONTENTS_ERROR")
    (<Phrase.INVALID_ALTINN_PASSWORD: 'INVALID_ALTINN_PASSWORD'>, 'TEXT_FIELD_CONTENTS_ERROR')
    >>> message_key(required_key(Key.SSN_ERROR), by_field=True)
    <Phrase.REQUIRED_NATIONAL_IDENTITY_NUMBER: 'REQUIRED_NATIONAL_IDENTITY_NUMBER'>
    """
    if not isinstance(key, FieldKey):
        return key
    if str(key) == Key.TEXT_FIELD_ERROR:
        return Phrase(key.field) if by_field else key
    return _MESSAGES.get(key.field, key)


def documented_key(phrase: str) -> str:
    """Return the documented key whose text a field's own message replaces; ``phrase`` itself if it is none.

    >>> documented_key("INVALID_ALTINN_PASSWORD"), documented_key("REQUIRED_DATE"), documented_key("FORM_OPTIONAL")
    (<Key.TEXT_FIELD_CONTENTS_ERROR: 'TEXT_FIELD_CONTENTS_ERROR'>, <Key.TEXT_FIELD_ERROR: 'TEXT_FIELD_ERROR'>, 'FORM_OPTIONAL')
    """
    return _DOCUMENTED.get(phrase, phrase)


def narrowed(key: str, error: str) -> str:
    """Return the key for some of a field's errors, which has the sentences for them and otherwise those of the field.

    Args:
        key: The key of the field. One that is not a ``FieldKey``, nor replaces one, is returned as it is.
        error: What the errors are called in the tables above.

    >>> message_key(narrowed(FieldKey("NUMBER_ERROR", "number"), "too_small"))
    <Phrase.ERROR_NUMBER_MIN: 'ERROR_NUMBER_MIN'>
    """
    if isinstance(key, FieldKey):
        return FieldKey(key, f"{key.field}/{error}")
    return OwnKey(key, narrowed(key.replaced, error)) if isinstance(key, OwnKey) else key


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
    field = _field(key)
    base, _, error = field.partition("/")
    sentences = _EXPLANATIONS.get(base, {})
    return {**sentences, **_EXPLANATIONS.get(field, {})} if error else sentences


def _field(key: str) -> str:
    """Return what a field goes by: the name in its ``FieldKey``, or its documented key."""
    key = replaced_by(key) or key
    return key.field if isinstance(key, FieldKey) else key

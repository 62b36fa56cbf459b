"""The table of pydantic's types of errors: which message and reason each has.

A parameter of pydantic's that may contain what was sent is in no entry: ``tag`` of
``union_tag_invalid``, ``error`` of the parsers, ``unit``, ``value``, ``brand``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nofields.errors import Reason
from nofields.keys import Key, Phrase


class Entry(NamedTuple):
    """The problem that an error of pydantic is.

    Attributes:
        key: The key of the message: a documented one where its sentence is true, else nofields' own.
        reason: The reason.
        params: Parameters of the message, and the names of those of pydantic's that they are.
        constants: Parameters of the message that are the same each time, such as ``example``.
        extras: Like ``params``, but the message does not need them: they are for other readers.
    """

    key: str
    reason: Reason
    params: Mapping[str, str] = {}
    constants: Mapping[str, object] = {}
    extras: Mapping[str, str] = {}


#: What can be said of a value about which nothing more is known.
INVALID = Entry(Key.TEXT_FIELD_CONTENTS_ERROR, Reason.OTHER)
REQUIRED = Entry(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
EXTRA = Entry(Phrase.ERROR_EXTRA, Reason.EXTRA)
WHOLE_NUMBER = Entry(Phrase.ERROR_WHOLE_NUMBER, Reason.FORMAT)
EMAIL = Entry(Key.EMAIL_FIELD_ERROR, Reason.FORMAT)
#: A union whose branch is chosen by a function, not by a field that can be named.
VARIANT = Entry(Phrase.ERROR_VARIANT, Reason.CHOICE)
#: The length of a value that may be text or a list: a validator stands between it and the check.
VALUE_SHORT = Entry(Phrase.ERROR_VALUE_SHORT, Reason.OTHER, {"min": "min_length"})
VALUE_LONG = Entry(Phrase.ERROR_VALUE_LONG, Reason.OTHER, {"max": "max_length"})

#: Pydantic's dates and times are written as ISO 8601 has it, not as nofields' own are.
_DATE = {"example": "2016-12-31"}
_DATE_AND_TIME = {"example": "2016-12-31 12:30"}


def _example(value: str, reason: Reason = Reason.FORMAT, key: Phrase = Phrase.ERROR_EXAMPLE) -> Entry:
    return Entry(key, reason, constants={"example": value})


def _data_type(key: str, **params: str) -> Entry:
    return Entry(key, Reason.DATA_TYPE, params)


_NUMBERS: dict[str, Entry] = {
    "int_type decimal_type float_type": _data_type(Key.NUMBER_ERROR),
    "int_parsing decimal_parsing float_parsing": Entry(Key.NUMBER_ERROR, Reason.FORMAT),
    "finite_number": Entry(Key.NUMBER_ERROR, Reason.OTHER),
    "int_from_float": WHOLE_NUMBER,
    "int_parsing_size": Entry(Phrase.ERROR_NUMBER_LONG, Reason.TOO_LARGE),
    "decimal_max_digits": Entry(Phrase.ERROR_DIGITS, Reason.FORMAT, {"max": "max_digits"}),
    "decimal_max_places": Entry(Phrase.ERROR_DECIMALS, Reason.FORMAT, {"max": "decimal_places"}),
    "decimal_whole_digits": Entry(Phrase.ERROR_WHOLE_DIGITS, Reason.FORMAT, {"max": "whole_digits"}),
    "multiple_of": Entry(Phrase.ERROR_MULTIPLE, Reason.OTHER, {"factor": "multiple_of"}),
    "greater_than": Entry(Phrase.ERROR_NUMBER_ABOVE, Reason.TOO_SMALL, {"min": "gt"}),
    "greater_than_equal": Entry(Phrase.ERROR_NUMBER_MIN, Reason.TOO_SMALL, {"min": "ge"}),
    "less_than": Entry(Phrase.ERROR_NUMBER_BELOW, Reason.TOO_LARGE, {"max": "lt"}),
    "less_than_equal": Entry(Phrase.ERROR_NUMBER_MAX, Reason.TOO_LARGE, {"max": "le"}),
    "fraction_type": _example("3/4", Reason.DATA_TYPE),
    "fraction_parsing": _example("3/4"),
    "complex_type": _example("3+4j", Reason.DATA_TYPE),
    "complex_str_parsing": _example("3+4j"),
    "byte_size byte_size_unit": _example("10 MB"),
}

_TEXTS: dict[str, Entry] = {
    "string_type string_sub_type domain_type cron_str_type": _data_type(Phrase.ERROR_TEXT),
    "string_too_short": Entry(Phrase.ERROR_TEXT_SHORT, Reason.TOO_SHORT, {"min": "min_length"}),
    "bytes_too_short": Entry(Phrase.ERROR_BYTES_SHORT, Reason.TOO_SHORT, {"min": "min_length"}),
    "string_too_long bytes_too_long url_too_long": Entry(Key.TEXT_FIELD_LENGTH_ERROR, Reason.TOO_LONG, {"max": "max_length"}),
    "string_pattern_mismatch": Entry(Phrase.ERROR_PATTERN, Reason.FORMAT, extras={"pattern": "pattern"}),
    "string_not_ascii": Entry(Phrase.ERROR_ASCII, Reason.CHARACTERS),
    "string_unicode value_error.unicodedecode": Entry(Phrase.ERROR_ENCODING, Reason.CHARACTERS),
    "bytes_type": _data_type(Phrase.ERROR_BYTES),
    "bytes_invalid_encoding": Entry(Phrase.ERROR_ENCODED, Reason.FORMAT, {"encoding": "encoding"}),
    "base64_decode": Entry(Phrase.ERROR_ENCODED, Reason.FORMAT, constants={"encoding": "base64"}),
    "bool_type": _data_type(Phrase.ERROR_BOOLEAN),
    "bool_parsing": Entry(Phrase.ERROR_BOOLEAN, Reason.CHOICE),
    "literal_error enum": Entry(Key.RADIO_ERROR, Reason.CHOICE, extras={"expected": "expected"}),
    "json_invalid value_error.jsondecode": Entry(Phrase.ERROR_JSON, Reason.FORMAT),
    "json_type": _data_type(Phrase.ERROR_JSON),
    "name_email_type": _data_type(Key.EMAIL_FIELD_ERROR),
    "pattern_type pattern_str_type pattern_bytes_type": _data_type(Phrase.ERROR_REGEX),
    "pattern_regex": Entry(Phrase.ERROR_REGEX, Reason.FORMAT),
    "value_error type_error assertion_error predicate_failed not_operation_failed ellipsis_error": INVALID,
}

_TIMES: dict[str, Entry] = {
    "date_type": Entry(Key.DATE_TO_FROM_ERROR, Reason.DATA_TYPE, constants=_DATE),
    "date_parsing date_from_datetime_parsing": Entry(Key.DATE_TO_FROM_ERROR, Reason.FORMAT, constants=_DATE),
    "date_from_datetime_inexact": Entry(Phrase.ERROR_DATE_ONLY, Reason.FORMAT),
    "date_past": Entry(Phrase.ERROR_DATE_PAST, Reason.TOO_LATE),
    "date_future": Entry(Phrase.ERROR_DATE_FUTURE, Reason.TOO_EARLY),
    "datetime_type": Entry(Key.DATE_TO_FROM_ERROR, Reason.DATA_TYPE, constants=_DATE_AND_TIME),
    "datetime_parsing datetime_from_date_parsing datetime_object_invalid": Entry(
        Key.DATE_TO_FROM_ERROR, Reason.FORMAT, constants=_DATE_AND_TIME
    ),
    "datetime_past": Entry(Phrase.ERROR_TIME_PAST, Reason.TOO_LATE),
    "datetime_future": Entry(Phrase.ERROR_TIME_FUTURE, Reason.TOO_EARLY),
    "time_type": _example("12:30", Reason.DATA_TYPE, Phrase.ERROR_TIME),
    "time_parsing": _example("12:30", key=Phrase.ERROR_TIME),
    "time_delta_type": _example("01:30:00", Reason.DATA_TYPE, Phrase.ERROR_DURATION),
    "time_delta_parsing": _example("01:30:00", key=Phrase.ERROR_DURATION),
    "timezone_naive": Entry(Phrase.ERROR_ZONE_EXTRA, Reason.FORMAT),
    "timezone_aware": _example("12:30+01:00", key=Phrase.ERROR_ZONE_REQUIRED),
    "timezone_offset": Entry(Phrase.ERROR_ZONE_OFFSET, Reason.FORMAT, {"expected": "tz_expected"}),
    "zoneinfo_str TimeZoneName": _example("Europe/Oslo", key=Phrase.ERROR_ZONE_NAME),
}

_STRUCTURES: dict[str, Entry] = {
    "missing missing_argument missing_keyword_only_argument missing_positional_only_argument": REQUIRED,
    "extra_forbidden no_such_attribute missing_sentinel_error": EXTRA,
    "unexpected_keyword_argument unexpected_positional_argument": EXTRA,
    "multiple_argument_values": Entry(Phrase.ERROR_TWICE, Reason.EXTRA),
    "frozen_field frozen_instance": Entry(Phrase.ERROR_FROZEN, Reason.READ_ONLY),
    "default_factory_not_called": Entry(Phrase.ERROR_DEPENDS, Reason.REQUIRED),
    "none_required": _data_type(Phrase.ERROR_EMPTY),
    "invalid_key": _data_type(Phrase.ERROR_NAME),
    "model_type model_attributes_type dataclass_type dict_type frozen_dict_type ordered_dict_type counter_type"
    " mapping_type": _data_type(Phrase.ERROR_OBJECT),
    "list_type tuple_type set_type frozen_set_type deque_type iterable_type sequence_str": _data_type(Phrase.ERROR_LIST),
    "named_tuple_type arguments_type": _data_type(Phrase.ERROR_LIST_OR_OBJECT),
    "too_short": Entry(Phrase.ERROR_ITEMS_FEW, Reason.TOO_FEW, {"min": "min_length"}),
    "too_long": Entry(Phrase.ERROR_ITEMS_MANY, Reason.TOO_MANY, {"max": "max_length"}),
    "set_item_not_hashable is_hashable": _data_type(Phrase.ERROR_SIMPLE),
    "is_instance_of": _data_type(Phrase.ERROR_TYPE, type="class"),
    "dataclass_exact_type": _data_type(Phrase.ERROR_TYPE, type="class_name"),
    "is_subclass_of": _data_type(Phrase.ERROR_SUBCLASS, type="class"),
    "is_type": _data_type(Phrase.ERROR_CLASS),
    "callable_type": _data_type(Phrase.ERROR_CALLABLE),
    "needs_python_object invalid-json-value": _data_type(Phrase.ERROR_NOT_JSON),
    "recursion_loop": Entry(Phrase.ERROR_LOOP, Reason.OTHER),
    "recursion_depth_exceeded": Entry(Phrase.ERROR_DEPTH, Reason.OTHER),
    "get_attribute_error iteration_error": Entry(Phrase.ERROR_UNREADABLE, Reason.OTHER),
    "union_tag_invalid": Entry(Phrase.ERROR_TAG, Reason.CHOICE, {"name": "discriminator", "expected": "expected_tags"}),
    "union_tag_not_found": Entry(Phrase.ERROR_TAG_MISSING, Reason.REQUIRED, {"name": "discriminator"}),
}

_PLACES: dict[str, Entry] = {
    "url_type": _example("https://www.example.com", Reason.DATA_TYPE, Phrase.ERROR_URL),
    "url_parsing url_syntax_violation": _example("https://www.example.com", key=Phrase.ERROR_URL),
    "url_scheme": Entry(Phrase.ERROR_URL_SCHEME, Reason.FORMAT, {"expected": "expected_schemes"}),
    "ip_any_address ip_v4_address": _example("192.0.2.1", key=Phrase.ERROR_IP_ADDRESS),
    "ip_v6_address": _example("2001:db8::1", key=Phrase.ERROR_IP_ADDRESS),
    "ip_any_interface ip_v4_interface": _example("192.0.2.1/24", key=Phrase.ERROR_IP_INTERFACE),
    "ip_v6_interface": _example("2001:db8::1/64", key=Phrase.ERROR_IP_INTERFACE),
    "ip_any_network ip_v4_network": _example("192.0.2.0/24", key=Phrase.ERROR_IP_NETWORK),
    "ip_v6_network": _example("2001:db8::/64", key=Phrase.ERROR_IP_NETWORK),
    "path_type": _data_type(Phrase.ERROR_PATH),
    "path_not_file": Entry(Phrase.ERROR_FILE, Reason.OTHER),
    "path_not_directory": Entry(Phrase.ERROR_FOLDER, Reason.OTHER),
    "path_not_socket": Entry(Phrase.ERROR_SOCKET, Reason.OTHER),
    "path_exists": Entry(Phrase.ERROR_PATH_TAKEN, Reason.OTHER),
    "parent_does_not_exist": Entry(Phrase.ERROR_PARENT_FOLDER, Reason.OTHER),
    "import_error": _example("math.sqrt", Reason.OTHER, Phrase.ERROR_IMPORT),
    "domain_length domain_format": _example("example.com"),
    "mac_address_len mac_address_format": _example("00:00:5e:00:53:01"),
    "coordinate_error": _example("59.91,10.75"),
}

_CODES: dict[str, Entry] = {
    "uuid_type": _example("0d3f8d7c-5b1e-4c0a-9b60-2f3a7f0e6c11", Reason.DATA_TYPE, Phrase.ERROR_UUID),
    "uuid_parsing": _example("0d3f8d7c-5b1e-4c0a-9b60-2f3a7f0e6c11", key=Phrase.ERROR_UUID),
    "uuid_version": Entry(Phrase.ERROR_UUID_VERSION, Reason.FORMAT, {"version": "expected_version"}),
    "payment_card_number_digits": Entry(Phrase.ERROR_CARD, Reason.CHARACTERS),
    "payment_card_number_luhn": Entry(Phrase.ERROR_CARD, Reason.CHECK_DIGIT),
    "payment_card_number_brand": Entry(Phrase.ERROR_CARD, Reason.FORMAT),
    "iban_invalid_length iban_invalid_country_code iban_invalid_check_digits": _example(
        "NO93 8601 1117 947", key=Phrase.ERROR_IBAN
    ),
    "iban_invalid_characters": _example("NO93 8601 1117 947", Reason.CHARACTERS, Phrase.ERROR_IBAN),
    "iban_invalid_checksum": _example("NO93 8601 1117 947", Reason.CHECK_DIGIT, Phrase.ERROR_IBAN),
    "color_error": _example("#ff0000"),
    "country_alpha2": _example("NO", Reason.CHOICE),
    "country_alpha3": _example("NOR", Reason.CHOICE),
    "country_numeric_code": _example("578", Reason.CHOICE),
    "country_short_name": _example("Norway", Reason.CHOICE),
    "language_alpha2": _example("nb", Reason.CHOICE),
    "language_name": _example("Norwegian", Reason.CHOICE),
    "ISO649_3": _example("nob", Reason.CHOICE),
    "ISO649_5": _example("gmq", Reason.CHOICE),
    "ISO_15924": _example("Latn", Reason.CHOICE),
    "ISO4217 InvalidCurrency": _example("NOK", Reason.CHOICE),
    "cron_str_empty": REQUIRED,
    "cron_str_components cron_str_invalid": _example("0 12 * * *"),
    "isbn_length isbn_invalid_early_characters": _example("9783161484100"),
    "isbn10_invalid_characters isbn13_invalid_characters": _example("9783161484100", Reason.CHARACTERS),
    "isbn_invalid_digit_check_isbn10 isbn_invalid_digit_check_isbn13": _example("9783161484100", Reason.CHECK_DIGIT),
    "mime_type": _example("text/plain", Reason.CHOICE),
    "aba_routing_number": _example("122105155"),
    "ulid_format": _example("01BTGNYV6HRNK8K8VKZASZCFPE"),
}


def _by_type(*groups: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    return ((kind, entry) for group in groups for kinds, entry in group.items() for kind in kinds.split())


#: The entry of each type of error of pydantic's and pydantic-extra-types'.
ERRORS: Mapping[str, Entry] = dict(_by_type(_NUMBERS, _TEXTS, _TIMES, _STRUCTURES, _PLACES, _CODES))

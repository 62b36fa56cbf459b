"""Types that reject a value with an error of pydantic's own, and what nofields makes of it."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import annotated_types
import pydantic
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = ""


@dataclasses.dataclass
class Point:
    x: int


class Size(Enum):
    SMALL = "S"
    LARGE = "L"


def which(value: Any) -> str | None:
    return str(value) if value else None


Tagged = Annotated[Cat | Dog, Field(discriminator="kind")]
Chosen = Annotated[Annotated[Cat, Tag("c")] | Annotated[Dog, Tag("d")], Discriminator(which)]
#: A type, a value that it rejects, and the error's type, key and message in English.
RAISED: list[tuple[Any, Any, str, str, str]] = [
    (int, "x", "int_parsing", "NUMBER_ERROR", "Enter a number."),
    (int, [], "int_type", "NUMBER_ERROR", "Enter a number."),
    (int, 1.5, "int_from_float", "ERROR_WHOLE_NUMBER", "Enter a whole number, without decimals."),
    (int, "9" * 5000, "int_parsing_size", "ERROR_NUMBER_LONG", "The number has too many digits. Enter one with fewer."),
    (float, "x", "float_parsing", "NUMBER_ERROR", "Enter a number."),
    (Decimal, "x", "decimal_parsing", "NUMBER_ERROR", "Enter a number."),
    (pydantic.FiniteFloat, "inf", "finite_number", "NUMBER_ERROR", "Enter a number."),
    (
        Annotated[Decimal, Field(max_digits=3)],
        "12345",
        "decimal_max_digits",
        "ERROR_DIGITS",
        "Enter a number with no more than 3 digits.",
    ),
    (
        Annotated[Decimal, Field(decimal_places=1)],
        "1.25",
        "decimal_max_places",
        "ERROR_DECIMALS",
        "Enter a number with no more than 1 decimal place.",
    ),
    (
        Annotated[Decimal, Field(max_digits=3, decimal_places=2)],
        "12.5",
        "decimal_whole_digits",
        "ERROR_WHOLE_DIGITS",
        "Enter a number with no more than 1 digit before the decimal point.",
    ),
    (Annotated[int, Field(ge=18)], 17, "greater_than_equal", "ERROR_NUMBER_MIN", "Enter a number that is 18 or more."),
    (Annotated[float, Field(lt=0.5)], 1, "less_than", "ERROR_NUMBER_BELOW", "Enter a number less than 0.5."),
    (Annotated[Decimal, Field(gt=Decimal("0.1"))], 0, "greater_than", "ERROR_NUMBER_ABOVE", "Enter a number greater than 0.1."),
    (Annotated[int, Field(multiple_of=5)], 7, "multiple_of", "ERROR_MULTIPLE", "Enter a multiple of 5."),
    (
        Annotated[date, Field(ge=date(2021, 2, 1))],
        "2020-01-01",
        "greater_than_equal",
        "ERROR_DATE_MIN",
        "Choose 01.02.2021 or a later date.",
    ),
    (
        Annotated[datetime, Field(lt=datetime(2021, 2, 1, tzinfo=UTC))],
        "2022-01-01T00:00Z",
        "less_than",
        "ERROR_TIME_BEFORE",
        "Choose a time before 01.02.2021 00:00 UTC.",
    ),
    (
        Annotated[timedelta, Field(ge=timedelta(hours=30))],
        "PT1H",
        "greater_than_equal",
        "ERROR_VALUE_SMALL",
        "Choose a larger value.",
    ),
    (str, 3, "string_type", "ERROR_TEXT", "The value must be text."),
    (Annotated[str, Field(min_length=1)], "", "string_too_short", "TEXT_FIELD_ERROR", "Fill in this field."),
    (
        Annotated[str, Field(max_length=2)],
        "abc",
        "string_too_long",
        "TEXT_FIELD_LENGTH_ERROR",
        "Shorten the text to 2 characters or fewer.",
    ),
    (
        Annotated[str, Field(pattern="^a$")],
        "b",
        "string_pattern_mismatch",
        "ERROR_PATTERN",
        "Check that the value is written the way this field requires.",
    ),
    (str, b"\xff", "string_unicode", "ERROR_ENCODING", "The text cannot be read. Enter it again, or send it as UTF-8."),
    (bool, "maybe", "bool_parsing", "ERROR_BOOLEAN", "Choose yes or no (true or false)."),
    (Literal["a", "b"], "c", "literal_error", "RADIO_ERROR", "Choose an option."),
    (Size, "M", "enum", "RADIO_ERROR", "Choose an option."),
    (date, "31.12.2016", "date_from_datetime_parsing", "DATE_TO_FROM_ERROR", "Enter a valid date, for example 2016-12-31."),
    (date, "2016-12-31T12:30", "date_from_datetime_inexact", "ERROR_DATE_ONLY", "Give only the date, without a time."),
    (datetime, "x", "datetime_from_date_parsing", "DATE_TO_FROM_ERROR", "Enter a valid date, for example 2016-12-31 12:30."),
    (pydantic.PastDate, "9999-01-01", "date_past", "ERROR_DATE_PAST", "Choose a date before today."),
    (pydantic.FutureDatetime, "1999-01-01", "datetime_future", "ERROR_TIME_FUTURE", "Choose a time in the future."),
    (
        pydantic.AwareDatetime,
        "2020-01-01",
        "timezone_aware",
        "ERROR_ZONE_REQUIRED",
        "Enter the time with its time zone, for example 12:30+01:00.",
    ),
    (pydantic.NaiveDatetime, "2020-01-01T00:00Z", "timezone_naive", "ERROR_ZONE_EXTRA", "Enter the time without a time zone."),
    (time, "12.30", "time_parsing", "ERROR_TIME", "Enter a time of day, for example 12:30."),
    (
        timedelta,
        "1 t",
        "time_delta_parsing",
        "ERROR_DURATION",
        "Enter a duration in hours, minutes and seconds, for example 01:30:00.",
    ),
    (ZoneInfo, "Oslo", "zoneinfo_str", "ERROR_ZONE_NAME", "Enter the name of a time zone, for example Europe/Oslo."),
    (
        pydantic.HttpUrl,
        "example.com",
        "url_parsing",
        "ERROR_URL",
        "Enter the full web address, for example https://www.example.com.",
    ),
    (
        pydantic.HttpUrl,
        "ftp://example.com",
        "url_scheme",
        "ERROR_URL_SCHEME",
        "The address must start in one of these ways: http://, https://.",
    ),
    (UUID, "x", "uuid_parsing", "ERROR_UUID", "Give a valid UUID, for example 0d3f8d7c-5b1e-4c0a-9b60-2f3a7f0e6c11."),
    (pydantic.UUID1, "0d3f8d7c-5b1e-4c0a-9b60-2f3a7f0e6c11", "uuid_version", "ERROR_UUID_VERSION", "Give a UUID of version 1."),
    (pydantic.EmailStr, "ola@", "value_error", "EMAIL_FIELD_ERROR", "Enter a valid email address."),
    (pydantic.IPvAnyAddress, "x", "ip_any_address", "ERROR_IP_ADDRESS", "Enter an IP address, for example 192.0.2.1."),
    (ipaddress.IPv6Network, "x", "ip_v6_network", "ERROR_IP_NETWORK", "Enter an IP network, for example 2001:db8::/64."),
    (
        ipaddress.IPv4Interface,
        "x",
        "ip_v4_interface",
        "ERROR_IP_INTERFACE",
        "Enter an IP address with its network, for example 192.0.2.1/24.",
    ),
    (pydantic.FilePath, "/no/such/file", "path_not_file", "ERROR_FILE", "Give a file that exists."),
    (pydantic.NewPath, "/", "path_exists", "ERROR_PATH_TAKEN", "The name is taken. Choose another one."),
    (pydantic.ByteSize, "10 x", "byte_size_unit", "ERROR_EXAMPLE", "Enter a valid value, for example 10 MB."),
    (
        pydantic.ImportString,
        "no_such.module",
        "import_error",
        "ERROR_IMPORT",
        "Give the path of something that exists in Python, for example math.sqrt.",
    ),
    (pydantic.Base64Bytes, "a", "base64_decode", "ERROR_ENCODED", "The content must be encoded as base64."),
    (re.Pattern, "(", "pattern_regex", "ERROR_REGEX", "Enter a valid regular expression."),
    (
        pydantic.Json,
        "{",
        "json_invalid",
        "ERROR_JSON",
        "The content must be valid JSON. Check brackets, commas and quotation marks.",
    ),
    (Annotated[list[int], Field(min_length=1)], [], "too_short", "ERROR_ITEMS_FEW", "Add at least 1 value."),
    (Annotated[set[int], Field(max_length=2)], [1, 2, 3], "too_long", "ERROR_ITEMS_MANY", "Add no more than 2 values."),
    (list[int], 3, "list_type", "ERROR_LIST", "Send the values as a list."),
    (Sequence[int], "abc", "sequence_str", "ERROR_LIST", "Send the values as a list."),
    (dict[str, int], 3, "dict_type", "ERROR_OBJECT", "The value must be an object with named fields."),
    (Cat, 3, "model_type", "ERROR_OBJECT", "The value must be an object with named fields."),
    (Point, 3, "dataclass_type", "ERROR_OBJECT", "The value must be an object with named fields."),
    (Hashable, [], "is_hashable", "ERROR_SIMPLE", "Use text or a number here, not a list or an object."),
    (pydantic.InstanceOf[Cat], 3, "is_instance_of", "ERROR_TYPE", "The value must be of the type Cat."),
    (type[int], str, "is_subclass_of", "ERROR_SUBCLASS", "The value must be a subclass of int."),
    (type, 3, "is_type", "ERROR_CLASS", "The value must be a class."),
    (Callable, 3, "callable_type", "ERROR_CALLABLE", "The value must be something that can be called, for example a function."),
    (None, 3, "none_required", "ERROR_EMPTY", "Leave this field empty (null)."),
    (Cat, {}, "missing", "TEXT_FIELD_ERROR", "Fill in this field."),
    (Strict, {"nmae": "x"}, "extra_forbidden", "ERROR_EXTRA", "This does not belong here. Remove it."),
    (Strict, {3: "x"}, "invalid_key", "ERROR_NAME", "The name of the field must be text."),
    (Tagged, {"kind": "30108299920"}, "union_tag_invalid", "ERROR_TAG", "Set kind to one of these values: cat, dog."),
    (Tagged, {}, "union_tag_not_found", "ERROR_TAG_MISSING", "The field kind must be included."),
    (
        Chosen,
        {"kind": "30108299920"},
        "union_tag_invalid",
        "ERROR_VARIANT",
        "The content fits none of the variants that can be used here.",
    ),
    (
        Annotated[str, annotated_types.Predicate(str.isdigit)],
        "x",
        "predicate_failed",
        "TEXT_FIELD_CONTENTS_ERROR",
        "Check what you entered.",
    ),
]

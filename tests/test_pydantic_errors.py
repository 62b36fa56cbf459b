"""Every error of pydantic's own has a true sentence in three languages, and none shows what was sent."""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError, validate_call
from pydantic_core import core_schema
from pydantic_core._pydantic_core import list_all_errors

from helpers.hostile import OBJECTS, OTHER_TEXTS, TEXTS
from helpers.pydantic_contexts import REFINED
from helpers.pydantic_models import RAISED, Strict
from helpers.values import LANGUAGES
from nofields import Key, Phrase, Problem, Reason
from nofields.message_templates import template
from nofields.pydantic_errors import ERRORS, problem_of

EXAMPLES: dict[str, Any] = {each["type"]: each.get("example_context") for each in list_all_errors()}
#: The types that pydantic-extra-types 2.11.1 adds.
EXTRA_TYPES = [
    "ISO4217",
    "ISO649_3",
    "ISO649_5",
    "ISO_15924",
    "InvalidCurrency",
    "TimeZoneName",
    "aba_routing_number",
    "color_error",
    "coordinate_error",
    "country_alpha2",
    "country_alpha3",
    "country_numeric_code",
    "country_short_name",
    "cron_str_components",
    "cron_str_empty",
    "cron_str_invalid",
    "cron_str_type",
    "domain_format",
    "domain_length",
    "domain_type",
    "iban_invalid_characters",
    "iban_invalid_check_digits",
    "iban_invalid_checksum",
    "iban_invalid_country_code",
    "iban_invalid_length",
    "isbn10_invalid_characters",
    "isbn13_invalid_characters",
    "isbn_invalid_digit_check_isbn10",
    "isbn_invalid_digit_check_isbn13",
    "isbn_invalid_early_characters",
    "isbn_length",
    "language_alpha2",
    "language_name",
    "mac_address_format",
    "mac_address_len",
    "mime_type",
    "payment_card_number_brand",
    "payment_card_number_digits",
    "payment_card_number_luhn",
    "ulid_format",
    "value_error",
]
#: Parameters of pydantic's that may contain what was sent.
SENT = {
    "tag",
    "error",
    "encoding_error",
    "value",
    "input_value",
    "unit",
    "brand",
    "reason",
    "attribute",
    "actual_length",
    "tz_actual",
}
#: Own texts that nynorsk shares with bokmål.
SAME = {"ERROR_BYTES_SHORT", "ERROR_EMPTY"}


def custom_types() -> set[str]:
    """The types in pydantic's source: arguments of its exceptions, ``custom_error_type``, and variables of such a name."""
    found: set[str] = set()
    for file in Path(pydantic.__file__).parent.rglob("*.py"):
        if "v1" not in file.parts:
            found |= set(types_in(ast.parse(file.read_text("utf-8"))))
    return found


def types_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        candidates: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            candidates = node.args[:1] if name in ("PydanticCustomError", "PydanticKnownError") else []
            candidates += [each.value for each in node.keywords if each.arg in ("custom_error_type", "error_type")]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "type_str":
            candidates = [node.value]
        yield from (each.value for each in candidates if isinstance(each, ast.Constant) and isinstance(each.value, str))


def test_every_type_has_an_entry() -> None:
    """The types that pydantic_core declares and lists, and those that pydantic itself and pydantic-extra-types add."""
    custom = custom_types()
    assert {"ip_v4_address", "path_type", "is_hashable", "value_error.jsondecode"} <= custom
    known = {*typing.get_args(core_schema.ErrorType), *EXAMPLES, *custom, *EXTRA_TYPES}
    missing = sorted(known - ERRORS.keys())
    assert not missing, f"types of errors without an entry: add {missing} to nofields/pydantic_errors/table.py"


def test_entries_read_nothing_that_was_sent() -> None:
    for kind, entry in ERRORS.items():
        assert not {*entry.params.values(), *entry.extras.values()} & SENT, kind


def test_entries_fill_their_texts() -> None:
    """Each placeholder has a parameter, which pydantic has under the name in the table."""
    for kind, entry in ERRORS.items():
        placeholders = set(re.findall(r"\{(\w+)\}", template(entry.key, "nb")))
        assert placeholders == {*entry.params, *entry.constants}, kind
        if kind in EXAMPLES:
            assert {*entry.params.values(), *entry.extras.values()} <= set(EXAMPLES[kind] or ()), kind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ERRORS)
def test_sentences(kind: str, language: str) -> None:
    """Message and explanation are full sentences with no placeholder left."""
    problem = problem_of(kind, EXAMPLES.get(kind))
    assert problem is not None
    for text in (problem.message(language), problem.explanation(language)):
        assert re.fullmatch(r"[A-ZÆØÅ][^{}]*\.", text)


def test_every_text_is_used() -> None:
    """Each own key of pydantic's errors is that of an error, as the table or the parameters have it."""
    keys = {entry.key for entry in ERRORS.values()} | {row[3] for row in REFINED}
    assert {key for key in Phrase if key.startswith("ERROR_")} <= keys


def test_nynorsk_differs() -> None:
    own = {key for key in Phrase if key.startswith("ERROR_") and template(key, "nn") == template(key, "nb")}
    assert own == SAME


@pytest.mark.parametrize(("kind", "context", "params", "key", "reason", "nb", "en"), REFINED)
def test_parameters(kind: str, context: Any, params: Any, key: str, reason: str, nb: str, en: str) -> None:
    problem = problem_of(kind, context)
    assert problem == Problem(key, reason, params)
    assert (problem.message("nb"), problem.message("en")) == (nb, en)


def test_long_list_is_shortened() -> None:
    context = {"discriminator": "'kind'", "expected_tags": ", ".join(f"'kind {number}'" for number in range(1000))}
    problem = problem_of("union_tag_invalid", context)
    assert problem is not None
    assert str(problem.params["expected"]).endswith(", …")
    assert len(problem.message()) < 400


@pytest.mark.parametrize("kind", ["", "no_such_type", "ORGANISATION_FIELD_ERROR", None, 3])
def test_other_types(kind: Any) -> None:
    assert problem_of(kind, {}) is None


#: Objects that an error's parameter may be; most are no number or text, and some raise.
HOSTILE = [*OBJECTS.values(), *TEXTS.values(), *OTHER_TEXTS.values(), Decimal("sNaN"), Decimal("1E+999999"), float("inf")]


@pytest.mark.parametrize("kind", ERRORS)
def test_hostile_parameters(kind: str) -> None:
    names = {*ERRORS[kind].params.values(), *ERRORS[kind].extras.values(), "reason", "error", "field_type"}
    for value in HOSTILE:
        problem = problem_of(kind, dict.fromkeys(names, value))
        assert problem is not None
        assert problem.reason in list(Reason)
        assert all(problem.message(language) for language in LANGUAGES)


def test_hostile_context() -> None:
    for context in HOSTILE:
        assert isinstance(problem_of("string_too_long", context), Problem)


@given(st.sampled_from(list(ERRORS)), st.dictionaries(st.sampled_from(sorted(SENT)), st.just("30108299920")))
def test_nothing_sent_is_shown(kind: str, sent: dict[str, str]) -> None:
    """No parameter that may hold input reaches the problem."""
    problem = problem_of(kind, {**(EXAMPLES.get(kind) or {}), **sent})
    assert problem is not None
    assert "30108299920" not in f"{problem} {problem.message()} {problem.explanation()}"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("of", "value", "kind", "key", "english"), RAISED, ids=lambda each: each if isinstance(each, str) else ""
)
def test_raised(of: Any, value: Any, kind: str, key: str, english: str) -> None:
    """A real type rejects a value, and accepts the example in its message."""
    adapter: TypeAdapter[Any] = TypeAdapter(of)
    with pytest.raises(ValidationError) as raised:
        adapter.validate_python(value)
    detail = raised.value.errors()[0]
    problem = problem_of(detail["type"], detail.get("ctx"))
    assert problem is not None
    assert (detail["type"], str(problem.key), problem.message("en")) == (kind, key, english)
    if "example" in problem.params and kind != "timezone_aware":
        adapter.validate_python(problem.params["example"])


def test_frozen() -> None:
    with pytest.raises(ValidationError) as raised:
        Strict().name = "x"  # type: ignore[misc]
    assert problem_of(raised.value.errors()[0]["type"], None) == Problem(Phrase.ERROR_FROZEN, Reason.READ_ONLY)


def test_arguments() -> None:
    @validate_call
    def function(a: int, /, b: int) -> None: ...

    with pytest.raises(ValidationError) as raised:
        function(1, 2, 3, b=4, c=5)  # type: ignore[call-arg, misc]
    keys = {each["type"]: str(getattr(problem_of(each["type"], each.get("ctx")), "key", "")) for each in raised.value.errors()}
    assert keys == {
        "multiple_argument_values": Phrase.ERROR_TWICE,
        "unexpected_keyword_argument": Phrase.ERROR_EXTRA,
        "unexpected_positional_argument": Phrase.ERROR_EXTRA,
    }


def test_time_zone_example() -> None:
    assert TypeAdapter(time).validate_python("12:30+01:00").tzinfo is not None
    assert TypeAdapter(pydantic.AwareDatetime).validate_python("2016-12-31 12:30+01:00")


def test_documented_keys() -> None:
    """The documented keys of pydantic's errors are these; every other is nofields' own."""
    documented = {entry.key for entry in ERRORS.values() if entry.key in Key.__members__}
    assert documented == {
        "DATE_TO_FROM_ERROR",
        "EMAIL_FIELD_ERROR",
        "NUMBER_ERROR",
        "RADIO_ERROR",
        "TEXT_FIELD_CONTENTS_ERROR",
        "TEXT_FIELD_ERROR",
        "TEXT_FIELD_LENGTH_ERROR",
    }

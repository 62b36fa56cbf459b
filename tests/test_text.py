"""Text, numbers and e-mail addresses."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.near import NEAR, Amount, InsertedEverywhere
from nofields import EmailAddress, Field, Number, Text, TextArea
from nofields.rules import WHITE_SPACE, NumberRule

MAX = [(Text, 255, "TEXT_FIELD_LENGTH_ERROR"), (TextArea, 2000, "TEXTAREA_FIELD_LENGTH_ERROR")]


@pytest.mark.parametrize(("field", "longest", "key"), MAX)
@pytest.mark.parametrize("character", ["x", "å", "😀", "e\u0301"])
def test_longest_text(field: type[Text], longest: int, key: str, character: str) -> None:
    """Text of the maximum length is accepted, blanks at the ends aside; one character more is too long."""
    text = (character * longest)[:longest]
    assert field(f"  {text}\n") == text
    problem = field.problem(text + "x")
    assert problem is not None
    assert (problem.key, problem.reason, problem.params) == (key, "too_long", {"max": longest})


def test_line_ends_count_once() -> None:
    """Browsers send two characters for a line end; it counts as one."""
    assert TextArea("x\r\n" * 999 + "xx").count("\n") == 999
    assert TextArea("a\rb\r\nc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85", "\ud800"])
@pytest.mark.parametrize("field", [Text, TextArea])
def test_control_characters(field: type[Text], character: str) -> None:
    """Control characters and lone surrogates are rejected."""
    problem = field.problem(f"a{character}b")
    assert problem is not None
    assert (problem.key, problem.reason) == ("TEXT_FIELD_CONTENTS_ERROR", "characters")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\r\nb", "a\u2028b"])
def test_one_line(text: str) -> None:
    """A text field has one line, a text area has several, and tabs."""
    assert not Text.is_valid(text)
    assert TextArea.is_valid(text)


@given(st.decimals(-(10**15), 10**15, allow_nan=False, places=2))
def test_every_decimal(number: Decimal) -> None:
    """A number means the same with comma and full stop, and in the form in which Norwegians write it."""
    for text in (f"{number:f}", f"{number:f}".replace(".", ",")):
        assert Decimal(Number(text)) == number
        assert float(Number(text)) == float(number)
    assert Decimal(Number(Number(f"{number:f}").formatted)) == number


@pytest.mark.parametrize(
    ("text", "clean", "formatted"),
    [
        ("1 234,50", "1234.50", "1 234,50"),
        ("1\u00a0234\u202f567", "1234567", "1 234 567"),
        ("-1234", "-1234", "-1 234"),
        ("\u22121 234,5", "-1234.5", "-1 234,5"),
        ("\u2212 5", "-5", "-5"),
        ("-123", "-123", "-123"),
        ("0", "0", "0"),
        ("007", "007", "007"),
        ("12,0", "12.0", "12,0"),
        ("123456", "123456", "123 456"),
    ],
)
def test_numbers(text: str, clean: str, formatted: str) -> None:
    """Blanks go, the comma becomes a full stop, and the written form has groups of three and a comma."""
    assert Number(text) == clean
    assert Number(text).formatted.replace("\u00a0", " ") == formatted


@pytest.mark.parametrize(
    "text", ["1,", ",5", ".5", "1.2.3", "1,2,3", "--1", "+1", "1e5", "inf", "nan", "0x10", "1_000", "-", "½"]
)
def test_not_a_number(text: str) -> None:
    """Anything but a plain decimal is rejected for its format."""
    problem = Number.problem(text)
    assert problem is not None
    assert (problem.key, problem.reason) == ("NUMBER_ERROR", "format")


@pytest.mark.parametrize("field", [Number, Amount, InsertedEverywhere])
@given(text=NEAR[NumberRule])
def test_numbers_by_definition(field: type[Field], text: str) -> None:
    """Separators are removed, then each text is replaced in turn; the rule's pattern decides about what is left."""
    rule: Any = field.rule
    number = "".join(character for character in text if character not in rule.separators)
    for written, sign in rule.also_written:
        number = number.replace(written, sign)
    problem = field.problem(text)
    if not text.strip(WHITE_SPACE) and len(text) <= 64:
        assert problem is not None
        assert problem.key == "TEXT_FIELD_ERROR"
    elif len(text) <= 64 and re.fullmatch(rule.pattern, number):
        assert field(text) == number  # type: ignore[call-arg]
    else:
        assert problem is not None
        assert (problem.key, problem.reason) == ("NUMBER_ERROR", "format")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ola@example.com", "ola@example.com"),
        (" Ola.Nordmann@EXAMPLE.com\n", "Ola.Nordmann@example.com"),
        ("ola+tag@example.co.uk", "ola+tag@example.co.uk"),
        ("blåbær@example.com", "blåbær@example.com"),
        ("ola@xn--bl-uia.no", "ola@xn--bl-uia.no"),
    ],
)
def test_email_addresses(text: str, clean: str) -> None:
    """An address is normalised as email-validator does it, and is stable when read again."""
    made = EmailAddress(text)
    assert made.partition("@")[0] == clean.partition("@")[0]
    assert EmailAddress(made) is made
    assert EmailAddress(str(made)) == made
    assert "xn--" in text or made == clean


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ola", "format"),
        ("@example.com", "format"),
        ("ola@", "format"),
        ("ola@localhost", "format"),
        ("ola nordmann@example.com", "format"),
        ("ola@@example.com", "format"),
        ("Ola <ola@example.com>", "format"),
        ("ola@example..com", "format"),
        ("ola@-example.com", "format"),
        (".ola@example.com", "format"),
        ("ola@example.com, kari@example.com", "format"),
        (f"ola@{'e' * 250}.com", "too_long"),
    ],
)
def test_not_an_email_address(text: str, reason: str) -> None:
    """Anything but an address is rejected for its format."""
    problem = EmailAddress.problem(text)
    assert problem is not None
    assert (problem.key, problem.reason) == ("EMAIL_FIELD_ERROR", reason)


@pytest.mark.parametrize("field", [Text, TextArea, Number, EmailAddress])
def test_max_argument(field: type[Field]) -> None:
    """Where a rule has a maximum, a class argument sets it."""
    if hasattr(field.rule, "max"):
        small = type("Small", (field,), {}, max=10)
        assert not small.is_valid("abcdef@example.com")
    else:
        with pytest.raises(TypeError):
            type("Small", (field,), {}, max=10)

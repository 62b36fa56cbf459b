"""Text and e-mail addresses."""

from __future__ import annotations

import pytest

from nofields import EmailAddress, Field, Text, TextArea
from nofields.forms.types.widgets import appearance

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


@pytest.mark.parametrize("field", [Text, TextArea, EmailAddress])
def test_max_argument(field: type[Field]) -> None:
    """A class argument sets the maximum."""
    small = type("Small", (field,), {}, max=10)
    assert not small.is_valid("abcdef@example.com")


class Name(Text, min=3, max=5): ...


class Comment(TextArea, min=3): ...


@pytest.mark.parametrize(
    ("field", "text", "is_valid"),
    [
        (Name, "abc", True),
        (Name, "ab", False),
        (Name, " ab ", False),
        (Name, "\u200bab\u200b", False),
        (Name, "åøæ", True),
        (Name, "😀😀", False),
        (Name, "😀😀😀", True),
        (Name, "e\u0301e", True),
        (Comment, "a\r\nb", True),
        (Comment, "a\r\n", False),
        (Comment, "\r\n\r\na", False),
    ],
)
def test_shortest_text(field: type[Text], text: str, is_valid: bool) -> None:
    """Characters are counted as for the maximum: without blanks at the ends, a line end as one."""
    problem = field.problem(text)
    assert (problem is None) is is_valid
    if problem:
        assert (problem.key, problem.reason, problem.params) == ("TEXT_FIELD_CONTENTS_ERROR", "too_short", {"min": 3})


def test_empty_text_is_required() -> None:
    """Whatever the minimum."""
    problem = Name.problem(" ")
    assert problem is not None
    assert problem.reason == "required"


@pytest.mark.parametrize(
    ("least", "sentences"),
    [
        (2, ("Skriv minst 2 tegn.", "Skriv minst 2 teikn.", "Enter at least 2 characters.")),
        (10, ("Skriv minst 10 tegn.", "Skriv minst 10 teikn.", "Enter at least 10 characters.")),
    ],
)
def test_sentence_of_short_text(least: int, sentences: tuple[str, str, str]) -> None:
    problem = type("Short", (Text,), {}, min=least).problem("x")  # type: ignore[attr-defined]
    assert tuple(problem.message(language) for language in ("nb", "nn", "en")) == sentences


@pytest.mark.parametrize(("field", "least"), [(Text, None), (TextArea, None), (Name, "3"), (Comment, "3")])
def test_minlength(field: type[Text], least: str | None) -> None:
    """Browsers know the minimum where they know the maximum."""
    attributes = appearance(field.rule).attributes
    assert (attributes.get("minlength"), "maxlength" in attributes) == (least, True)


def test_wrong_minimum() -> None:
    with pytest.raises(ValueError, match="min=300 is more than max=255"):
        type("Wrong", (Text,), {}, min=300)

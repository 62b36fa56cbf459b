"""Any value that Hypothesis draws is accepted, or rejected with the documented error."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.hostile import THINGS
from helpers.values import VALUES, assert_has_texts, digits, each_field, verdict
from nofields import AltinnSystemId, Field, FieldError, Key, NorwegianDate, Number, PaymentReference, Problem, Reason
from nofields.characters import DIGITS, WHITE_SPACE
from nofields.fields import ALL
from nofields.rules import DigitRule, PhoneRule

#: Text similar to valid values: digits of many scripts, separators, signs, letters.
NEARLY = st.text(st.sampled_from("0123456789  .-/–_+@,:٣９²aA\u00a0\u202f\u2009\u200b\t\n\r\x1c\x85\ud800"), max_size=30)
NUMERIC = [field for field in ALL if isinstance(field.rule, DigitRule | PhoneRule)]
#: Every character but the ASCII digits that Python calls a digit, a number or white space.
DECEIVING = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if (character.isdigit() or character.isnumeric() or character.isspace()) and character not in DIGITS + WHITE_SPACE
]


def assert_consistent(field: type[Field], value: object) -> None:
    result = verdict(field, value)
    if type(result) is Problem:
        assert result.key in Key.__members__
        assert result.reason in list(Reason)
        if isinstance(value, str) and len(value) <= 30:  # longer ones are in test_bad_input
            assert_has_texts(result)


@each_field
@given(value=THINGS)
def test_any_object(field: type[Field], value: object) -> None:
    """Constructor, ``is_valid`` and ``problem`` agree about any object."""
    assert_consistent(field, value)


@each_field
@given(text=NEARLY | st.text(max_size=60) | st.text(st.characters(), max_size=30))
def test_any_text(field: type[Field], text: str) -> None:
    """They agree about any text."""
    assert_consistent(field, text)


@each_field
@given(data=st.data(), place=st.integers(0, 30), character=st.characters())
def test_nearly_valid_text(field: type[Field], data: st.DataObject, place: int, character: str) -> None:
    """They agree about a valid text with one character inserted."""
    value = data.draw(VALUES[field])
    if isinstance(value, str):
        assert_consistent(field, value[:place] + character + value[place:])


@pytest.mark.parametrize("field", NUMERIC, ids=lambda field: field.__name__)
def test_only_ascii_digits(field: type[Field]) -> None:
    """No other Unicode digit counts as a digit, and no other white space as a separator."""
    example = field.examples[-1]
    for character in DECEIVING:
        for text in (character + example[1:], example[:-1] + character, example + character, character + example):
            assert not field.is_valid(text), ascii(text)


@pytest.mark.parametrize("field", [Number, NorwegianDate, AltinnSystemId, PaymentReference])
def test_only_ascii_digits_elsewhere(field: type[Field]) -> None:
    """The same in numbers, dates and IDs."""
    example = field.examples[0]
    for character in DECEIVING:
        for text in (character + example[1:], example[:-1] + character, example + character, character + example):
            assert not field.is_valid(text), ascii(text)


@pytest.mark.parametrize("field", [*NUMERIC, PaymentReference], ids=lambda field: field.__name__)
@given(data=st.data())
def test_separators(field: type[Field], data: st.DataObject) -> None:
    """White space anywhere among the digits does not change the value."""
    value = data.draw(VALUES[field])
    gaps = data.draw(st.lists(st.text(WHITE_SPACE, max_size=2), min_size=len(value) + 1, max_size=len(value) + 1))
    assert field(gaps[-1] + "".join(map(str.__add__, gaps, value))) == value  # type: ignore[call-arg]


@pytest.mark.parametrize("field", NUMERIC, ids=lambda field: field.__name__)
@given(text=st.integers(0, 20).flatmap(digits))
def test_wrong_count_of_digits(field: type[Field], text: str) -> None:
    """Digits of another count are rejected for their length."""
    if len(text) not in (0, field.rule.digits) and not (isinstance(field.rule, PhoneRule) and len(text) in (5, 10, 12)):
        problem = field.problem(text)
        assert problem is not None
        assert problem.reason in ("length", "country") if text.startswith("00") else problem.reason == "length"


@each_field
def test_errors_do_not_chain(field: type[Field]) -> None:
    """A FieldError has no cause and no context, which might show the value."""
    for text in ("", "x", "31.02.2020", "0" * 11, "a@b", "\ud800@b.no"):
        if not field.is_valid(text):
            with pytest.raises(FieldError) as caught:
                field(text)  # type: ignore[call-arg]
            assert (caught.value.__cause__, caught.value.__context__) == (None, None)

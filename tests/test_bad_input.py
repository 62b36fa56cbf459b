"""No invalid value is accepted, and nothing but the documented error is raised."""

from __future__ import annotations

import pytest

from helpers.hostile import OBJECTS, OTHER_TEXTS, TEXTS, HostileDate
from helpers.values import assert_has_texts, verdict
from nofields import (
    AltinnPassword,
    AltinnSystemId,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    Iban,
    Key,
    NorwegianDate,
    Number,
    Problem,
    Radio,
    Reason,
    Text,
    TextArea,
    VatNumber,
)
from nofields.fields import ALL

LONG = 10 * 1024 * 1024


REASON_OF_LONG_TEXT: dict[type[Field], Reason] = {
    AltinnPassword: Reason.TOO_LONG,
    AltinnSystemId: Reason.FORMAT,
    Checkbox: Reason.FORMAT,
    CheckboxGroup: Reason.CHOICE,
    Country: Reason.CHOICE,
    DateRange: Reason.FORMAT,
    Dropdown: Reason.CHOICE,
    EmailAddress: Reason.TOO_LONG,
    NorwegianDate: Reason.FORMAT,
    Radio: Reason.CHOICE,
    Text: Reason.TOO_LONG,
    TextArea: Reason.TOO_LONG,
    VatNumber: Reason.FORMAT,
    Iban: Reason.FORMAT,
}


def assert_documented(problem: Problem) -> None:
    assert problem.key in Key.__members__
    assert problem.reason in list(Reason)
    assert_has_texts(problem)


@pytest.mark.parametrize("name", OBJECTS)
def test_objects(name: str) -> None:
    """Every field rejects an object that is no text with its documented error; those of decimal numbers accept numbers."""
    for field in ALL:
        if name in ("int", "float") and issubclass(field, Number):
            continue
        problem = verdict(field, OBJECTS[name])
        assert type(problem) is Problem, field
        assert_documented(problem)


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    """Every field accepts an odd text or rejects it with its documented error."""
    for field in ALL:
        result = verdict(field, TEXTS[name])
        if type(result) is Problem:
            assert_documented(result)


@pytest.mark.parametrize("name", OTHER_TEXTS)
def test_text_subclass(name: str) -> None:
    """A text of a subclass is read by its content, whatever its methods return."""
    text = OTHER_TEXTS[name]
    content = "".join(str.__getitem__(text, place) for place in range(str.__len__(text)))
    for field in ALL:
        result, expected = verdict(field, text), verdict(field, content)
        assert type(result) is type(expected), field
        assert str(result) == str(expected) if type(result) is not Problem else result == expected, field


@pytest.mark.parametrize("field", [NorwegianDate, DateRange])
def test_date_subclass(field: type[Field]) -> None:
    """A date whose class overrides its methods raises nothing of its own."""
    day = HostileDate(2020, 2, 29)
    verdict(field, day)
    verdict(field, (day, day))


@pytest.mark.parametrize("number", [True, 1, 974760673, 1.5])
def test_numbers(number: object) -> None:
    """A number has lost its leading zeros: the reason is its type, and the explanation names it."""
    for field in (field for field in ALL if field is not Checkbox and not issubclass(field, Number)):
        problem = verdict(field, number)
        assert problem.reason == Reason.TYPE, field
        assert problem.params["type"] == type(number).__name__, field
        assert type(number).__name__ in problem.explanation("en"), field


@pytest.mark.parametrize("value", [None, "", " ", " \t\r\n\u00a0\u202f\u2009"])
def test_missing_values(value: str | None) -> None:
    """Empty, blank or None is required, under that key unless a choice has its own."""
    for field in ALL:
        problem = verdict(field, value)
        own = issubclass(field, Dropdown | Radio | CheckboxGroup | Checkbox)
        assert problem.reason == Reason.REQUIRED, field
        assert problem.key == (field.rule.key if own else Key.TEXT_FIELD_ERROR), field


@pytest.mark.parametrize("character", ["7", " ", "x", "٣", "\ud800", "\u200b"])
def test_very_long_text(character: str) -> None:
    """Ten million characters are rejected for their length first."""
    text = character * LONG
    for field in ALL:
        problem = verdict(field, text)
        expected = REASON_OF_LONG_TEXT.get(field, Reason.LENGTH)
        assert problem.reason == expected, f"add {field.__name__} to REASON_OF_LONG_TEXT in {__file__}"
        assert_documented(problem)

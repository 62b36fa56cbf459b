"""No invalid value is accepted, and nothing but the documented error is raised."""

from __future__ import annotations

import pytest

from helpers.hostile import OBJECTS, OTHER_TEXTS, TEXTS, HostileDate
from helpers.values import VALUES, assert_speaks, each_field, verdict
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
    Key,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    Problem,
    Radio,
    Reason,
    Text,
    TextArea,
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
    Number: Reason.FORMAT,
    Radio: Reason.CHOICE,
    Text: Reason.TOO_LONG,
    TextArea: Reason.TOO_LONG,
}


def assert_documented(problem: Problem) -> None:
    assert problem.key in Key.__members__
    assert problem.reason in list(Reason)
    assert_speaks(problem)


@pytest.mark.parametrize("name", OBJECTS)
def test_objects(name: str) -> None:
    """Every field rejects an object that is no text with its documented error."""
    for field in ALL:
        problem = verdict(field, OBJECTS[name])
        assert type(problem) is Problem, field
        assert_documented(problem)


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    """Every field accepts an odd text or rejects it with its documented error."""
    for field in ALL:
        found = verdict(field, TEXTS[name])
        if type(found) is Problem:
            assert_documented(found)


@each_field
@pytest.mark.parametrize("name", OTHER_TEXTS)
def test_text_subclass(field: type[Field], name: str) -> None:
    """A text of a subclass is read by its content, whatever its methods return."""
    text = OTHER_TEXTS[name]
    plain = "".join(str.__getitem__(text, place) for place in range(str.__len__(text)))
    found, expected = verdict(field, text), verdict(field, plain)
    assert type(found) is type(expected)
    assert str(found) == str(expected) if type(found) is not Problem else found == expected


@pytest.mark.parametrize("field", [NorwegianDate, DateRange])
def test_date_subclass(field: type[Field]) -> None:
    """A date whose class overrides its methods raises nothing of its own."""
    day = HostileDate(2020, 2, 29)
    verdict(field, day)
    verdict(field, (day, day))


@pytest.mark.parametrize("field", [field for field in VALUES if field is not Checkbox], ids=lambda field: field.__name__)
@pytest.mark.parametrize("number", [True, 1, 974760673, 1.5])
def test_numbers(field: type[Field], number: object) -> None:
    """A number has lost its leading zeros: the reason is its type, and the explanation names it."""
    problem = verdict(field, number)
    assert problem.reason == Reason.TYPE
    assert problem.params["type"] == type(number).__name__
    assert type(number).__name__ in problem.explanation("en")


@each_field
@pytest.mark.parametrize("value", [None, "", " ", " \t\r\n\u00a0\u202f\u2009"])
def test_missing_values(field: type[Field], value: str | None) -> None:
    """Empty, blank or None is required, under that key unless a choice has its own."""
    problem = verdict(field, value)
    own = issubclass(field, Dropdown | Radio | CheckboxGroup | Checkbox)
    assert problem.reason == Reason.REQUIRED
    assert problem.key == (field.rule.key if own else Key.TEXT_FIELD_ERROR)


@each_field
@pytest.mark.parametrize("character", ["7", " ", "x", "٣", "\ud800", "\u200b"])
def test_very_long_text(field: type[Field], character: str) -> None:
    """Ten million characters are rejected for their length first."""
    problem = verdict(field, character * LONG)
    assert problem.reason == REASON_OF_LONG_TEXT.get(field, Reason.LENGTH)
    assert_documented(problem)


@pytest.mark.parametrize("field", [NationalIdentityNumber, AltinnPassword])
@pytest.mark.parametrize("secret", ["Hemmelig!2024", "03851598731", "03851598730", "\ud800Hemmelig2024", b"Hemmelig2024"])
def test_secrets_are_in_no_error(field: type[Field], secret: object) -> None:
    """A rejected secret is in neither the text nor the parts of its error."""
    if field is AltinnPassword and secret in ("03851598731", "03851598730"):
        secret = f"{secret}!"
    try:
        field(secret)  # type: ignore[call-arg]
    except ValueError as error:
        shown = f"{error} {error!r} {error.args} {vars(error)} {field.problem(secret)}"
        assert "mmelig" not in shown
        assert "0385" not in shown
    else:
        pytest.fail("it was taken")

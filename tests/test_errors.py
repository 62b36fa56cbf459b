"""``Problem`` and its reason, however it travels."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from helpers.values import each_field
from nofields import Field, OrganisationNumber, Problem, Reason, localize
from nofields.columns import check

OWN = Problem("ORGANISATION_FIELD_ERROR", "blocked")


@each_field
def test_reason_is_a_member(field: type[Field]) -> None:
    """Of every problem of a field."""
    for value in (None, "", 5, "x" * 5000, "\0", "12", object(), ["x"], ("", "1.1.2026")):
        problem = field.problem(value)
        assert problem is None or type(problem.reason) is Reason


@pytest.mark.parametrize("reason", Reason)
def test_reason_given_as_text(reason: Reason) -> None:
    """The text of a reason makes the same problem."""
    given, made = Problem("K", str(reason)), Problem("K", reason)
    assert type(given.reason) is Reason
    assert (given, hash(given), repr(given)) == (made, hash(made), repr(made))


def from_pydantic(problem: Problem) -> Any:
    """The reason in ``ctx`` of pydantic's error."""
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(OrganisationNumber).validate_python("974760674")
    return raised.value.errors()[0]["ctx"]["reason"]


JOURNEYS: dict[str, Callable[[Problem], Any]] = {
    "copy": lambda problem: copy.copy(problem).reason,
    "deepcopy": lambda problem: copy.deepcopy(problem).reason,
    "pickle": lambda problem: pickle.loads(pickle.dumps(problem)).reason,
    "columns": lambda problem: next(iter(check(OrganisationNumber, ["974760674"]).counts())).reason,
    "pydantic": from_pydantic,
    "pydantic, copied": lambda problem: copy.deepcopy(from_pydantic(problem)),
    "pydantic, pickled": lambda problem: pickle.loads(pickle.dumps(from_pydantic(problem))),
}


@pytest.mark.parametrize("journey", JOURNEYS)
def test_reason_after_a_journey(journey: str) -> None:
    """It equals the member and its text, hashes as they do, and has a value."""
    problem = OrganisationNumber.problem("974760674")
    assert problem is not None
    reason = JOURNEYS[journey](problem)
    assert reason == Reason.CHECK_DIGIT == "check_digit"
    assert {reason: 1}["check_digit"] == {reason: 1}[Reason.CHECK_DIGIT] == 1
    assert (reason.value, str(reason), f"{reason}") == ("check_digit",) * 3


@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, lambda problem: pickle.loads(pickle.dumps(problem))])
def test_own_reason(travel: Callable[[Problem], Problem]) -> None:
    """A reason of the project's own stays the text that it is."""
    assert travel(OWN) == OWN
    assert type(travel(OWN).reason) is str


def test_localized_reason() -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(OrganisationNumber).validate_python("974760674")
    assert [type(error["reason"]) for error in localize(raised.value)] == [str]

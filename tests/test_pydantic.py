"""Every field in pydantic models: errors, other types around it, JSON round trips."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers.values import VALUES, each_field
from nofields import (
    AltinnPassword,
    Field,
    Number,
    OrganisationNumber,
)
from nofields.fields import ALL

NEVER = object()


def error_of(field: Any, value: object) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(field).validate_python(value)
    (error,) = caught.value.errors()
    return dict(error)


REJECTED = [(field, value) for field in ALL for value in (None, "", NEVER, "x" * 5000, [], {}, b"x", False, float("nan"))]
REJECTED += [(field, value) for field in ALL if not issubclass(field, Number) for value in (7, 1.5)]


@pytest.mark.parametrize(("field", "value"), REJECTED)
def test_errors(field: type[Field], value: object) -> None:
    """A field's error has key, bokmål text, reason and parameters, and never the value."""
    problem = field.problem(value)
    assert problem is not None
    error = error_of(field, value)
    assert error["type"] == problem.key
    assert error["msg"] == problem.message("nb")
    assert error["ctx"] == {"reason": problem.reason, **problem.params}
    assert error["loc"] == ()
    assert error["input"] == "***"


@each_field
@given(data=st.data())
def test_values(field: type[Field], data: st.DataObject) -> None:
    """pydantic accepts what the constructor accepts, lax and strict, and returns instances as they are."""
    value = data.draw(VALUES[field])
    adapter = TypeAdapter(field)
    made = adapter.validate_python(value)
    assert made == field(value)  # type: ignore[call-arg]
    assert type(made) is type(field(value))  # type: ignore[call-arg]
    assert adapter.validate_python(value, strict=True) == made
    assert adapter.validate_python(made) is made


@each_field
@given(data=st.data())
def test_json_round_trip(field: type[Field], data: st.DataObject) -> None:
    """A value goes to JSON and comes back as it was."""
    adapter = TypeAdapter(field)
    made = adapter.validate_python(data.draw(VALUES[field]))
    again = adapter.validate_json(adapter.dump_json(made))
    assert again == made
    assert type(again) is type(made)
    assert adapter.validate_python(adapter.dump_python(made, mode="json")) == made


def test_errors_go_to_json() -> None:
    """An error's JSON has key, text and context; a password's requirements are a list of keys."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(AltinnPassword).validate_python("abc")
    (error,) = json.loads(caught.value.json())
    assert error["type"] == "TEXT_FIELD_CONTENTS_ERROR"
    assert error["ctx"]["reason"] == "requirements"
    assert error["ctx"]["requirements"] == ["PASSWORD_MIN_LENGTH", "PASSWORD_UPPER", "PASSWORD_DIGIT"]


def test_policy_at_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model defined under one policy follows a later one."""
    adapter = TypeAdapter(OrganisationNumber)
    assert error_of(OrganisationNumber, "310926833")["ctx"]["reason"] == "synthetic"
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")
    assert adapter.validate_python("310926833") == "310926833"

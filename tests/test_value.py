"""Every value stays equal and valid however often it is read, copied, stored or shown."""

from __future__ import annotations

import copy
import json
import pickle
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.values import NO_STRATEGY, VALUES, each_field, policy
from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Checkbox,
    CheckboxGroup,
    Field,
    FieldError,
    Key,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    Problem,
    Reason,
    Text,
    Value,
)
from nofields.fields import ALL

INSTANCES = [field for field in ALL if field is not Checkbox]
each_with_instances = pytest.mark.parametrize("field", INSTANCES, ids=lambda field: field.__name__)
PICKLES = range(pickle.HIGHEST_PROTOCOL + 1)
each_text = pytest.mark.parametrize("field", [f for f in ALL if issubclass(f, Value)], ids=lambda field: field.__name__)


def make(field: type[Field], value: object) -> Any:
    return field(value)  # type: ignore[call-arg]


def test_every_field_has_a_strategy() -> None:
    """No field is missing from the tests below."""
    missing = [field.__name__ for field in ALL if field not in VALUES]
    assert set(VALUES) == set(ALL), NO_STRATEGY.format(missing)


@each_field
@given(data=st.data())
def test_valid_values(field: type[Field], data: st.DataObject) -> None:
    """A value made by the rule is valid, and cleaning it again changes nothing."""
    value = data.draw(VALUES[field])
    assert field.problem(value) is None
    clean = make(field, value)
    again = tuple(clean) if field is CheckboxGroup else str(clean)
    assert make(field, again) == clean


@each_with_instances
@given(data=st.data())
def test_instances_pass(field: type[Field], data: st.DataObject) -> None:
    """An instance is accepted unchecked, and is valid."""
    value = make(field, data.draw(VALUES[field]))
    assert make(field, value) is value
    assert field.problem(value) is None
    assert field.is_valid(value)


@pytest.mark.parametrize("field", [OrganisationNumber, NationalIdentityNumber])
def test_instances_pass_under_any_policy(field: type[Field]) -> None:
    """An instance accepted under one policy is accepted under another."""
    with policy("accept"):
        value = make(field, field.examples[0])
    assert make(field, value) is value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (OrganisationNumber, "310926833"),
        (NationalIdentityNumber, "03851598730"),
        (AltinnSystemId, "310926833_regnskap"),
    ],
)
def test_copies_are_not_checked(field: type[Field], text: str) -> None:
    """A value can be copied and unpickled under a policy that would reject it."""
    with policy("accept"):
        value = make(field, text)
    assert not field.is_valid(text)
    for each in (
        copy.copy(value),
        copy.deepcopy(value),
        *(pickle.loads(pickle.dumps(value, protocol)) for protocol in PICKLES),
    ):
        assert (type(each), each) == (field, value)


@pytest.mark.parametrize("field", [field for field in INSTANCES if field is not CheckboxGroup], ids=lambda f: f.__name__)
@given(data=st.data())
def test_written_form(field: type[Field], data: st.DataObject) -> None:
    """The written form is read as the same value."""
    value = make(field, data.draw(VALUES[field]))
    assert make(field, value.formatted) == value


@each_with_instances
@given(data=st.data())
def test_copies(field: type[Field], data: st.DataObject) -> None:
    """A copied or unpickled value is equal and of the same type."""
    value = make(field, data.draw(VALUES[field]))
    copies = [copy.copy(value), copy.deepcopy(value), copy.deepcopy([value])[0]]
    copies += [pickle.loads(pickle.dumps(value, protocol)) for protocol in PICKLES]
    for each in copies:
        assert type(each) is field
        assert each == value
        assert hash(each) == hash(value)


@each_text
@given(data=st.data())
def test_value_is_a_str(field: type[Value], data: st.DataObject) -> None:
    """A value compares, hashes, sorts and formats as its text, and has no other attributes."""
    value = field(data.draw(VALUES[field]))
    text = str(value)
    assert type(text) is str
    assert value == text
    assert hash(value) == hash(text)
    assert {text: 1}[value] == 1
    assert f"{value}" == text
    assert not hasattr(value, "__dict__")


@each_with_instances
def test_examples_are_clean(field: type[Field]) -> None:
    """Every example is valid where synthetic values are, and clean."""
    with policy("accept"):
        for example in field.examples:
            assert str(make(field, example)) == example


@each_text
@given(data=st.data())
def test_repr(field: type[Value], data: st.DataObject) -> None:
    """``repr`` shows type and text; of a secret, only the type."""
    value = field(data.draw(VALUES[field]))
    assert repr(value) == f"{field.__name__}({'***' if field.secret else str(value)!r})"
    assert field.secret is (field in (AltinnPassword, NationalIdentityNumber))


def test_problems_are_values() -> None:
    """Two problems with the same parts are equal, and a problem is immutable."""
    one, other = OrganisationNumber.problem("1"), OrganisationNumber.problem("12")
    assert one == other
    assert hash(one) == hash(other)
    assert one != OrganisationNumber.problem("x")
    assert isinstance(one, Problem)
    with pytest.raises(AttributeError):
        one.key = "OTHER"  # type: ignore[misc]


@pytest.mark.parametrize("change", [
    lambda params: params.update(max=5),
    lambda params: params.__setitem__("max", 5),
    lambda params: params.pop("max"),
    lambda params: params.clear(),
    lambda params: params.__ior__({"max": 5}),
])  # fmt: skip
def test_params_are_immutable(change: Callable[[Any], object]) -> None:
    """A problem is shared; its parameters read, compare and serialise like any dictionary."""
    problem = Text.problem("x" * 300)
    assert problem is not None
    with pytest.raises(TypeError, match="cannot be changed"):
        change(problem.params)
    assert problem.params == {"max": 255}
    assert json.loads(json.dumps(problem.params)) == {"max": 255}
    for again in (copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):
        assert again == problem
        assert again.params == {"max": 255}


def test_foreign_reason() -> None:
    assert Problem(Key.SSN_ERROR, "custom").explanation() == Problem(Key.SSN_ERROR, Reason.OTHER).explanation()


def test_sqlite() -> None:
    day, account = NorwegianDate("31.12.2016"), AccountNumber("8601.11.17947")
    (row,) = sqlite3.connect(":memory:").execute("SELECT ?, ?, typeof(?)", (day, account, day))
    assert row == ("2016-12-31", "86011117947", "text")


@each_field
def test_pickled_errors(field: type[Field]) -> None:
    """An unpickled or deep-copied FieldError has its problem."""
    with pytest.raises(FieldError) as caught:
        make(field, b"3.5")
    for again in (pickle.loads(pickle.dumps(caught.value)), copy.deepcopy(caught.value)):
        assert again.problem == caught.value.problem
        assert str(again) == caught.value.problem.message()

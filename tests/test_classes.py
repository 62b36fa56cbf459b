"""Subclasses of fields, and class arguments."""

from __future__ import annotations

import pytest

from nofields import (
    Field,
    NorwegianDate,
    OrganisationNumber,
    PostalCode,
    Text,
    Value,
)


class Short(Text, max=5): ...


class Shorter(Short, max=3): ...


class InUse(PostalCode, registered=True): ...


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [(Short, "12345", "123456"), (Shorter, "123", "1234"), (Text, "x" * 255, "x" * 256), (InUse, "0357", "0002")],
)
def test_class_arguments(field: type[Value], good: str, bad: str) -> None:
    """A class argument changes the rule of that class only."""
    assert type(field(good)) is field
    assert not field.is_valid(bad)


def test_message_parameters() -> None:
    """The parameters of a class's rule are in its messages."""
    problem = Short.problem("123456")
    assert problem is not None
    assert problem.params == {"max": 5}
    assert "5" in problem.message("en")


@pytest.mark.parametrize("settings", [{"maximum": 5}, {"weights": (1, 2)}, {"registered": True}])
def test_unknown_class_arguments(settings: dict[str, object]) -> None:
    """Rejected when the class is defined."""
    with pytest.raises((TypeError, ValueError)):
        type("Wrong", (OrganisationNumber,), {}, **settings)


def test_subclass() -> None:
    """A subclass returns its own instances, accepts the parent's texts, and may add members."""

    class Customer(OrganisationNumber):
        @property
        def short(self) -> str:
            return self[-3:]

    customer = Customer(OrganisationNumber("974 760 673"))
    assert type(customer) is Customer
    assert customer.short == "673"
    assert type(OrganisationNumber(customer)) is OrganisationNumber


@pytest.mark.parametrize("field", [Field, Value])
def test_base_classes(field: type[Field]) -> None:
    """The two base classes have no rule, and raise an error that says so."""
    with pytest.raises(NotImplementedError, match="no rule"):
        field.problem("x")


def test_date_cache() -> None:
    """The cache of one class returns no other class's instances."""

    class Birthday(NorwegianDate): ...

    assert type(NorwegianDate("1.1.2020")) is NorwegianDate
    assert type(Birthday("1.1.2020")) is Birthday
    assert type(NorwegianDate("1.1.2020")) is NorwegianDate

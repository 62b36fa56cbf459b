"""Fields of one's own: subclasses and class arguments."""

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
    """A class argument changes the rule of that class alone."""
    assert type(field(good)) is field
    assert not field.is_valid(bad)


def test_the_message_follows_the_class_argument() -> None:
    """The parameters of a class's rule stand in its messages."""
    problem = Short.problem("123456")
    assert problem is not None
    assert problem.params == {"max": 5}
    assert "5" in problem.message("en")


@pytest.mark.parametrize("settings", [{"maximum": 5}, {"weights": (1, 2)}, {"registered": True}])
def test_unknown_class_arguments(settings: dict[str, object]) -> None:
    """A class argument that the rule does not know is an error at once."""
    with pytest.raises((TypeError, ValueError)):
        type("Wrong", (OrganisationNumber,), {}, **settings)


def test_a_subclass_keeps_its_type() -> None:
    """A subclass gives its own instances, takes the parent's text, and adds what it likes."""

    class Customer(OrganisationNumber):
        @property
        def short(self) -> str:
            return self[-3:]

    customer = Customer(OrganisationNumber("974 760 673"))
    assert type(customer) is Customer
    assert customer.short == "673"
    assert type(OrganisationNumber(customer)) is OrganisationNumber


@pytest.mark.parametrize("field", [Field, Value])
def test_a_field_without_a_rule(field: type[Field]) -> None:
    """The two base classes have no rule, and say so."""
    with pytest.raises(NotImplementedError, match="no rule"):
        field.problem("x")


def test_a_date_that_is_remembered_is_not_shared_by_classes() -> None:
    """The memory of one class's values gives no other class's instances."""

    class Birthday(NorwegianDate): ...

    assert type(NorwegianDate("1.1.2020")) is NorwegianDate
    assert type(Birthday("1.1.2020")) is Birthday
    assert type(NorwegianDate("1.1.2020")) is NorwegianDate

"""Dropdowns, radio buttons, checkboxes and groups of them."""

from __future__ import annotations

import pytest

from nofields import Checkbox, CheckboxGroup, Dropdown, Radio, Value


class Size(Dropdown, choices=["small", "large"]): ...


class Answer(Radio, choices=("yes", "no")): ...


class Days(CheckboxGroup, choices=["mon", "tue", "wed"]): ...


ONE = [(Size, "large", "DROPDOWN_ERROR"), (Answer, "no", "RADIO_ERROR")]


@pytest.mark.parametrize(("field", "choice", "key"), ONE)
def test_one_choice(field: type[Value], choice: str, key: str) -> None:
    """A choice must match exactly: it is sent by a form, not typed."""
    assert field(choice) == choice
    for wrong, reason in [
        (f" {choice}", "choice"),
        (choice.upper(), "choice"), (choice[:1], "choice"), ("other", "choice"), ("", "required"), (None, "required"),
        ([choice], "type"), (1, "type"),
    ]:  # fmt: skip
        problem = field.problem(wrong)
        assert problem is not None
        assert (problem.key, problem.reason) == (key, reason)


def test_long_choice() -> None:
    """A listed choice may have any length."""

    class Terms(Dropdown, choices=["x" * 1000, "no"]): ...

    class Many(CheckboxGroup, choices=["x" * 1000, "no"]): ...

    assert Terms("x" * 1000) == "x" * 1000
    assert Many(["x" * 1000]) == ("x" * 1000,)
    assert not Terms.is_valid("x" * 1001)


@pytest.mark.parametrize("field", [Dropdown, Radio])
def test_any_choice(field: type[Value]) -> None:
    """Without choices any text but a blank one is accepted."""
    assert field("whatever") == "whatever"
    assert not field.is_valid(" ")


@pytest.mark.parametrize(
    ("ticks", "value"),
    [
        (["mon"], ("mon",)),
        ("mon", ("mon",)),
        (["tue", "mon", "tue"], ("tue", "mon")),
        (("mon", "tue", "wed"), ("mon", "tue", "wed")),
        ({"wed"}, ("wed",)),
        (frozenset({"wed"}), ("wed",)),
    ],
)
def test_checked_boxes(ticks: object, value: tuple[str, ...]) -> None:
    """Checked boxes keep their order, each once; one text is one box."""
    assert Days(ticks) == value
    assert type(Days(ticks)) is Days


@pytest.mark.parametrize(
    ("ticks", "reason"),
    [
        ([], "required"), ((), "required"), (set(), "required"), (None, "required"), ("", "required"), ([""], "required"),
        ([None], "required"), (["mon", "sun"], "choice"), ("sun", "choice"), (["mon"] * 1001, "choice"),
        ([1], "type"), ([["mon"]], "type"), ({"mon": True}, "type"), (iter(["mon"]), "type"), (b"mon", "type"),
    ],
)  # fmt: skip
def test_wrong_boxes(ticks: object, reason: str) -> None:
    """A group is rejected for no box, an unknown box, or another type."""
    problem = Days.problem(ticks)
    assert problem is not None
    assert (problem.key, problem.reason) == ("CHECKBOX_GROUP_ERROR", reason)


@pytest.mark.parametrize("tick", [True, "on", "ON", "true", "1", " on "])
def test_checked(tick: object) -> None:
    """A checked box is True, from Python, a browser or JSON."""
    assert Checkbox(tick) is True
    assert Checkbox.is_valid(tick)


@pytest.mark.parametrize(
    ("tick", "reason"),
    [
        (False, "required"),
        (None, "required"),
        ("", "required"),
        ("off", "choice"),
        ("0", "choice"),
        (1, "type"),
        ([True], "type"),
    ],
)
def test_unchecked(tick: object, reason: str) -> None:
    """An unchecked box has a problem with its own key and a sentence."""
    problem = Checkbox.problem(tick)
    assert problem is not None
    assert (problem.key, problem.reason) == ("CHECKBOX_ERROR", reason)
    assert problem.message("nb").endswith(".")

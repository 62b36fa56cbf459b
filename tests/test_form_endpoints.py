"""The check of one field in a row, a group or a branch, or with a condition."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field

from nofields import Ask, OrganisationNumber, Text
from nofields.forms import Form
from nofields.forms.endpoints import ROUTES, Endpoints

(CHECK,) = (route for route in ROUTES if route.name == "check")


def not_bad(text: str) -> str:
    if text == "bad":
        raise ValueError("Nei.")
    return text


Own = Annotated[Text, AfterValidator(not_bad)]


class Card(BaseModel):
    kind: Literal[1]
    number: Own


class Gift(BaseModel):
    kind: Literal[2]
    number: Own


class Line(BaseModel):
    what: Own
    other: bool = False
    why: Annotated[Own | None, Ask(when={"other": True})] = None


class Order(BaseModel):
    kind: Literal["a", "b"]
    note: Annotated[Own | None, Ask(when={"kind": "a"})] = None
    price: Annotated[Decimal | None, Ask(when={"kind": "a"})] = None
    buyer: Annotated[OrganisationNumber | None, Ask(when={"kind": "a"})] = None
    payment: Annotated[Card | Gift, Field(discriminator="kind")]
    lines: Annotated[list[Line], Ask(when={"kind": "a"})] = []
    seller: Annotated[Line | None, Ask(when={"kind": "a"})] = None
    grid: list[list[int]] = []


FORM = Form(Order)


def answer(name: str, value: object, values: object = None, form: Form[Any] = FORM) -> Any:
    """Return the text of the error; ``None`` if there is none, "open" if nothing is known, 404 if there is no such field."""
    asked = {"name": name, "value": value} | ({} if values is None else {"values": values})
    found = Endpoints([form]).answer(CHECK, form.name, json.dumps(asked).encode())
    if found.status != 200:
        return found.status
    error = json.loads(found.body).get("error", "open")
    return error["text"] if isinstance(error, dict) else error


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("note", {"kind": "a"}),
        ("payment.1.number", {"payment.kind": "1"}),
        ("payment.2.number", {"payment.kind": "2"}),
        ("lines.0.what", {"kind": "a"}),
        ("lines.12.why", {"kind": "a", "lines.12.other": "on"}),
        ("seller.what", {"kind": "a"}),
        ("seller.why", {"kind": "a", "seller.other": "on"}),
    ],
)
def test_field_that_depends_on_others(name: str, values: dict[str, str]) -> None:
    """Without the values that decide whether it applies, nothing is known: a wrong value is never called right."""
    assert answer(name, "bad", values) == "Nei."
    assert answer(name, "bad") == "open"
    assert answer(name, "bad", {"kind": "b", "payment.kind": "3"}) == "open"
    asks = {each.control.name_in_form: each.asks for each in FORM.bind({"lines.0.what": "x"}).bound_controls()}
    assert asks[name.replace(".0", "").replace(".12", "")] == "form"


def test_type_that_only_the_server_reads() -> None:
    assert answer("price", "x", {"kind": "a"}).startswith("Du kan kun skrive inn tall.")
    assert answer("price", "x") == "open"
    assert FORM.bind(None).bound_control("price").asks == "form"
    assert FORM.bind(None).bound_control("buyer").asks == "", "the script knows its rule"


def test_decided_by_what_cannot_be_changed() -> None:
    """A field that the page shows applies, though the question lacks the value that decides."""
    form = Form(Order, read_only=["kind"])
    assert [form.bind(None).bound_control(name).asks for name in ("note", "price", "buyer")] == ["value", "", ""]
    assert answer("note", "bad", {}, form) == "Nei."


@pytest.mark.parametrize(
    "name", ["lines", "lines.x.what", "lines.0", "lines.0.what.0", "lines.-1.what", "grid.0", "payment", "seller"]
)
def test_no_field(name: str) -> None:
    assert answer(name, "x", {}) == 404


@pytest.mark.parametrize("value", [{"a": [1]}, [[]], None, 1.5, "\ud800"])
@pytest.mark.parametrize("name", [*FORM.controls, "grid.0.0", f"lines.{'9' * 5000}.what"])
def test_anything_may_be_sent(name: str, value: object) -> None:
    found = answer(name, value, {name: [{}], "lines": "x", "": 3, "grid": {"0": {}}})
    assert found is None or found == 404 or isinstance(found, str)

"""What a browser may ask the server about a field of a step, whose page lacks the values of the other steps."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationInfo, field_validator, model_validator
from starlette.testclient import TestClient

from helpers.loan import FNR, LOAN, RIGHT, WITHOUT_KEY, WRONG_FNR
from nofields import Ask, NationalIdentityNumber, Text
from nofields.forms import Form
from nofields.web import assets


class Address(BaseModel):
    street: Text = Text("Storgata 1")


class Party(BaseModel):
    """Validators read fields of both steps, which all have defaults."""

    host: Text = Text("Kari")
    limit: int = 10
    guests: int = 1
    address: Address = Address()
    count: int = 0

    @field_validator("count")
    @classmethod
    def within_limit(cls, count: int, info: ValidationInfo) -> int:
        if count > info.data.get("limit", 0):
            raise ValueError("too many")
        return count

    @model_validator(mode="after")
    def enough(self) -> Party:
        if self.guests > self.limit:
            raise ValueError("too many")
        return self


STEPS = {"host": ["host", "limit"], "guests": ["guests", "address", "count"]}
PARTY = Form(Party, steps=STEPS)


def ask(form: Form[Any], name: str, value: object, values: dict[str, Any] | None = None) -> Any:
    """The server's answer to a question about a field."""
    body = {"name": name, "value": value, "values": values or {}, "lang": "nb"}
    return TestClient(assets([form])).post(f"/check/{form.name}", json=body).json()


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("guests", "100", {}),  # too many for the default, not for what was entered in the other step
        ("guests", "5", {}),
        ("count", "100", {}),
        ("address.street", "Ås", {}),
        ("limit", "5", {}),
    ],
)
def test_validators_that_read_other_steps(name: str, value: str, answer: dict[str, Any]) -> None:
    """Neither an error nor a verdict that the value is valid."""
    assert ask(PARTY, name, value, {name: value}) == answer


def test_the_page_asks_nothing_in_vain() -> None:
    page = PARTY.bind({"nofields.step": "host", "host": "Kari", "limit": "5"}).render()
    assert page.count('data-asks="submit"') == page.count("data-control=") == 3
    flat = Form(Party).bind().render()
    assert 'data-asks="form"' in flat
    assert 'data-asks="submit"' not in flat


class Person(BaseModel):
    kind: Literal["person", "company"]
    number: Annotated[NationalIdentityNumber | None, Ask(when={"kind": "person"}, messages={"check_digit": "Feil nummer."})] = (
        None
    )


@pytest.mark.parametrize(("value", "reason"), [("", "required"), (WRONG_FNR, "check_digit"), (FNR, None)])
def test_condition_of_another_step(value: str, reason: str | None) -> None:
    """A field that the page shows applies, though the question lacks the value on which that depends."""
    form = Form(Person, steps={"kind": ["kind"], "number": ["number"]}, key=b"k" * 32)
    error = ask(form, "number", value)["error"]
    assert (error and error["reason"]) == reason


def test_secret_beside_the_answers() -> None:
    """The page has no other values then; only the submitted form tells."""
    for value in ("", FNR, WRONG_FNR):
        assert ask(WITHOUT_KEY, "fnr", value) == {}


@given(st.sampled_from(["guests", "count", "limit"]), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_no_false_verdict(name: str, limit: int, guests: int, count: int) -> None:
    """What the server says of a field of a step holds for the form as a whole."""
    entered = {"host": "Kari", "limit": str(limit), "guests": str(guests), "count": str(count)}
    of_step = {key: each for key, each in entered.items() if key in next(keys for keys in STEPS.values() if name in keys)}
    answer = ask(PARTY, name, entered[name], of_step)
    whole = Form(Party).bind(entered).error(name)
    assert "error" not in answer or (answer["error"] is None) == (whole is None)


def test_own_rule() -> None:
    """What needs no other field is answered."""
    street, code = RIGHT["identity"]["address.street"], "x"
    values = {"address.street": street, "address.postal_code": code}
    assert ask(LOAN, "address.postal_code", code, values)["error"]["key"] == "POSTAL_CODE_ERROR"

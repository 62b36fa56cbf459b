"""Amounts: what can be read in one way is read, what cannot is rejected."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model
from pydantic import Field as PydanticField

from helpers.near import NEAR, WholeKroner
from helpers.values import verdict
from nofields import Amount, Number, Problem, Reason, localize
from nofields.audit.guess import guess_fields
from nofields.characters import DIGITS
from nofields.check import compile_rule
from nofields.forms import Form, assets
from nofields.keys import explanation_key, message_key
from nofields.rules import AmountRule


class Balance(Amount, min=None, max=10_000): ...


def read(field: Any, value: object) -> str | tuple[Reason, dict[str, object]]:
    """The clean text, or reason and parameters."""
    result = verdict(field, value)
    return (Reason(result.reason), dict(result.params)) if isinstance(result, Problem) else str(result)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("1 234,50", "1234.50"),
        ("1234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1234", "1234.00"),
        ("1\u00a0234\u202f567,5", "1234567.50"),
        ("1.234,50", "1234.50"),
        ("1.234.567,50", "1234567.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567.5", "1234567.50"),
        ("1.234.567", "1234567.00"),
        ("1,234,567", "1234567.00"),
        ("25 000", "25000.00"),
        ("kr 1 234,50", "1234.50"),
        ("kr. 1.234,50", "1234.50"),
        ("KR1234", "1234.00"),
        ("1234 kr", "1234.00"),
        ("1\u00a0234,50\u00a0kr.", "1234.50"),
        ("1 234,-", "1234.00"),
        ("1.234,\u2013", "1234.00"),
        ("kr 25,-", "25.00"),
        ("0", "0.00"),
        ("-0,00", "0.00"),
        ("007,5", "7.50"),
        ("\u200b1\u200b234,50\ufeff", "1234.50"),
        ("9" * 28, "9" * 28 + ".00"),
        ("0" * 30 + "5", "5.00"),
    ],
)
def test_read(text: str, clean: str) -> None:
    assert read(Amount, text) == clean


@pytest.mark.parametrize(
    "text", ["25.000", "25,000", "1.234", "1,234 kr", "1 234,567", "1.234,567", "1,234.567", "25,0000", "0.001"]
)
def test_three_decimals(text: str) -> None:
    """Some people mean thousands, others decimals."""
    assert read(Amount, text) == (Reason.DECIMALS, {"max": 2})


@pytest.mark.parametrize(
    "text",
    [
        *("12 34 56", "1 2,3", "1.23,45", "1,23,456", "1.234 567", "1.234.56", "1 234.567,89", "1.234.567.8", "1,2.345", ",50"),
        *("kr", "kr kr 5", "5 NOK", "5 $", "5-", "5 000,", "fem", "1e3", "5,--", "k r 5", "1\n234", "1 234 ,50"),
    ],
)
def test_not_an_amount(text: str) -> None:
    assert read(Amount, text) == (Reason.FORMAT, {})


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Amount, 1234, "1234.00"),
        (Amount, 1234.5, "1234.50"),
        (Amount, 0.1 + 0.2, (Reason.DECIMALS, {"max": 2})),
        (Amount, Decimal("1234.5000"), "1234.50"),
        (Amount, Decimal("1234.505"), (Reason.DECIMALS, {"max": 2})),
        (Amount, 1e-9, (Reason.DECIMALS, {"max": 2})),
        (Amount, -0.0, "0.00"),
        (Amount, Decimal("-0.000"), "0.00"),
        (Amount, True, (Reason.TYPE, {"type": "bool"})),
        (Amount, float("nan"), (Reason.FORMAT, {})),
        (Amount, "-1", (Reason.TOO_SMALL, {"min": 0})),
        (Amount, "\u22121 234,50", (Reason.TOO_SMALL, {"min": 0})),
        (Amount, -0.01, (Reason.TOO_SMALL, {"min": 0})),
        (Amount, "9" * 29, (Reason.LENGTH, {"max": 30})),
        (Balance, "kr \u22121.234,50", "-1234.50"),
        (Balance, "-1 234,50 kr", "-1234.50"),
        (Balance, "10 000,01", (Reason.TOO_LARGE, {"max": 10_000})),
        (Balance, -5, "-5.00"),
        (WholeKroner, "1 234", "1234"),
        (WholeKroner, "1 234,-", "1234"),
        (WholeKroner, "1.234.567", (Reason.TOO_LARGE, {"max": 10**6})),
        (WholeKroner, "1 234,50", (Reason.DECIMALS, {"max": 0})),
        (WholeKroner, "25.000", (Reason.DECIMALS, {"max": 0})),
        (WholeKroner, 25.0, "25"),
    ],
)
def test_numbers_and_bounds(field: type[Amount], value: object, expected: object) -> None:
    assert read(field, value) == expected


@given(st.integers(0, 10**20))
def test_every_amount(cents: int) -> None:
    """In every usual form."""
    amount = Decimal(cents).scaleb(-2)
    thousands = f"{amount:,.2f}"
    swapped = thousands.translate(str.maketrans(",.", ".,"))
    texts = [f"{amount:.2f}", f"{amount:.2f}".replace(".", ","), thousands, swapped, thousands.replace(",", " ")]
    texts += [f"kr {swapped}", f"{swapped.replace('.', chr(0x202F))} kr", Amount(amount).formatted, str(Amount(amount))]
    assert [Amount(text).decimal for text in texts] == [amount] * len(texts)


@pytest.mark.parametrize("field", [Amount, Balance, WholeKroner], ids=lambda field: field.__name__)
@given(text=NEAR[AmountRule])
def test_digits_are_kept(field: type[Amount], text: str) -> None:
    """An accepted text has the digits of its value, besides zeros in front and at the end."""
    if field.is_valid(text):
        clean = str(field(text))
        typed, kept = ("".join(filter(DIGITS.__contains__, each)).lstrip("0") for each in (text, clean))
        assert typed.ljust(len(kept), "0") == kept


def test_value() -> None:
    amount = Amount("25000")
    assert (amount, amount.formatted, amount.decimal) == ("25000.00", "25 000,00", Decimal("25000.00"))
    assert isinstance(amount, Number)
    assert amount > 24_999.99


def test_too_many_decimals_of_a_subclass() -> None:
    """Three would make 25.000 the number 25."""
    with pytest.raises(ValueError, match="decimals must be 2 or 0, not 3"):
        type("Rate", (Amount,), {}, decimals=3)


def test_json_schema() -> None:
    text, number = TypeAdapter(Amount).json_schema()["anyOf"]
    assert (text["type"], text["format"], number) == ("string", "no-amount", {"type": "number", "minimum": 0})
    assert TypeAdapter(Amount).json_schema(mode="serialization")["pattern"] == "^(?:0|[1-9][0-9]*)[.][0-9]{2}$"
    assert TypeAdapter(WholeKroner).json_schema(mode="serialization")["pattern"] == "^-?(?:0|[1-9][0-9]*)$"


@pytest.mark.parametrize("name", ["Beløp", "belop", "Sum", "amount", "Beløp (kr)"])
def test_recognised_in_a_file(name: str) -> None:
    assert guess_fields([name]) == {name: Amount}


class Invoice(BaseModel):
    total: Amount


def test_sentence_in_a_form() -> None:
    """The message, and why three decimals are rejected; the same texts are in the browser's bundle."""
    bound = Form(Invoice).bind({"total": "25.000"}, "nb")
    assert [error.text for error in bound.errors] == [
        "Skriv inn et tall med høyst 2 desimaler. Skriv øre med to siffer. "
        "25.000 og 25,000 kan bety både 25 kroner og 25 tusen: skriv 25,00 eller 25 000."
    ]
    texts = json.loads(assets.files()["messages.nb.json"])["texts"]
    (problem,) = [compile_rule(Amount.rule).own_problems[Reason.DECIMALS]]
    assert texts[message_key(problem.key)] == "Skriv inn et tall med høyst {max} desimaler."
    assert texts[explanation_key(problem.reason, problem.key)].startswith("Skriv øre med to siffer.")


@pytest.mark.parametrize("body", ['{"total": 1234.5}', '{"total": "1 234,50"}'])
def test_json(body: str) -> None:
    """A number or text is read, and text is written."""
    assert Invoice.model_validate_json(body).model_dump_json() == '{"total":"1234.50"}'


@pytest.mark.parametrize(
    ("limit", "keywords"),
    [
        (Decimal("10.5"), {"maximum": 10.5}),
        (Decimal("10.50"), {"maximum": 10.5}),
        (Decimal("999999999999999.99"), {}),
        (Decimal(10) ** 20, {"maximum": 10**20}),
    ],
)
def test_bounds_in_json_schema(limit: Decimal, keywords: dict[str, object]) -> None:
    """A number, or no keyword if JSON's numbers would change it."""

    class Limited(Amount, max=limit): ...

    assert TypeAdapter(Limited).json_schema()["anyOf"][1] == {"type": "number", "minimum": 0, **keywords}
    assert Limited.problem(str(limit + 1)).reason == "too_large"  # type: ignore[union-attr]


def test_constraints_of_pydantic() -> None:
    """A bound that is a Decimal is shown as a number."""
    model = create_model(
        "Order", amount=(Annotated[Number, PydanticField(multiple_of=Decimal("0.5"), le=Decimal("10.5"))], ...)
    )
    for value, sentence in (("0.7", "Enter a multiple of 0.5."), ("11.5", "Enter a number that is 10.5 or less.")):
        with pytest.raises(ValidationError) as caught:
            model(amount=value)
        assert [each["message"] for each in localize(caught.value, "en")] == [sentence]

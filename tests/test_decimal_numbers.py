"""Decimal numbers: their written forms, bounds, numbers of JSON, and comparisons."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import pydantic
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.testclient import TestClient

from helpers.near import NEAR, Grouped, WholeKroner
from helpers.values import verdict
from nofields import Amount, Field, Number, Problem, Reason
from nofields.characters import BLANK, INVISIBLE
from nofields.forms.types.widgets import appearance
from nofields.rules import NumberRule


def read(field: Any, value: object) -> str | tuple[Reason, dict[str, object]]:
    """The clean text, or reason and parameters."""
    result = verdict(field, value)
    return (Reason(result.reason), dict(result.params)) if isinstance(result, Problem) else str(result)


#: Numbers of at most thirty digits.
DECIMALS = st.decimals(-(10**15), 10**15, allow_nan=False, places=2) | st.decimals(-(10**20), 10**20, places=9)


@given(DECIMALS)
def test_every_decimal(number: Decimal) -> None:
    """A number means the same with comma and full stop, and in the form in which Norwegians write it."""
    for text in (f"{number:f}", f"{number:f}".replace(".", ",")):
        assert Number(text).decimal == number
        assert float(Number(text)) == float(number)
    clean = Number(f"{number:f}")
    assert Number(str(clean)) == clean
    assert Number(clean.formatted) == clean


@pytest.mark.parametrize("field", [Number, Amount, Grouped, WholeKroner], ids=lambda field: field.__name__)
@given(text=NEAR[NumberRule])
def test_clean_and_formatted(field: Any, text: str) -> None:
    """Both forms of a value are read as the value."""
    if field.is_valid(text):
        clean = field(text)
        assert field(str(clean)) == clean
        assert field(clean.formatted) == clean
        assert Decimal(clean) == clean.decimal


@pytest.mark.parametrize(
    ("text", "clean", "formatted"),
    [
        ("1 234,50", "1234.50", "1 234,50"),
        ("1234,50", "1234.50", "1 234,50"),
        ("1\u00a0234\u202f567", "1234567", "1 234 567"),
        ("1\u2009234", "1234", "1 234"),
        ("-1 234", "-1234", "-1 234"),
        ("-1234", "-1234", "-1 234"),
        ("\u22121 234,5", "-1234.5", "-1 234,5"),
        ("\u2212 5", "-5", "-5"),
        ("-123", "-123", "-123"),
        ("0", "0", "0"),
        ("-0,00", "0.00", "0,00"),
        ("007", "007", "007"),
        ("12,0", "12.0", "12,0"),
        ("123456", "123456", "123 456"),
        ("12 345", "12345", "12 345"),
        ("\u200b1\u200c23\u00ad4\ufeff", "1234", "1 234"),
        (" \t1 234\r\n\u200b ", "1234", "1 234"),
        ("1 " + "234 " * 9, "1" + "234" * 9, "1" + " 234" * 9),
        ("9" * 30, "9" * 30, " ".join(["999"] * 10)),
    ],
)
def test_numbers(text: str, clean: str, formatted: str) -> None:
    """Blanks between groups go, the comma becomes a full stop, and the written form has groups of three and a comma."""
    assert read(Number, text) == clean
    assert Number(text).formatted == formatted


@pytest.mark.parametrize(
    "text",
    [
        *("1,", ",5", ".5", "1.2.3", "1,2,3", "--1", "+1", "1e5", "inf", "nan", "0x10", "1_000", "-", "½", "5-", "1.234,50"),
        *("12 34 56", "1 2,3", "1 23", "1234 567", "1 2345", "1  234", "1\t234", "1\n234", "1 234,5 0", "1 ,5", "4 2", "kr 5"),
        *("٣", "１", "1'234", "1 234,567 8"),
    ],
)
def test_not_a_number(text: str) -> None:
    """Anything but a plain decimal in groups of three is rejected for its format."""
    assert read(Number, text) == (Reason.FORMAT, {})


@pytest.mark.parametrize(
    ("number", "clean"),
    [
        (0, "0"),
        (-5, "-5"),
        (10**30 - 1, "9" * 30),
        (1.5, "1.5"),
        (5.0, "5"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e22, "1" + "0" * 22),
        (1.2345678901234568e20, "123456789012345680000"),
        (Decimal("1.50"), "1.5"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1000"), "1000"),
        (Decimal("0E+5000"), "0"),
        (Decimal("1." + "0" * 50), "1"),
    ],
)
def test_json_numbers(number: object, clean: str) -> None:
    """A number is read in its shortest form, without exponent, and without zeros at the end."""
    assert read(Number, number) == clean


class Cents(int): ...


class Ratio(float): ...


class Price(Decimal): ...


@pytest.mark.parametrize("number", [Cents(5), Ratio(5), Price(5)])
def test_subclasses_of_numbers(number: object) -> None:
    assert read(Number, number) == "5"


TOO_LONG = (Reason.LENGTH, {"max": 30})


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (True, (Reason.TYPE, {"type": "bool"})),
        ([], (Reason.TYPE, {"type": "list"})),
        (Fraction(1, 2), (Reason.TYPE, {"type": "Fraction"})),
        (math.nan, (Reason.FORMAT, {})),
        (-math.inf, (Reason.FORMAT, {})),
        (Decimal("NaN"), (Reason.FORMAT, {})),
        (Decimal("sNaN"), (Reason.FORMAT, {})),
        (Decimal("Infinity"), (Reason.FORMAT, {})),
        (10**30, TOO_LONG),
        pytest.param(10**5000, TOO_LONG, id="too long for str"),
        (1e30, TOO_LONG),
        (1e300, TOO_LONG),
        (1e-300, TOO_LONG),
        (Decimal("1E+999999"), TOO_LONG),
        (Decimal("1E-999999"), TOO_LONG),
        ("9" * 31, TOO_LONG),
        ("0," + "1" * 30, TOO_LONG),
        ("1 " * 40, TOO_LONG),
    ],
)
def test_rejected(value: object, problem: tuple[Reason, dict[str, object]]) -> None:
    assert read(Number, value) == problem


class Share(Number, min=0, max=Decimal("99.5"), decimals=1): ...


class Whole(Number, decimals=0): ...


class Odd(Number, min=0.1): ...


class Wider(Share, max=None): ...


class Swiss(Number, separators=" '"): ...


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Share, "0", "0"),
        (Share, "99,5", "99.5"),
        (Share, 99.5, "99.5"),
        (Share, Decimal("99.500"), "99.5"),
        (Share, "-0", "0"),
        (Share, "-0,1", (Reason.TOO_SMALL, {"min": 0})),
        (Share, -1, (Reason.TOO_SMALL, {"min": 0})),
        (Share, "99,6", (Reason.TOO_LARGE, {"max": 99.5})),
        (Share, 1e6, (Reason.TOO_LARGE, {"max": 99.5})),
        (Share, "1,25", (Reason.DECIMALS, {"max": 1})),
        (Share, "1,50", (Reason.DECIMALS, {"max": 1})),
        (Share, 1.25, (Reason.DECIMALS, {"max": 1})),
        (Whole, "1 234", "1234"),
        (Whole, 5.0, "5"),
        (Whole, "5,0", (Reason.DECIMALS, {"max": 0})),
        (Odd, 0.1, "0.1"),
        (Odd, "0,1", "0.1"),
        (Odd, "0,0999", (Reason.TOO_SMALL, {"min": 0.1})),
        (Wider, "1 000 000", "1000000"),
        (Wider, -1, (Reason.TOO_SMALL, {"min": 0})),
        (Swiss, "1'234 567", "1234567"),
    ],
)
def test_class_arguments(field: type[Field], value: object, expected: object) -> None:
    assert read(field, value) == expected


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"min": "0"}, TypeError, "min must be int, float, Decimal or None, not str"),
        ({"max": True}, TypeError, "max must be int, float, Decimal or None, not bool"),
        ({"max": math.nan}, ValueError, "max must be a finite number, or None, not nan"),
        ({"min": 2, "max": 1}, ValueError, "min=2 is more than max=1"),
        ({"decimals": -1}, ValueError, "decimals must be 0 or more, not -1"),
        ({"separators": "."}, ValueError, "separators cannot contain . or ,"),
        ({"separators": "x"}, ValueError, "separators cannot contain letters or digits"),
        ({"pattern": "[0-9]+"}, TypeError, "unknown class argument 'pattern'"),
    ],
)
def test_wrong_class_arguments(settings: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        type("Wrong", (Number,), {}, **settings)


@pytest.mark.parametrize("other", [1000, 1000.5, Decimal("1000.50")])
def test_order_by_number(other: Any) -> None:
    """Against numbers, a number is ordered as a number, not as text: "999" is greater than "1000"."""
    small, large = Number("999"), Number("1 001,00")
    assert small < other < large
    assert small <= other <= large
    assert other > small
    assert other >= small
    assert not small > other
    assert not large <= other
    assert Number("0,1") <= 0.1
    assert Number("0,1") >= 0.1


def test_equality_is_that_of_text() -> None:
    """Equal values have equal hashes, so that a number equals only its text."""
    assert Number("1,50") == "1.50"
    assert hash(Number("1,50")) == hash("1.50")
    assert Number("5") != 5  # type: ignore[comparison-overlap]
    assert Number("1,50") != Number("1,5")
    assert Number("1,50").decimal == 1.5
    assert Number("10") < "9"
    assert sorted([Number("9"), Number("10")]) == ["10", "9"]


def test_nan_is_neither_greater_nor_less() -> None:
    for nan in (math.nan, Decimal("NaN")):
        assert not any([Number("5") < nan, Number("5") <= nan, Number("5") > nan, Number("5") >= nan])
    assert Number("5") < math.inf


def test_order_against_other_types() -> None:
    with pytest.raises(TypeError):
        assert Number("5") < []  # type: ignore[operator]


@pytest.mark.parametrize(
    ("number", "divisor", "remainder"),
    [("7", 5, 2), ("0,3", 0.1, 0), ("1,25", Decimal("0.5"), Decimal("0.25")), ("9" * 30, 0.01, 0), ("1", 5e-324, 0)],
)
def test_remainder(number: str, divisor: Any, remainder: object) -> None:
    """Without rounding, whatever the context of ``decimal``."""
    assert Number(number) % divisor == remainder


class Order(BaseModel):
    """A model with pydantic's own bounds."""

    count: Annotated[Number, pydantic.Field(ge=0, lt=100)] = Number("0")
    price: Annotated[Amount, pydantic.Field(gt=0, le=Decimal("99.5"), multiple_of=0.5)] = Amount("1")


BOUNDS = [
    ("count", "5", None),
    ("count", "99,9", None),
    ("count", 5, None),
    ("count", 99.9, None),
    ("count", "-1", "greater_than_equal"),
    ("count", -0.5, "greater_than_equal"),
    ("count", "100", "less_than"),
    ("price", "0,50", None),
    ("price", 99.5, None),
    ("price", 0, "greater_than"),
    ("price", "1 000", "less_than_equal"),
    ("price", "1,25", "multiple_of"),
    ("price", 1.25, "multiple_of"),
]


@pytest.mark.parametrize(("name", "value", "error"), BOUNDS)
def test_bounds_of_pydantic(name: str, value: object, error: str | None) -> None:
    if error is None:
        expected = Number(value) if name == "count" else Amount(value)
        assert getattr(Order.model_validate({name: value}), name) == expected
        return
    with pytest.raises(ValidationError) as raised:
        Order.model_validate({name: value})
    assert raised.value.errors()[0]["type"] == error


def app() -> FastAPI:
    made = FastAPI()

    @made.post("/orders")
    def order(order: Order) -> Order:
        return order

    @made.get("/orders")
    def find(least: Annotated[Number, pydantic.Field(ge=0)]) -> str:
        return least

    return made


@pytest.mark.parametrize(("name", "value", "error"), BOUNDS)
def test_bounds_in_fastapi(name: str, value: object, error: str | None) -> None:
    """Valid input gives 200, invalid input 422, in a body and in a query."""
    with TestClient(app()) as client:
        assert client.post("/orders", json={name: value}).status_code == (200 if error is None else 422)
        assert client.get("/orders", params={"least": "5"}).json() == "5"
        assert client.get("/orders", params={"least": "-5"}).status_code == 422


def test_json_schema() -> None:
    """Text or a number with bounds is read; text is written."""
    text, number = TypeAdapter(Share).json_schema()["anyOf"]
    assert (text["type"], text["format"], number) == ("string", "no-number", {"type": "number", "minimum": 0, "maximum": 99.5})
    assert TypeAdapter(Number).json_schema()["anyOf"][1] == {"type": "number"}
    written = TypeAdapter(Share).json_schema(mode="serialization")
    assert (written["type"], written["pattern"]) == ("string", "^[0-9]+(?:[.][0-9]{1,1})?$")
    assert TypeAdapter(Share).dump_json(Share(99.5)) == b'"99.5"'
    properties = app().openapi()["components"]["schemas"]["Order-Input"]["properties"]
    assert [each["type"] for each in properties["count"]["anyOf"]] == ["string", "number"]
    Draft202012Validator.check_schema(properties["count"])
    assert all(map(Draft202012Validator(properties["count"]).is_valid, ("5", 5, 5.5)))
    assert not any(map(Draft202012Validator(properties["count"]).is_valid, ("x", True, None)))


def test_json_of_a_model() -> None:
    """Numbers in JSON are read, ``NaN`` and ``true`` are not."""
    adapter = TypeAdapter(list[Number])
    assert adapter.validate_json("[1, 1.50, -0.0, 1e3, 123456789012345678901234567890]") == [
        *("1", "1.5", "0", "1000", "123456789012345678901234567890")
    ]
    for text in ("[NaN]", "[true]", "[null]", "[[1]]"):
        with pytest.raises(ValidationError):
            adapter.validate_json(text)


def test_form_control() -> None:
    """A number that may be negative has the full keyboard: the one for decimals lacks a minus on an iPhone."""
    assert "inputmode" not in appearance(Number.rule).attributes
    assert appearance(replace(Number.rule, min=Decimal(0))).attributes["inputmode"] == "decimal"


@pytest.mark.parametrize("character", [*BLANK, *INVISIBLE])
def test_ignored_characters(character: str) -> None:
    """Blanks are ignored at the ends, invisible characters anywhere."""
    assert read(Number, f"{character}12,5{character}") == "12.5"
    assert character not in INVISIBLE or read(Number, f"-{character}1{character}2,{character}5") == "-12.5"

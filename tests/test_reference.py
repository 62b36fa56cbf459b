"""Payment references (KID) against Luhn's sum and mod 11, written independently by their source."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter
from stdnum import luhn

from helpers.values import luhn_digit, mod11_digit, references, verdict
from nofields import PaymentReference, Reason, strategies
from nofields.characters import DASHES, SOFT_HYPHEN
from nofields.forms import Form
from nofields.forms.types.widgets import appearance
from nofields.rules import CyclicSum


class Luhn(PaymentReference, modulus=10): ...


class Eleven(PaymentReference, modulus=11): ...


class OurReference(PaymentReference, modulus=11, digits=12): ...


class Short(PaymentReference, min=7, max=9): ...


#: By a sum that writes nothing for ten.
NoTen = type("NoTen", (PaymentReference,), {}, sums=(CyclicSum((2, 3, 4, 5, 6, 7), 11),))


ALPHABET = "0123456789-"


def fitting(number: str) -> tuple[int, ...]:
    """The moduli that the last character fits."""
    made = {10: luhn_digit(number[:-1]), 11: mod11_digit(number[:-1])}
    return tuple(modulus for modulus, last in made.items() if number.endswith(last))


@given(st.text("0123456789", min_size=3, max_size=24), st.sampled_from(ALPHABET))
def test_either_checksum(body: str, last: str) -> None:
    number = body + last
    assert PaymentReference.is_valid(number) is (bool(fitting(number)) and bool(number.strip("0")))


def test_every_reference_of_four_digits() -> None:
    for number in map("".join, product("0123456789", "0123456789", "0123456789", ALPHABET)):
        expected = fitting(number) if number != "0000" else ()
        assert PaymentReference.is_valid(number) is bool(expected)
        assert (Luhn.is_valid(number), Eleven.is_valid(number)) == (10 in expected, 11 in expected)
        if expected:
            assert PaymentReference(number).moduli == expected


@given(st.text("0123456789", min_size=4, max_size=25).filter(lambda number: number.strip("0")))
def test_agrees_with_python_stdnum(number: str) -> None:
    assert Luhn.is_valid(number) is luhn.is_valid(number)


@pytest.mark.parametrize(
    ("text", "clean", "moduli"),
    [
        ("1234567897", "1234567897", (10,)),
        ("202600113-", "202600113-", (11,)),
        ("1198", "1198", (10, 11)),
        ("\u00a01234 5678\t97\r\n", "1234567897", (10,)),
        (" 202600113 - ", "202600113-", (11,)),
        *((f"202600113{dash}", "202600113-", (11,)) for dash in DASHES + SOFT_HYPHEN),
        ("202600113\u00a0\u2013\u200b", "202600113-", (11,)),
        ("2026\u00ad00113\u00ad \u200e", "202600113-", (11,)),
        ("202600113-\u00ad", "202600113-", (11,)),
        ("2026\u00ad0011\u00ad0", "202600110", (10,)),
        ("0018", "0018", (10,)),
        ("0000000000000000000000018", "0000000000000000000000018", (10,)),
        ("00000000000000000000006-", "00000000000000000000006-", (11,)),
        (" ".join("1234567897"), "1234567897", (10,)),
    ],
)
def test_accepted(text: str, clean: str, moduli: tuple[int, ...]) -> None:
    made = verdict(PaymentReference, text)
    assert (made, made.moduli, made.formatted) == (clean, moduli, clean)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1234567898", Reason.CHECK_DIGIT),
        ("202600113", Reason.CHECK_DIGIT),
        ("123456789-", Reason.CHECK_DIGIT),
        ("000-", Reason.CHECK_DIGIT),
        ("018", Reason.LENGTH),
        ("00000000000000000000000018", Reason.LENGTH),
        ("-", Reason.LENGTH),
        ("1" * 65, Reason.LENGTH),
        ("0000", Reason.SERIES),
        ("0" * 25, Reason.SERIES),
        ("20260011-3", Reason.CHARACTERS),
        ("-1234567897", Reason.CHARACTERS),
        ("202600113--", Reason.CHARACTERS),
        ("1234.567897", Reason.NUMBER),
        ("1234.567.897", Reason.CHARACTERS),
        ("KID 1234567897", Reason.CHARACTERS),
    ],
)
def test_rejected(text: str, reason: Reason) -> None:
    problem = verdict(PaymentReference, text)
    assert (problem.key, problem.reason) == ("TEXT_FIELD_CONTENTS_ERROR", reason)
    assert dict(problem.params) == {"digits": "4–25"}


@pytest.mark.parametrize(
    ("field", "good", "bad", "reason"),
    [
        (Luhn, "1234567897", "202600113-", Reason.CHARACTERS),
        (Luhn, "12344", "12343", Reason.CHECK_DIGIT),
        (Eleven, "202600113-", "1234567897", Reason.CHECK_DIGIT),
        (OurReference, "123456789018", "202600113-", Reason.LENGTH),
        (Short, "2026003", "1198", Reason.LENGTH),
    ],
)
def test_narrower_field(field: type[PaymentReference], good: str, bad: str, reason: Reason) -> None:
    for text in (good, bad):
        assert PaymentReference.is_valid(text)
    assert type(verdict(field, good)) is field
    assert verdict(field, bad).reason == reason


def test_texts_of_narrower_field() -> None:
    explanations = [verdict(field, "1").explanation("en") for field in (PaymentReference, OurReference, Short)]
    assert [re.findall("[0-9–]+", text) for text in explanations] == [["4–25"], ["12"], ["7–9"]]


@pytest.mark.parametrize(
    "settings", [{"modulus": 9}, {"digits": 3}, {"digits": 26}, {"min": 3}, {"max": 26}, {"min": 9, "max": 8}, {"lengths": 4}]
)
def test_invalid_narrowing(settings: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        type("Wrong", (PaymentReference,), {}, **settings)
    with pytest.raises(ValueError, match="narrower"):
        type("Wider", (Short,), {}, digits=12)


def slips(number: str) -> tuple[list[str], list[str]]:
    """Every wrong digit, and every swap of neighbours that changes something."""
    wrong = [number[:at] + other + number[at + 1 :] for at, old in enumerate(number) for other in ALPHABET if other != old]
    swapped = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)]
    return wrong, [text for text in swapped if text != number]


@given(references(moduli=(10,)))
def test_luhn_slips(number: str) -> None:
    """Luhn detects every wrong digit, and every swap except of 0 and 9."""
    wrong, swapped = slips(number)
    assert [text for text in wrong if text.strip("0") and Luhn.is_valid(text)] == []
    for text in swapped:
        differing = {old for old, new in zip(number, text) if old != new}
        assert Luhn.is_valid(text) is (differing == {"0", "9"})


@given(references(moduli=(11,)))
def test_mod_11_slips(number: str) -> None:
    """Mod 11 detects every wrong digit and every swap."""
    for text in [each for several in slips(number) for each in several]:
        assert not Eleven.is_valid(text)


@given(references())
def test_slips_with_either_checksum(number: str) -> None:
    """A slip is accepted only if it fits the other modulus."""
    for text in slips(number)[0]:
        if PaymentReference.is_valid(text):
            assert not {*PaymentReference(text).moduli} & {*PaymentReference(number).moduli}


@pytest.mark.parametrize("field", [Luhn, Eleven, OurReference, Short], ids=lambda field: field.__name__)
@given(data=st.data())
def test_strategies_of_narrower_fields(field: type[PaymentReference], data: st.DataObject) -> None:
    assert field.is_valid(data.draw(strategies.payment_references(field)))
    assert type(data.draw(st.from_type(field))) is field
    for reason in (Reason.CHARACTERS, Reason.LENGTH, Reason.SERIES, Reason.CHECK_DIGIT):
        assert field.problem(data.draw(strategies.invalid(field, reason=reason))).reason == reason  # type: ignore[union-attr]
    number, slip = data.draw(strategies.near_misses(field))
    assert field.is_valid(number)
    assert not field.is_valid(slip)


@pytest.mark.parametrize("field", [PaymentReference, Luhn, Eleven, OurReference, Short], ids=lambda field: field.__name__)
@given(data=st.data(), text=st.text("0123456789- \u00a0.", min_size=1, max_size=28))
def test_pattern(field: type[PaymentReference], data: st.DataObject, text: str) -> None:
    made = TypeAdapter(field).json_schema()
    number = data.draw(strategies.payment_references(field))
    assert made["format"] == "no-payment-reference"
    assert re.search(made["pattern"], f" {number} ")
    problem = field.problem(text)
    matches = re.search(made["pattern"], text) is not None
    assert matches is (problem is None or problem.reason in (Reason.CHECK_DIGIT, Reason.SERIES))


@given(
    st.text("0123456789", min_size=3, max_size=24).filter(lambda body: body.strip("0")),
    st.sampled_from([(10, luhn_digit), (11, mod11_digit)]),
)
def test_complete(body: str, by: tuple[Any, Callable[[str], str]]) -> None:
    """The reference by the modulus, which its own field accepts."""
    modulus, digit = by
    made = PaymentReference.complete(body, modulus=modulus)
    assert type(made) is PaymentReference
    assert made == body + digit(body)
    assert modulus in made.moduli
    own = {10: Luhn, 11: Eleven}[modulus]
    assert own.complete(body) == own.complete(body, modulus) == own(made)
    assert type(own.complete(body)) is own


@pytest.mark.parametrize(
    ("field", "body", "modulus", "expected"),
    [
        (PaymentReference, "20260011", 10, "202600110"),
        (PaymentReference, "202600113", 11, "202600113-"),
        (PaymentReference, "001", 10, "0018"),
        (PaymentReference, "000000000000000000000001", 10, "0000000000000000000000018"),
        (Luhn, "123456789", None, "1234567897"),
        (OurReference, "12345678901", None, "123456789018"),
        (Short, "202600", 10, "2026003"),
        (Short, "202600", 11, "2026007"),
        (NoTen, "202600", None, "2026007"),
    ],
)
def test_completed_reference(field: type[PaymentReference], body: str, modulus: Any, expected: str) -> None:
    made = field.complete(body, modulus)
    assert (type(made), made) == (field, expected)


NOT_DIGITS = ("", "2026 0011", "2026-0011", "A1234", "20260011-", "٢٠٢٦", "2026²", "2026\n", "\ufeff2026")


@pytest.mark.parametrize(
    ("field", "body", "modulus", "sentence"),
    [
        (PaymentReference, "20260011", None, "PaymentReference accepts more than one modulus (10, 11): pass modulus"),
        (PaymentReference, "20260011", 9, "modulus=9 is not one of 10, 11"),
        (Luhn, "20260011", 11, "modulus=11 is not one of 10"),
        (PaymentReference, "12", 10, "PaymentReference has 4 to 25 digits, and this reference would have 3"),
        (PaymentReference, "1" * 25, 10, "PaymentReference has 4 to 25 digits, and this reference would have 26"),
        (Short, "12345", 10, "Short has 7 to 9 digits, and this reference would have 6"),
        (OurReference, "123456789012", None, "OurReference has 12 digits, and this reference would have 13"),
        (NoTen, "202600113", None, "no reference by mod 11 begins with this body: its check digit would be 10"),
        (Luhn, "0000", None, "a reference cannot be zeros alone"),
        *(
            (Luhn, body, None, "body must be digits 0 to 9 alone")
            for body in ("", "2026 0011", "2026-0011", "A1234", "20260011-")
        ),
        *((Luhn, body, None, "body must be digits 0 to 9 alone") for body in NOT_DIGITS),
    ],
)
def test_no_such_reference(field: type[PaymentReference], body: str, modulus: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        field.complete(body, modulus)


@pytest.mark.parametrize("body", [20260011, None, b"20260011"])
def test_complete_type(body: Any) -> None:
    with pytest.raises(TypeError, match=f"body must be str, not {type(body).__name__}"):
        Luhn.complete(body)


def test_input_mode() -> None:
    """Digits only if no hyphen is possible."""
    assert "inputmode" not in appearance(PaymentReference.rule).attributes
    assert "inputmode" not in appearance(Eleven.rule).attributes
    assert appearance(Luhn.rule).attributes["inputmode"] == "numeric"


def test_form() -> None:
    class Payment(BaseModel):
        kid: OurReference

    bound = Form(Payment).bind({"kid": "123456789010"}, "nn")
    assert [(error.key, error.reason) for error in bound.errors] == [("TEXT_FIELD_CONTENTS_ERROR", "check_digit")]
    assert "12 siffer" in bound.render()
    assert Form(Payment).bind({"kid": "1234 5678 9018"}).is_valid

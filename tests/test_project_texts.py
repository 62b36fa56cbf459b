"""The text of a project's own error is shown as written, but for numbers and secrets."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from helpers.hostile import OBJECTS, OTHER_TEXTS
from nofields import FieldError, Key, Problem, Reason
from nofields.pydantic_errors import project_text, project_texts
from nofields.pydantic_errors.project_texts import LONGEST

#: A published synthetic number, and one with its last check digit wrong.
NUMBER, MISTYPED = "30108299920", "30108299921"


class OwnError(ValueError):
    pass


class OwnAssertionError(AssertionError):
    pass


def raising(error: Exception) -> dict[str, Any]:
    """The entry of pydantic's ``errors()`` for a validator that raises an error."""

    def check(value: str) -> str:
        raise error

    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Annotated[str, AfterValidator(check)]).validate_python("x")
    return dict(raised.value.errors()[0])


def masked(text: str, *rejected: str, secrets: tuple[str, ...] = ()) -> str | None:
    return project_text({"type": "value_error", "ctx": {"error": ValueError(text)}}, rejected, secrets=secrets)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("Kunden er sperret"), "Kunden er sperret"),
        (AssertionError("Kunden er sperret"), "Kunden er sperret"),
        (PydanticCustomError("customer_blocked", "Kunden er sperret"), "Kunden er sperret"),
        (PydanticCustomError("customer_blocked", "Sperret i {days} dager", {"days": 3}), "Sperret i 3 dager"),
        (ValueError("CUSTOMER_BLOCKED"), "CUSTOMER_BLOCKED"),
        (ValueError(""), None),
        (ValueError(" \n"), None),
        (ValueError(), None),
        (ValueError("a", "b"), None),
        (ValueError(3), None),
        (AssertionError(), None),
        (OwnError("Kunden er sperret"), None),
        (OwnAssertionError("Kunden er sperret"), None),
        (json.JSONDecodeError("Kunden er sperret", "hemmelig", 0), None),
        (FieldError(Problem(Key.SSN_ERROR, Reason.LENGTH, {"digits": 11})), None),
        (PydanticCustomError("value_error", "Kunden er sperret"), None),
        (PydanticCustomError("path_type", "Kunden er sperret"), None),
        (PydanticCustomError("SSN_ERROR", "Kunden er sperret"), None),
        (PydanticCustomError("REASON_OTHER", "Kunden er sperret"), None),
    ],
    ids=repr,
)
def test_whose_text_is_shown(error: Exception, text: str | None) -> None:
    assert project_text(raising(error)) == text


def test_pydantics_own() -> None:
    class Model(BaseModel):
        number: int

    with pytest.raises(ValidationError) as raised:
        Model.model_validate({"number": "x"})
    assert project_text(dict(raised.value.errors()[0])) is None


def test_newer_pydantic(monkeypatch: pytest.MonkeyPatch) -> None:
    """A type that the table lacks is still pydantic's own."""
    monkeypatch.setattr(project_texts, "ERRORS", {})
    assert project_text({"type": "int_type", "msg": "Input should be a valid integer"}) is None


@pytest.mark.parametrize(
    ("text", "rejected", "shown"),
    [
        # national identity numbers, whether rejected or not
        (f"Kunde {NUMBER} er sperret", (), "Kunde *** er sperret"),
        (f"Kunde {MISTYPED} er sperret", (), "Kunde *** er sperret"),
        ("Kunde 301082 99920 er sperret", (), "Kunde *** er sperret"),
        ("Kunde 301082-99921 er sperret", (), "Kunde *** er sperret"),
        ("Kunde 30.10.82 99920 er sperret", (), "Kunde *** er sperret"),
        ("Kunde 3 0 1 0 8 2 9 9 9 2 0 er sperret", (), "Kunde *** er sperret"),
        ("Kunde ٣٠١٠٨٢٩٩٩٢٠ er sperret", (), "Kunde *** er sperret"),
        (f"Kunde NO{NUMBER}X, {NUMBER}", (), "Kunde NO***X, ***"),
        (f"Kunde 00{NUMBER}00 er sperret", (), "Kunde *** er sperret"),
        # other numbers
        ("Kunde 974 760 673 er sperret", (), "Kunde 974 760 673 er sperret"),
        ("Perioden 01.01.2024–31.12.2024 er stengt", (), "Perioden 01.01.2024–31.12.2024 er stengt"),
        ("Beløpet 12 345 678,50 er for høyt", (), "Beløpet 12 345 678,50 er for høyt"),
        ("Du må være 18 år", ("17",), "Du må være 18 år"),
        # what was rejected, however it is written
        ("Kunde 974 760 673 er sperret", ("974760673",), "Kunde *** er sperret"),
        ("Kunde 974760673 er sperret", ("974 760 673",), "Kunde *** er sperret"),
        ("Kunde 974.760.673, ordre 974", ("NO 974 760 673 MVA",), "Kunde ***, ordre 974"),
        ("Kunde NO974760673MVA er sperret", ("974760673",), "Kunde NO***MVA er sperret"),
        ("Nummeret +47 912 34 567 er sperret", ("91234567",), "Nummeret +47 *** er sperret"),
        ("Nummeret 4791234567 er sperret", ("91234567",), "Nummeret *** er sperret"),
        ("Ring 22334455 eller 99887766", ("ring 22334455 eller 99887766",), "Ring *** eller ***"),
        ("Året 2024 er avsluttet, ikke 2023", ("2024",), "Året *** er avsluttet, ikke 2023"),
        ("Koden 123 er brukt", ("123",), "Koden 123 er brukt"),
        ("Den 01.01.2024 er stengt", ("0120",), "Den 01.01.2024 er stengt"),
        ("Navnet Ola er opptatt", ("Ola",), "Navnet Ola er opptatt"),
    ],
)
def test_masked_numbers(text: str, rejected: tuple[str, ...], shown: str) -> None:
    assert masked(text, *rejected) == shown


@pytest.mark.parametrize(
    ("text", "secret", "shown"),
    [
        ("Passordet Hemmelig1 er brukt før", "Hemmelig1", "Passordet *** er brukt før"),
        ("Hemmelig1Hemmelig1", "Hemmelig1", "******"),
        ("aaaaaaa", "aaaaa", "***"),
        ("Passordet abc er for kort", "abc", "Passordet abc er for kort"),
        ("Passordet abcd er for kort", "abcd", "Passordet *** er for kort"),
        (r"Passordet 'a\\b\n' er brukt før", "a\\b\n", "Passordet '***' er brukt før"),
        ("Passordet pass 12 34 er brukt før", "pass1234", "Passordet pass *** er brukt før"),
        ("Passordet hemmelig1 er brukt før", "Hemmelig2", "Passordet hemmelig1 er brukt før"),
    ],
)
def test_masked_secrets(text: str, secret: str, shown: str) -> None:
    assert masked(text, secrets=(secret,)) == shown


def test_secret_of_a_custom_error() -> None:
    detail = raising(PydanticCustomError("weak", "Passordet {password} er svakt", {"password": "Hemmelig1"}))
    assert project_text(detail, secrets=["Hemmelig1"]) == "Passordet *** er svakt"


@pytest.mark.parametrize("before", range(LONGEST - 20, LONGEST + 1))
def test_number_at_the_end_of_what_is_shown(before: int) -> None:
    """Neither part of a number that the end divides is shown."""
    text = masked("x" * before + " 301082 99920 er sperret")
    assert text is not None
    assert len(text) <= LONGEST + len("***…")
    assert not any(digit in text for digit in "0123456789")


@pytest.mark.parametrize("length", [4, 600, 3000])
@pytest.mark.parametrize("before", [0, 3, LONGEST - 2, LONGEST])
def test_long_secret(length: int, before: int) -> None:
    secret = "#" * length
    text = masked("x" * before + secret + "y" * 2000, secrets=(secret,))
    assert text is not None
    assert "#" not in text
    assert text.endswith("…")


def test_length() -> None:
    assert masked("x" * LONGEST) == "x" * LONGEST
    assert masked("x" * (LONGEST + 1)) == "x" * LONGEST + "…"


@given(
    st.text(max_size=700),
    st.text(max_size=700),
    st.sampled_from(["", " ", "-", ".", "\u00a0", " - "]),
    st.sampled_from([NUMBER, "974760673", "86011117947", "91234567"]),
)
def test_rejected_number_is_never_shown(before: str, after: str, separator: str, number: str) -> None:
    written = f"{number[:4]}{separator}{number[4:6]}{separator}{number[6:]}"
    text = masked(f"{before}|{written}|{after}", number) or ""
    assert written not in text
    assert number not in text


@given(st.text(), st.text(min_size=4), st.text())
def test_secret_is_never_shown(before: str, secret: str, after: str) -> None:
    assert secret not in (masked(before + secret + after, secrets=(secret,)) or "").replace("***", "") or secret in (
        before,
        after,
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"]), max_size=LONGEST).filter(str.strip))
def test_other_text_is_shown_as_written(text: str) -> None:
    assert masked(text, "30108299920", secrets=()) == text


@pytest.mark.parametrize(
    "detail", [{}, {"type": "value_error"}, {"type": "value_error", "ctx": None}, {"type": "own", "msg": None}]
)
def test_incomplete_details(detail: dict[str, Any]) -> None:
    assert project_text(detail) is None


def test_hostile_details() -> None:
    for each in [*OBJECTS.values(), *OTHER_TEXTS.values()]:
        assert project_text({"type": each, "msg": each, "ctx": each}) in (None, "974760674", "x" * 300, "31.12.2016/31.12.2017")
        shown = project_text({"type": "value_error", "ctx": {"error": ValueError(each)}}, [each], secrets=[each])
        assert shown is None or type(shown) is str

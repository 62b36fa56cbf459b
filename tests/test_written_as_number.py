"""A number with decimals or an exponent is no value of digits, and separators are allowed only between groups."""

from __future__ import annotations

import re
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from helpers.javascript import in_javascript
from helpers.values import VALUES
from nofields import (
    AccountNumber,
    AltinnSystemId,
    Field,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Reason,
)
from nofields.columns import check
from nofields.fields import ALL
from nofields.rules import DigitRule, PhoneRule, ReferenceRule, SystemIdRule

FIELDS = [field for field in ALL if isinstance(field.rule, DigitRule | PhoneRule | ReferenceRule | SystemIdRule)]
each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)


class DottedAccount(AccountNumber, separators=" .-"): ...


class DottedCompany(OrganisationNumber, separators=" .,-"): ...


class DottedPerson(NationalIdentityNumber, separators=" .,-"): ...


class DottedCode(PostalCode, separators=" .,"): ...


class SlashedPhone(PhoneNumber, separators=" /-"): ...


class SlashedReference(PaymentReference, separators=" /"): ...


OWN = [DottedAccount, DottedCompany, DottedPerson, DottedCode, SlashedPhone, SlashedReference]


def as_programs_write(number: int) -> list[str]:
    """A whole number as spreadsheets, Python, JavaScript, C and databases write it once it is a floating-point number."""
    texts = [f"{number}.0", f"{number},0", f"{number}.", f"{number}.00", f"{number},000000", f"{number:e}", f"{number:.15E}"]
    texts += [
        f"{number:.3e}",
        f"{number}e0",
        f"{number / 10:.1f}E+1",
        f"{number / 100:.2f}",
        f"{number / 1e5:.5f}",
        f"+{number}.0",
    ]
    texts += [f"{number:,}.0".replace(",", " "), f"{number} .0", f"{number} e0", f".{number}", f"\u2212{number}.0"]
    texts += [text.replace(".", ",") for text in texts]
    return [*texts, *(f" {text}\u00a0" for text in texts)]


@pytest.mark.parametrize("field", [*FIELDS, *OWN], ids=lambda field: field.__name__)
@given(data=st.data())
def test_rejected(field: type[Field], data: st.DataObject) -> None:
    """In Python, columns and JSON Schema: any number, and every valid value."""
    base = next(each for each in VALUES if issubclass(field, each))
    valid = re.sub("[^0-9]", "", data.draw(VALUES[base])) if field is not AltinnSystemId else "12345"
    number = data.draw(st.sampled_from([int(valid), int(valid[:-1] or "1")]) | st.integers(0, 10**12))
    texts = as_programs_write(number)
    assert [(text, problem and problem.reason) for text in texts if (problem := field.problem(text)) is None or
            problem.reason != Reason.NUMBER] == []  # fmt: skip
    assert check(field, texts).reasons.to_pylist() == ["number"] * len(texts)
    pattern = TypeAdapter(field).json_schema()["pattern"]
    assert [text for text in texts if re.search(pattern, text)] == []


def test_account_as_float() -> None:
    """All are rejected, though about one in eleven would be another valid account."""
    draw = Random(11)
    texts = [f"{draw.randrange(10**10)}.0" for _ in range(5000)]
    assert not any(map(AccountNumber.is_valid, texts))
    assert not any(check(AccountNumber, texts).valid.to_pylist())


@each_field
def test_rejected_in_javascript(field: type[Field]) -> None:
    draw = Random(field.name)
    texts = [text for _ in range(200) for text in as_programs_write(draw.randrange(10 ** draw.randint(1, 12)))]
    answers = in_javascript(field.name, texts, "accept")
    assert [(text, answer) for text, answer in zip(texts, answers, strict=True) if answer["reason"] != "number"] == []


def separated(digits: str, places: tuple[int, ...], separator: str) -> str:
    return "".join(separator * (place in places) + digit for place, digit in enumerate(digits))


def test_full_stops_in_accounts() -> None:
    """Of all ways to insert full stops, up to three, every reader accepts only the usual grouping."""
    places = [each for count in range(4) for each in combinations(range(12), count)]
    texts = [separated("86011117947", each, ".") + "." * (11 in each) for each in places]
    expected = [each in [(), (4, 6)] for each in places]
    assert [AccountNumber.is_valid(text) for text in texts] == expected
    assert [bool(re.search(TypeAdapter(AccountNumber).json_schema()["pattern"], text)) for text in texts] == expected
    column = check(AccountNumber, texts)
    assert column.valid.to_pylist() == expected
    assert column.reasons.to_pylist() == [(p := AccountNumber.problem(text)) and str(p.reason) for text in texts]
    answers = in_javascript("kontonr", texts, "reject")
    assert [answer["reason"] for answer in answers] == column.reasons.to_pylist()


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (AccountNumber, "8489513286.0", "number"),
        (AccountNumber, "8601.1117947", "number"),
        (AccountNumber, "860111.17947", "number"),
        (AccountNumber, "8601. 11 .17947", None),
        (AccountNumber, "8601 11.17947", None),
        (AccountNumber, "86 01.11.179 47", None),
        (AccountNumber, "8 601.1117947", "number"),
        (AccountNumber, "8 489 513 286,0", "number"),
        (NationalIdentityNumber, "3 010 829 992,0", "number"),
        (PostalCode, "35 7.0", "number"),
        (AccountNumber, "8601.11.1794.7", "characters"),
        (AccountNumber, ".86011117947", "number"),
        (AccountNumber, "8601.11.1794", "length"),
        (DottedAccount, "8601-11-17947", None),
        (DottedAccount, "8601-11.17947", None),
        (DottedAccount, "8601-1117947", "characters"),
        (DottedCompany, "974.760.673", None),
        (DottedCompany, "974,760,673", None),
        (DottedCompany, "974.760673", "number"),
        (DottedCompany, "9747.606.73", "characters"),
        (DottedPerson, "301082-99920", None),
        (DottedPerson, "301082.99920", "number"),
        (DottedPerson, "30.10.82 99920", None),
        (DottedPerson, "30.1082 99920", "number"),
        (DottedCode, "03.57", "number"),
        (SlashedReference, "1234567/897", None),
        (SlashedReference, "1 234 567 897,0", "number"),
        (SlashedPhone, "21-23-45-67", None),
        (SlashedPhone, "2 123 456.7", "number"),
        (OrganisationNumber, "9.74760673E+08", "number"),
        (PhoneNumber, "21234567,00", "number"),
        (PostalCode, "357.0", "number"),
        (AltinnSystemId, "12345.0", "number"),
        (AltinnSystemId, "310926833.0_regnskap", "format"),
    ],
)
def test_cases(field: Any, text: str, reason: str | None) -> None:
    problem = field.problem(text)
    assert (problem and problem.reason) == reason
    assert check(field, [text]).reasons.to_pylist() == [reason]


@pytest.mark.parametrize(
    ("field", "separators"),
    [(PaymentReference, " ."), (OrganisationNumber, "0"), (AccountNumber, "e"), (PhoneNumber, "9")],
)
def test_separators_that_change_numbers(field: type[Field], separators: str) -> None:
    """Neither letters nor digits, nor a decimal sign if there are no groups."""
    with pytest.raises(ValueError, match="separators cannot contain"):
        type("Own", (field,), {}, separators=separators)


def test_explanation() -> None:
    problem = AccountNumber.problem("8489513286.0")
    assert problem is not None
    assert [word in problem.explanation(language) for language, word in
            (("nb", "nuller"), ("nn", "nullar"), ("en", "zeros"))] == [True, True, True]  # fmt: skip

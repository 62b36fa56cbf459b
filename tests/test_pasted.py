"""Numbers as people write and paste them are read by every reader, and mean what their digits mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from helpers.javascript import in_javascript
from helpers.values import policy
from nofields import (
    AccountNumber,
    Amount,
    Field,
    Iban,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Radio,
    Text,
    VatNumber,
    strategies,
)
from nofields.characters import DASHES, DIGITS, INVISIBLE, SOFT_HYPHEN, WHITE_SPACE
from nofields.columns import check
from nofields.strategies import pasted

FIELDS = [OrganisationNumber, AccountNumber, NationalIdentityNumber, PostalCode, PaymentReference, PhoneNumber]
FIELDS += [MobilePhoneNumber]
each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)

#: Texts and their digits, or the reason that they are rejected, by field.
CASES: dict[type[Field], dict[str, str]] = {
    OrganisationNumber: {
        "NO 974 760 673 MVA": "974760673",
        "974760673MVA": "974760673",
        "no974760673mva": "974760673",
        "0192:974760673": "974760673",
        "NO974760673": "974760673",
        "\u202a974\u200b760\u00ad673\ufeff": "974760673",
        "N\u200bO974760673": "974760673",
        "974760673MV": "characters",
        "974760673NO": "characters",
        "MVA974760673": "characters",
        "0192974760673": "length",
        "0193:974760673": "characters",
        "NO97476067MVA": "length",
        "NO974760674MVA": "check_digit",
        "NO 974.760.673": "characters",
        "NO97476067\u00b2": "characters",
        "\u200b\u200e": "required",
    },
    AccountNumber: {
        "8601-11-17947": "86011117947",
        "8601.11-17947": "86011117947",
        "NO93 8601 1117 947": "86011117947",
        "no9386011117947": "86011117947",
        "NO93 8601.11.17947": "86011117947",
        "NO94 8601 1117 947": "check_digit",
        "NO93 8601 1117 974": "check_digit",
        "NO93 8601 1117 94": "length",
        "NOP3 8601 1117 947": "characters",
        "NO9 8601 1117 947": "length",
        "SE93 8601 1117 947": "characters",
        "86-01-11-17947": "characters",
        "8601-1117947": "characters",
        "00000000000": "series",
    },
    NationalIdentityNumber: {
        "038515-98730": "03851598730",
        "038515 98730": "03851598730",
        "03.85.15 98730": "03851598730",
        "03.85.15-98730": "03851598730",
        "03-85-15-98730": "03851598730",
        "038515\u200b98730": "03851598730",
        "038515.98730": "number",
        "03.8515 98730": "number",
        "0385159-8730": "characters",
        "03851598-730": "characters",
    },
    PostalCode: {
        "N-0357": "0357",
        "n-0357": "0357",
        "NO-0357": "0357",
        "NO - 0357": "0357",
        "S-0357": "characters",
        "N0357": "characters",
        "N-357": "length",
        "0000": "series",
    },
    PhoneNumber: {
        "(+47) 21 23 45 67": "21234567",
        "(47)21234567": "21234567",
        "(0047) 21234567": "21234567",
        "21-23-45-67": "21234567",
        "21.23.45.67": "21234567",
        "406-12-345": "40612345",
        "406.12.345": "40612345",
        "2123-4567": "21234567",
        "2123.4567": "number",
        "tel:+4721234567": "21234567",
        "TEL: 21 23 45 67": "21234567",
        "tel:+47-21-23-45-67": "21234567",
        "+47.21.23.45.67": "21234567",
        "\u202a+47 21 23 45 67\u202c": "21234567",
        "+47 40 61 23": "length",
        "tel:+47 40 61 23": "length",
        "+47": "length",
        "(+46) 8 123 456 78": "country",
        "tel:+46812345678": "country",
        "31.12.2016": "characters",
        "01-02-2016": "characters",
        "2016-12-31": "characters",
        "21-234567": "characters",
        "-21-23-45-67": "characters",
        "(+47 21 23 45 67": "characters",
    },
    PaymentReference: {
        **{f"202600113{dash}": "202600113-" for dash in ("-", *DASHES, SOFT_HYPHEN)},
        "2026 00113 \u2013 ": "202600113-",
        "2026\u00ad00110": "202600110",
        "2026\u201300110": "characters",
        "\u2013202600110": "characters",
        "0000": "series",
    },
    VatNumber: {"\u200eNO\u00ad974760673MVA\ufeff": "NO974760673MVA"},
}


@pytest.mark.parametrize("field", CASES, ids=lambda field: field.__name__)
def test_cases(field: type[Field]) -> None:
    """One at a time, in a column, and in JavaScript."""
    cases = CASES[field]
    with policy("accept"):
        found = [field._clean(text) for text in cases]
        assert [each if isinstance(each, str) else each.reason for each in found] == list(cases.values())
        column = check(field, list(cases))
        answers = in_javascript(field.name, list(cases), "accept")
    reasons = [None if valid.strip("0123456789-NOMVA") == "" else valid for valid in cases.values()]
    assert column.reasons.to_pylist() == reasons
    assert [answer["reason"] for answer in answers] == reasons
    clean = [None if reason else value for reason, value in zip(reasons, cases.values())]
    assert column.clean().to_pylist() == clean
    assert [answer["clean"] for answer in answers] == clean


@each_field
@given(data=st.data())
def test_pasted(field: type[Field], data: st.DataObject) -> None:
    """The text that a strategy decorates is read as what it decorates, by the pattern as well."""
    text, number = data.draw(pasted(field))
    with policy("accept"):
        assert field._clean(text) == number
        assert check(field, [text]).clean().to_pylist() == [number]
    assert re.search(TypeAdapter(field).json_schema()["pattern"], text)


def test_not_pasted() -> None:
    with pytest.raises(ValueError, match="not digits"):
        pasted(VatNumber)


#: What people or programs put around the digits of a number, or between them.
DECORATIONS: dict[str, Callable[[str], str]] = {
    **{f"before: {mark!a}": mark.__add__ for mark in [*WHITE_SPACE, *INVISIBLE, "NO", "+47", "0192:", "N-"]},
    **{f"behind: {mark!a}": ("{}" + mark).format for mark in [*WHITE_SPACE, *INVISIBLE, "MVA", ".0", ",00", "e0", "-"]},
    **{f"between: {mark!a}": mark.join for mark in [" ", "\u00a0", "\u200b", ".", "-"]},
    "groups of three": lambda text: " ".join(text[place : place + 3] for place in range(0, len(text), 3)),
    "account": lambda text: f"{text[:4]}.{text[4:6]}.{text[6:]}",
    "account, hyphens": lambda text: f"{text[:4]}-{text[4:6]}-{text[6:]}",
    "identity": lambda text: f"{text[:6]}-{text[6:]}",
    "date": lambda text: f"{text[:2]}.{text[2:4]}.{text[4:]}",
    "pairs": lambda text: "-".join(text[place : place + 2] for place in range(0, len(text), 2)),
    "float": lambda text: f"{text[:-1]}.{text[-1:]}",
    "IBAN": lambda text: f"NO93 {text}",
    "country": lambda text: f"(+47) {text}",
    "link": lambda text: f"tel:{text}",
}


@each_field
@given(data=st.data(), more=st.text(DIGITS, min_size=1, max_size=12))
def test_decorations_change_nothing(field: type[Field], data: st.DataObject, more: str) -> None:
    """If a decorated text is valid, so are its digits, with the same value. At the end of a KID a hyphen is one of them."""
    with policy("accept"):
        for text in (data.draw(strategies.values(field)), more):
            for name, decorate in DECORATIONS.items():
                decorated = decorate(text)
                is_ten = field is PaymentReference and decorated.strip(WHITE_SPACE)[-1] in ("-", SOFT_HYPHEN)
                if field.is_valid(decorated) and not is_ten:
                    assert field.is_valid(text), name
                    assert field._clean(decorated) == field._clean(text), name


@each_field
@given(data=st.data())
def test_written_forms_are_read_again(field: type[Field], data: st.DataObject) -> None:
    """What nofields writes: the clean and the formatted value, the VAT number, the IBAN, and phone numbers' other forms."""
    with policy("accept"):
        value = field(data.draw(strategies.values(field)))  # type: ignore[call-arg]
        for name in ("formatted", "vat_number", "iban", "e164", "international"):
            assert field(getattr(value, name, str(value))) == value  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("field", "text", "character"),
    [
        (OrganisationNumber, "97476067\u00b2", "U+00B2"),
        (OrganisationNumber, "\uff19\uff17\uff14760673", "U+FF19"),
        (OrganisationNumber, "974760673\x00", "U+0000"),
        (OrganisationNumber, "974 760\u2013673", "U+2013"),
        (OrganisationNumber, "974\u200b760\U0001f600673", "U+1F600"),
        (OrganisationNumber, "97476067x", None),
        (OrganisationNumber, "Ås kommune", None),
        (OrganisationNumber, "\u200b97476067x", None),
        (AccountNumber, "8601\u201311\u201317947", "U+2013"),
        (PhoneNumber, "21\u201123\u201145\u201167", "U+2011"),
        (PaymentReference, "2026\u201300110", "U+2013"),
        (Text, "Ola\x07", "U+0007"),
        (VatNumber, "NO97476067\u00b2MVA", "U+00B2"),
        (NationalIdentityNumber, "0385159873\u00b2", None),
    ],
)
def test_named_character(field: type[Field], text: str, character: str | None) -> None:
    """An invisible or foreign character is named, in the explanation as well, but none of a secret."""
    problem = field.problem(text)
    assert problem
    assert (problem.reason, problem.params.get("character")) == ("characters", character)
    assert (character or "U+") in problem.explanation("en") or not character
    assert "U+" not in check(field, [text]).messages("en").to_pylist()[0]
    if field.name:
        (answer,) = in_javascript(field.name, [text], "accept")
        assert answer["params"].get("character") == character


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (OrganisationNumber, "97476067\u00b2"),
        (VatNumber, "NO97476067\u00b2MVA"),
        (Iban, "NO93\u00b2"),
        (Text, "Ola\x07"),
        (Radio, "a\x07"),
    ],
)
def test_secret_of_a_project(field: type[Field], text: str) -> None:
    """A subclass whose values are secret names none of their characters."""
    problem = type("Own", (field,), {"secret": True}).problem(text)  # type: ignore[attr-defined]
    assert problem
    assert "character" not in problem.params
    assert "character" in field.problem(text).params  # type: ignore[union-attr]


def test_many_named_characters() -> None:
    """A column has one problem for all of them."""
    texts = [chr(0x4E00 + number) for number in range(400)]
    assert set(check(OrganisationNumber, texts).reasons.to_pylist()) == {"characters"}
    assert set(check(Text, [f"Ola{chr(number % 9)}" for number in range(400)]).reasons.to_pylist()) == {"characters"}


class Narrow(OrganisationNumber, separators="-"): ...


class NarrowAccount(AccountNumber, separators=" "): ...


class NarrowPerson(NationalIdentityNumber, separators="."): ...


class NarrowPhone(PhoneNumber, separators=""): ...


class NarrowVat(VatNumber, separators=""): ...


class NarrowNumber(Number, separators="'"): ...


class NarrowAmount(Amount, separators=""): ...


class NarrowDate(NorwegianDate, patterns=(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})",)): ...


@pytest.mark.parametrize(
    ("field", "clean"),
    [
        (Narrow, "974760673"),
        (NarrowAccount, "86011117947"),
        (NarrowPerson, "30908299902"),
        (NarrowPhone, "21234567"),
        (NarrowVat, "NO974760673MVA"),
        (NarrowNumber, "1234567.5"),
        (NarrowAmount, "1234567.50"),
        (NarrowDate, "2016-12-31"),
    ],
)
def test_written_form_of_own_separators(field: type[Field], clean: str) -> None:
    """Whatever a project accepts besides, a field reads what it writes: its clean form, and the one that forms show."""
    with policy("accept"):
        value: Any = field(clean)  # type: ignore[call-arg]
        for text in (clean, value.formatted):
            assert field(text) == value  # type: ignore[call-arg]
            assert check(field, [text]).valid.to_pylist() == [True]


@pytest.mark.parametrize("text", ["tel:-21-23-45-67", "tel:.21.23.45.67", "tel:- 21234567", "406 12.345"])
def test_phone_pattern(text: str) -> None:
    assert PhoneNumber.is_valid(text)
    assert re.search(TypeAdapter(PhoneNumber).json_schema()["pattern"], text)


@pytest.mark.parametrize("text", ["406 12.345", "21.23 45 67"])
def test_widened_phone_reads_what_the_field_reads(text: str) -> None:
    class AnyPhone(PhoneNumber, foreign=True, short=True): ...

    assert AnyPhone(text) == PhoneNumber(text)
    assert AnyPhone.problem("2123.4567").reason == "number"  # type: ignore[union-attr]

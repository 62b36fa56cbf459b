"""Phone numbers agree with phonenumbers on every five-digit prefix."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from phonenumbers import NumberParseException, PhoneNumberType

from nofields import MobilePhoneNumber, PhoneNumber

PREFIXES = ("+47", "0047", "47", "+47 ", "00 47 ")


def eight_digits() -> list[str]:
    draw = random.Random(1881)
    return [f"{prefix:05}{draw.randrange(1000):03}" for prefix in range(100_000)]


def by_phonenumbers(text: str) -> tuple[bool, bool]:
    """Whether phonenumbers accepts a text as a Norwegian phone number, and as a mobile one."""
    try:
        number = phonenumbers.parse(text, "NO")
    except NumberParseException:
        return False, False
    if number.country_code != 47 or not phonenumbers.is_valid_number(number):
        return False, False
    return True, phonenumbers.number_type(number) is PhoneNumberType.MOBILE


@pytest.fixture(scope="module")
def verdicts() -> dict[str, tuple[bool, bool]]:
    """The verdicts of phonenumbers on 100,000 numbers, one for each prefix."""
    return {text: by_phonenumbers(text) for text in eight_digits()}


def test_same_verdicts(verdicts: dict[str, tuple[bool, bool]]) -> None:
    """An eight-digit number is a phone number, or a mobile one, exactly if phonenumbers accepts it as one."""
    differing = [
        text for text, verdict in verdicts.items() if (PhoneNumber.is_valid(text), MobilePhoneNumber.is_valid(text)) != verdict
    ]
    assert len(verdicts) == 100_000
    assert differing == []
    assert set(verdicts.values()) == {(True, True), (True, False), (False, False)}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_country_code_changes_nothing(prefix: str, verdicts: dict[str, tuple[bool, bool]]) -> None:
    """A number with Norway's country code is valid where the eight digits alone are, and has the same value."""
    for text, (phone, mobile) in list(verdicts.items())[::10]:
        assert PhoneNumber.is_valid(prefix + text) is phone
        assert MobilePhoneNumber.is_valid(prefix + text) is mobile
        if phone:
            assert PhoneNumber(prefix + text) == text


@pytest.mark.parametrize("prefix", PREFIXES)
def test_same_verdicts_with_country_code(prefix: str) -> None:
    """phonenumbers and nofields agree on numbers with a country code."""
    for text in eight_digits()[::50]:
        number = prefix + text
        assert (PhoneNumber.is_valid(number), MobilePhoneNumber.is_valid(number)) == by_phonenumbers(number), number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "required"),
        ("2123456", "length"),
        ("212345678", "length"),
        ("02800", "length"),
        ("+47 02800", "length"),
        ("580012345678", "length"),
        ("+4712345", "length"),
        ("+47 12 345", "length"),
        ("+472123456", "length"),
        ("+46 8 123 456 78", "country"),
        ("0046812345678", "country"),
        ("21 23 45 6O", "characters"),
        ("21-2345-67", "characters"),
        ("+47 40 61 23", "length"),
        ("(+47) 21 23 45", "length"),
        ("tel:+46812345678", "country"),
        ("10000000", "unassigned"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    """The reason is the first problem of a rejected phone number."""
    for field in (PhoneNumber, MobilePhoneNumber):
        problem = field.problem(text)
        assert problem is not None
        assert problem.reason == reason


def test_not_mobile() -> None:
    """A valid phone number that is no mobile number has that reason."""
    problem = MobilePhoneNumber.problem("21 23 45 67")
    assert problem is not None
    assert problem.reason == "not_mobile"
    assert problem.params == {"digits": 8}


def test_svalbard() -> None:
    """Svalbard's numbers, which libphonenumber separates, are accepted."""
    assert PhoneNumber("79 02 12 34").e164 == "+4779021234"

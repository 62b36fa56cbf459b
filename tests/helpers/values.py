"""Valid values of every field, made from the rules of their sources without nofields, and published numbers."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st

from nofields import (
    AccountNumber,
    AltinnPassword,
    AltinnSystemId,
    Amount,
    Checkbox,
    CheckboxGroup,
    Country,
    DateRange,
    Dropdown,
    EmailAddress,
    Field,
    FieldError,
    Iban,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    Number,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Problem,
    Radio,
    Text,
    TextArea,
    VatNumber,
)
from nofields.catalogs import LANGUAGES
from nofields.fields import ALL
from nofields.synthetic import VARIABLE

POLICIES = ("reject", "accept", "only")

each_field = pytest.mark.parametrize("field", ALL, ids=lambda field: field.__name__)


class Row(NamedTuple):
    """A line of ``published_numbers.csv``."""

    field: str
    value: str
    expected: str
    kind: str
    detail: str
    source: str


def published(*fields: str) -> list[Row]:
    """The published numbers of some fields."""
    with (Path(__file__).parents[1] / "published_numbers.csv").open(encoding="utf-8", newline="") as lines:
        rows = [Row(**row) for row in csv.DictReader(lines)]
    return [row for row in rows if row.field in fields]


@contextmanager
def policy(setting: str | None) -> Iterator[None]:
    """Set NOFIELDS_SYNTHETIC in a block, since tests of Hypothesis cannot use the fixture monkeypatch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False) if setting is None else patch.setenv(VARIABLE, setting)
        yield


def verdict(field: type[Field], value: object) -> Any:
    """The value or the Problem; fail unless ``is_valid``, ``problem`` and the constructor agree."""
    problem = field.problem(value)
    assert field.is_valid(value) is (problem is None)
    made, error = None, None
    try:
        made = field(value)  # type: ignore[call-arg]
    except FieldError as raised:
        error = raised
    if problem is None:
        assert error is None
        return made
    assert error is not None
    assert error.problem == problem
    assert error.problem.params == problem.params
    return problem


def assert_has_texts(problem: Problem) -> None:
    """Fail unless the problem has its texts in every language, with all parameters filled in."""
    for language in LANGUAGES:
        for text in (problem.message(language), problem.explanation(language)):
            assert text
            assert "{" not in text
            assert not re.search("[A-Z]_[A-Z]", text), "a key shows where its text should"


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """The weighted sum of as many digits as there are weights, by eleven."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11


def with_check_digit(digits: str, weights: tuple[int, ...], remainder: int = 0) -> str | None:
    """``digits`` and the check digit that leaves ``remainder``; ``None`` where that digit would be 10."""
    check = (remainder - weighted(digits, weights)) % 11
    return None if check == 10 else f"{digits}{check}"


def organisation_number(first: str) -> str | None:
    """An organisation number from its first eight digits."""
    return with_check_digit(first, (3, 2, 7, 6, 5, 4, 3, 2))


def account_number(first: str) -> str | None:
    """An account number from its first ten digits."""
    return with_check_digit(first, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


def iban(country: str, account: str) -> str:
    """An IBAN: letters are read as numbers from 10, and the whole, its head behind the account number, has remainder 1."""
    number = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    return f"{country}{98 - int(number) % 97:02}{account}"


def identity_number(first: str, remainder: int = 0) -> str | None:
    """A national identity number from its first nine digits; ``remainder`` is that of the first check digit."""
    ten = with_check_digit(first, (3, 7, 6, 1, 8, 9, 4, 5, 2), remainder)
    return ten and with_check_digit(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


def luhn_digit(digits: str) -> str:
    """The check digit by Luhn: every other digit from the right doubled, the digits of the products added up."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return str(-sum(int(digit) for product in doubled for digit in str(product)) % 10)


def mod11_digit(digits: str) -> str:
    """The check digit by mod 11, weights 2 to 7 repeated from the right; a hyphen for ten."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits)))
    return "0123456789-"[-total % 11]


def valid_by_1964_rule(number: str) -> bool:
    """Whether the first check digit of an identity number is right by the rule before 2032."""
    return weighted(number, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) == 0


def digits(count: int) -> st.SearchStrategy[str]:
    """Any text of ``count`` ASCII digits."""
    return st.text("0123456789", min_size=count, max_size=count)


def organisation_numbers(first_digits: str = "89") -> st.SearchStrategy[str]:
    """Organisation numbers in the series of some first digits."""
    return st.builds(str.__add__, st.sampled_from(first_digits), digits(7)).map(organisation_number).filter(bool)


def account_numbers() -> st.SearchStrategy[str]:
    """Account numbers."""
    return digits(10).filter(lambda ten: ten.strip("0")).map(account_number).filter(bool)


def ibans() -> st.SearchStrategy[str]:
    """IBANs of Norway, and of countries whose account numbers have digits, capitals or both."""
    norwegian = st.builds(iban, st.just("NO"), account_numbers())
    german = st.builds(iban, st.just("DE"), digits(18))
    british = st.builds(iban, st.just("GB"), st.from_regex("[A-Z]{4}[0-9]{14}", fullmatch=True))
    maltese = st.builds(iban, st.just("MT"), st.from_regex("[A-Z]{4}[0-9]{5}[A-Z0-9]{18}", fullmatch=True))
    return norwegian | german | british | maltese


def references(lengths: tuple[int, int] = (4, 25), moduli: tuple[int, ...] = (10, 11)) -> st.SearchStrategy[str]:
    """Payment references of some lengths, by some moduli."""
    bodies = st.integers(*lengths).flatmap(lambda length: digits(length - 1)).filter(lambda body: body.strip("0"))
    last = st.sampled_from([{10: luhn_digit, 11: mod11_digit}[modulus] for modulus in moduli])
    return st.builds(lambda body, make: body + make(body), bodies, last)


def identity_numbers(day: int = 0, month: int = 0) -> st.SearchStrategy[str]:
    """Identity numbers by both rules, with an offset of day and month."""
    dates = st.dates(datetime.date(1900, 3, 1), datetime.date(2039, 12, 31))
    moved = dates.map(lambda date: f"{date.day + day:02}{date.month + month:02}{date.year % 100:02}")
    return st.builds(identity_number, st.builds(str.__add__, moved, digits(3)), st.integers(0, 3)).filter(bool)


def phone_numbers(prefixes: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Phone numbers in series that are wholly in use."""
    return st.builds(str.__add__, st.sampled_from(prefixes), digits(6))


def dates() -> st.SearchStrategy[str]:
    """Dates as people and as computers write them."""
    days = st.dates()
    return st.one_of(days.map(lambda day: f"{day.day}.{day.month}.{day.year:04}"), days.map(str))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = st.text(_LETTERS + _LETTERS.upper() + "æøåÆØÅéñß0123456789 -–.,!?{}%<>&\"'", min_size=1, max_size=200)
_PASSWORDS = st.text(_LETTERS + _LETTERS.upper() + "0123456789", min_size=4, max_size=100).map(lambda rest: "aB3" + rest)
_MOBILE = ("40", "41", "47", "90", "99")


class _Strategies(dict[type[Field], st.SearchStrategy[Any]]):
    """Strategies by field; a field without one fails the test with what to add."""

    def __missing__(self, field: type[Field]) -> st.SearchStrategy[Any]:
        pytest.fail(NO_STRATEGY.format(field.__name__))


NO_STRATEGY = "no strategy for {}: add one to VALUES in tests/helpers/values.py, made from the source and not by nofields"
#: For every field a strategy of values that it accepts under the default policy.
VALUES: dict[type[Field], st.SearchStrategy[Any]] = _Strategies()
VALUES |= {
    OrganisationNumber: organisation_numbers(),
    AccountNumber: account_numbers(),
    PaymentReference: references(),
    NationalIdentityNumber: identity_numbers() | identity_numbers(day=40),
    PostalCode: digits(4).filter(lambda code: code != "0000"),
    PhoneNumber: phone_numbers(("21", "22", "23", *_MOBILE)),
    MobilePhoneNumber: phone_numbers(_MOBILE),
    NorwegianDate: dates(),
    DateRange: st.tuples(st.dates(), st.dates()).map(sorted).map(tuple),
    AltinnPassword: _PASSWORDS,
    AltinnSystemId: st.from_regex("[0-9]{1,10}", fullmatch=True)
    | st.builds("{}_{}".format, organisation_numbers(), st.from_regex("[A-Za-z0-9_.-]{1,100}", fullmatch=True)),
    VatNumber: st.builds(str.format, st.sampled_from(["NO{}MVA", "{}MVA", "no{}mva", "NO {} MVA"]), organisation_numbers()),
    Iban: ibans() | ibans().map(str.lower),
    EmailAddress: st.from_regex(r"[a-z][a-z0-9]{0,10}@[a-z]{2,10}\.(no|com)", fullmatch=True),
    Amount: st.from_regex("(0|[1-9][0-9]{0,2}( [0-9]{3}){0,4})([,.][0-9]{1,2})?", fullmatch=True),
    Number: st.from_regex("-?[0-9]{1,20}([,.][0-9]{1,10})?", fullmatch=True),
    Text: _WORDS.filter(lambda text: text.strip()),
    TextArea: st.lists(_WORDS, min_size=1, max_size=5).map("\r\n".join).filter(lambda text: text.strip()),
    Checkbox: st.sampled_from(["on", "true", "1", True]),
    CheckboxGroup: st.lists(_WORDS.filter(lambda text: text.strip()), min_size=1, max_size=5),
    Dropdown: _WORDS.filter(lambda text: text.strip()),
    Radio: _WORDS.filter(lambda text: text.strip()),
    Country: st.sampled_from(["NO", "SE", "DK", "XK"]),
}

"""Every number, against independently written rules. ``make prove`` runs this and prints the counts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from nofields import MobilePhoneNumber, NationalIdentityNumber, OrganisationNumber, PaymentReference, PhoneNumber, PostalCode
from nofields.check import compile_rule
from nofields.columns import check
from nofields.errors import Reason

pytestmark = pytest.mark.long

#: How many numbers are checked at once.
BLOCK = 10**6
Array = Any


class Tables:
    """The compiled tables of a field, read by numpy: the same additions and the same verdicts as the scalar check's."""

    def __init__(self, field: Any) -> None:
        field.is_valid("0" * field.rule.digits)  # builds the tables
        tables = compile_rule(field.rule)._tables  # type: ignore[attr-defined]
        self.verdicts = np.frombuffer(bytes(tables._unset), np.uint8)
        self.places = [self._by_pair(table, width) for table, width in zip(tables._tables, tables._widths, strict=True)]

    @staticmethod
    def _by_pair(table: list[int], width: int) -> Array:
        texts = [f"{number:0{width}}" for number in range(10**width)]
        return np.array([table[int.from_bytes(text.encode(), "little")] for text in texts], np.int64)

    def valid(self, *pairs: Array) -> Array:
        return self.verdicts[sum(place[pair] for place, pair in zip(self.places, pairs, strict=True))] == 1


def digits_of(numbers: Array, count: int) -> list[Array]:
    return [numbers // 10 ** (count - 1 - place) % 10 for place in range(count)]


def weighted(digits: list[Array], weights: tuple[int, ...]) -> Array:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11


def test_every_nine_digit_number_as_organisation_number(capsys: pytest.CaptureFixture[str]) -> None:
    """Valid if it starts with 8 or 9 and its weighted sum is divisible by 11."""
    tables, valid = Tables(OrganisationNumber), 0
    for start in range(0, 10**9, BLOCK):
        numbers = np.arange(start, start + BLOCK)
        actual = tables.valid(*(numbers // 10**place % 100 for place in (7, 5, 3, 1)), numbers % 10)
        digits = digits_of(numbers, 9)
        expected = (weighted(digits, (3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0) & (digits[0] >= 8)
        assert (actual == expected).all()
        valid += int(actual.sum())
    report(capsys, f"1,000,000,000 nine-digit numbers: {valid:,} organisation numbers")


def test_every_fødselsnummer(capsys: pytest.CaptureFixture[str]) -> None:
    """Every day of a century, every individual number, every pair of check digits, by the rules of 1964 and 2032."""
    tables, valid, checked = Tables(NationalIdentityNumber), 0, 0
    rest = np.arange(10**5)
    for year in range(100):
        for month in range(1, 13):
            for day in range(1, calendar.monthrange(2000 + year, month)[1] + 1):
                pairs = (np.int64(day), np.int64(month), np.int64(year), rest // 1000, rest // 10 % 100, rest % 10)
                actual = tables.valid(*pairs)
                date = [day // 10, day % 10, month // 10, month % 10, year // 10, year % 10]
                digits = [*date, *digits_of(rest, 5)]
                first = weighted(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) <= 3
                expected = first & (weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0)
                assert (actual == expected).all()
                valid, checked = valid + int(actual.sum()), checked + rest.size
    report(capsys, f"{checked:,} dates × individual numbers × check digits: {valid:,} fødselsnummer")


def test_every_impossible_date(capsys: pytest.CaptureFixture[str]) -> None:
    """Outside the days of a fødselsnummer and a D-number no number is valid, whatever its check digits."""
    tables, checked = Tables(NationalIdentityNumber), 0
    rest = np.arange(10**5)
    shape = (rest // 1000, rest // 10 % 100, rest % 10)
    for first in range(100):
        for month in range(100):
            for year in (0, 1):
                day = first - 40 if first > 40 else first
                exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2000 + year, month)[1]
                if not exists:
                    assert not tables.valid(np.int64(first), np.int64(month), np.int64(year), *shape).any()
                    checked += rest.size
    report(capsys, f"{checked:,} numbers with an impossible date: none valid")


def test_every_eight_digit_phone_number(capsys: pytest.CaptureFixture[str]) -> None:
    """phonenumbers' verdict depends on the first five digits; nofields agrees for every number."""
    valid = 0
    for prefix in range(10**5):
        numbers = [f"{prefix:05}{rest:03}" for rest in range(1000)]
        parsed = phonenumbers.PhoneNumber(country_code=47, national_number=int(numbers[500]))
        expected = prefix >= 10**4 and phonenumbers.is_valid_number(parsed)
        assert all(PhoneNumber.is_valid(number) is expected for number in numbers)
        valid += 1000 * expected
    report(capsys, f"100,000,000 eight-digit numbers: {valid:,} phone numbers")


def columns_of(digits: int) -> Iterator[pa.Array]:
    """Yield every number of ``digits`` digits in columns of a million, which all share one buffer: use one at a time."""
    ends = pa.py_buffer(np.arange(0, (BLOCK + 1) * digits, digits, dtype=np.int64))
    matrix = np.column_stack(digits_of(np.arange(BLOCK), digits)).astype(np.uint8) + np.uint8(ord("0"))
    for first in range(10**digits // BLOCK):
        matrix[:, : digits - 6] = np.frombuffer(f"{first:0{digits - 6}}".encode(), np.uint8)
        yield pa.LargeStringArray.from_buffers(BLOCK, ends, pa.py_buffer(matrix))


def test_every_nine_digit_number_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """A column agrees with the tables."""
    tables, valid = Tables(OrganisationNumber), 0
    for first, column in enumerate(columns_of(9)):
        numbers = np.arange(first * BLOCK, (first + 1) * BLOCK)
        expected = tables.valid(*(numbers // 10**place % 100 for place in (7, 5, 3, 1)), numbers % 10)
        actual = check(OrganisationNumber, column).valid.to_numpy(zero_copy_only=False)
        assert (actual == expected).all()
        valid += int(actual.sum())
    report(capsys, f"1,000,000,000 nine-digit numbers in columns: {valid:,} organisation numbers")


@cache
def by_first_five(pattern: re.Pattern[str]) -> Array:
    """Which first five digits a numbering plan accepts; fail unless it accepts all or none of their thousand numbers."""
    line = re.compile(f"^(?:{pattern.pattern})$", pattern.flags | re.MULTILINE)
    rest = [f"{number:03}" for number in range(1000)]
    counts = []
    for first in range(10**5):
        numbers = "\n".join([f"{first:05}{last}" for last in rest])
        counts.append(len(line.findall(numbers)))
    assert set(counts) == {0, 1000}
    return np.array(counts) == 1000


@pytest.mark.parametrize("field", [PhoneNumber, MobilePhoneNumber])
def test_every_eight_digit_number_in_columns(field: type[PhoneNumber], capsys: pytest.CaptureFixture[str]) -> None:
    """The plan's patterns depend on the first five digits; a column gives their verdict and the reason."""
    plan: Any = compile_rule(field.rule)
    accepted, in_use = by_first_five(plan.in_use), by_first_five(plan.any_in_use)
    reasons = np.where(accepted, "", np.where(in_use, Reason.NOT_MOBILE, Reason.UNASSIGNED))
    valid = 0
    for first, column in enumerate(columns_of(8)):
        rows = slice(first * 1000, (first + 1) * 1000)
        checked = check(field, column)
        actual = checked.valid.to_numpy(zero_copy_only=False)
        assert (actual.reshape(1000, 1000) == accepted[rows, None]).all()
        texts_of_reasons = np.append(checked.reasons.dictionary.to_numpy(zero_copy_only=False), "")
        places = checked.reasons.indices.fill_null(len(texts_of_reasons) - 1).to_numpy().reshape(1000, 1000)
        assert (places == places[:, :1]).all()
        assert (texts_of_reasons[places[:, 0]] == reasons[rows]).all()
        valid += int(actual.sum())
    report(capsys, f"100,000,000 eight-digit numbers in columns: {valid:,} accepted by {field.__name__}")


@pytest.mark.parametrize("places", [7, 8])
def test_every_reference_of_some_length_in_columns(places: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Valid if Luhn or mod 11 accepts it, a hyphen being ten in mod 11 only; except all zeros."""
    eleven = (1, 2, 3, 4, 5, 6, 7, 2)[:places][::-1]
    doubled = (1, 2, 1, 2, 1, 2, 1, 2)[:places][::-1]
    valid = hyphens = 0
    for first, column in enumerate(columns_of(places)):
        numbers = np.arange(first * BLOCK, (first + 1) * BLOCK)
        digits = digits_of(numbers, places)
        products = [weight * digit for weight, digit in zip(doubled, digits, strict=True)]
        luhn = sum(product // 10 + product % 10 for product in products) % 10 == 0
        expected = (luhn | (weighted(digits, eleven) == 0)) & (numbers > 0)
        actual = check(PaymentReference, column).valid.to_numpy(zero_copy_only=False)
        assert (actual == expected).all()
        valid += int(actual.sum())
    for first, column in enumerate(columns_of(places - 1)):
        bodies = digits_of(np.arange(first * BLOCK, (first + 1) * BLOCK), places - 1)
        hyphened = pc.binary_join_element_wise(column, pa.scalar("-", pa.large_utf8()), pa.scalar("", pa.large_utf8()))
        actual = check(PaymentReference, hyphened).valid.to_numpy(zero_copy_only=False)
        assert (actual == (weighted(bodies, eleven[:-1]) == 1)).all()
        hyphens += int(actual.sum())
    report(capsys, f"{10**places:,} references of {places} digits in columns: {valid:,} valid, and {hyphens:,} with a hyphen")


def test_every_postal_code(capsys: pytest.CaptureFixture[str]) -> None:
    """Every four digits but 0000."""
    assert [code for code in map("{:04}".format, range(10**4)) if not PostalCode.is_valid(code)] == ["0000"]
    report(capsys, "10,000 postal codes: 9,999 accepted")


def report(capsys: pytest.CaptureFixture[str], sentence: str) -> None:
    with capsys.disabled():
        print(f"\n{sentence}", flush=True)

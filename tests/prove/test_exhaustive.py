"""Every number, against independently written rules. ``make prove`` runs this and prints the counts.

``prove.c`` has the rules of numbers that are too many for Python. What is compiled with it is the extension's own source.
"""

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

from helpers.kernels import by_extension, by_numpy, reading_by
from helpers.proving import IDENTITY, ORGANISATION, PHONE, Prover, compiled
from helpers.readers import check_of
from nofields import (
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
)
from nofields.check import compile_rule
from nofields.check.codes import CODES, RIGHT
from nofields.columns import check
from nofields.errors import Reason

pytestmark = pytest.mark.long

#: How many numbers are checked at once.
BLOCK = 10**6
Array = Any


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return compiled(tmp_path_factory.mktemp("prove"))


def digits_of(numbers: Array, count: int) -> list[Array]:
    return [numbers // 10 ** (count - 1 - place) % 10 for place in range(count)]


def weighted(digits: list[Array], weights: tuple[int, ...]) -> Array:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11


def test_every_nine_digit_number_as_organisation_number(proofs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The extension: valid if it starts with 8 or 9 and its weighted sum is divisible by 11; and the reason otherwise."""
    prover = Prover(proofs, ORGANISATION, check_of(OrganisationNumber), 9)
    valid = prover.right_in([(start, 10 * BLOCK) for start in range(0, 10**9, 10 * BLOCK)])
    report(capsys, f"1,000,000,000 nine-digit numbers: {valid:,} organisation numbers")


def test_every_fødselsnummer(proofs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Every day of a century, as a birth number and a D-number, every individual number, every pair of check digits."""
    prover = Prover(proofs, IDENTITY, check_of(NationalIdentityNumber), 11)
    dates = [
        (day + offset) * 10**9 + month * 10**7 + year * 10**5
        for year in range(100)
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(2000 + year, month)[1] + 1)
        for offset in (0, 40)
    ]
    valid = prover.right_in([(date, 10**5) for date in dates])
    report(capsys, f"{len(dates) * 10**5:,} dates × individual numbers × check digits: {valid:,} numbers")


def test_every_day_and_month(proofs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Each of the 10,000 pairs of day and month, of no kind or a synthetic one too, in a common and in a leap year."""
    prover = Prover(proofs, IDENTITY, check_of(NationalIdentityNumber), 11)
    dates = [pair * 10**7 + year * 10**5 for pair in range(10**4) for year in (0, 1)]
    valid = prover.right_in([(date, 10**5) for date in dates])
    report(capsys, f"{len(dates) * 10**5:,} numbers with any day and month: {valid:,} valid")


@pytest.mark.parametrize("field", [PhoneNumber, MobilePhoneNumber])
def test_every_eight_digit_phone_number(field: type[PhoneNumber], proofs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """phonenumbers' verdict depends on the first five digits; the extension agrees for every number."""
    check = check_of(field)
    plan: Any = check
    by_plan, in_use = by_first_five(plan.in_use), by_first_five(plan.any_in_use)
    for prefix in range(10**4, 10**5):
        parsed = phonenumbers.PhoneNumber(country_code=47, national_number=prefix * 1000 + 500)
        assert phonenumbers.is_valid_number(parsed) == in_use[prefix]
    codes = np.where(by_plan, RIGHT, np.where(in_use, CODES[Reason.NOT_MOBILE], CODES[Reason.UNASSIGNED])).astype(np.uint8)
    for prefix in range(10**5):  # what the table learns
        check.program.settled[None][prefix] = check.define(f"{prefix:05}000")
    prover = Prover(proofs, PHONE, check, 8, codes.tobytes())
    valid = prover.right_in([(start, 10 * BLOCK) for start in range(0, 10**8, 10 * BLOCK)])
    report(capsys, f"100,000,000 eight-digit numbers: {valid:,} accepted by {field.__name__}")


def columns_of(digits: int) -> Iterator[pa.Array]:
    """Yield every number of ``digits`` digits in columns of a million, which all share one buffer: use one at a time."""
    ends = pa.py_buffer(np.arange(0, (BLOCK + 1) * digits, digits, dtype=np.int64))
    matrix = np.column_stack(digits_of(np.arange(BLOCK), digits)).astype(np.uint8) + np.uint8(ord("0"))
    for first in range(10**digits // BLOCK):
        matrix[:, : digits - 6] = np.frombuffer(f"{first:0{digits - 6}}".encode(), np.uint8)
        yield pa.LargeStringArray.from_buffers(BLOCK, ends, pa.py_buffer(matrix))


@pytest.mark.parametrize("kernel", [by_extension, by_numpy])
def test_every_nine_digit_number_in_columns(kernel: Any, proofs: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A column, by the extension and without it, is valid where the number is by its definition."""
    prover, valid = Prover(proofs, ORGANISATION, check_of(OrganisationNumber), 9), 0
    with reading_by(kernel):
        for first, column in enumerate(columns_of(9)):
            bits = bytearray(BLOCK // 8)
            expected = prover.right(first * BLOCK, BLOCK, bits)
            actual = check(OrganisationNumber, column).valid
            assert actual.equals(pa.BooleanArray.from_buffers(pa.bool_(), BLOCK, [None, pa.py_buffer(bits)]))
            valid += expected
    report(capsys, f"1,000,000,000 nine-digit numbers in columns, {kernel.__name__}: {valid:,} organisation numbers")


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

"""The plain reader against the extension: every place × character, every code of every table, and ten million texts."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest

from helpers.field_texts import OurReference
from helpers.readers import check_of, native, needs_native, plain
from nofields import (
    AccountNumber,
    Field,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
)
from nofields.check.tables import Table

pytestmark = [pytest.mark.long, needs_native]

NUMBERS: dict[type[Field], str] = {
    OrganisationNumber: "974760673",
    AccountNumber: "86011117947",
    NationalIdentityNumber: "30908299902",
    PostalCode: "0357",
    PhoneNumber: "21234567",
    MobilePhoneNumber: "40612345",
    PaymentReference: "202600113-",
    OurReference: "123456789010",
}
each_field = pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.__name__)
#: All characters that UTF-8 writes with up to three bytes, and every 257th of the others.
CHARACTERS = [*map(chr, range(0x10000)), *map(chr, range(0x10000, sys.maxunicode + 1, 257))]
TEXTS = 10**7


def both(field: type[Field]) -> tuple[Any, Any]:
    check = check_of(field)
    return native(check).clean, plain(check).clean


@each_field
def test_every_place_and_character(field: type[Field], capsys: pytest.CaptureFixture[str]) -> None:
    """A number with each character in each place, replaced or inserted."""
    (one, other), number, count = both(field), NUMBERS[field], 0
    for place in range(len(number) + 1):
        before, behind, rest = number[:place], number[place:], number[place + 1 :]
        for character in CHARACTERS:
            for text in (before + character + rest, before + character + behind):
                assert one(text) == other(text), ascii(text)
            count += 2
    report(capsys, f"{count:,} places × characters of {field.__name__}")


@each_field
def test_every_code(field: type[Field], capsys: pytest.CaptureFixture[str]) -> None:
    """For every index that some number of the field has, in either table, one number of each count of digits."""
    check, (one, other) = check_of(field), both(field)
    table, texts = check.program.table, set[str]()
    assert table
    for count in check.program.notation.counts:
        for axis in range(len(table.codes)):
            texts.update(reaching_all(table, count, axis))
    for text in texts:
        assert one(text) == other(text), text
    report(capsys, f"{len(texts):,} numbers for the {sum(map(len, table.codes)):,} codes of {field.__name__}")


def reaching_all(table: Table, count: int, axis: int) -> list[str]:
    """A number of some digits for every index of one of the tables that it can have."""
    shift, mask = (0, (1 << table.bits) - 1) if axis == 0 else (table.bits, -1)
    found = {0: ""}
    for start, stop, additions in table.parts(count):
        keys = [key for key in additions if len(key) == stop - start]
        found = {total + (additions[key] >> shift & mask): text + key for total, text in found.items() for key in keys}
    return list(found.values())


@each_field
def test_random_texts(field: type[Field], capsys: pytest.CaptureFixture[str]) -> None:
    """Ten million texts in all: digits, and digits with separators, prefixes and strange characters."""
    (one, other), draw, number = both(field), random.Random(field.__name__), NUMBERS[field]
    pieces = [*"0123456789" * 6, *" .-+/eE,\u00a0\u2009\u2212\u00ad\u200b\u2013٣\ud800", "+47", "00", "NO", "MVA", "NO93", "N-"]
    texts, right = TEXTS // len(NUMBERS), 0
    for turn in range(texts):
        digits = f"{draw.randrange(10 ** len(number)):0{len(number)}}"
        if turn % 4 == 1:
            place = draw.randrange(len(digits) + 1)
            digits = digits[:place] + draw.choice(pieces) + digits[place + draw.randrange(2) :]
        elif turn % 4 == 2:
            digits = "".join(draw.choices(pieces, k=draw.randrange(30)))
        result = one(digits)
        assert result == other(digits), ascii(digits)
        right += type(result) is str
    report(capsys, f"{texts:,} random texts of {field.__name__}: {right:,} right")


def report(capsys: pytest.CaptureFixture[str], sentence: str) -> None:
    with capsys.disabled():
        print(f"\n{sentence}", flush=True)

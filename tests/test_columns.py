"""A column gets the same verdicts, reasons, keys and clean values as its texts one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.columns import LAYOUTS, Texts, scalar, verdicts
from helpers.field_texts import (
    FIELDS,
    NUMBERS,
    UNSUPPORTED,
    Issued,
    LuhnReference,
    OurReference,
    Patient,
    encodable,
    near,
    policies,
)
from helpers.hostile import TEXTS
from helpers.near import NEAR, OWN
from helpers.values import LANGUAGES, identity_number, policy, published
from nofields import (
    AccountNumber,
    Field,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    synthetic,
)
from nofields.characters import WHITE_SPACE
from nofields.columns import check
from nofields.fields import BY_NAME

each_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
each_number = pytest.mark.parametrize("field", NUMBERS, ids=lambda field: field.__name__)

PUBLISHED = [row.value for row in published("person_id", "orgnr", "kontonr", "postnr", "phone", "mobile", "mva", "iban")]
#: A number under every kind of rule, clean.
NUMBER = {
    OrganisationNumber: "974760673",
    AccountNumber: "86011117947",
    NationalIdentityNumber: "30908299902",
    PostalCode: "0357",
    PhoneNumber: "21234567",
    MobilePhoneNumber: "40612345",
}


def assert_agrees(field: type[Field], texts: Texts, layouts: Collection[str] = ("large_utf8",)) -> None:
    """Fail unless a column gets the answers of its texts, under every policy that may make a difference."""
    for setting in policies(field):
        with policy(setting):
            expected = [scalar(field, text) for text in texts]
            for layout in layouts:
                actual = verdicts(check(field, LAYOUTS[layout](texts)))
                assert list(zip(texts, actual, strict=True)) == list(zip(texts, expected)), (layout, setting)


def test_every_named_field_is_tested() -> None:
    """The fields tested here include all that have a short name."""
    assert set(BY_NAME.values()) <= set(FIELDS)


@each_field
@given(data=st.data())
def test_nearly_valid_texts(field: type[Field], data: st.DataObject) -> None:
    """In any layout: valid values, slips, all separators anywhere, long paddings, prefixes, hostile text, nulls."""
    layouts = data.draw(st.sets(st.sampled_from(list(LAYOUTS)), min_size=6, max_size=6))
    assert_agrees(field, data.draw(st.lists(near(field) | st.none(), max_size=10)), layouts)


@pytest.mark.parametrize("field", OWN)
@given(data=st.data())
def test_own_settings(field: type[Field], data: st.DataObject) -> None:
    """Patterns that only ``re`` can read, separators and replacements of any kind, no requirement at all."""
    drawn = NEAR[type(field.rule)] | st.sampled_from([text for text in TEXTS.values() if encodable(text)])
    layouts = data.draw(st.sets(st.sampled_from(list(LAYOUTS)), min_size=3, max_size=3))
    assert_agrees(field, data.draw(st.lists(drawn | st.none(), max_size=10)), layouts)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("field", [OrganisationNumber, PaymentReference, NorwegianDate], ids=lambda field: field.__name__)
def test_clean_values_between_wrong_ones(field: type[Field], layout: str) -> None:
    """A wrong value becomes null and its neighbours stay, wherever in memory the column begins."""
    right = field.examples[0]
    assert_agrees(field, [right, "1", right, None, right], [layout])
    assert_agrees(field, [right, "1", f" {right}", None, right], [layout])


@each_field
def test_published_numbers(field: type[Field]) -> None:
    """Every published number, as it is and with blanks around it, whatever field it is of."""
    assert_agrees(field, [*PUBLISHED, *(f"\u00a0{number} " for number in PUBLISHED)])


@each_number
def test_first_digits(field: type[Field]) -> None:
    """Any first five digits: each series, and each part of the numbering plan."""
    count = field.rule.digits
    assert_agrees(field, [f"{first:05}{'0' * count}"[:count] for first in range(0, 10**5, 37)])


@each_number
def test_zeros(field: type[Field]) -> None:
    """The number of only zeros, which every checksum accepts, and its neighbours."""
    zeros = "0" * field.rule.digits
    assert_agrees(
        field, [zeros, f" {zeros}", " ".join(zeros), zeros[1:], f"{zeros}0", f"{zeros[1:]}1", f"1{zeros[1:]}"], LAYOUTS
    )


@each_number
@pytest.mark.parametrize("separator", [*WHITE_SPACE, ".", "-"], ids=ascii)
def test_separators(field: type[Field], separator: str) -> None:
    """Each separator before, after and between the digits, once and many times."""
    number = next((number for base, number in NUMBER.items() if issubclass(field, base)), field.examples[0])
    texts: Texts = [separator.join(number), separator.join(["", *number, ""]), (3 * separator).join(number), separator]
    for count in (1, 4, 5, 8, 16, 64 - len(number), 65 - len(number)):
        blank = separator * count
        texts += [blank + number, number + blank, number[:5] + blank + number[5:], blank]
    assert_agrees(field, texts)


@pytest.mark.parametrize("field", [PaymentReference, LuhnReference, OurReference])
def test_references_of_every_length(field: type[Field]) -> None:
    """Each length and check digit, with blanks everywhere; zeros, NUL and bytes that are not UTF-8."""
    bodies = [("1234567890" * 7)[:count] for count in range(1, 66)]
    texts: Texts = [body + last for body in bodies for last in "0123456789-x"]
    texts += ["0" * count for count in range(66)] + ["0" * count + "-" for count in range(66)]
    texts += [f"{text[:2]}{odd}{text[2:]}" for text in texts[:300] for odd in (" ", "\u2009", "\0", "\0\0", "ÿ", "-")]
    assert_agrees(field, texts, ["large_utf8", "string_view, sliced", "utf8"])


@pytest.mark.parametrize("field", [NationalIdentityNumber, Issued, Patient])
def test_every_date(field: type[Field]) -> None:
    """Each of the 10,000 pairs of day and month, in a leap year and in a common year."""
    texts: Texts = [f"{day_and_month:04}{year}12345" for day_and_month in range(10_000) for year in ("00", "01")]
    with policy("accept"):
        assert check(field, texts).reasons.to_pylist() == [scalar(field, text).reason for text in texts]


@pytest.mark.parametrize("field", [NationalIdentityNumber, Issued, Patient])
def test_leap_days(field: type[Field]) -> None:
    """29 February in every year: accepted where it exists and the check digits fit."""
    firsts = [f"{29 + day}{2 + month:02}{year:02}" for day in (0, 40) for month in (0, 20, 40, 65, 80) for year in range(100)]
    numbers = [identity_number(first + rest, remainder) for first in firsts for rest in ("012", "500") for remainder in (0, 2)]
    written = [number for number in numbers if number]
    assert_agrees(field, [*written, *(f"{number[:6]} {number[6:]}" for number in written)])


def test_prefixes_of_phone_numbers() -> None:
    """A country code in every form, ours or another's, in whatever order the rows come."""
    prefixes = ["", "+47", "47", "0047", "+ 47 ", "+46", "46", "0046", "+", "00", "+47+47", "4747", "47 +", "+0047", "0", "+4"]
    national = ["21 23 45 67", "22345678", "40612345", "4 7 2 1 2 3 4 5", "00471234", "1234567", "79000000", "47123456", ""]
    texts: Texts = [prefix + number for number in national for prefix in prefixes]
    for field in (PhoneNumber, MobilePhoneNumber):
        assert_agrees(field, texts, LAYOUTS)
        assert_agrees(field, texts[::-1], LAYOUTS)


@each_field
def test_half_surrogates(field: type[Field]) -> None:
    """Text that Arrow cannot represent is rejected for the same reason as by the scalar check."""
    half = ["\ud800", "a\ude00b", "\ud83d \ud83d", " \udc00 ", "+46\ud8001234567", "\ud800" * 300, "x@\ud800.no"]
    assert_agrees(field, [*half, *(f"{number}\udfff" for number in NUMBER.values()), None, *NUMBER.values()], ["list"])


@each_field
def test_counts(field: type[Field]) -> None:
    """Each problem is counted as often as the scalar check finds it, the most frequent first; nulls are not counted."""
    texts: Texts = [*PUBLISHED, None, "", "x", " ", None, "x" * 3000]
    problems = [problem for problem in (field.problem(text) for text in texts if text is not None) if problem]
    counts = check(field, texts).counts()
    assert counts == Counter(problems)
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


@each_field
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages(field: type[Field], language: str) -> None:
    """Each wrong value has its problem's message in every language; valid ones have none."""
    texts: Texts = [*PUBLISHED, None, "", "x" * 3000]
    problems = [None if text is None else field.problem(text) for text in texts]
    expected = [problem and problem.message(language) for problem in problems]
    assert check(field, texts).messages(language).to_pylist() == expected


def test_types_of_results() -> None:
    """Verdicts are booleans; reasons, keys and messages are dictionaries of each word once; dates come as dates."""
    checked = check(NorwegianDate, ["1.2.2016", "30.2.2016", "x", "y", None])
    assert len(checked) == 5
    assert checked.valid.type == pa.bool_()
    assert checked.clean().type == pa.date32()
    for words in (checked.reasons, checked.keys, checked.messages()):
        assert words.type == pa.dictionary(pa.int8(), pa.utf8())
        assert words.dictionary.unique() == words.dictionary
        assert words.is_null().to_pylist() == [True, False, False, False, True]


def test_setting_takes_effect_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting NOFIELDS_SYNTHETIC between two checks changes the verdict; what was checked before stays as it was."""
    column = pa.array(["974760673", "310926833"])
    expected = {None: [True, False], "accept": [True, True], "only": [False, True], "reject": [True, False]}
    checks = []
    for setting in (None, "accept", None, "only", "accept", "reject", "only", None):
        monkeypatch.delenv(synthetic.VARIABLE, raising=False)
        if setting:
            monkeypatch.setenv(synthetic.VARIABLE, setting)
        checks.append((check(OrganisationNumber, column), expected[setting]))
        assert checks[-1][0].valid.to_pylist() == expected[setting]
    assert all(checked.valid.to_pylist() == expected_verdicts for checked, expected_verdicts in checks)


@pytest.mark.parametrize("field", UNSUPPORTED)
def test_unsupported_fields(field: type[Field]) -> None:
    """Date ranges and checkboxes cannot be columns; the error names the field."""
    with pytest.raises(TypeError, match=field.__name__):
        check(field, ["on"])


@pytest.mark.parametrize("field", [Field, str, OrganisationNumber.rule, "orgnr"])
def test_not_a_field(field: Any) -> None:
    """A class without a rule raises a TypeError that names it."""
    with pytest.raises(TypeError):
        check(field, ["974760673"])


@pytest.mark.parametrize("separators", [".", "", ".- ", " ]\\^"])
@pytest.mark.parametrize("field", [AccountNumber, PaymentReference])
def test_own_separators(field: type[Field], separators: str) -> None:
    if field is PaymentReference:
        separators = separators.replace(".", "/")
    own: Any = type("Own", (field,), {}, separators=separators)
    texts = [
        f"{blank}{field.examples[0][:4]}{between}{field.examples[0][4:]}"
        for blank in ("", " ", "\u00a0")
        for between in ".- ]\\"
    ]
    assert check(own, texts).valid.to_pylist() == [own.is_valid(text) for text in texts]

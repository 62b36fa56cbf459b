"""Both readers, the extension's and the plain one, agree with the oracle on every object, for any rule of numbers."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.field_texts import FIELDS as COLUMN_FIELDS
from helpers.field_texts import near
from helpers.hostile import OBJECTS, OTHER_TEXTS, TEXTS, THINGS, HostileText
from helpers.readers import READERS, assert_reads, check_of, each_reader, expected, needs_native
from helpers.rules import KEY, MANY_MARKS, digit_rules, phone_rules, reference_rules, texts_of
from helpers.values import POLICIES, policy
from nofields import (
    AccountNumber,
    Field,
    MobilePhoneNumber,
    NationalIdentityNumber,
    OrganisationNumber,
    PaymentReference,
    PhoneNumber,
    PostalCode,
    Problem,
    synthetic,
)
from nofields.characters import WHITE_SPACE
from nofields.check import _compiled, compile_rule
from nofields.check.native import packed
from nofields.check.reading import ReadingCheck
from nofields.fields import ALL
from nofields.rules import Affix, BirthDate, DigitRule, Kind, WeightedSum

READ = [field for field in COLUMN_FIELDS if isinstance(compile_rule(field.rule), ReadingCheck)]
each_field = pytest.mark.parametrize("field", READ, ids=lambda field: field.__name__)
each_policy = pytest.mark.parametrize("setting", [None, *POLICIES])
ANY_TEXT = st.text(st.characters()) | st.sampled_from([*TEXTS.values()])


def readers(field: type[Field], make: Any) -> tuple[Any, ReadingCheck]:
    check = compile_rule(field.rule)
    assert isinstance(check, ReadingCheck)
    return make(check), check


def test_every_number_is_tested() -> None:
    """The fields of this file are all whose values are numbers read by tables."""
    read = {field for field in ALL if hasattr(field, "rule") and isinstance(compile_rule(field.rule), ReadingCheck)}
    assert read <= {*READ}
    assert {OrganisationNumber, AccountNumber, NationalIdentityNumber, PostalCode, PhoneNumber, PaymentReference} <= read


@each_reader
@each_field
@given(data=st.data())
def test_texts(field: type[Field], make: Any, data: st.DataObject) -> None:
    """Valid numbers, slips, separators and prefixes anywhere, hostile text, under every policy."""
    reader, check = readers(field, make)
    texts = data.draw(st.lists(near(field) | ANY_TEXT, min_size=4, max_size=12))
    with policy(data.draw(st.sampled_from([None, *POLICIES]))):
        for text in texts:
            assert_reads(reader, check, text)
            assert_reads(reader, check, type("Own", (str,), {})(text))
            assert_reads(reader, check, HostileText(text))


@each_reader
@each_field
@given(value=THINGS)
def test_other_objects(field: type[Field], make: Any, value: object) -> None:
    assert_reads(*readers(field, make), value)


@each_reader
@pytest.mark.parametrize("name", [*OBJECTS, *OTHER_TEXTS])
def test_hostile_objects(make: Any, name: str) -> None:
    """Objects whose class lies about itself, raises or cannot be named."""
    value = (OBJECTS | OTHER_TEXTS)[name]
    for field in READ:
        reader, check = readers(field, make)
        assert_reads(reader, check, value)  # the first value that the reader reads
        assert_reads(reader, check, field.examples[0])
        assert_reads(reader, check, value)


@each_reader
@given(data=st.data())
def test_own_digit_rules(make: Any, data: st.DataObject) -> None:
    """Any count of digits, groups, sums, kinds with and without dates; those whose table would be too large as well."""
    check: Any = check_with(data.draw(digit_rules()))
    reader = make(check)
    with policy(data.draw(st.sampled_from([None, *POLICIES]))):
        for text in data.draw(st.lists(texts_of(check.rule), min_size=1, max_size=20)):
            assert_reads(reader, check, text)


@each_reader
@given(data=st.data())
def test_own_reference_rules(make: Any, data: st.DataObject) -> None:
    check: Any = check_with(data.draw(reference_rules()))
    reader = make(check)
    for text in data.draw(st.lists(texts_of(check.rule), min_size=1, max_size=20)):
        assert_reads(reader, check, text)


@each_reader
@given(data=st.data())
def test_own_phone_rules(make: Any, data: st.DataObject) -> None:
    check: Any = check_with(data.draw(phone_rules()))
    reader = make(check)
    for text in data.draw(st.lists(texts_of(check.rule), min_size=1, max_size=20)):
        assert_reads(reader, check, text)


def check_with(rule: Any) -> ReadingCheck:
    """A new check of any rule, which is in no cache."""
    check = _compiled.__wrapped__(rule, "")
    assert isinstance(check, ReadingCheck)
    return check


SUM = WeightedSum((3, 2, 7, 6, 5, 4, 3, 2, 1))


def rule(digits: int, written: str = "", **settings: Any) -> DigitRule:
    return DigitRule(key=KEY, digits=digits, written=written or "#" * digits, **settings)


#: Rules at the limits of tables and of the extension.
EDGES = {
    "one digit": rule(1),
    "one digit and a sum": rule(1, sums=(WeightedSum((1,), frozenset({3})),)),
    "two digits in two groups": rule(2, "# #", separators="-"),
    "twenty digits": rule(20, sums=(WeightedSum(tuple(range(1, 21)), modulus=97),)),
    "modulus of 97": rule(11, sums=(WeightedSum(tuple(pow(10, 10 - at, 97) for at in range(11)), frozenset({1}), 97),)),
    "weights shorter than the digits": rule(9, sums=(WeightedSum((7, 3)),)),
    "weights longer than the digits": rule(3, sums=(WeightedSum((1, 2, 3, 4, 5)),)),
    "four sums": rule(
        9, sums=(SUM, WeightedSum((1, 3) * 4, modulus=10), WeightedSum((1,) * 9, modulus=7), WeightedSum((2, 1)))
    ),
    "index past 2^20": rule(16, sums=tuple(WeightedSum((each, 1) * 8, frozenset(range(90)), 97) for each in range(2, 6))),
    "five groups": rule(10, "## ## ## ## ##", separators=WHITE_SPACE + "."),
    "kinds with and without dates": rule(
        8,
        kinds=(Kind("dated", first_digits="0123", birth_date=BirthDate(())), Kind("other", first_digits="3456")),
        sums=(WeightedSum((1,) * 8, frozenset({0, 1, 2}), 3),),
    ),
    "zeros of a kind without date, and of one with a date": rule(
        6, kinds=(Kind("any"), Kind("dated", birth_date=BirthDate(())))
    ),
    "date of six digits": rule(6, kinds=(Kind("dated", birth_date=BirthDate((), 40, 80)),)),
    "more separators than the extension takes": rule(9, "### ### ###", separators=WHITE_SPACE + MANY_MARKS, sums=(SUM,)),
    "every separator in ASCII": rule(9, "### ### ###", separators="!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t", sums=(SUM,)),
    "no separators": rule(9, "### ### ###", separators="", sums=(SUM,)),
    "more groupings than the extension takes": rule(9, "### ### ###", grouped=("## #######",) * 8, separators="-", sums=(SUM,)),
    "an affix longer than the extension takes": rule(9, affixes=(Affix("organisasjonsnummer"),), sums=(SUM,)),
    "an affix with a sum of many digits": rule(
        15, affixes=(Affix("no", head=2, sum=WeightedSum((1, 2) * 8 + (3,), modulus=97)),)
    ),
    "an affix of digits": rule(9, affixes=(Affix("0192"), Affix("", "00")), sums=(SUM,)),
    "no kinds": rule(4, kinds=()),
    "more than sixteen kinds": rule(5, kinds=tuple(Kind(f"kind{each}", first_digits=str(each % 10)) for each in range(30))),
    "sixty-four digits": rule(64, sums=(WeightedSum((1, 2) * 32),)),
}
each_edge = pytest.mark.parametrize("name", EDGES)


@each_reader
@each_edge
@given(data=st.data())
def test_edges(name: str, make: Any, data: st.DataObject) -> None:
    check: Any = check_with(EDGES[name])
    reader = make(check)
    for text in data.draw(st.lists(texts_of(check.rule), min_size=10, max_size=40)):
        assert_reads(reader, check, text)


@each_reader
@pytest.mark.parametrize("text", ["997 08.072", "406 12.345", "212 34.567", "100 00.000", "997 08 072.0", "9970.8072"])
def test_first_number_of_its_kind_like_a_float(text: str, make: Any) -> None:
    """A phone number whose code the table does not have yet, in a form that is also that of a float."""
    for field in (PhoneNumber, MobilePhoneNumber):
        check = check_of(field)
        assert_reads(make(check), check, text)


@each_reader
@pytest.mark.parametrize("digits", [65, 70, 300])
def test_more_digits_than_a_text_may_have(digits: int, make: Any) -> None:
    """Such a rule accepts digits alone."""
    reader = make(check_with(rule(digits)))
    assert reader.is_valid("1" * digits)
    assert not reader.is_valid(" " + "1" * digits)
    assert reader.problem("1" * 64).reason == "length"


def test_edges_reach_all_ways() -> None:
    """Some of those rules have no table, and some have one that the extension does not take."""
    programs = {name: check_with(rule).program for name, rule in EDGES.items()}
    assert programs["index past 2^20"].table is None
    unpacked = {name for name, program in programs.items() if program.table and packed(program) is None}
    assert unpacked == {
        "more separators than the extension takes",
        "more groupings than the extension takes",
        "an affix longer than the extension takes",
        "an affix with a sum of many digits",
    }


@each_reader
@each_policy
@each_field
def test_many(field: type[Field], setting: str | None, make: Any) -> None:
    """Two thousand numbers of every size."""
    reader, check = readers(field, make)
    count, draw = getattr(field.rule, "digits", 12), random.Random(11)
    with policy(setting):
        for _ in range(2000):
            assert_reads(reader, check, f"{draw.randrange(10 ** draw.randint(1, count)):0{count}}")


@each_reader
def test_every_postal_code(make: Any) -> None:
    """All postal codes but 0000 are accepted."""
    reader, check = readers(PostalCode, make)
    assert sum(assert_reads(reader, check, f"{code:04}") for code in range(10_000)) == 9_999


@each_reader
def test_every_date(make: Any) -> None:
    """Each of the 10,000 pairs of day and month, in a common year and in a leap year."""
    reader, check = readers(NationalIdentityNumber, make)
    with policy("accept"):
        for day_and_month in range(10_000):
            for year in ("00", "01"):
                assert_reads(reader, check, f"{day_and_month:04}{year}12345")


@each_reader
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("+47123456", "length"),
        ("+471234567", "length"),
        ("+4721234", "length"),
        ("+47 " + "2" * 12, "length"),
        ("+47", "length"),
    ],
)
def test_country_code_before_another_count_of_digits(text: str, reason: str, make: Any) -> None:
    """Eight characters with the country code are not a national number: what is wrong is the length."""
    assert readers(PhoneNumber, make)[0].problem(text).reason == reason


@needs_native
@each_field
@given(data=st.data())
def test_same_text_is_returned(field: type[Field], data: st.DataObject) -> None:
    """A clean text is returned itself, not a copy, by both readers; text of another class is not."""
    text = data.draw(near(field))
    check: Any = compile_rule(field.rule)
    if expected(check, text) != text or isinstance(expected(check, text), Problem):
        return
    for make in READERS.values():
        assert make(check).clean(text) is text
        assert type(make(check).clean(type("Own", (str,), {})(text))) is str


@each_reader
def test_setting_takes_effect_at_once(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting NOFIELDS_SYNTHETIC while the process runs changes the next verdict, and unsetting it changes it back."""
    reader, _ = readers(OrganisationNumber, make)
    expected = {None: (True, False), "accept": (True, True), "only": (False, True), "reject": (True, False), "": (True, False)}
    for setting in (None, "accept", None, "only", "accept", "", "reject", "only", None):
        monkeypatch.delenv(synthetic.VARIABLE, raising=False)
        if setting is not None:
            monkeypatch.setenv(synthetic.VARIABLE, setting)
        for _ in range(2):
            assert (reader.is_valid("974760673"), reader.is_valid("310 926 833")) == expected[setting]


@each_reader
def test_warning_of_a_wrong_setting(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts as ``reject``; where warnings are errors it raises, and the next verdict is right."""
    reader = make(check_of(OrganisationNumber))  # a program warns once of each setting
    assert reader.is_valid("974760673")
    monkeypatch.setenv(synthetic.VARIABLE, "perhaps")
    for _ in range(2):
        with pytest.raises(UserWarning, match="perhaps"), raising_warnings():
            reader.is_valid("974760673")
    with pytest.warns(UserWarning, match="perhaps"):
        assert (reader.is_valid("974760673"), reader.is_valid("310926833")) == (True, False)
    monkeypatch.setenv(synthetic.VARIABLE, "only")
    assert (reader.is_valid("974760673"), reader.is_valid("310926833")) == (False, True)


def raising_warnings() -> Any:
    import warnings

    return warnings.catch_warnings(action="error")


@each_reader
def test_named_kinds_ignore_the_setting(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that names its kinds accepts the same numbers under every policy."""
    company = type("Company", (OrganisationNumber,), {}, accept={"synthetic_organisation"})
    reader, _ = readers(company, make)
    for setting in POLICIES:
        monkeypatch.setenv(synthetic.VARIABLE, setting)
        assert reader.is_valid("310926833")
        assert not reader.is_valid("974760673")


@given(st.one_of(digit_rules(), reference_rules(), phone_rules(), st.sampled_from([field.rule for field in READ])))
def test_every_index_has_a_code(any_rule: Any) -> None:
    """What pairs add never leads outside of the codes, which the extension does not check."""
    table = check_with(any_rule).program.table
    if table is None:
        return
    rows = [*table.additions, *([table.last] if table.last else [])]
    for shift, codes in zip((0, table.bits), table.codes):
        mask = (1 << table.bits) - 1 if not shift else -1
        assert sum(max(add >> shift & mask for add in row.values()) for row in rows) < len(codes)
    assert all(0 <= add < 1 << 32 for row in rows for add in row.values())
    assert sum(max(add & (1 << table.bits) - 1 for add in row.values()) for row in rows) < 1 << table.bits

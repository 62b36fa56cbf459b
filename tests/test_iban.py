"""IBANs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from stdnum import iban as stdnum_iban
from stdnum.no import kontonr

from helpers.commands import run
from helpers.hostile import TEXTS
from helpers.values import account_numbers, iban, ibans, verdict
from nofields import AccountNumber, Iban, Phrase, Reason, strategies
from nofields.audit.guess import guess_fields
from nofields.characters import BLANK, WHITE_SPACE
from nofields.check.iban import accounts_of, countries
from nofields.columns import check
from nofields.export.rules import rules
from nofields.forms.types.widgets import appearance
from nofields.generate import chooser
from nofields.generate import iban as generated

#: Examples of the IBAN registry.
OFFICIAL = [
    *("NO9386011117947", "GB29NWBK60161331926819", "DE89370400440532013000", "SE4550000000058398257466", "DK5000400440116243"),
    *("FI2112345600000785", "FR1420041010050500013M02606", "MT84MALT011000012345MTLCAST001S", "BE68539007547034"),
    *("ES9121000418450200051332", "XK051212012345678906", "PL61109010140000071219812874", "NL91ABNA0417164300"),
]


class Dashed(Iban, separators=WHITE_SPACE + "-"): ...


@pytest.mark.parametrize("number", OFFICIAL)
def test_official_examples(number: str) -> None:
    made = verdict(Iban, number)
    assert type(made) is Iban
    assert (made, made.country) == (number, number[:2])
    assert made.formatted == stdnum_iban.format(number)


@pytest.mark.parametrize(
    "text",
    [
        "NO93 8601 1117 947",
        "no9386011117947",
        "\u00a0No93\u202f8601\u20091117\t947\r\n",
        "N O 9 3 8 6 0 1 1 1 1 7 9 4 7",
        "\u202aNO93 8601 1117 947\u202c",
        "\ufeffNO93\u200b86011117947",
    ],
)
def test_accepted(text: str) -> None:
    made = verdict(Iban, text)
    assert (made, made.formatted) == ("NO9386011117947", "NO93 8601 1117 947")
    assert made.account_number == AccountNumber("86011117947")
    assert type(made.account_number) is AccountNumber


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NO92 8601 1117 947", Reason.CHECK_DIGIT),
        ("NO23 8601 1117 946", Reason.CHECK_DIGIT),  # right as an IBAN, wrong as an account number
        ("SE9386011117947", Reason.LENGTH),
        ("NO93 8601 1117 94", Reason.LENGTH),
        ("NO93 8601 1117 9471", Reason.LENGTH),
        ("GB29 NWBK 6016 1331 9268 1", Reason.LENGTH),
        ("NO", Reason.FORMAT),
        ("NO9", Reason.FORMAT),
        ("NO93", Reason.LENGTH),
        ("86011117947", Reason.FORMAT),
        ("N093 8601 1117 947", Reason.FORMAT),
        ("NO93 86O1 1117 947", Reason.FORMAT),
        ("GB29 NWB0 6016 1331 9268 19", Reason.FORMAT),
        ("IBAN NO93 8601 1117 947", Reason.FORMAT),
        ("ZZ93 8601 1117 947", Reason.COUNTRY),
        ("US64 SVBK US6S 3300 9586 71", Reason.COUNTRY),
        ("NO93-8601-1117-947", Reason.CHARACTERS),
        ("NO93.8601.1117.947", Reason.CHARACTERS),
        ("86011117947.0", Reason.CHARACTERS),
        ("NO93 8601 1117 947!", Reason.CHARACTERS),
        ("N\u041e9386011117947", Reason.CHARACTERS),
        ("NO\u0669\u0663", Reason.CHARACTERS),
        ("\u017fE4550000000058398257466", Reason.CHARACTERS),  # its capital is S
        ("NO93 8601 1117 947\ud800", Reason.CHARACTERS),
        (iban("NO", "0" * 11), Reason.SERIES),
        ("N" * 65, Reason.FORMAT),
        (" \u200b", Reason.REQUIRED),
        (None, Reason.REQUIRED),
        (9386011117947, Reason.TYPE),
    ],
)
def test_rejected(text: object, reason: Reason) -> None:
    problem = verdict(Iban, text)
    assert problem.reason == reason
    assert problem.key == ("TEXT_FIELD_ERROR" if reason == Reason.REQUIRED else "TEXT_FIELD_CONTENTS_ERROR")


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("N\u041e9386011117947", {"character": "U+041E"}),
        ("NO93\u200b8601\u30001117947", {"character": "U+3000"}),
        ("NO93/86011117947", {}),
    ],
)
def test_names_a_strange_character(text: str, params: dict[str, str]) -> None:
    """The first that is neither on a keyboard nor removed; not of a secret value."""
    assert verdict(Iban, text).params == params
    assert verdict(type("Secret", (Iban,), {"secret": True}), text).params == {}


@pytest.mark.parametrize(("text", "length"), [("NO93", 15), ("gb29 nwbk", 22), ("MT84" + "0" * 30, 31)])
def test_length_of_the_country(text: str, length: int) -> None:
    """The length is that of the country in the registry, and the explanation has it."""
    problem = verdict(Iban, text)
    assert (problem.reason, problem.params) == (Reason.LENGTH, {"length": length})
    assert all(str(length) in problem.explanation(language) for language in ("nb", "nn", "en"))


@pytest.mark.parametrize(("right", "alias"), [("02", "99"), ("97", "00"), ("98", "01")])
def test_check_digits_with_the_same_remainder(right: str, alias: str) -> None:
    """ISO 7064 makes check digits from 02 to 98. stdnum also accepts the three others that leave the same remainder."""
    account = next(f"{number:018}" for number in range(1000) if iban("DE", f"{number:018}").startswith(f"DE{right}"))
    assert Iban.is_valid(f"DE{right}{account}")
    assert stdnum_iban.is_valid(f"DE{alias}{account}", check_country=False)
    assert verdict(Iban, f"DE{alias}{account}").reason == Reason.CHECK_DIGIT


def by_stdnum(text: str) -> str | None:
    """The clean value by stdnum, with the two exceptions that the docstring names; ``None`` if it is invalid."""
    written = "".join(character for character in text if character not in BLANK)
    # stdnum also removes hyphens and full stops, and reads characters that look like others.
    if not re.fullmatch("[A-Za-z0-9]+", written) or not stdnum_iban.is_valid(written, check_country=False):
        return None
    number = stdnum_iban.compact(written)
    if not "02" <= number[2:4] <= "98":
        return None
    account = number[4:]
    if number.startswith("NO") and account.startswith("0000"):  # seven digits of postgiro, to older versions of python-stdnum
        return str(number) if AccountNumber.is_valid(account) else None
    return None if number.startswith("NO") and not kontonr.is_valid(account) else str(number)


HEADS = st.sampled_from([*countries(), "ZZ", "no", "Gb", "US", ""])
#: Texts similar to IBANs.
SIMILAR = st.builds("{}{}{}".format, HEADS, st.text("0123456789", max_size=3), st.text("0123456789Aa -.O", max_size=34))
#: IBANs with one character changed.
CHANGED = st.builds(
    lambda text, at, other: text[: at % len(text)] + other + text[at % len(text) + 1 :],
    ibans() | strategies.ibans(),
    st.integers(0, 40),
    st.text("0123456789ANO \u200b-ſ", max_size=2),
)


@given(SIMILAR | CHANGED | st.text() | ibans() | strategies.ibans() | st.sampled_from(OFFICIAL))
def test_agrees_with_stdnum(text: str) -> None:
    assert (str(Iban(text)) if Iban.is_valid(text) else None) == by_stdnum(text)


@pytest.mark.parametrize("country", countries())
@given(data=st.data())
def test_every_country(country: str, data: st.DataObject) -> None:
    """Made by its format in the registry, an IBAN is accepted; with a character more or less, its length is wrong."""
    number = data.draw(strategies.ibans(country=country))
    accounts = accounts_of(country)
    assert accounts
    assert (verdict(Iban, number), len(number)) == (number, 4 + accounts.length)
    for other in (number[:-1], number + "0"):
        assert verdict(Iban, other).reason == Reason.LENGTH


@given(st.text("0123456789", min_size=11, max_size=11) | account_numbers())
def test_account_number_decides(account: str) -> None:
    """Of a Norwegian IBAN: verdict and reason are those of the account number."""
    inner, outer = AccountNumber.problem(account), Iban.problem(iban("NO", account))
    assert (inner and inner.reason) == (outer and outer.reason)


@given(ibans())
def test_reads_what_is_written(number: str) -> None:
    """What an IBAN and an account number write is read as the same value."""
    made = Iban(number)
    assert Iban(made.formatted) == Iban(made.formatted.lower()) == made == number
    account = made.account_number
    assert (account is not None) is (made.country == "NO")
    if account:
        assert Iban(account.iban) == made
        assert account.iban == made.formatted


@given(st.sampled_from([*TEXTS.values()]) | st.text() | st.from_type(object))
def test_hostile_values(value: object) -> None:
    assert Iban.is_valid(value) is (Iban.problem(value) is None)


def test_separators() -> None:
    assert Dashed("NO93-8601-1117-947") == "NO9386011117947"
    schemas = [TypeAdapter(field).json_schema()["pattern"] for field in (Dashed, Iban)]
    assert [bool(re.search(schema, "no93-8601-1117-947 ")) for schema in schemas] == [True, False]
    assert Dashed("NO93\u200b86011117947") == "NO9386011117947"


@given(ibans())
def test_clean_pattern(number: str) -> None:
    assert re.search(TypeAdapter(Iban).json_schema(mode="serialization")["pattern"], number)


def test_facts() -> None:
    assert Iban("NO9386011117947").facts() == {Phrase.FACT_COUNTRY: "NO", Phrase.FACT_ACCOUNT_NUMBER: "8601.11.17947"}
    assert Iban("GB29NWBK60161331926819").facts() == {Phrase.FACT_COUNTRY: "GB"}


@given(st.lists(SIMILAR | CHANGED | ibans(), max_size=20))
def test_columns(texts: list[str]) -> None:
    checked = check(Iban, texts)
    problems = [Iban.problem(text) for text in texts]
    assert checked.reasons.to_pylist() == [problem and str(problem.reason) for problem in problems]
    assert checked.clean().to_pylist() == [None if problem else str(Iban(text)) for text, problem in zip(texts, problems)]


def test_column_with_every_length() -> None:
    """Each length is a problem of its own, for all of which a column has room."""
    texts = [f"{country}00" for country in countries()]
    problems = check(Iban, texts).counts()
    assert sum(problems.values()) == len(texts)
    lengths = {problem.params["length"] for problem in problems}
    assert lengths == {len(generated(chooser(1), country=country)) for country in countries()}


@pytest.mark.parametrize("field", [Iban, Dashed], ids=lambda field: field.__name__)
@given(data=st.data())
def test_strategies(field: type[Iban], data: st.DataObject) -> None:
    assert field.is_valid(data.draw(strategies.values(field)))
    assert type(data.draw(st.from_type(field))) is field
    assert not field.is_valid(data.draw(strategies.near_misses(field))[1])
    assert field.is_valid(data.draw(strategies.ibans(formatted=True)))
    for reason in ("characters", "format", "country", "length", "check_digit", "series", "type", "required"):
        problem = field.problem(data.draw(strategies.invalid(field, reason=reason)))
        assert problem is not None
        assert problem.reason == reason


def test_unknown_country() -> None:
    with pytest.raises(ValueError, match="the IBAN registry has no country 'ZZ'"):
        generated(chooser(1), country="ZZ")


@pytest.mark.parametrize("name", ["IBAN", "iban", "Iban-nummer", "IBAN number"])
def test_guess(name: str) -> None:
    assert guess_fields([name]) == {name: Iban}


def test_form() -> None:
    """Wide enough for the longest IBAN."""
    assert appearance(Iban.rule).attributes["size"] == "34"


def test_not_in_javascript() -> None:
    assert "iban" not in rules()


def test_pydantic() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Iban)
    assert adapter.validate_python("no93 8601 1117 947") == "NO9386011117947"
    with pytest.raises(ValidationError) as raised:
        adapter.validate_python("NO93")
    (error,) = raised.value.errors()
    assert (error["type"], error["msg"]) == ("TEXT_FIELD_CONTENTS_ERROR", "Skriv inn et gyldig IBAN.")
    assert error["ctx"] == {"reason": "length", "length": 15}
    assert "NO93" not in str(raised.value)


def test_explain() -> None:
    shown = run("explain", "iban", "NO93 8601 1117 947", "--locale", "en").stdout
    assert "8601.11.17947" in shown
    assert run("explain", "iban", "NO92 8601 1117 947").exit_code == 1

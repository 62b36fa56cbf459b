"""nofields.js and Python agree on every text: verdict, clean value, key, reason, explanation and parameters."""

from __future__ import annotations

import re
from itertools import chain, groupby, islice, product
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

import nofields.export
from helpers.javascript import answers, in_javascript
from helpers.mutations import STRANGE, mutated
from helpers.parity import alike, checked
from helpers.values import POLICIES, policy, published
from nofields.characters import INVISIBLE, WHITE_SPACE
from nofields.export.rules import rules
from nofields.fields import BY_NAME
from nofields.rules import DigitRule

FIELDS = list(rules())
SOURCES = Path(nofields.export.__file__).parent / "static"
PUBLISHED = ("person_id", "orgnr", "mva", "kontonr", "iban", "postnr", "phone", "mobile")
HOSTILE = [
    "",
    " ",
    "\u00a0\t",
    "\n",
    "0",
    "00000000000",
    "000000000",
    "0000",
    "00000000",
    "9" * 64,
    "9" * 65,
    " " * 64,
    " " * 65,
    *(f"{' ' * blanks}974 760 673" for blanks in (53, 54, 60_000)),
    *(f"8601.11.17947{' ' * blanks}" for blanks in (51, 52)),
    *(f"{' ' * blanks}2345676" for blanks in (57, 58)),
]
HOSTILE += [
    "😀" * 40,
    "😀" * 65,
    "\ud800" * 64,
    "1" * 1000,
    "A" * 128 + "a1",
    "Aa1" * 43,
    "Ab1😀😀😀😀",
    "NaN",
    "null",
    "__proto__",
    "1e9",
]
HOSTILE += [
    "29.02.2023",
    "29.2.2024",
    "29.02.1900",
    "29.02.2000",
    "0.1.2020",
    "1.0.2020",
    "1.13.2020",
    "31.04.2020",
    "1.1.0000",
    "1.1.0001",
]
HOSTILE += [
    *("31/12/2016", "31-12-2016", "31 12 2016", "31. 12.\u00a02016", "31.12 2016", "31/12.2016", "31 .12.2016", "31/12/16"),
    *("31122016", "20161231", "20101231", "32132016", "20131813", "12312016", "31121799", "29021900", "22001231", "2016 1231"),
    *("31.12.2016\u200e", "\ufeff31.12.2016", "3\u00ad1/12/2016", "2016\u200b1231", "30\u200b 2 2016", "31.12.2016\u0085"),
]
HOSTILE += [
    "2024-2-29",
    "2024-02-30",
    "+47",
    "0047",
    "+4747474747",
    "47474747",
    "4747474747",
    "++4740612345",
    "+47+4740612345",
    "00",
    "+46",
]
HOSTILE += [
    "12+4740612345",
    "-0",
    "-",
    "1,",
    ",5",
    "1.5.5",
    "1,5",
    "--1",
    "1 000,5",
    "999999999_x",
    "310926833_x",
    "1_x",
    "12345678901",
]
HOSTILE += [
    "018",
    "0018",
    "000-",
    "1234567897",
    "12345 67897",
    "202600113-",
    " 202600113 -\u00a0",
    "20260011-3",
    "202600113--",
    "202600113😀",
    "0000000000000000000000018",
    "00000000000000000000000018",
    "00000000000000000000006-",
]


DATE_FORMS = ["{0:02}.{1:02}.{2:04}", "{0}. {1}. {2:04}", "{0}/{1}/{2:04}", "{0}-{1}-{2:04}", "{0} {1} {2:04}"]
DATE_FORMS += ["{2:04}-{1:02}-{0:02}", "{0:02}{1:02}{2:04}", "{2:04}{1:02}{0:02}", "{0}.{1}/{2:04}", "{1:02}{0:02}{2:04}"]


def in_python(name: str, value: object) -> dict[str, Any]:
    return checked(BY_NAME[name], value)


def differences(questions: list[tuple[str, Any, str]]) -> list[tuple[object, ...]]:
    """The questions to which JavaScript and Python give different answers."""
    different: list[tuple[object, ...]] = []
    found = answers((name, value, {"synthetic": synthetic}) for name, value, synthetic in questions)
    pairs = zip(questions, found, strict=True)
    for synthetic, group in groupby(pairs, key=lambda pair: pair[0][2]):
        with policy(synthetic):
            for (name, value, _), answer in group:
                if alike(answer) != (expected := in_python(name, value)):
                    different.append((name, value, synthetic, answer, expected))
    return different


@pytest.mark.parametrize("synthetic", ["", "bogus", "only ", True, None, 1, {}])
def test_unknown_setting(synthetic: Any) -> None:
    """Anything but the three words counts as ``reject``."""
    values = ["03851598730", "20036914700"]
    assert [answer["valid"] for answer in in_javascript("fnr", values, synthetic)] == [False, True]


@pytest.mark.parametrize("value", [None, "", " \u200b", "974760673", "974760674"])
def test_optional(value: object) -> None:
    """A value that is not required may be empty, and is checked otherwise."""
    (optional,) = answers([("orgnr", value, {"required": False})])
    expected = in_python("orgnr", value)
    assert optional == ({**in_python("orgnr", "974760673"), "clean": None} if expected["reason"] == "required" else expected)


@pytest.mark.parametrize("options", [{"require": False}, {"synthetic": "accept", "Synthetic": "accept"}])
def test_unknown_option(options: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match=r"TypeError: no option (require|Synthetic)"):
        answers([("orgnr", "974760673", options)])


@pytest.mark.parametrize("name", ["email", "toString", "__proto__", "", None])
def test_unknown_field(name: Any) -> None:
    with pytest.raises(AssertionError, match="RangeError: no field"):
        answers([(name, "", {})])


@pytest.mark.parametrize("name", FIELDS)
def test_published_and_hostile_values(name: str) -> None:
    values = [row.value for row in published(*PUBLISHED)] + HOSTILE + STRANGE
    assert differences([(name, value, synthetic) for synthetic in POLICIES for value in values]) == []


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", FIELDS)
def test_generated_and_mutated_values(name: str, count: int) -> None:
    """Half of the values with synthetic ones rejected, a quarter with each other setting."""
    random = Random(name)
    shares = {"reject": count // 2, "accept": count // 4, "only": count // 4}
    questions = [(name, mutated(name, random), synthetic) for synthetic, share in shares.items() for _ in range(share)]
    assert differences(questions)[:5] == []


def test_dates() -> None:
    """In every form, days that exist and days that do not, with characters inserted that count and that do not."""
    random = Random("dates")
    inserted = [*INVISIBLE, *WHITE_SPACE, *"./-0", "\x85", "\x1c"]
    texts = []
    for _ in range(20_000):
        day, month, year = (
            random.randint(0, 32),
            random.randint(0, 13),
            random.choice((random.randint(0, 9999), 1800, 2016, 2199)),
        )
        text = random.choice(DATE_FORMS).format(day, month, year)
        for _ in range(random.choice((0, 0, 1, 2))):
            place = random.randint(0, len(text))
            text = text[:place] + random.choice(inserted) + text[place:]
        texts.append(text)
    assert differences([("date", text, "reject") for text in texts])[:5] == []


@pytest.mark.parametrize("name", FIELDS)
def test_other_types(name: str) -> None:
    values = [None, True, False, 0, 974760673, 1.5, [], ["974760673"], {}, {"value": "1"}]
    for value, answer in zip(values, in_javascript(name, values, "reject"), strict=True):
        expected = in_python(name, value)
        assert all(answer[part] == expected[part] for part in ("valid", "key", "reason")), repr(value)


@pytest.mark.parametrize("file", sorted(SOURCES.rglob("*.js")), ids=lambda file: file.name)
def test_no_rule_in_javascript(file: Path) -> None:
    """A reader contains no list of numbers, no regular expression and no key."""
    script = re.sub(r"//.*|/\*[\s\S]*?\*/", "", file.read_text("utf-8"))
    assert not re.search(r"\[\s*\d+\s*,\s*\d+", script)
    assert not re.search(r"[=(,]\s*/[^/\n]+/[a-z]*[.,;)]", script)
    assert not re.search(r"[A-Z]+_ERROR", script)


#: The parts of written numbers: what precedes them, their digits, their decimals, and what follows.
PARTS = [
    ("", "-", "\u2212 ", "kr ", "KR.-", "\u200b", "\u00ad-", " "),
    (
        *("1234", "1 234", "1.234", "1,234", "12 34", "1\u00a0234\u202f567", "1.234.567", "1,234,567", "1 234.567"),
        *("1\u200b234", "0", "007", "9" * 28, "9" * 30, "9" * 31, "0" * 31, ""),
    ),
    ("", ",5", ".50", ",500", ",-", ",\u2014", ",", ".0", "," + "1" * 29),
    ("", " kr", "kr.", "\u200b\n", " NOK", "-"),
]
JSON_NUMBERS = [
    0,
    -0.0,
    5,
    -5,
    5.0,
    1.5,
    0.1,
    -0.01,
    1234.5,
    25.125,
    1e-7,
    5e-324,
    1e21,
    1.5e21,
    1e30,
    1e300,
    2**53,
    0.30000000000000004,
]


@pytest.mark.parametrize("name", ["number", "amount"])
def test_decimal_numbers(name: str) -> None:
    """As text in many forms, and as numbers of JSON."""
    texts = list(map("".join, product(*PARTS)))
    assert differences([(name, value, "reject") for value in [*texts, *JSON_NUMBERS]])[:5] == []


@pytest.mark.parametrize("name", [name for name in FIELDS if isinstance(BY_NAME[name].rule, DigitRule)])
def test_every_pair_of_separators(name: str) -> None:
    """Between the groups of the written form, for a valid value and for one with a wrong last digit."""
    field = BY_NAME[name]
    rule = cast(DigitRule, field.rule)
    right = field.examples[0]
    between = ["", *rule.separators, ".", ",", "-", "/"]
    texts = []
    for digits in (right, f"{right[:-1]}{(int(right[-1]) + 1) % 10}"):
        rest = iter(digits)
        parts = ["".join(islice(rest, len(group))) for group in re.findall("#+", rule.written)]
        for gaps in product(between, repeat=len(parts) - 1):
            texts.append("".join(chain.from_iterable(zip(parts, (*gaps, "")))))
    assert differences([(name, text, synthetic) for synthetic in POLICIES for text in texts])[:5] == []

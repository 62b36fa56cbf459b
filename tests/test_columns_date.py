"""Columns of dates: shapes of texts, patterns that treat all digits alike, the calendar."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nofields
from helpers.columns import LAYOUTS, Texts, scalar, verdicts
from helpers.field_texts import AskedLimit, EightDigits, OddDates, ThisCentury, ThisMillennium
from nofields import NorwegianDate
from nofields.characters import WHITE_SPACE
from nofields.columns import check, date
from nofields.columns.date import treats_digits_alike
from nofields.columns.plain import PlainKernel

KINDS = ("utf8", "large_utf8", "string_view")
ALIKE = ["[0-9]", "[0-9]{1,2}", "[0-9]{4}", r"\d+", r"\d*?", "[^0-9]", "[0-9.-]", r"[0-9\-]", r"[\d ]", r"\s*", r"\.", "/", "-"]
ALIKE += ["a", "é", "٣", "[./-]", "[ \t\u00a0]*", "(?:[0-9]|x)", "(a|[0-9])?", "(?P<d2>[0-9]+)"]
#: Most of these do not treat all digits alike; of the others it is too hard to say.
NOT_ALIKE = ["0", "1?", "[0-8]", "[1-9]", "[0-3][0-9]", "[09]", r"[\d0]", "[^0]", "[+-9]", "[ -~]", "[.-/0]", "(?!0)"]
NOT_ALIKE += ["(?=[0-9])", "(?<=1)", "(?#0)", "[]0]", "[^]0]", r"\x30", r"\060", r"\N{DIGIT ZERO}", r"[a\]0]", r"[\0-9]"]
NOT_ALIKE += ["[!-0-9]", "[0-90]"]
#: Parts of patterns, and whether each treats all digits alike.
PARTS = {**dict.fromkeys(ALIKE, True), **dict.fromkeys(NOT_ALIKE, False)}


@pytest.mark.parametrize(("pattern", "alike"), PARTS.items())
def test_patterns_that_treat_digits_alike(pattern: str, alike: bool) -> None:
    re.compile(pattern)
    assert treats_digits_alike(pattern) is alike
    assert treats_digits_alike(f"[0-9](?:{pattern}|x)[.]{pattern.replace('d2', 'd3')}") is alike


@pytest.mark.parametrize(
    "pattern", ["(?i)[0-9]a", r"([0-9])\1", "(?P<d>[0-9])(?P=d)", "(?P<d>[0-9])?(?(d)1|2)", "(?x)[0-9] #0"]
)
def test_patterns_of_more_than_one_part(pattern: str) -> None:
    """Flags, back references and conditions are not read."""
    re.compile(pattern)
    assert not treats_digits_alike(pattern)


@given(
    st.lists(st.sampled_from(list(PARTS)), max_size=5),
    st.text("0123456789.-/ aé٣\t", max_size=8),
    st.text("0123456789", min_size=1),
)
def test_digits_make_no_difference(parts: list[str], text: str, others: str) -> None:
    """If a pattern treats all digits alike, its groups stand where they stand in the same text with other digits."""
    named = [part.replace("<d2>", f"<d2{'x' * place}>") for place, part in enumerate(parts)]
    pattern = "".join(named)
    changed = "".join(others[place % len(others)] if each in "0123456789" else each for place, each in enumerate(text))
    if treats_digits_alike(pattern):
        first, second = (re.search(pattern, each) for each in (text, changed))
        assert (first and first.regs) == (second and second.regs)


def assert_agrees(texts: Texts, layouts: tuple[str, ...] = KINDS, field: type[NorwegianDate] = NorwegianDate) -> None:
    expected = [scalar(field, text) for text in texts]
    for layout in layouts:
        actual = verdicts(check(field, LAYOUTS[layout](texts)))
        assert list(zip(texts, actual)) == list(zip(texts, expected)), layout


#: Texts for the patterns of a field: right ones, and ones that are nearly so.
OF_PATTERNS: dict[type[NorwegianDate], Texts] = {
    EightDigits: [
        "31122016",
        "31112016",
        "3112016",
        "311220160",
        " 31122016 ",
        "31.12.2016",
        "00000000",
        "0112201x",
        "٣1122016",
    ],
    ThisMillennium: ["31.12.2016", "31.12.1016", "1.1.2000", "0.0.2000", "30.2.2016", "39.12.2016", "41.12.2016", "1.1.3000"],
    OddDates: [
        *(
            "161231",
            "000101",
            "161301",
            "1/1/2016",
            "001/0012/02016",
            "00001/1/1",
            "1 / 2 / 99999",
            "1/1/1",
            "31/12/16",
            "٣/1/2016",
        ),
        *(
            "201 -1-1",
            " 201-1-1",
            "2 16-1-1",
            "2016-1-1",
            "2016-",
            "2016-12",
            "2016--",
            "2016-00012-31",
            "2016-1-00031",
            "    -1-1",
        ),
        *("3/4/5", "3/4/20\u0661\u0666", "3/12345/5", "1/2/3    ", "  1/2/3", "1.1/1"),
    ],
}


#: Texts for the forms of a date: right ones, and ones that are nearly so.
OF_FORMS: dict[str, Texts] = {
    "separators": ["31/12/2016", "31-12-2016", "31 12 2016", "31\u00a012\t2016", "1/1/16", "1/1.2016", "1-1-2016", "30-2-2016"],
    "full stops": ["31. 12. 2016", "31.\u00a012.2016", "31.12. 2016", "31 .12.2016", "30. 2. 2016", "31.  12.\t\t2016"],
    "digits": [
        "31122016",
        "20161231",
        "20101231",
        "32132016",
        "20131813",
        "20163131",
        "21234567",
        "31121799",
        "18001231",
        "3112",
    ],
    "digits around": ["311220161", "a20161231", "20161231 ", "\u200b20161231", "2016\u200b1231", "00000000", "01011800"],
    "invisible": ["31.12.2016\u200e", "\ufeff31.12.2016", "31.\u00ad12.2016", "\u200b", "31.1\u200b2.2016", "30.\u200b2.2016"],
    "near the limit": ["1.1.2000", "31.12.1999", "31/12/1999", "01012000", "19991231", "31. 12. 2099", "1.1.2100", "1-1-2100"],
}


@pytest.mark.parametrize("field", [NorwegianDate, ThisCentury, AskedLimit], ids=lambda field: field.__name__)
@pytest.mark.parametrize("texts", OF_FORMS.values(), ids=OF_FORMS)
def test_forms(field: type[NorwegianDate], texts: Texts) -> None:
    """Also in the company of each other, and of texts whose shapes fill the memory."""
    assert_agrees([*texts, None, *texts[::-1]], tuple(LAYOUTS), field=field)
    assert_agrees([text for each in OF_FORMS.values() for text in (*each, "31.12.2016")], field=field)


@pytest.mark.skipif(not nofields.native, reason="without the extension, all dates are read by distinct value")
@pytest.mark.parametrize(
    "text", ["31.12.2016", "1.1.2016", "2016-12-31", "31/12/2016", "31-12-2016", "31 12 2016", "31. 12. 2016"]
)
@pytest.mark.parametrize("field", [NorwegianDate, ThisCentury], ids=lambda field: field.__name__)
def test_usual_forms_are_read_by_their_shape(field: type[NorwegianDate], text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extension reads the digits of every row: the scalar check is not asked for each distinct value."""
    texts: Texts = [text, text.replace("1", "0"), text.replace("6", "5")]
    expected = [scalar(field, each) for each in texts]
    monkeypatch.setattr(PlainKernel, "classify", None)
    assert verdicts(check(field, LAYOUTS["utf8"](texts))) == expected


@pytest.mark.parametrize("first", ["[0-3]", "[^4-9]", r"(?:0|1|2|3)", "[012]?[0-9]??", r"\d"])
def test_pattern_before_another(first: str) -> None:
    """Texts of one shape are read by different patterns, in their order."""
    patterns = (f"(?P<day>{first}[0-9])(?P<month>[0-9]{{2}})(?P<year>[0-9]{{4}})", *EightDigits.rule.patterns)
    swapped = "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    for own in (patterns, (patterns[0], swapped), (swapped, patterns[0])):
        field: type[NorwegianDate] = type("Own", (NorwegianDate,), {}, patterns=own)
        assert_agrees(["31122016", "41122016", "20161231", "99991231", "00000000", "3112201", "x1122016"], field=field)


@pytest.mark.parametrize(("field", "texts"), OF_PATTERNS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_own_patterns(field: type[NorwegianDate], texts: Texts) -> None:
    """Groups of any length, with other characters, missing, of digits outside of ASCII; patterns with digits in them."""
    assert {scalar(field, text).valid for text in texts} == {True, False}
    assert_agrees(texts, field=field)


def test_every_character() -> None:
    """In each place of a date, beside every other."""
    characters = [*map(chr, range(128)), "\u00a0", "٣", "９", "²", "😀"]
    places = [(text, place) for text in ("31.12.2016", "2016-02-29", "1.1.2016") for place in range(11)]
    texts: Texts = [text[:place] + each + text[place + 1 :] for text, place in places for each in characters]
    assert_agrees(texts, ("large_utf8", "string_view"))


@pytest.mark.parametrize("year", [0, 1, 3, 4, 100, 400, 1582, 1899, 1900, 1970, 2000, 2023, 2024, 2100, 9999])
def test_days_of_a_year(year: int) -> None:
    """Each day and month of two digits that may be one, and some that are none."""
    days, months = (*range(34), 63, 64, 96, 99), (*range(15), 16, 17, 18, 32, 33, 99)
    assert_agrees([f"{day:02}.{month:02}.{year:04}" for month in months for day in days], ("large_utf8",))


def test_every_year() -> None:
    """The first and the last day, and 29 February."""
    assert_agrees([f"{year:04}-{day}" for year in range(10_000) for day in ("01-01", "02-29", "03-01", "12-31")], ("utf8",))


def test_lengths() -> None:
    """White space of every length around a date: a shape shows fifteen bytes, a view twelve, and 64 characters are read."""
    blanks = [blank * count for blank in (*WHITE_SPACE, ".", "\x1c", "0", "\0") for count in range(8)]
    assert_agrees([before + "1.2.2016" + behind for before in blanks for behind in blanks[::3]])
    cut = ("31.12.2016 \0\0\0\0\0", "0000000000000000", "2016-12-31")
    assert_agrees([text[:length] for text in cut for length in range(17)])


@pytest.mark.parametrize("text", ["31.12.2016", "31.2.2016", "x", ""])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\t"], ids=ascii)
def test_fixed_width(text: str, blank: str) -> None:
    """Columns of any fixed width, filled up with blanks."""
    assert_agrees([text + count * blank for count in range(70)])


@pytest.mark.parametrize("count", [1, 63, 64, 65, 127, 128, 129])
def test_new_shapes_between_dates(count: int) -> None:
    """A shape that is met for the first time at any row is described, and its row is read."""
    for odd in ("2016-12-31", "31.2.2016", "x", "", None, " 1.1.2016", "1.1.2016" + 20 * " "):
        assert_agrees(["31.12.2016"] * count + [odd] + ["30.12.2016"] * count + [odd], ("utf8", "string_view"))


def test_more_shapes_than_are_described() -> None:
    """Rows of the shapes that come too late get the same answers."""
    assert_agrees(
        [f"{chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(676)] + ["31.12.2016", "30.2.2016", " ", None] * 9
    )


def test_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that is read in several parts, wherever it begins."""
    monkeypatch.setattr(date, "_ROWS", 7)
    texts: Texts = ["31.12.2016", None, "2016-02-30", "x", "1.1.1" + 20 * " ", "  1.1.0001  ", "", "29.2.2024"] * 11
    assert_agrees(texts, tuple(LAYOUTS))


def test_clean_values_are_dates() -> None:
    """Also where every value needs the scalar check."""
    for texts in (["31.12.2016", None], [20 * " " + "31.12.2016", None], [None], ["x"]):
        clean = check(NorwegianDate, pa.array(texts, pa.string_view())).clean()
        assert clean.type == pa.date32()
        assert clean.to_pylist() == [scalar(NorwegianDate, text).clean for text in texts]

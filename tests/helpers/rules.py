"""Rules of numbers that no field has: any count of digits, sums, kinds, groups and separators."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nofields.characters import DASHES, DIGITS, SOFT_HYPHEN, WHITE_SPACE
from nofields.rules import (
    Affix,
    BirthDate,
    CyclicSum,
    DigitRule,
    Kind,
    PhoneRule,
    ReferenceRule,
    Series,
    WeightedSum,
)

KEY = "TEXT_FIELD_CONTENTS_ERROR"
#: Separators in and outside ASCII, of every count of bytes in UTF-8.
MARKS = "-./_,+:;·–—―‧\u2212\u200b\u3000😀"
#: More separators than the extension takes.
MANY_MARKS = "".join(map(chr, range(0x2500, 0x2560, 2)))


def separators(marks: str = MARKS) -> st.SearchStrategy[str]:
    """White space or not, and a few marks, or more than the extension takes."""
    some = st.lists(st.sampled_from([*WHITE_SPACE, *marks]), max_size=6, unique=True).map("".join)
    return st.just(WHITE_SPACE) | some | some.map((WHITE_SPACE + "-").__add__) | st.just(WHITE_SPACE + MANY_MARKS)


def weighted_sums(digits: int) -> st.SearchStrategy[WeightedSum]:
    """Sums over some of the digits by any modulus, 97 among them."""

    def of(modulus: int) -> st.SearchStrategy[WeightedSum]:
        weights = st.lists(st.integers(-3, modulus), max_size=digits + 2).map(tuple)
        return st.builds(
            WeightedSum, weights, st.frozensets(st.integers(0, modulus - 1), min_size=1, max_size=4), st.just(modulus)
        )

    return st.sampled_from([1, 2, 7, 10, 11, 97]).flatmap(of)


def kinds(number: int, dated: bool) -> st.SearchStrategy[Kind]:
    dates = st.builds(BirthDate, st.just(()), st.sampled_from([0, 40]), st.sampled_from([0, 20, 40, 65, 80]))
    return st.builds(
        Kind,
        st.just(f"kind{number}"),
        st.sampled_from(Series),
        st.just(DIGITS) | st.sets(st.sampled_from(DIGITS), min_size=1).map("".join),
        st.none() | dates if dated else st.none(),
    )


@st.composite
def digit_rules(draw: st.DrawFn) -> DigitRule:
    """Rules of 1 to 20 digits in 1 to 4 groups."""
    digits = draw(st.integers(1, 20))
    written, *grouped = draw(st.lists(groupings(digits), min_size=1, max_size=3))
    of = [draw(kinds(number, digits >= 6)) for number in range(draw(st.integers(1, 4)))]
    accept = draw(st.none() | st.frozensets(st.sampled_from([kind.name for kind in of])))
    sums = tuple(draw(st.lists(weighted_sums(digits), max_size=4)))
    return DigitRule(
        key=KEY,
        digits=digits,
        written=written,
        grouped=tuple(grouped),
        affixes=tuple(draw(st.lists(affixes(digits), max_size=3))),
        kinds=tuple(of),
        sums=sums,
        separators=draw(separators()),
        accept=accept,
    )


@st.composite
def groupings(draw: st.DrawFn, digits: int) -> str:
    """One to four groups of digits."""
    cuts = sorted(draw(st.sets(st.integers(1, digits - 1), max_size=3))) if digits > 1 else []
    return " ".join("#" * (end - start) for start, end in zip([0, *cuts], [*cuts, digits]))


def affixes(digits: int) -> st.SearchStrategy[Affix]:
    """What stands around digits: letters, signs or digits, some with a sum of their own."""
    remainder = st.integers(0, 96).map(lambda one: frozenset({one}))
    sums = st.builds(WeightedSum, st.just(tuple(range(1, min(digits, 14) + 3))), remainder, st.sampled_from([2, 97]))
    return st.sampled_from([Affix("no"), Affix("no", "mva"), Affix("", "mva"), Affix("0192:"), Affix("n-"), Affix("47")]) | (
        st.builds(Affix, st.sampled_from(["no", "x"]), st.just(""), st.just(2), sums)
    )


@st.composite
def reference_rules(draw: st.DrawFn) -> ReferenceRule:
    """Rules of references with one to three sums and none to two signs of ten."""
    low = draw(st.integers(1, 30))
    sums = st.builds(
        CyclicSum,
        st.lists(st.integers(1, 9), min_size=1, max_size=7).map(tuple),
        st.sampled_from([7, 10, 11, 97]),
        st.booleans(),
        st.sampled_from(["", "", "-", "X"]),
    )
    high = low + draw(st.integers(0, 30))
    drawn = draw(st.lists(sums, min_size=1, max_size=3))
    return ReferenceRule(key=KEY, min=low, max=high, sums=tuple(drawn), separators=draw(separators("-/:·😀")))


def phone_rules() -> st.SearchStrategy[PhoneRule]:
    """Rules of Norwegian and other phone numbers; those of some regions go by more than five digits."""
    places = st.sampled_from(
        [(8, "47", ("NO", "SJ")), (8, "47", ("SJ",)), (8, "45", ("DK",)), (9, "46", ("SE",)), (7, "354", ("IS",))]
    )

    def of(place: Any) -> st.SearchStrategy[PhoneRule]:
        digits, code, regions = place
        return st.builds(
            PhoneRule,
            key=st.just(KEY),
            digits=st.just(digits),
            country_code=st.just(code),
            regions=st.just(regions),
            mobile_only=st.booleans(),
            separators=separators("-/:·😀"),
        )

    return places.flatmap(of)


def texts_of(rule: Any) -> st.SearchStrategy[str]:
    """Texts similar to numbers of a rule: of about the right length, with its separators, prefixes and strange characters."""
    counts = range(rule.min, rule.max + 1) if isinstance(rule, ReferenceRule) else range(rule.digits, rule.digits + 1)
    tens = "".join(each.ten for each in rule.sums) if isinstance(rule, ReferenceRule) else ""
    numbers = st.sampled_from(counts).flatmap(lambda count: st.text(DIGITS, min_size=count, max_size=count))
    numbers |= st.text("01", min_size=counts[0], max_size=counts[-1])
    if tens:
        numbers |= st.tuples(numbers, st.sampled_from(tens)).map(lambda pair: pair[0][:-1] + pair[1])
    marks = st.text([*rule.separators, " "], max_size=2)
    places, around = st.sets(st.integers(0, counts[-1]), max_size=4), st.sampled_from(_AROUND)
    return st.one_of(
        numbers,
        st.builds(_spread, numbers, places, marks),
        st.builds(_spread, numbers, st.just(set(_ends(rule))), marks),
        st.builds(_spread, numbers, places, st.characters() | st.sampled_from("٣９²\ud800\0+eE.,-")),
        st.builds(str.__add__, st.sampled_from(_BEFORE), numbers),
        st.builds("{}{}{}".format, around, st.builds(_spread, numbers, places, marks), around),
        st.builds(str.__add__, numbers, st.text([*DASHES, SOFT_HYPHEN, "\u200b", " ", "-"], max_size=3)),
        st.text([*DIGITS, *rule.separators, *tens, *"+-eE., x\u2212\u00a0"], max_size=70),
    )


_BEFORE = ["+", "00", "+47", "0047", "47", "+46", "46", "+354", "0045", "(+47)", "(47)", "tel:+47", "tel:", "(+46", "TEL: +46 "]
_AROUND = [
    "",
    "",
    "NO",
    "no ",
    "n\u00ado",
    "MVA",
    " mVa",
    "N-",
    "0192:",
    "NO93",
    "NOP3",
    "x12",
    "xx2",
    "\u200e",
    "\ufeff",
    "-",
    "NOMVA",
]


def _spread(number: str, places: set[int], mark: str) -> str:
    return "".join(mark * (place in places) + digit for place, digit in enumerate(number))


def _ends(rule: Any) -> list[int]:
    groups = getattr(rule, "written", "").split()
    return [sum(map(len, groups[:number])) for number in range(1, len(groups))]

"""The pattern of the texts that a notation accepts, for JSON Schema."""

from __future__ import annotations

from itertools import groupby

from nofields.characters import DIGITS
from nofields.check.base import any_of, either_case
from nofields.check.notation import SCHEME, Notation
from nofields.rules import Affix


def clean_pattern(notation: Notation) -> str:
    """Return the pattern of clean numbers."""
    low, high = notation.counts[0], notation.counts[-1]
    if not notation.last:
        return f"^[0-9]{times(low, high)}$"
    return f"^[0-9]{times(low - 1, high - 1)}{any_of(DIGITS + notation.last, '')}$".replace(DIGITS, "0-9")


def accepted_pattern(notation: Notation) -> str:
    """Return the pattern of all texts that may be numbers, with separators where they may stand.

    ECMA-262, without lookaround. It promises no more than that: check digits and series are not in it, nor whether a
    country code has both parentheses.
    """
    blank, visible = any_of(notation.anywhere), any_of(notation.anywhere + notation.between)
    either = numbers(notation)
    if notation.country_code:
        return f"^{blank}{_country_code(notation.country_code, blank, visible)}{either}{blank}$"
    parts = []
    for after, affixes in groupby(sorted(notation.affixes, key=lambda each: each.after), lambda each: each.after):
        before = [_before(each, blank) for each in affixes]
        named = f"(?:{either_of([*filter(None, before)])}{visible if notation.between else ''})" if any(before) else ""
        optional = "?" if named and "" in before else ""
        parts.append(f"{named}{optional}{either}{''.join(blank + each for each in either_case(after))}")
    return f"^{blank}{either_of(parts)}{blank}$"


def numbers(notation: Notation) -> str:
    """Return the pattern of a number without affixes: ungrouped, or with separators between all groups of a grouping."""
    blank = any_of(notation.anywhere)
    groupings = notation.groupings if notation.between else ()
    return either_of([_ungrouped(notation, blank), *(_grouped(notation, groups, blank) for groups in groupings)])


def _ungrouped(notation: Notation, blank: str) -> str:
    low, high = notation.counts[0], notation.counts[-1]
    if not notation.last:
        return f"(?:[0-9]{blank}){times(low - 1, high - 1)}[0-9]" if blank else f"[0-9]{times(low, high)}"
    last = any_of(DIGITS + notation.last + notation.dashes, "").replace(DIGITS, "0-9")
    return f"(?:[0-9]{blank}){times(low - 1, high - 1)}{last}"


def _grouped(notation: Notation, groups: tuple[int, ...], blank: str) -> str:
    """Return the pattern of digits in groups, with separators of any kind between every two of them."""
    between = any_of(notation.anywhere + notation.separators_of(groups), "+")
    parts = [f"[0-9](?:{blank}[0-9]){times(count - 1, count - 1)}" if count > 1 else "[0-9]" for count in groups]
    return between.join(parts)


def _country_code(code: str, blank: str, visible: str) -> str:
    scheme = "".join(each + blank for each in either_case(SCHEME))
    code = "".join(each + blank for each in code)
    return f"(?:{scheme}{visible})?(?:(?:[(]{blank})?(?:[+]{blank}|0{blank}0{blank})?{code}(?:[)]{blank})?{visible})?"


def _before(affix: Affix, blank: str) -> str:
    return "".join(each + blank for each in (*either_case(affix.before), *["[0-9]"] * affix.head))


def times(low: int, high: int) -> str:
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"


def either_of(patterns: list[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"

"""Patterns of the ways to write a number, for JavaScript. Unlike those of JSON Schema they are exact."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nofields.characters import BLANK, DIGITS, INVISIBLE
from nofields.check.accepted import either_of, numbers, times
from nofields.check.base import any_of, either_case
from nofields.check.notation import Notation
from nofields.check.reading import ReadingCheck
from nofields.export.exported import compact

#: Blanks at the ends of a text; these and invisible characters.
BLANK_ENDS = f"^{any_of(BLANK, '+')}|{any_of(BLANK, '+')}$"
INVISIBLE_OR_BLANK_ENDS = f"{BLANK_ENDS}|{any_of(INVISIBLE, '')}"


def inside(characters: str) -> str:
    """Return characters as they are written between the brackets of a regular expression."""
    return any_of(characters, "")[1:-1]


def notation_of(check: ReadingCheck) -> dict[str, object]:
    """Return how the numbers of a check may be written, for ``static/written.js``."""
    notation = check.notation()
    low, high = notation.counts[0], notation.counts[-1]
    parts = {
        "low": low,
        "high": None if high == low else high,
        "anywhere": inside(notation.anywhere),
        "between": inside(notation.between),
        "shape": shape(notation),
        "placed": placed(notation),
        "foreign": foreign(notation),
        "secret": check.rule.secret,
    }
    return compact(parts)


def shape(notation: Notation) -> str:
    """Return the pattern of a number of any count of digits, without separators. Its groups are the digits after the head."""
    first, further = ("([0-9]+-?|-)", "([0-9]*-?)") if notation.last else ("([0-9]+)", "([0-9]*)")
    codes = [each.before for each in notation.affixes if each.before and not each.before.strip(DIGITS)]
    # Digits behind a country code of digits, before digits of any count: those without a country code.
    forms = [f"{_any_word(codes)}([0-9]{{{notation.counts[0]}}})"] if codes else []
    ends: dict[tuple[str, int], list[str]] = {}
    for affix in notation.affixes:
        ends.setdefault((affix.before, affix.head), []).append(affix.after)
    alike: dict[tuple[bool, int, str], list[str]] = {}
    for (before, head), afters in ends.items():
        alike.setdefault((bool(before), head, _any_word(afters)), []).append(before)
    for (named, head, after), befores in alike.items():
        skipped = f"[0-9]{times(0, head)}" if head else ""
        forms.append(f"{_any_word(befores)}{skipped}{further if named else first}{after}")
    return f"^{either_of(forms)}$"


def placed(notation: Notation) -> str:
    """Return the pattern of a number whose separators stand where they may; empty if they may stand anywhere.

    Which letters belong together is left to :func:`shape`.
    """
    if not notation.between:
        return ""
    blank, separators = any_of(notation.anywhere), any_of(notation.anywhere + notation.between)
    leads = []
    for head, alike in groupby((each for each in notation.affixes if each.before), lambda each: each.head):
        leads.append(_any_word([each.before for each in alike], blank) + (f"(?:[0-9]{blank}){{{head}}}" if head else ""))
    lead = f"(?:{either_of(leads)}{separators})?" if leads else ""
    ends = ["".join(blank + letter for letter in either_case(each.after)) for each in notation.affixes if each.after]
    end = f"(?:{'|'.join(dict.fromkeys(ends))})?" if ends else ""
    return f"^{blank}{lead}{numbers(notation)}{end}{blank}$"


def foreign(notation: Notation) -> str:
    """Return the pattern of how another country's number begins, without separators; empty where only Norwegian ones do."""
    begins = [f"{_any_word([mark])}(?!{notation.country_code})[0-9]{{{count}}}" for mark, count in notation.foreign]
    return f"^{either_of(begins)}" if begins else ""


def dash_at_end(notation: Notation) -> str:
    """Return the pattern of what people write for a hyphen in the last place, and, as its group, of the digits before it."""
    if not notation.dashes:
        return ""
    return f"^([0-9{inside(notation.anywhere)}]*){any_of(notation.dashes, '')}(?={any_of(notation.anywhere)}$)"


def _any_word(words: Sequence[str], blank: str = "") -> str:
    """Return the pattern of any of some words, common beginnings once, with the pattern of blanks behind each letter."""
    rests = {letter: [word[1:] for word in words if word[:1] == letter] for letter in dict.fromkeys(word[:1] for word in words)}
    optional = rests.pop("", None)
    parts = ["".join(either_case(letter)) + blank + _any_word(rest, blank) for letter, rest in rests.items()]
    return (f"(?:{'|'.join(parts)})?" if optional else either_of(parts)) if parts else ""

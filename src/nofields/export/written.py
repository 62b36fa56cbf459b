"""Patterns of the ways to write a number, for JavaScript. Unlike those of JSON Schema they are exact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from nofields.characters import BLANK, DECIMAL_SIGNS, DIGITS
from nofields.check.accepted import either_of, numbers, times
from nofields.check.base import any_of, without
from nofields.check.notation import Notation
from nofields.check.reading import ReadingCheck
from nofields.export.exported import Pattern, compact

#: What ``static/written.js`` reads fast where a rule does not say it: the space.
SPACE_ALONE = 1
#: Blanks at the ends of a text.
BLANK_ENDS = f"^{any_of(BLANK, '+')}|{any_of(BLANK, '+')}$"


def inside(characters: str) -> str:
    """Return characters as they are written between the brackets of a regular expression."""
    return any_of(characters, "")[1:-1]


def escaped(character: str) -> str:
    """Return the pattern of a character of an affix, for the flag ``i``."""
    return character if character.isalnum() else re.escape(character)


def caseless(pattern: str) -> str:
    """Return a pattern with ``k`` for ``[Kk]``, for the flag ``i``."""
    return re.sub("\\[([A-Z])([a-z])]", lambda letter: letter[2] if letter[1].lower() == letter[2] else letter[0], pattern)


def notation_of(check: ReadingCheck) -> dict[str, object]:
    """Return how the numbers of a check may be written, for ``static/written.js``, without its defaults."""
    notation = check.notation()
    low, high = notation.counts[0], notation.counts[-1]
    separators = notation.anywhere + notation.between
    parts = {
        "digits": low,
        "more": high - low or None,
        "separators": None if separators == BLANK else Pattern(any_of(separators, "")),
        **harmless(notation.anywhere, secret=check.rule.secret),
        "shape": Pattern(shape(notation), "i"),
        "placed": _optional(placed(notation)),
        **usual(notation),
        "foreign": _optional(foreign(notation)),
    }
    return compact(parts)


def _optional(pattern: str) -> Pattern | None:
    return Pattern(pattern, "i") if pattern else None


def harmless(anywhere: str, *, secret: bool = False) -> dict[str, str]:
    """Return the characters that a problem does not name, unless they are blanks: all of a secret value."""
    characters = "\\s\\S" if secret else inside(anywhere)
    return {} if characters == inside(BLANK) else {"harmless": characters}


def usual(notation: Notation) -> dict[str, object]:
    """Return the separators that are read fast, a bit for each from U+0020 on, and the gaps of each grouping.

    Decimal signs are among them if they may stand between the groups of every grouping.
    """
    gaps = notation.gaps() if notation.between else []
    between = notation.between if all(decimal for _, decimal in gaps) else without(DECIMAL_SIGNS, notation.between)
    signs = [each for each in " " * (" " in notation.anywhere) + between if " " <= each < "0"]
    usual = sum(1 << ord(each) % 32 for each in signs)
    return {"usual": None if usual == SPACE_ALONE else usual, "gaps": [mask for mask, _ in gaps]}


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
    ends = ["".join(blank + letter for letter in map(escaped, each.after)) for each in notation.affixes if each.after]
    end = f"(?:{'|'.join(dict.fromkeys(ends))})?" if ends else ""
    return f"^{blank}{lead}{numbers(notation)}{end}{blank}$"


def foreign(notation: Notation) -> str:
    """Return the pattern of how another country's number begins, without separators; empty where only Norwegian ones do."""
    marks: dict[int, list[str]] = {}
    for mark, count in notation.foreign:
        marks.setdefault(count, []).append(mark)
    begins = [f"{_any_word(alike)}(?!{notation.country_code})[0-9]{times(count, count)}" for count, alike in marks.items()]
    return f"^{either_of(begins)}" if begins else ""


def dash_at_end(notation: Notation) -> Pattern | None:
    """Return the pattern of what people write for a hyphen in the last place, and, as its group, of the digits before it."""
    if not notation.dashes:
        return None
    return Pattern(f"^([0-9{inside(notation.anywhere)}]*){any_of(notation.dashes, '')}(?={any_of(notation.anywhere)}$)")


def _any_word(words: Sequence[str], blank: str = "") -> str:
    """Return the pattern of any of some words, with the pattern of blanks behind each letter."""
    others = [word for word in words if word]
    patterns = _alternatives(others, blank) if others else []
    if len(others) == len(words):
        return either_of(patterns)
    either = "|".join(patterns)
    return f"{either}?" if len(either) == 1 else f"(?:{either})?" if patterns else ""


def _alternatives(words: Sequence[str], blank: str) -> list[str]:
    """Return the patterns of some words, one for all that end alike or for those with the same first letter."""
    end = words[0]
    while not all(word.endswith(end) for word in words):
        end = end[1:]
    if end:
        rest = _any_word([word.removesuffix(end) for word in words], blank) if len(words) > 1 else ""
        return [rest + "".join(escaped(letter) + blank for letter in end)]
    firsts = {letter: [word[1:] for word in words if word[0] == letter] for letter in dict.fromkeys(word[0] for word in words)}
    return [escaped(letter) + blank + _any_word(rest, blank) for letter, rest in firsts.items()]

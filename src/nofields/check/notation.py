"""How people may write a number: its separators, and what may stand before and after the digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from nofields.characters import (
    AS_NUMBER,
    BLANK,
    DASHES,
    DECIMAL_SIGNS,
    DIGITS,
    INVISIBLE,
    SOFT_HYPHEN,
    WHITE_SPACE,
)
from nofields.check.base import union, without
from nofields.rules import Affix, DigitRule, PhoneRule

#: Flags of a character: a separator that may stand anywhere, or between groups; blank; in no number, float or affix; neither a
#: digit nor a separator that may stand anywhere; written for the further last character.
ANYWHERE, BETWEEN, WHITE, NEVER, STRANGE, DASH = 1, 2, 4, 8, 128, 256
#: The characters that floats are written with, those that can replace each other together.
FLOAT_LETTERS = (DIGITS, "+-", "\u2212", DECIMAL_SIGNS, "eE")
#: What precedes a phone number in a link (RFC 3966).
SCHEME = "tel:"
#: A character's number among these and blanks, above its flags; 1 if it is none of them.
_LETTER = 4


@dataclass(frozen=True)
class Notation:
    """How people may write a number.

    Attributes:
        counts: How many digits it has.
        anywhere: Separators that may stand anywhere.
        between: Separators that may stand between all groups of one grouping, but nowhere else.
        groupings: How many digits each group has, for every way of grouping them.
        affixes: What may stand around the digits; first nothing.
        last: A further character that may stand in the last place.
        dashes: What is also written for it, if there is one. A separator among these stands for it at the end of a text.
        country_code: The country code that begins a national number.
    """

    counts: range
    anywhere: str
    between: str = ""
    groupings: tuple[tuple[int, ...], ...] = ()
    affixes: tuple[Affix, ...] = (Affix(),)
    last: str = ""
    dashes: str = ""
    country_code: str = ""

    @property
    def foreign(self) -> tuple[tuple[str, int], ...]:
        """What marks another country's number, and how many digits must follow: 00 may begin a national number."""
        return (("+", 1), ("(+", 1), (f"{SCHEME}+", 1), ("00", self.counts[0] - 1)) if self.country_code else ()

    @property
    def known(self) -> str:
        """The characters that a number, a float or an affix may have."""
        letters = "".join(each.before + each.after for each in self.affixes)
        return "".join(
            ("".join(FLOAT_LETTERS), BLANK, self.anywhere, self.between, self.last, self.dashes, letters, letters.upper())
        )

    def class_of(self, character: str) -> int:
        """Return the class of a character: flags, and what floats are written with."""
        flags = ANYWHERE * (character in self.anywhere) | BETWEEN * (character in self.between)
        flags |= WHITE * (character in BLANK) | STRANGE * (character not in DIGITS + self.anywhere)
        flags |= NEVER * (character not in self.known) | DASH * (character in self.dashes)
        letters = [number for number, letters in enumerate((*FLOAT_LETTERS, BLANK), 2) if character in letters]
        return flags | (letters[0] if letters else 1) << _LETTER

    def spans_beyond_ascii(self) -> list[tuple[int, int, int]]:
        """Return the first and the last code point and the class of characters outside ASCII that have one of their own."""
        spans: list[tuple[int, int, int]] = []
        for character in sorted({*BLANK, *self.anywhere, *self.between, *self.dashes, "\u2212"}):
            point, kind = ord(character), self.class_of(character)
            if spans and spans[-1][1:] == (point - 1, kind):
                spans[-1] = (spans[-1][0], point, kind)
            elif not character.isascii():
                spans.append((point, point, kind))
        return spans

    def separators_of(self, groups: tuple[int, ...]) -> str:
        """Return what may stand between groups. Not decimal signs between two of them: the value could be a float."""
        return self.between if len(groups) > 2 else without(DECIMAL_SIGNS, self.between)

    def gaps(self) -> list[tuple[int, int]]:
        """Return for each grouping a bit for each gap, in digits from the left, and those where decimal signs may stand.

        Decimal signs are separators like others, unless there are two groups: the value could be a float.
        """
        masks = [sum(1 << place for place in list(accumulate(groups))[:-1]) for groups in self.groupings]
        return [(mask, mask if len(groups) > 2 else 0) for mask, groups in zip(masks, self.groupings)]

    def separates(self, anything: int, between: int, decimals: int) -> bool:
        """Return whether separators stand where they may.

        Args:
            anything: A bit for each place before a digit where a separator of any kind stands.
            between: The same for those that may not stand anywhere.
            decimals: The same for decimal signs among these.
        """
        return not between or any(
            not between & ~gaps and not decimals & ~allowed and anything & gaps == gaps for gaps, allowed in self.gaps()
        )


def digits_notation(rule: DigitRule) -> Notation:
    """Return the notation of a rule with a fixed count of digits."""
    affixes = (Affix(), *rule.affixes)
    return _grouped_notation(rule.digits, rule.separators, (rule.written, *rule.grouped), affixes, "")


def phone_notation(rule: PhoneRule) -> Notation:
    """Return the notation of phone numbers: with a country code, in parentheses or not, and as a link."""
    codes = (rule.country_code, f"+{rule.country_code}", f"00{rule.country_code}")
    before = ("", *codes, *map("({})".format, codes), SCHEME, *map(f"{SCHEME}{{}}".format, codes))
    return _grouped_notation(rule.digits, rule.separators, rule.grouped, tuple(map(Affix, before)), rule.country_code)


def reference_notation(counts: range, separators: str, last: str) -> Notation:
    """Return the notation of numbers of a varying count of digits, whose separators may stand anywhere."""
    dashes = DASHES + SOFT_HYPHEN if last == "-" and last not in separators else ""
    return Notation(counts, union(separators, INVISIBLE), last=last, dashes=dashes)


def blanks(separators: str) -> str:
    """Return the separators that may stand anywhere: the white space among some, and invisible characters."""
    return "".join(each for each in separators if each in WHITE_SPACE) + INVISIBLE


def _grouped_notation(
    digits: int, separators: str, written: Sequence[str], affixes: tuple[Affix, ...], country_code: str
) -> Notation:
    groupings = tuple(tuple(map(len, re.findall("#+", each))) for each in written)
    separators = union(separators, written[0].replace("#", ""))  # the written form is always read
    most = max(map(len, groupings), default=1)
    letters = "".join(each.before + each.after for each in affixes)  # which separate nothing
    visible = without(BLANK + letters + ("" if most > 2 else DECIMAL_SIGNS), separators) if most > 1 else ""
    counts = range(digits, digits + 1)
    return Notation(counts, blanks(separators), visible, groupings, affixes, country_code=country_code)


@cache
def float_automaton() -> bytes:
    """Return the automaton of numbers with decimals or an exponent.

    Returns:
        Eight bytes for each state, the first state being that of the empty text: whether a text that ends here is such a
        number, and the next state for each letter of a class, the last for white space, which counts for nothing.
    """
    pattern, letters = re.compile(AS_NUMBER), ["x", *(group[0] for group in FLOAT_LETTERS)]
    # Two texts are in one state unless one of these endings tells them apart, which a test shows to be enough.
    endings = ("", "0", ".", "+0", "e0", ".0", "+.0", "0e0")
    states: dict[tuple[bool, ...], int] = {}
    rows: list[list[int]] = []
    texts = [""]

    def state_of(text: str) -> int:
        accepted = tuple(pattern.fullmatch(text + ending) is not None for ending in endings)
        if accepted not in states:
            states[accepted] = len(states)
            if text:
                texts.append(text)
        return states[accepted]

    state_of("")
    for text in texts:  # grows
        rows.append([pattern.fullmatch(text) is not None, *(state_of(text + letter) for letter in letters), len(rows)])
    return b"".join(map(bytes, rows))

"""How people may write a number: its separators and prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from nofields.check.base import any_of, without
from nofields.rules import AS_NUMBER, DECIMAL_SIGNS, DIGITS, WHITE_SPACE, DigitRule

#: Flags of a character: a separator that may stand anywhere, or between groups; white space; in no number or float; neither a
#: digit nor a separator that may stand anywhere.
ANYWHERE, BETWEEN, WHITE, NEVER, STRANGE = 1, 2, 4, 8, 128
#: The characters that floats are written with, those that can replace each other together.
FLOAT_LETTERS = (DIGITS, "+-", "\u2212", DECIMAL_SIGNS, "eE")
#: A character's number among these and white space, above its flags; 1 if it is none of them.
_LETTER = 4


@dataclass(frozen=True)
class Notation:
    """How people may write a number.

    Attributes:
        counts: How many digits it has.
        anywhere: Separators that may stand anywhere.
        between: Separators that may stand between all groups, but nowhere else.
        groups: How many digits each group has.
        in_groups: The pattern of digits with separators of any kind between all groups.
        last: A further character that may stand in the last place.
        country_code: A country code that may precede the digits, bare or after a plus or 00.
    """

    counts: range
    anywhere: str
    between: str = ""
    groups: tuple[int, ...] = ()
    in_groups: str = ""
    last: str = ""
    country_code: str = ""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What may precede the digits, separators removed."""
        code = self.country_code
        return ("", code, f"+{code}", f"00{code}") if code else ("",)

    @property
    def foreign(self) -> tuple[tuple[str, int], ...]:
        """What marks another country's number, and how many digits must follow: 00 may begin a national number."""
        return (("+", 1), ("00", self.counts[0] - 1)) if self.country_code else ()

    @property
    def known(self) -> str:
        """The characters that a number or a float may have."""
        return "".join(FLOAT_LETTERS) + WHITE_SPACE + self.anywhere + self.between + self.last

    def class_of(self, character: str) -> int:
        """Return the class of a character: flags, and what floats are written with."""
        flags = ANYWHERE * (character in self.anywhere) | BETWEEN * (character in self.between)
        flags |= WHITE * (character in WHITE_SPACE) | STRANGE * (character not in DIGITS + self.anywhere)
        flags |= NEVER * (character not in self.known)
        letters = [number for number, letters in enumerate((*FLOAT_LETTERS, WHITE_SPACE), 2) if character in letters]
        return flags | (letters[0] if letters else 1) << _LETTER

    @property
    def beyond_ascii(self) -> str:
        """The characters outside ASCII that are not of the class of all others."""
        return "".join(c for c in dict.fromkeys(WHITE_SPACE + self.anywhere + self.between + "\u2212") if not c.isascii())


def digits_notation(rule: DigitRule) -> Notation:
    """Return the notation of a rule with a fixed count of digits."""
    counts, between = range(rule.digits, rule.digits + 1), visible_separators(rule)
    return Notation(counts, blanks(rule), between, tuple(groups(rule)), in_groups(rule))


def groups(rule: DigitRule) -> list[int]:
    """Return how many digits each group of the written form has."""
    return [len(group) for group in re.findall("#+", rule.written)]


def gaps(notation: Notation) -> list[int]:
    """Return the places of the gaps between groups, in digits from the left."""
    return list(accumulate(notation.groups))[:-1]


def blanks(rule: DigitRule) -> str:
    """Return the separators that may stand anywhere: white space."""
    return "".join(each for each in rule.separators if each in WHITE_SPACE)


def visible_separators(rule: DigitRule) -> str:
    """Return the separators that may stand only between groups: all but white space."""
    visible = without(WHITE_SPACE, rule.separators) if len(groups(rule)) > 1 else ""
    return without(DECIMAL_SIGNS, visible) if len(groups(rule)) == 2 else visible


def in_groups(rule: DigitRule) -> str:
    """Return a pattern of the digits in their groups, with separators of any kind between every two of them."""
    blank, between = any_of(blanks(rule)), any_of(blanks(rule) + visible_separators(rule), "+")
    parts = (f"[0-9](?:{blank}[0-9]){{{count - 1}}}" for count in groups(rule))
    return f"{blank}{between.join(parts)}{blank}"


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

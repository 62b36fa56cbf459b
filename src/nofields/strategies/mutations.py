"""Changes to valid values that make them wrong for one reason."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields.characters import DIGITS
from nofields.check.definition import kind_of, satisfies, satisfies_cyclic
from nofields.rules import DigitRule, ReferenceRule

#: Look-alikes of digits, controls, and the neighbours of the digits on a keyboard.
_ODD = "OIlSBZoåØ?!;:_#*()[]{}'\"<>|٣３²Ⅷ\x00\x1c\u3000\ud800😀"


@st.composite
def with_odd_character(draw: DrawFn, texts: SearchStrategy[str]) -> str:
    """Insert one character that no number has."""
    text = draw(texts)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(_ODD)) + text[at:]


def with_wrong_sum(rule: DigitRule, number: str, step: int) -> str:
    """Raise one digit, the last if possible, by ``step`` or more, so that a weighted sum is wrong."""
    raised = (
        number[:place] + str((int(number[place]) + step + more) % 10) + number[place + 1 :]
        for place in reversed(range(len(number)))
        for more in range(9)
    )
    return next(other for other in raised if kind_of(rule, other) and not all(satisfies(each, other) for each in rule.sums))


def with_wrong_check_digit(rule: ReferenceRule, number: str) -> str:
    """Replace the check digit by the first that no sum accepts."""
    others = (number[:-1] + digit for digit in DIGITS)
    return next(other for other in others if not any(satisfies_cyclic(each, other) for each in rule.sums))


def with_day(number: str, day: str) -> str:
    """Replace the day of birth."""
    return day + number[2:]


def with_other_check_digits(iban: str, step: int) -> str:
    """Raise the check digits of an IBAN, from 02 to 98, by ``step``, a number from 1 to 96."""
    return f"{iban[:2]}{(int(iban[2:4]) - 2 + step) % 97 + 2:02}{iban[4:]}"

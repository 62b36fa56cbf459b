"""Pairs of a value and the same with one slip of the fingers."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields.errors import Reason
from nofields.rules import DIGITS
from nofields.strategies.from_type import values
from nofields.value import Field


def near_misses(field: type[Field]) -> SearchStrategy[tuple[str, str]]:
    """Pairs of a text and the same with one slip of the fingers: a wrong digit, two swapped, one lost, one twice.

    The field refuses the second. The first is valid; of a person's or an organisation's number it may be synthetic.
    Raises ``ValueError`` for texts, choices and ranges, most of which take what is mistyped as well.
    """
    if not field.name:
        raise ValueError(f"{field.__name__} has no near misses")

    @st.composite
    def drawn(draw: DrawFn) -> tuple[str, str]:
        text = draw(values(field))
        slips = [slip for slip in _slips(text, draw(st.sampled_from(DIGITS))) if _is_refused(field, slip)]
        return text, draw(st.sampled_from(slips))

    return drawn()


def _slips(text: str, digit: str) -> list[str]:
    """Every slip at every place: a swap, a wrong character, a lost one, one typed twice; and another key at the end."""
    found = [text + "-"]
    for at, character in enumerate(text):
        found += [text[:at] + digit + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + character + text[at:]]
        found.append(text[:at] + text[at + 1 : at + 2] + character + text[at + 2 :])
    return [slip for slip in found if slip != text]


def _is_refused(field: type[Field], slip: str) -> bool:
    """Whether a field refuses a slip for what it is, not for being synthetic."""
    problem = field.problem(slip)
    return problem is not None and problem.reason not in (Reason.SYNTHETIC, Reason.REAL)

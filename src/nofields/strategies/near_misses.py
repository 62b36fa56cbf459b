"""Pairs of a valid value and the same value with one typing error."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields.characters import DIGITS
from nofields.errors import Reason
from nofields.generate.choices import pick
from nofields.strategies.choices import Choices
from nofields.strategies.from_type import candidates, values
from nofields.value import Field


def near_misses(field: type[Field]) -> SearchStrategy[tuple[str, str]]:
    """Generate pairs of a valid text and the same text with one typing error.

    Typing errors are a wrong digit, two swapped ones, a missing one and a repeated one. The field rejects the second
    text. The first may be a synthetic number, which the field accepts only by ``NOFIELDS_SYNTHETIC``.

    Args:
        field: A field type with a short name.

    Raises:
        ValueError: The field is a text, a choice or a range, which accept most typing errors, or accepts no synthetic
            national identity number.
    """
    if not field.name:
        raise ValueError(f"{field.__name__} has no near misses")
    values(field)  # which raises.
    return mistyped(field)


def mistyped(field: type[Field]) -> SearchStrategy[tuple[str, str]]:
    """Generate the pairs of :func:`near_misses`, whose first text the field may reject if it is a synthetic number."""
    texts = candidates(field)

    @st.composite
    def drawn(draw: DrawFn) -> tuple[str, str]:
        choose = Choices(draw)
        text = str(draw(texts))
        slips = _slips(text, pick(choose, DIGITS))
        start = choose(0, len(slips) - 1)
        # Nearly every one is rejected: to check them all takes longer than all the rest.
        return text, next(slip for slip in slips[start:] + slips[:start] if _is_rejected(field, slip))

    return drawn()


def _slips(text: str, digit: str) -> list[str]:
    """Every typing error at every place, and a hyphen at the end."""
    slips = [text + "-"]
    for at, character in enumerate(text):
        slips += [text[:at] + digit + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + character + text[at:]]
        slips.append(text[:at] + text[at + 1 : at + 2] + character + text[at + 2 :])
    return [slip for slip in slips if slip != text]


def _is_rejected(field: type[Field], slip: str) -> bool:
    """Whether a field rejects a text for another reason than its series."""
    problem = field.problem(slip)
    return problem is not None and problem.reason not in (Reason.SYNTHETIC, Reason.REAL, Reason.KIND)

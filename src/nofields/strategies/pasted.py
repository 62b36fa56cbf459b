"""Valid values as people write and paste them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from nofields.characters import DECIMAL_SIGNS
from nofields.check import compile_rule
from nofields.check.definition import satisfies
from nofields.check.notation import Notation
from nofields.check.reading import ReadingCheck
from nofields.rules import Affix
from nofields.strategies.from_type import candidates, values
from nofields.value import Field


def pasted(field: type[Field]) -> SearchStrategy[tuple[str, str]]:
    """Generate pairs of a valid number as it may be pasted and the clean number.

    The pasted text has separators of all kinds, prefixes and suffixes such as a country code, and invisible characters.
    It may be a synthetic number, which the field accepts only by ``NOFIELDS_SYNTHETIC``.

    Args:
        field: A field whose values are digits, such as ``OrganisationNumber`` or ``PhoneNumber``.

    Raises:
        ValueError: The field is of another kind, or accepts no synthetic national identity number.
    """
    check = compile_rule(field.rule)
    if not isinstance(check, ReadingCheck):
        raise ValueError(f"the values of {field.__name__} are not digits")
    notation = check.program.notation
    values(field)  # which raises.

    @st.composite
    def drawn(draw: DrawFn) -> tuple[str, str]:
        number = draw(candidates(field))
        affix = draw(st.sampled_from(notation.affixes))
        text = affix.before + _head(affix, number) + _separated(draw, notation, number) + affix.after
        text = text.upper() if draw(st.booleans()) else text
        for place in draw(st.lists(st.integers(0, len(text)), max_size=4)):
            text = text[:place] + draw(st.sampled_from(_harmless(notation))) + text[place:]
        return text, number

    return drawn()


def _head(affix: Affix, number: str) -> str:
    """Return the digits of an affix with a sum of its own."""
    heads = (f"{head:0{affix.head}}" if affix.head else "" for head in range(10**affix.head))
    return next(head for head in heads if affix.sum is None or satisfies(affix.sum, head + number))


def _separated(draw: DrawFn, notation: Notation, number: str) -> str:
    """Return the digits in groups, with a separator of any kind between every two of them, or ungrouped."""
    if not notation.between or draw(st.booleans()):
        return number
    groups = draw(st.sampled_from(notation.groupings))
    marks = [mark for mark in notation.between if len(groups) > 2 or mark not in DECIMAL_SIGNS]
    separators = [" ", *marks]
    text, start = "", 0
    for count in groups:
        text += (draw(st.sampled_from(separators)) if start else "") + number[start : start + count]
        start += count
    return text


def _harmless(notation: Notation) -> list[str]:
    """Return the separators that may stand anywhere, and mean nothing at the end."""
    return [mark for mark in notation.anywhere if mark not in notation.dashes]

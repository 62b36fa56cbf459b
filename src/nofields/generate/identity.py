"""National identity numbers of chosen kinds, birth dates, gender and rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, get_args

from nofields.fields import Gender, IdentityKind, NationalIdentityNumber
from nofields.fields.identity import ISSUED, ONLY_FROM_2032
from nofields.generate.choices import Choose, pick
from nofields.generate.dated import Born
from nofields.generate.numbers import drawn_kinds, kind_named, source
from nofields.rules import DigitRule, Series

Issued = Literal["any", "before_2032", "from_2032"]

#: The kinds of Skatteetaten's Tenor, which are synthetic.
TENOR = (IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR)
#: One number in so many is valid only by the 2032 rule, where both rules count.
_NEW_EVERY = 4


def national_identity_number(
    choose: Choose,
    kinds: Sequence[str] = TENOR,
    born: Born | None = None,
    gender: Gender | None = None,
    issued: Issued = "any",
) -> str:
    """Return eleven digits.

    Args:
        choose: The source of choices.
        kinds: The kinds to choose from, by the values of :class:`IdentityKind`.
        born: First and last birth date; by default all that a kind's numbers show. Dates that a number shows for certain
            are preferred: the months 66 to 72 may be Norsk helsenett's or those of NAV's NPID.
        gender: The gender in the number; any if ``None``.
        issued: ``before_2032`` for the rule of 1964, ``from_2032`` for numbers that only the 2032 rule accepts, ``any``
            for both. With ``born`` or ``gender``, ``any`` means ``before_2032``: later numbers show neither.

    Raises:
        ValueError: An argument is wrong, or the numbers of a kind do not show the birth dates or the gender.
    """
    return identity_numbers(tuple(kinds), born, gender, issued)(choose)


@cache
def identity_numbers(
    kinds: tuple[str, ...],
    born: Born | None = None,
    gender: Gender | None = None,
    issued: Issued = "any",
    rule: DigitRule = NationalIdentityNumber.rule,
) -> Callable[[Choose], str]:
    """Return what builds national identity numbers; the arguments are those of :func:`national_identity_number`."""
    if not kinds:
        raise ValueError("kinds: there must be at least one")
    if issued not in get_args(Issued):
        raise ValueError(f"issued={issued!r} is not one of {', '.join(get_args(Issued))}")
    if issued == "from_2032" and gender:
        raise ValueError("gender: numbers that only the 2032 rule accepts do not show it")
    before, since = (replace(rule, sums=sums) for sums in (ISSUED["before_2032"], ONLY_FROM_2032))
    old, new = [], []
    if issued != "from_2032":
        old = [source(before, kind_named(rule, name), born, gender) for name in kinds]
    if rule.sums == ISSUED["any"] and (issued == "from_2032" or (issued == "any" and not born and not gender)):
        new = [source(since, kind_named(rule, name), born, any_century=True) for name in kinds]
    if not old and not new:
        raise ValueError(f"issued={issued!r}: the field accepts no number of the 2032 rule")

    def build(choose: Choose) -> str:
        is_new = bool(new) and (not old or choose(0, _NEW_EVERY - 1) == _NEW_EVERY - 1)
        return pick(choose, new if is_new else old)(choose)

    return build


def identity_kinds(field: type[NationalIdentityNumber]) -> tuple[str, ...]:
    """Return the synthetic kinds that a field names: Tenor's if it leaves them to ``NOFIELDS_SYNTHETIC``."""
    if field.rule.accept is None:
        return TENOR
    return tuple(kind.name for kind in drawn_kinds(field.rule) if kind.series is Series.SYNTHETIC)


def numbers_of_field(field: type[NationalIdentityNumber], issued: Issued = "any") -> Callable[[Choose], str]:
    """Return what builds synthetic numbers that a field accepts, if ``NOFIELDS_SYNTHETIC`` does.

    Raises:
        ValueError: The field names no synthetic kind, or accepts no number of the rule ``issued``.
    """
    kinds = identity_kinds(field)
    if not kinds:
        raise ValueError(
            f"{field.__name__} accepts no synthetic numbers, and real ones may be a living person's. "
            "To generate them nevertheless, use national_identity_numbers(kinds=['fnr', 'dnr'])."
        )
    return identity_numbers(kinds, issued=issued, rule=field.rule)

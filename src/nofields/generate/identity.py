"""National identity numbers of chosen kinds, birth dates, gender and rule."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, get_args

from nofields import synthetic
from nofields.fields import Gender, IdentityKind, NationalIdentityNumber
from nofields.fields.identity import ISSUED, ONLY_FROM_2032, gender_of
from nofields.generate.choices import Choose, pick
from nofields.generate.dated import Born
from nofields.generate.numbers import dated_source, drawn_kinds, kind_named, source
from nofields.rules import DigitRule, Series

Issued = Literal["any", "before_2032", "from_2032"]

#: The kinds of Skatteetaten's Tenor, which are synthetic.
TENOR = (IdentityKind.TENOR_FNR, IdentityKind.TENOR_DNR)
#: One number in so many is valid only by the 2032 rule, where both rules count.
_NEW_EVERY = 4
#: How finely a share is measured.
_PARTS = 10**6


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
        kinds: The kinds to choose from, by the values of :class:`~nofields.IdentityKind`.
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
    d_numbers: float | None = None,
    rule: DigitRule = NationalIdentityNumber.rule,
) -> Callable[[Choose], str]:
    """Return what builds national identity numbers; the arguments are those of :func:`national_identity_number`."""
    which = kind_picker(kinds, d_numbers)
    _check_issued(issued)
    if issued == "from_2032" and gender:
        raise ValueError("gender: numbers that only the 2032 rule accepts do not show it")
    before, since = (replace(rule, sums=sums) for sums in (ISSUED["before_2032"], ONLY_FROM_2032))
    old, new = {}, {}
    if issued != "from_2032":
        old = {name: source(before, kind_named(rule, name), born, gender) for name in kinds}
    if rule.sums == ISSUED["any"] and (issued == "from_2032" or (issued == "any" and not born and not gender)):
        new = {name: source(since, kind_named(rule, name), born, any_century=True) for name in kinds}
    if not old and not new:
        raise ValueError(f"issued={issued!r}: the field accepts no number of the 2032 rule")

    def build(choose: Choose) -> str:
        is_new = bool(new) and (not old or choose(0, _NEW_EVERY - 1) == _NEW_EVERY - 1)
        return (new if is_new else old)[which(choose)](choose)

    return build


Dated = tuple[str, IdentityKind, datetime.date, Gender]


def numbers_of_people(
    kinds: tuple[str, ...], born: Born, gender: Gender | None, d_numbers: float | None, issued: Issued
) -> Callable[[Choose], Dated]:
    """Return what builds a synthetic number, and its kind, birth date and gender. Dates are no edges.

    Numbers that only the 2032 rule accepts fit the date, and show no gender.
    """
    _check_issued(issued)
    which, is_new, rule = kind_picker(kinds, d_numbers), issued == "from_2032", NationalIdentityNumber.rule
    sources = {}
    for name in kinds:
        kind = kind_named(rule, name)
        if kind.series is not Series.SYNTHETIC or kind.birth_date is None:
            raise ValueError(f"kinds: {str(name)!r} is no synthetic kind with a birth date")
        sums = ONLY_FROM_2032 if is_new else ISSUED["before_2032"]
        shown = None if is_new else gender
        sources[name] = dated_source(replace(rule, sums=sums), kind, born, shown, any_century=is_new, edges=False)

    def build(choose: Choose) -> Dated:
        name = which(choose)
        number, birth = sources[name](choose)
        of_number = pick(choose, tuple(Gender)) if is_new else gender_of(number[6:9])
        return number, IdentityKind(name), birth, gender or of_number

    return build


def kind_picker(kinds: Sequence[str], d_numbers: float | None = None) -> Callable[[Choose], str]:
    """Return what picks one of ``kinds``.

    Args:
        kinds: The kinds.
        d_numbers: The share of D-numbers, from 0 to 1; if ``None``, all kinds are equally likely.

    Raises:
        ValueError: There are no kinds, or none of those that ``d_numbers`` needs.
    """
    if not kinds:
        raise ValueError("kinds: there must be at least one")
    if d_numbers is None:
        return lambda choose: pick(choose, kinds)
    if not 0 <= d_numbers <= 1:
        raise ValueError(f"d_numbers: {d_numbers} is not a share from 0 to 1")
    groups: tuple[list[str], list[str]] = ([], [])
    for name in kinds:
        birth_date = kind_named(NationalIdentityNumber.rule, name).birth_date
        groups[bool(birth_date and birth_date.day_offset)].append(name)
    if (d_numbers < 1 and not groups[0]) or (d_numbers > 0 and not groups[1]):
        raise ValueError(f"d_numbers: kinds are {'no' if not groups[1] else 'only'} D-numbers")
    limit = round(d_numbers * _PARTS)
    return lambda choose: pick(choose, groups[choose(1, _PARTS) <= limit])


def gender_named(name: Gender | str | None) -> Gender | None:
    """Return the gender of a name; ``None`` for ``None``.

    Raises:
        ValueError: No gender has this name.
    """
    if name is not None and name not in tuple(Gender):
        raise ValueError(f"gender={name!r} is not one of {', '.join(Gender)}")
    return None if name is None else Gender(name)


def _check_issued(issued: str) -> None:
    if issued not in get_args(Issued):
        raise ValueError(f"issued={issued!r} is not one of {', '.join(get_args(Issued))}")


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


def require_synthetic(field: type[NationalIdentityNumber]) -> None:
    """Raise ``ValueError`` where ``NOFIELDS_SYNTHETIC`` rejects the synthetic numbers of a field."""
    policy = synthetic.policy()
    if field.rule.accept is None and Series.SYNTHETIC not in synthetic.ACCEPTED[policy]:
        raise ValueError(
            f"{field.__name__} rejects synthetic numbers while {synthetic.VARIABLE} is {policy}: set it to "
            f"{synthetic.Policy.ACCEPT}, as the pytest plugin nofields.testing does"
        )

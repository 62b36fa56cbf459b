"""Numbers under a rule of digits, built by rank: check digits are computed, not searched for."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache, partial

from nofields.characters import DIGITS
from nofields.fields import Gender
from nofields.generate.choices import Choose, pick
from nofields.generate.dated import Born, Dated
from nofields.ranking import Numbers
from nofields.rules import DigitRule, Kind, Series


def digits(rule: DigitRule, kind: Kind, choose: Choose, born: Born | None = None, gender: Gender | None = None) -> str:
    """Return a number of ``kind``; without a birth date, all of them are equally likely.

    Raises:
        ValueError: The rule has no such numbers.
    """
    return source(rule, kind, born, gender)(choose)


@cache
def source(
    rule: DigitRule, kind: Kind, born: Born | None = None, gender: Gender | None = None, *, any_century: bool = False
) -> Callable[[Choose], str]:
    """Return what builds numbers of a kind.

    Args:
        rule: The rule, with the sums of the numbers.
        kind: The kind.
        born: First and last birth date; by default all that the kind's numbers show.
        gender: The gender in the number; any if ``None``.
        any_century: Whether any individual number may follow any date, as it may from 2032 on.

    Raises:
        ValueError: The kind's numbers do not show the birth dates or a gender.
    """
    if kind.birth_date is None:
        if born or gender:
            raise ValueError(f"{'born' if born else 'gender'}: a number of the kind {str(kind.name)!r} does not show it")
        return partial(ranked, _numbers(rule, kind.first_digits), kind, prefix="")
    build = dated_source(rule, kind, born, gender, any_century=any_century)
    return lambda choose: build(choose)[0]


@cache
def dated_source(
    rule: DigitRule, kind: Kind, born: Born | None, gender: Gender | None, *, any_century: bool = False, edges: bool = True
) -> Callable[[Choose], tuple[str, datetime.date]]:
    """Return what builds numbers of a kind with a birth date, and the date. The arguments are those of :func:`source`."""
    numbers = _numbers(rule, kind.first_digits)
    dated = Dated(rule, kind, numbers, born=born, gender=gender, any_century=any_century, edges=edges)

    def build(choose: Choose) -> tuple[str, datetime.date]:
        prefix, birth = dated.prefix(choose)
        return ranked(numbers, kind, choose, prefix), birth

    return build


def ranked(numbers: Numbers, kind: Kind, choose: Choose, prefix: str) -> str:
    """Return a number that begins with ``prefix``; all of them are equally likely."""
    count = numbers.count(prefix)
    first = int(count > 0 and not prefix.strip("0") and not numbers.pick(0, prefix).strip("0"))  # zeros alone are invalid
    if count == first:
        raise ValueError(f"there are no numbers of the kind {str(kind.name)!r}")
    return numbers.pick(choose(first, count - 1), prefix)


@cache
def _numbers(rule: DigitRule, first_digits: str) -> Numbers:
    return Numbers(("".join(sorted(first_digits)), *[DIGITS] * (rule.digits - 1)), rule.sums)


def kind_named(rule: DigitRule, name: str) -> Kind:
    """Return the kind of a rule by its name.

    Raises:
        ValueError: The rule has no such kind.
    """
    for kind in rule.kinds:
        if kind.name == name:
            return kind
    raise ValueError(f"kinds: unknown kind {str(name)!r}; known: {', '.join(kind.name for kind in rule.kinds)}")


def digits_of_any_kind(rule: DigitRule, choose: Choose) -> str:
    """Return a number of an accepted kind, a synthetic one if the rule has any."""
    return digits(rule, pick(choose, drawn_kinds(rule)), choose)


@cache
def drawn_kinds(rule: DigitRule) -> tuple[Kind, ...]:
    """Return the accepted kinds of a rule, the synthetic ones alone if there are any."""
    kinds = tuple(kind for kind in rule.kinds if rule.accept is None or kind.name in rule.accept)
    return tuple(kind for kind in kinds if kind.series is Series.SYNTHETIC) or kinds

"""Judges rows of digits, and nothing but digits, by a rule: the same weights, series and calendar as the scalar check."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from functools import reduce
from typing import Protocol

import numpy as np

from nofields.check import compile_rule
from nofields.check.phone import PhoneCheck
from nofields.check.tables import first_class, kind_by_class, may_be_zeros, second_class
from nofields.columns.found import RIGHT, Array
from nofields.columns.texts import Block
from nofields.columns.weights import Scales
from nofields.errors import Problem, Reason
from nofields.rules import DIGITS, DigitRule, Kind, PhoneRule, PostalRule, Series, WeightedSum

#: A reason's code. Of several reasons that a row is wrong, the one with the lowest code is told.
CodeOf = Callable[[Reason], int]
#: Weights that read the first four digits as a number, and the two of the year.
_FOUR, _YEAR = (1000, 100, 10, 1), (0, 0, 0, 0, 10, 1)


def can_judge(rule: DigitRule) -> bool:
    """Whether a rule's numbers fit the scales, and its first sum tells zeros from a number."""
    first, *_ = *rule.sums, None
    fits = 8 <= rule.digits <= 12 and first is not None
    return fits and (len(first.weights) == rule.digits or not any(map(may_be_zeros, rule.kinds)))


class Judge(Protocol):
    """Gives rows of so many digits their codes."""

    digits: int

    def codes(self, block: Block) -> Array:
        """The code of every row; of one that holds other characters, any code."""


class DigitJudge:
    """Judges by a rule of digits: each weighted sum, and each way that a number may begin, has its code in a table."""

    def __init__(self, rule: DigitRule, accepted: frozenset[str], code: CodeOf) -> None:
        self.digits = rule.digits
        self._date = code(Reason.DATE)
        weights = [sum_.weights for sum_ in rule.sums]
        sums = [_meanings(rule, sum_, code) for sum_ in rule.sums]
        self._dated = any(kind.birth_date for kind in rule.kinds)
        common, leap = (_beginnings(rule, accepted, code, leaps=leaps) for leaps in (False, True))
        if self._dated:
            self._tables = [*sums, common]
            self._scales = Scales(rule.digits, [*weights, _FOUR])
            self._in_leap_years = [*sums, leap]
            self._with_year = Scales(rule.digits, [*weights, _FOUR, _YEAR])
            self._leaps = np.array([isleap(2000 + year) for year in range(100)])
        else:  # the first digit alone decides: it gets a place of its own above the first sum, and both are looked up at once
            together = np.minimum.outer(common, sums[0]).ravel()
            first, *rest = weights
            self._tables = [together, *sums[1:]]
            self._scales = Scales(rule.digits, [(first[0] + len(sums[0]), *first[1:]), *rest])

    def codes(self, block: Block) -> Array:
        found = _lowest(self._tables, self._scales.weigh(block))
        if self._dated and len(doubtful := np.flatnonzero(found == self._date)):
            *sums, year = self._with_year.weigh(block, doubtful)
            in_leap_year = _lowest(self._in_leap_years, sums)
            found[doubtful] = np.where(self._leaps.take(year, mode="wrap"), in_leap_year, self._date)
        return found


class PostalJudge:
    """Judges postal codes, which are so few that the scalar check has been asked about each beforehand."""

    def __init__(self, rule: PostalRule, code: CodeOf) -> None:
        self.digits = rule.digits
        problems = [compile_rule(rule).clean(f"{number:0{rule.digits}}") for number in range(10**rule.digits)]
        codes = [code(Reason(found.reason)) if isinstance(found, Problem) else RIGHT for found in problems]
        self._table = np.array(codes, np.uint8)
        self._scales = Scales(rule.digits, [_FOUR])

    def codes(self, block: Block) -> Array:
        (number,) = self._scales.weigh(block)
        return self._table.take(number, mode="wrap")


class PhoneJudge:
    """Judges by the numbering plan, which goes by the first five digits (``make prove`` looks at every number)."""

    def __init__(self, rule: PhoneRule, code: CodeOf) -> None:
        self.digits = rule.digits
        check = compile_rule(rule)
        assert isinstance(check, PhoneCheck)
        rest = "0" * (rule.digits - 5)
        numbers = [f"{first:05}{rest}" for first in range(10**5)]
        in_use = [check.in_use.fullmatch(number) is not None for number in numbers]
        unused = code(Reason.UNASSIGNED)
        other = [code(Reason.NOT_MOBILE) if rule.mobile_only and check.any_in_use.fullmatch(n) else unused for n in numbers]
        self._table = np.where(in_use, RIGHT, other).astype(np.uint8)
        self._scales = Scales(rule.digits, [_FOUR, (0, 0, 0, 0, 1)])

    def codes(self, block: Block) -> Array:
        four, fifth = self._scales.weigh(block)
        return self._table.take(four * 10 + fifth, mode="wrap")


def _lowest(tables: list[Array], indices: list[Array]) -> Array:
    return reduce(np.minimum, (table.take(index, mode="wrap") for table, index in zip(tables, indices)))


def _meanings(rule: DigitRule, weighted_sum: WeightedSum, code: CodeOf) -> Array:
    """What every value of a weighted sum means."""
    modulus, remainders = weighted_sum.modulus, weighted_sum.remainders
    wrong = code(Reason.CHECK_DIGIT)
    meanings = [RIGHT if total % modulus in remainders else wrong for total in range(9 * sum(weighted_sum.weights) + 1)]
    if any(map(may_be_zeros, rule.kinds)):
        meanings[0] = code(Reason.SERIES)
    return np.array(meanings, np.uint8)


def _beginnings(rule: DigitRule, accepted: frozenset[str], code: CodeOf, *, leaps: bool) -> Array:
    """What the first digit means or, where there is a date, the first four."""

    def meaning(kind: Kind | None, first: str) -> int:
        if kind is None:
            dated = any(each.birth_date and first in each.first_digits for each in rule.kinds)
            return code(Reason.DATE if dated else Reason.SERIES)
        if kind.name in accepted:
            return RIGHT
        return code(Reason.REAL if kind.series is Series.REAL else Reason.SYNTHETIC)

    dated = any(kind.birth_date for kind in rule.kinds)
    pairs = [f"{number:02}" for number in range(100)] if dated else [f"{digit}0" for digit in DIGITS]
    seconds = [second_class(rule, pair) for pair in pairs] if dated else [second_class(rule, "01")]
    firsts = [(first_class(rule, pair), pair[0]) for pair in pairs]
    kinds = {
        (first, second): meaning(kind_by_class(rule, first[0], second, leaps), first[1])
        for first in set(firsts)
        for second in set(seconds)
    }
    return np.array([kinds[first, second] for first in firsts for second in seconds], np.uint8)

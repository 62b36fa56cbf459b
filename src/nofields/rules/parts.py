"""The parts of rules of numbers: sums, kinds of number with their birth dates, and affixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nofields.characters import DIGITS


class Series(StrEnum):
    """Whether numbers belong to real persons and organisations or to synthetic ones."""

    REAL = "real"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True)
class WeightedSum:
    """``sum(weight * digit) % modulus`` must be in ``remainders``; check digits are weighted."""

    weights: tuple[int, ...]
    remainders: frozenset[int] = frozenset({0})
    modulus: int = 11


@dataclass(frozen=True)
class CyclicSum:
    """A weighted sum over a number of any length, which must be a multiple of ``modulus``.

    From the right, the check digit has weight 1 and the others ``weights`` in turn. If ``folded``, the
    digits of each product are added up, as in Luhn's algorithm. ``ten`` is written for a check digit
    of 10; if empty, there are no such numbers.
    """

    weights: tuple[int, ...]
    modulus: int
    folded: bool = False
    ten: str = ""


@dataclass(frozen=True)
class Century:
    """The range of individual numbers of people born in ``years``."""

    individuals: range
    years: range


@dataclass(frozen=True)
class BirthDate:
    """A birth date ``DDMMYY`` with offsets added to day and month, then an individual number."""

    centuries: tuple[Century, ...]
    day_offset: int = 0
    month_offset: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of number, recognised by its first digit or the offsets of its birth date."""

    name: str
    series: Series = Series.REAL
    first_digits: str = DIGITS
    birth_date: BirthDate | None = None


@dataclass(frozen=True)
class Affix:
    """What may stand before and after the digits of a number: lower-case letters, for either case, and signs.

    ``head`` further digits may follow ``before``; they and the number's satisfy ``sum``.
    """

    before: str = ""
    after: str = ""
    head: int = 0
    sum: WeightedSum | None = None

"""What makes a number valid, written out: the definition that tables are compiled from and tested against."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from operator import getitem, mul

from nofields.characters import DIGITS
from nofields.rules import BirthDate, CyclicSum, DigitRule, Kind, WeightedSum


def satisfies(weighted_sum: WeightedSum, digits: str) -> bool:
    """Return whether digits satisfy a weighted sum."""
    total = sum(map(mul, weighted_sum.weights, map(int, digits)))
    return total % weighted_sum.modulus in weighted_sum.remainders


def satisfies_cyclic(cyclic: CyclicSum, number: str) -> bool:
    """Return whether a number of any length satisfies a cyclic sum."""
    try:
        return sum(map(getitem, additions(cyclic, len(number)), reversed(number))) % cyclic.modulus == 0
    except KeyError:  # what another sum writes for ten
        return False


def check_digit(cyclic: CyclicSum, body: str) -> str | None:
    """Return what makes ``body`` satisfy a cyclic sum when it is appended; ``None`` if nothing does."""
    return next((last for last in DIGITS + cyclic.ten if satisfies_cyclic(cyclic, body + last)), None)


@cache
def additions(cyclic: CyclicSum, places: int) -> tuple[dict[str, int], ...]:
    """Return what each character adds to a cyclic sum, for every place from the right."""
    last = {digit: int(digit) for digit in DIGITS} | ({cyclic.ten: 10} if cyclic.ten else {})
    rows = {weight: {digit: _product(cyclic, weight * int(digit)) for digit in DIGITS} for weight in cyclic.weights}
    return (last, *(rows[weight] for weight in islice(cycle(cyclic.weights), places - 1)))


def _product(cyclic: CyclicSum, product: int) -> int:
    return sum(divmod(product, 10)) if cyclic.folded else product


def kind_of(rule: DigitRule, digits: str) -> Kind | None:
    """Return the kind of a number by its first digit and date; ``None`` outside every series, as are zeros alone."""
    return next(kinds_of(rule, digits), None)


def kinds_of(rule: DigitRule, digits: str) -> Iterator[Kind]:
    """Yield the kinds that a number may be of. The first one counts."""
    if digits.strip("0"):  # the check digits of zeros are right, but nobody is given them
        yield from (kind for kind in rule.kinds if _fits(kind, digits))


def _fits(kind: Kind, digits: str) -> bool:
    return digits[0] in kind.first_digits and (kind.birth_date is None or day_and_month(kind.birth_date, digits) is not None)


def day_and_month(birth_date: BirthDate, digits: str) -> tuple[int, int] | None:
    """Return day and month of ``DDMMYY…``, or ``None`` if there is no such day.

    The century is left open, since it cannot be told from 2032 on: a year 00 may be 2000, and leaps.
    """
    day, month = int(digits[:2]) - birth_date.day_offset, int(digits[2:4]) - birth_date.month_offset
    if 1 <= month <= 12 and 1 <= day <= monthrange(2000 + int(digits[4:6]), month)[1]:
        return day, month
    return None

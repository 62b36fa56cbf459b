"""The compiler of digit rules: weights, kinds and calendar become tables that are looked up two digits at a time.

``struct`` reads the text as 16-bit numbers, a pair of digits each. One table per pair says what the pair adds to an
index, and the sum of the additions points at the verdict. The index has, from the low end, a place for the remainder
of each weighted sum, then a place for the *class* of the first pair (first digit, day), of the second (month) and of
the third (leap year). A rule is compiled when it is first used, in a few milliseconds.
"""

from __future__ import annotations

import struct
import threading
from calendar import isleap, monthrange
from collections.abc import Callable, Hashable
from itertools import product
from typing import Any

from nofields import synthetic
from nofields.rules import DIGITS, BirthDate, DigitRule, Kind, WeightedSum

_SOURCE = """
def check(value):
    if type(value) is str and len(value) == {digits}:
        try:
            {pairs}= unpack(value.encode())
            if {verdict}[{index}]{nonzero}:
                return {valid}
        except LookupError:
            if prepare(value):
                return check(value)
        except unreadable:
            pass
        return {wrong}
    return {written}
"""
#: Where a number may be synthetic, the verdict hangs on NOFIELDS_SYNTHETIC as it is at this moment.
_BY_SETTING = "(unset if variable not in environment else verdicts[environment[variable]])"
#: The tables have a place for every pair of characters up to "99", as ``struct`` packs them, most of them no digits.
_PLACES = int.from_bytes(b"99", "little") + 1


class Tables:
    """The tables of one rule, empty until a function first misses something in them, and the functions that read them."""

    def __init__(self, rule: DigitRule) -> None:
        self.rule = rule
        self._starts = range(0, rule.digits, 2)
        self._widths = [min(2, rule.digits - start) for start in self._starts]
        #: What each pair of digits adds to the index, by the number that ``struct`` reads them as.
        self._tables: list[list[int]] = [[] for _ in self._starts]
        #: 1 or 0 for every index, while NOFIELDS_SYNTHETIC is not set, and for each setting of it.
        self._unset = bytearray()
        self._verdicts: dict[object, bytes] = {}
        self._making = threading.Lock()

    def function(self, valid: str, wrong: str, written: str, **names: Any) -> Callable[[object], Any]:
        """A function of one argument, ``value``, that gives one of three expressions over ``names``.

        ``valid`` for valid digits without separators, ``wrong`` for other text of that length, ``written`` for the rest.
        """
        pairs = [f"pair{i}" for i in range(len(self._tables))]
        source = _SOURCE.format(
            digits=self.rule.digits,
            pairs="".join(f"{pair}, " for pair in pairs),
            verdict=_BY_SETTING if synthetic.depends(self.rule) else "unset",
            index=" + ".join(f"table{i}[{pair}]" for i, pair in enumerate(pairs)),
            nonzero=" and value != zeros" if any(may_be_zeros(kind) for kind in self.rule.kinds) else "",
            valid=valid,
            wrong=wrong,
            written=written,
        )
        scope: dict[str, Any] = names | {f"table{i}": table for i, table in enumerate(self._tables)}
        scope |= {
            "unset": self._unset,
            "verdicts": self._verdicts,
            "environment": synthetic.environment,
            "variable": synthetic.raw_name,
            "prepare": self._prepare,
            "unpack": struct.Struct("<" + "".join(" BH"[width] for width in self._widths)).unpack,
            "unreadable": (UnicodeEncodeError, struct.error),
            "zeros": "0" * self.rule.digits,
        }
        exec(source, scope)  # noqa: S102 - the constant source above, filled in with names of ours
        return scope["check"]  # type: ignore[no-any-return]

    def _prepare(self, text: str) -> bool:
        """Makes what a look-up of ``text`` missed, the tables or the verdicts under the setting now in force.

        Says whether to look again: digits alone miss nothing once that is made, in whichever thread.
        """
        if text.strip(DIGITS):
            return False
        with self._making:
            setting = synthetic.setting()
            if not self._tables[-1]:
                self._make_tables()
            if setting not in self._verdicts:
                self._make_verdicts(setting)
        return True

    def _make_verdicts(self, setting: object) -> None:
        accepted = synthetic.accepted(self.rule, setting)
        wrong = bytes(len(self._right))
        verdicts = b"".join(self._right if kind and kind.name in accepted else wrong for kind in self._kinds)
        if setting is None or not synthetic.depends(self.rule):
            self._unset[:] = verdicts
        self._verdicts[setting] = verdicts

    def _make_tables(self) -> None:
        texts = [["".join(pair) for pair in product(DIGITS, repeat=width)] for width in self._widths]
        additions = [dict.fromkeys(pair, 0) for pair in texts]
        self._place_classes(additions, self._place_remainders(additions))
        outside = len(self._right) * len(self._kinds)
        for table, addition in zip(self._tables, additions):
            table += [outside] * _PLACES
            for text, add in addition.items():
                table[int.from_bytes(text.encode(), "little")] = add

    def _place_remainders(self, additions: list[dict[str, int]]) -> int:
        """A place in the index for each sum; says how many indices there are for one class of numbers."""
        stride, places = 1, []
        for each in self.rule.sums:
            highest = 0
            for start, table in zip(self._starts, additions):
                parts = {text: _part(each, start, text) for text in table}
                for text, part in parts.items():
                    table[text] += part * stride
                highest += max(parts.values())
            places.append(range(highest + 1))
            stride *= highest + 1
        totals = (tuple(reversed(total)) for total in product(*reversed(places)))
        #: Whether all sums come out right, for every total that the first places can hold.
        self._right = bytes(all(t % s.modulus in s.remainders for t, s in zip(total, self.rule.sums)) for total in totals)
        return stride

    def _place_classes(self, additions: list[dict[str, int]], stride: int) -> None:
        """A place for the class of each of the first three pairs; then the kind for every combination of classes."""
        axes: list[list[Any]] = []
        for number, class_of in enumerate((first_class, second_class, _third_class)):
            table = additions[number] if number < len(additions) else {"00": 0}
            classes: dict[Hashable, int] = {}
            for text in table:
                table[text] += classes.setdefault(class_of(self.rule, text), len(classes)) * stride
            axes.append(list(classes))
            stride *= len(classes)
        self._kinds = [kind_by_class(self.rule, *reversed(combination)) for combination in product(*reversed(axes))]


def may_be_zeros(kind: Kind) -> bool:
    """Whether only its being all zeros tells the number that is all zeros from a valid one."""
    return "0" in kind.first_digits and kind.birth_date is None


def _part(weighted_sum: WeightedSum, start: int, text: str) -> int:
    """What digits at ``start`` add to a weighted sum."""
    weights = weighted_sum.weights[start : start + len(text)]
    return sum(weight * int(digit) for weight, digit in zip(weights, text)) % weighted_sum.modulus


def first_class(rule: DigitRule, text: str) -> tuple[int, ...]:
    """For each kind, how long the month must be for this first pair; 0 if the pair does not fit the kind."""
    return tuple(_needed(kind.birth_date, text) if text[0] in kind.first_digits else 0 for kind in rule.kinds)


def _needed(birth_date: BirthDate | None, text: str) -> int:
    if birth_date is None:
        return 28
    day = int(text) - birth_date.day_offset
    return max(day, 28) if 1 <= day <= 31 else 0


def second_class(rule: DigitRule, text: str) -> tuple[tuple[int, int], ...]:
    """For each kind, how long the month of this second pair is, in common and in leap years."""
    return tuple(_lengths(kind.birth_date, text) for kind in rule.kinds)


def _lengths(birth_date: BirthDate | None, text: str) -> tuple[int, int]:
    if birth_date is None:
        return 31, 31
    month = int(text) - birth_date.month_offset
    return (monthrange(2001, month)[1], monthrange(2000, month)[1]) if 1 <= month <= 12 else (0, 0)


def _third_class(rule: DigitRule, text: str) -> bool:
    """Whether the year of this third pair leaps; never, where no kind has a date."""
    return any(kind.birth_date for kind in rule.kinds) and isleap(2000 + int(text))


def kind_by_class(rule: DigitRule, needed: tuple[int, ...], lengths: tuple[tuple[int, int], ...], leaps: bool) -> Kind | None:
    """The kind that the classes of the first two pairs fit, in a leap year or a common one; ``None`` outside every series."""
    fits = (kind for kind, need, length in zip(rule.kinds, needed, lengths) if 0 < need <= length[leaps])
    return next(fits, None)

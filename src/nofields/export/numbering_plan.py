"""The shortest pattern of the phone numbers in use, for JavaScript."""

from __future__ import annotations

import re
from functools import cache

from nofields.characters import DIGITS
from nofields.check.accepted import either_of


@cache
def beginnings(numbers: re.Pattern[str], deciding: int, digits: int) -> str:
    """Return the pattern of how numbers begin that another one matches.

    Args:
        numbers: The pattern of the numbers.
        deciding: By how many first digits it goes.
        digits: How many digits a number has.
    """
    free = "0" * (digits - deciding)

    def after(first: str) -> str | None:
        """Return the pattern of what follows some first digits: empty for anything, ``None`` for nothing."""
        if len(first) == deciding:
            return "" if numbers.fullmatch(first + free) else None
        alike: dict[str | None, str] = {}
        for digit in DIGITS:
            rest = after(first + digit)
            alike[rest] = alike.get(rest, "") + digit
        if alike.keys() <= {None} or alike.keys() == {""}:
            return next(iter(alike))
        return either_of([_one_of(these) + rest for rest, these in alike.items() if rest is not None])

    return f"^{after('')}"


def _one_of(digits: str) -> str:
    """Return the pattern of one of some ascending digits."""
    runs = [digits[:1]]
    for digit in digits[1:]:
        if int(digit) == int(runs[-1][-1]) + 1:
            runs[-1] += digit
        else:
            runs.append(digit)
    spans = [f"{run[0]}-{run[-1]}" if len(run) > 2 else run for run in runs]
    return digits if len(digits) == 1 else f"[{''.join(spans)}]"

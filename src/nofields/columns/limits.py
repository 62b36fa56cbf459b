"""Limits of dates over a column: they are asked for once, and compared with the days of every row."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pyarrow as pa

from nofields.check import compile_rule
from nofields.check.date import DateCheck
from nofields.columns.kernel import RIGHT, Classified, Kernel
from nofields.errors import Reason
from nofields.rules import DateRule

_EPOCH = datetime.date(1970, 1, 1)


def limited(rule: DateRule, kernel: Kernel) -> Kernel:
    """Return the kernel of a rule with limits, as they are now.

    Args:
        rule: The rule.
        kernel: The kernel of the same rule without limits.
    """
    check = compile_rule(rule)
    assert isinstance(check, DateCheck)
    lower, upper = check.limits()
    return LimitedDates(DateCheck(replace(rule, min=lower, max=upper)), kernel)


class LimitedDates(Kernel):
    """Texts -> dates within limits that are dates."""

    def __init__(self, check: DateCheck, kernel: Kernel) -> None:
        self._kernel = kernel
        self._lower, self._upper = lower, upper = check.limits()
        # In the order of the other kernel's problems, of which the example may be outside of the limits.
        self.problems = [
            each if each.reason == Reason.REQUIRED else check.problem(Reason(each.reason)) for each in kernel.problems
        ]
        self._early, self._late = len(self.problems), len(self.problems) + (lower is not None)
        self.problems += [check.too_early(lower, upper)] if lower is not None else []
        self.problems += [check.too_late(lower, upper)] if upper is not None else []

    def classify(self, array: pa.Array) -> Classified:
        found = self._kernel.classify(array)
        days, right = found.clean().view(pa.int32()).fill_null(0).to_numpy(), found.codes == RIGHT
        if self._upper is not None:
            found.codes[right & (days > (self._upper - _EPOCH).days)] = self._late
        if self._lower is not None:
            found.codes[right & (days < (self._lower - _EPOCH).days)] = self._early
        return found

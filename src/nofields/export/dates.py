"""The rules of dates and date ranges as data for JavaScript."""

from __future__ import annotations

import re

from nofields.characters import INVISIBLE
from nofields.check import Check
from nofields.check.base import any_of
from nofields.check.date import CLEAN, DateCheck
from nofields.check.date_range import DateRangeCheck
from nofields.export.exported import Exported, Pattern
from nofields.export.limits import date_limits
from nofields.keys import explanation_key
from nofields.rules import ENDS


def exported_date(check: Check) -> Exported:
    """Return a rule of dates."""
    assert isinstance(check, DateCheck)
    limits = date_limits(check)
    return Exported(f"{'limitedDate' if limits else 'date'}Reader", {"patterns": _patterns(check), **limits})


def exported_date_range(check: Check) -> Exported:
    """Return a rule of date ranges."""
    assert isinstance(check, DateRangeCheck)
    problem = check.not_a_range
    parts = {
        "ends": ENDS,
        "invisible": Pattern(any_of(INVISIBLE, "")),
        "separators": [Pattern(each, "g") for each in check.separators],
        "cleanSeparator": check.rule.clean_separator,
        "clean": Pattern(f"^{CLEAN}$"),
        "explanation": explanation_key(problem.reason, problem.key),
    }
    return Exported("dateRangeReader", {"patterns": _patterns(check.date), **date_limits(check.date), **parts})


def _patterns(check: DateCheck) -> list[Pattern]:
    return [Pattern(f"^{re.sub('[?]P<', '?<', pattern)}$") for pattern in check.patterns]

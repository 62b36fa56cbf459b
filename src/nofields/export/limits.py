"""The limits of a project's fields of dates and text, for JavaScript."""

from __future__ import annotations

from collections.abc import Set

from nofields.check import Check
from nofields.check.date import DateCheck, written
from nofields.check.text import TextCheck
from nofields.errors import Problem, Reason
from nofields.export.exported import Pattern
from nofields.fields import NorwegianDate
from nofields.keys import explanation_key, message_key


def date_limits(check: DateCheck) -> dict[str, object]:
    """Return the first and the last date, and what the texts of those outside of them show; nothing if there are no limits.

    Raises:
        ValueError: The limits change, or the field has patterns of its own, which may be Python's alone.
    """
    if check.rule.patterns != NorwegianDate.rule.patterns:
        raise ValueError("JavaScript reads dates by the patterns of NorwegianDate alone")
    if check.changes:
        raise ValueError("JavaScript has no limits of dates that are functions: leave them to the backend")
    lower, upper = check.limits()
    low = {"min": lower.isoformat(), "too_early": {"min": written(lower)}} if lower else {}
    high = {"max": upper.isoformat(), "too_late": {"max": written(upper)}} if upper else {}
    return {**low, **high}


def never(check: Check) -> Set[str]:
    """Return the reasons that a field cannot have for lack of limits, though others with its key can."""
    return {Reason.TOO_EARLY, Reason.TOO_LATE} - date_limits(check).keys() if isinstance(check, DateCheck) else set()


def text_limits(check: TextCheck) -> dict[str, object]:
    """Return how long a text may be, the characters that it may not have, and the results of what is too long or too short."""
    rule = check.rule
    own = {str(each.reason): _result(each) for each in (check.too_long(), check.too_short)}
    lines = {"multiline": True} if rule.multiline else {}
    return {"min": rule.min, "max": rule.max, "refused": Pattern(check.refused.pattern, "u"), "own": own, **lines}


def _result(problem: Problem) -> dict[str, object]:
    """Return what is special about a result in JavaScript."""
    texts = {"message": message_key(problem.key), "explanation": explanation_key(problem.reason, problem.key)}
    return {"key": str(problem.key), **texts, "params": dict(problem.params)}

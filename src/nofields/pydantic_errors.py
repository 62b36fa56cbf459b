"""stub until merged"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nofields.errors import Problem, Reason
from nofields.keys import Key


def problem_of(kind: str, context: Mapping[str, object]) -> Problem | None:
    if kind in {
        "missing",
        "missing_argument",
        "missing_keyword_only_argument",
        "missing_positional_only_argument",
        "union_tag_not_found",
    }:
        return Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED)
    return None


def project_text(detail: Mapping[str, object], rejected: Sequence[str] = (), secrets: Sequence[str] = ()) -> str | None:
    return None

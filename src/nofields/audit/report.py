"""The report on a file, as one page to send on: counts, bars, and where to look. No script, nothing to load."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from nofields.audit.auditing import Column, Summary
from nofields.errors import MASK
from nofields.keys import Phrase
from nofields.messages import message


def report(summary: Summary, locale: str, *, show_values: bool = False) -> str:
    """The page, in a language; the values in its examples are shown in outline only, or as they are."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("nofields.audit", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(phrase: str, **params: Any) -> str:
        return message(Phrase[phrase], locale, **params)

    def outlined(column: Column, value: str) -> str:
        return value if show_values else MASK if column.field.secret else outline(value)

    templates.filters["number"] = grouped
    page: str = templates.get_template("report.html").render(
        summary=summary,
        name=PurePath(summary.source).name,  # where the file lies is nobody else's business
        most=max((count for column in summary.columns.values() for count in column.problems.values()), default=1),
        locale=locale,
        say=say,
        outlined=outlined,
        show_values=show_values,
        percent=percent,
    )
    return page


def outline(value: str) -> str:
    """A value's shape without the value: 9 for a digit, x for a letter.

    >>> outline("974 76O 673")
    '999 99x 999'
    """
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", value[:40])) + ("…" if len(value) > 40 else "")


def grouped(number: int) -> str:
    """A whole number in threes, as it is written in Norwegian and in English by the rules of SI."""
    return f"{number:,}".replace(",", "\u00a0")


def percent(part: int, whole: int) -> str:
    """A share for people, never 0 where there is something."""
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 0.01:
        return "<\u00a00,01\u00a0%"
    return f"{share:.2f}".rstrip("0").rstrip(".").replace(".", ",") + "\u00a0%"

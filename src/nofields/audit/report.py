"""The report on a file, as one page to send on: counts, bars, and where to look. No script, nothing to load."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from typing import Any

from babel.numbers import format_decimal, format_percent

from nofields.audit.auditing import Column, Summary
from nofields.errors import MASK
from nofields.keys import Phrase
from nofields.languages import cldr
from nofields.messages import message
from nofields.redact import redact

#: The smallest share that is told as it is.
_LEAST = 0.0001


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

    templates.filters["number"] = partial(grouped, locale=locale)
    page: str = templates.get_template("report.html").render(
        summary=summary,
        name=redact(PurePath(summary.source).name),  # where the file lies is nobody else's business
        most=max((count for column in summary.columns.values() for count in column.problems.values()), default=1),
        locale=locale,
        say=say,
        outlined=outlined,
        show_values=show_values,
        percent=partial(percent, locale=locale),
    )
    return page


def outline(value: str) -> str:
    """A value's shape without the value: 9 for a digit, x for a letter.

    >>> outline("974 76O 673")
    '999 99x 999'
    """
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", value[:40])) + ("…" if len(value) > 40 else "")


def grouped(number: int, locale: str) -> str:
    """A whole number as people of a language write it."""
    return format_decimal(number, locale=cldr(locale))


def percent(part: int, whole: int, locale: str) -> str:
    """A share as people of a language write it, with two decimals at most; never 0 where there is something."""
    share = part / whole if whole else 0.0
    shown = format_percent(max(round(share, 4), _LEAST if share else 0.0), locale=cldr(locale), decimal_quantization=False)
    return f"<\u00a0{shown}" if 0 < share < _LEAST else shown

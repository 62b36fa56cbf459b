"""The report on a file: one self-contained HTML page of counts, bars and examples, without scripts."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath

from babel.numbers import format_decimal, format_percent

from nofields.audit.auditing import Column, Summary
from nofields.errors import MASK
from nofields.extras import importing
from nofields.keys import Phrase
from nofields.languages import cldr
from nofields.messages import message
from nofields.redact import redact

#: The smallest share that is shown as a number; below it, "< 0.01 %".
_LEAST = 0.0001


def report(summary: Summary, locale: str, *, show_values: bool = False) -> str:
    """Return the report as an HTML page.

    Args:
        summary: The result of the audit.
        locale: The language.
        show_values: Whether the examples show the values themselves, not their outlines.
    """
    with importing("cli", "A report"):
        from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("nofields.audit", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def translate(phrase: str, **params: object) -> str:
        return message(Phrase[phrase], locale, **params)

    def outlined(column: Column, value: str) -> str:
        return value if show_values else MASK if column.field.secret else outline(value)

    templates.filters["number"] = partial(grouped, locale=locale)
    page: str = templates.get_template("report.html").render(
        summary=summary,
        name=redact(PurePath(summary.source).name),  # without the folders, which may be private
        most=max((count for column in summary.columns.values() for count in column.problems.values()), default=1),
        locale=locale,
        translate=translate,
        outlined=outlined,
        show_values=show_values,
        percent=partial(percent, locale=locale),
    )
    return page


def outline(value: str) -> str:
    """Return the shape of a value: 9 for each digit, x for each letter; at most 40 characters.

    >>> outline("974 76O 673")
    '999 99x 999'
    """
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", value[:40])) + ("…" if len(value) > 40 else "")


def grouped(number: int, locale: str) -> str:
    """Format a whole number for a language."""
    return format_decimal(number, locale=cldr(locale))


def percent(part: int, whole: int, locale: str) -> str:
    """Format a share for a language, with at most two decimals. A small share is not rounded to 0."""
    share = part / whole if whole else 0.0
    shown = format_percent(max(round(share, 4), _LEAST if share else 0.0), locale=cldr(locale), decimal_quantization=False)
    return f"<\u00a0{shown}" if 0 < share < _LEAST else shown

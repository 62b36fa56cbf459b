"""The summary of ``nofields check``: for people, or for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from nofields.cli.common import NARROW, entry, plain
from nofields.keys import Phrase
from nofields.messages import message
from nofields.redact import redact

if TYPE_CHECKING:
    from nofields.audit.auditing import Summary


class Format(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


_COLUMNS = ("column", "field", "key", "reason", "count", "message", "explanation")


def write(summary: Summary, format: Format, locale: str, console: Console) -> None:
    """Writes the summary in a language."""
    {Format.TEXT: _text, Format.JSON: _json, Format.CSV: _csv}[format](summary, locale, console)


def _text(summary: Summary, locale: str, console: Console) -> None:
    from nofields.audit.report import grouped

    rows = list(_rows(summary, locale))
    if console.width < NARROW:
        for *cells, said in rows:
            entry(console, " · ".join(filter(None, cells)), said)
    else:
        _table(rows, locale, console)
    counts = dict(_counts(summary).values())
    counts[Phrase.AUDIT_WRONG_VALUES] = summary.wrong - summary.ragged
    described = (f"{message(phrase, locale)}: {grouped(count, locale)}" for phrase, count in counts.items())
    console.print(plain(" · ".join(described)))


def _counts(summary: Summary) -> dict[str, tuple[Phrase, int]]:
    """The counts of rows, by name: what each is called for people, and how many."""
    return {
        "rows": (Phrase.AUDIT_ROWS, summary.rows),
        "rows_clean": (Phrase.AUDIT_ROWS_CLEAN, summary.rows_clean),
        "rows_rejected": (Phrase.AUDIT_ROWS_REJECTED, summary.rows_rejected),
        "ragged": (Phrase.AUDIT_RAGGED, summary.ragged),
    }


def _rows(summary: Summary, locale: str) -> Iterator[tuple[str, ...]]:
    """A row for each column and problem: the column, its field, count, share, reason and message."""
    from nofields.audit.report import grouped, percent

    for name, column in summary.columns.items():
        field = column.field.name
        for problem, count in column.problems.most_common():
            said = f"{problem.message(locale)}\n{problem.explanation(locale)}"
            yield name, field, grouped(count, locale), percent(count, column.values, locale), str(problem.reason), said
        if not column.problems:
            yield name, field, "0", percent(0, 1, locale), "", message(Phrase.AUDIT_NOTHING_WRONG, locale)


def _table(rows: Iterable[tuple[str, ...]], locale: str, console: Console) -> None:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("COLUMN", "FIELD", "COUNT", "SHARE", "REASON", "MESSAGE"):
        table.add_column(
            plain(message(Phrase[f"AUDIT_{heading}"], locale)),
            justify="right" if heading in ("COUNT", "SHARE") else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(plain, row))
    console.print(table)


def _told(summary: Summary, locale: str) -> Iterator[dict[str, Any]]:
    """A line for each column and problem."""
    for name, column in summary.columns.items():
        for problem, count in column.problems.most_common():
            said = {"message": problem.message(locale), "explanation": problem.explanation(locale)}
            kind = {"column": name, "field": column.field.name, "key": str(problem.key), "reason": str(problem.reason)}
            yield {**kind, "count": count, **said}


def _json(summary: Summary, locale: str, console: Console) -> None:
    columns = [
        {"column": name, "field": column.field.name, "values": column.values, "nulls": column.nulls, "wrong": column.wrong}
        for name, column in summary.columns.items()
    ]
    counts = {name: count for name, (_, count) in _counts(summary).items()}
    whole = {"file": redact(summary.source), **counts, "columns": columns}
    console.file.write(json.dumps(whole | {"problems": list(_told(summary, locale))}, ensure_ascii=False, indent=2) + "\n")


def _csv(summary: Summary, locale: str, console: Console) -> None:
    writer = csv.DictWriter(console.file, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_told(summary, locale))
    for name, (phrase, count) in _counts(summary).items():
        explanation = message(Phrase.AUDIT_RAGGED_ROWS, locale) if name == "ragged" and count else ""
        writer.writerow({"reason": name, "count": count, "message": message(phrase, locale), "explanation": explanation})

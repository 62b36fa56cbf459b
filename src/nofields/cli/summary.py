"""The summary of ``nofields check``, as text, JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from nofields.cli.common import NARROW, literal, print_entry
from nofields.keys import Phrase
from nofields.messages import message
from nofields.redact import redact

if TYPE_CHECKING:
    from nofields.audit.auditing import Summary


class SummaryFormat(StrEnum):
    """The format of the summary."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


_COLUMNS = ("column", "field", "key", "reason", "count", "message", "explanation")


def write_summary(summary: Summary, format: SummaryFormat, locale: str, console: Console) -> None:
    """Write the summary of a file to a console, in a format and a language."""
    writers = {SummaryFormat.TEXT: _write_text, SummaryFormat.JSON: _write_json, SummaryFormat.CSV: _write_csv}
    writers[format](summary, locale, console)


def _write_text(summary: Summary, locale: str, console: Console) -> None:
    from nofields.audit.report import grouped

    rows = list(_rows(summary, locale))
    if console.width < NARROW:
        for *cells, text in rows:
            print_entry(console, " · ".join(filter(None, cells)), text)
    else:
        _print_table(rows, locale, console)
    counts = dict(_counts(summary).values())
    counts[Phrase.AUDIT_WRONG_VALUES] = summary.wrong - summary.ragged
    described = (f"{message(phrase, locale)}: {grouped(count, locale)}" for phrase, count in counts.items())
    console.print(literal(" · ".join(described)))


def _counts(summary: Summary) -> dict[str, tuple[Phrase, int]]:
    """Return the counts of rows with their labels, by their names in JSON and CSV."""
    return {
        "rows": (Phrase.AUDIT_ROWS, summary.rows),
        "rows_clean": (Phrase.AUDIT_ROWS_CLEAN, summary.rows_clean),
        "rows_rejected": (Phrase.AUDIT_ROWS_REJECTED, summary.rows_rejected),
        "ragged": (Phrase.AUDIT_RAGGED, summary.ragged),
    }


def _rows(summary: Summary, locale: str) -> Iterator[tuple[str, ...]]:
    """Yield a row for each column and problem: column, field, count, share, reason and message."""
    from nofields.audit.report import grouped, percent

    for name, column in summary.columns.items():
        field = column.field.name
        for problem, count in column.problems.most_common():
            text = f"{problem.message(locale)}\n{problem.explanation(locale)}"
            yield name, field, grouped(count, locale), percent(count, column.values, locale), str(problem.reason), text
        if not column.problems:
            yield name, field, "0", percent(0, 1, locale), "", message(Phrase.AUDIT_NOTHING_WRONG, locale)


def _print_table(rows: Iterable[tuple[str, ...]], locale: str, console: Console) -> None:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("COLUMN", "FIELD", "COUNT", "SHARE", "REASON", "MESSAGE"):
        table.add_column(
            literal(message(Phrase[f"AUDIT_{heading}"], locale)),
            justify="right" if heading in ("COUNT", "SHARE") else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(literal, row))
    console.print(table)


def _problems(summary: Summary, locale: str) -> Iterator[dict[str, str | int]]:
    """Yield the values of ``_COLUMNS`` for each column and problem."""
    for name, column in summary.columns.items():
        for problem, count in column.problems.most_common():
            texts = {"message": problem.message(locale), "explanation": problem.explanation(locale)}
            kind = {"column": name, "field": column.field.name, "key": str(problem.key), "reason": str(problem.reason)}
            yield {**kind, "count": count, **texts}


def _write_json(summary: Summary, locale: str, console: Console) -> None:
    columns = [
        {"column": name, "field": column.field.name, "values": column.values, "nulls": column.nulls, "wrong": column.wrong}
        for name, column in summary.columns.items()
    ]
    counts = {name: count for name, (_, count) in _counts(summary).items()}
    problems = list(_problems(summary, locale))
    document = {"file": redact(summary.source), **counts, "columns": columns, "problems": problems}
    console.file.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _write_csv(summary: Summary, locale: str, console: Console) -> None:
    writer = csv.DictWriter(console.file, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_problems(summary, locale))
    for name, (phrase, count) in _counts(summary).items():
        explanation = message(Phrase.AUDIT_RAGGED_ROWS, locale) if name == "ragged" and count else ""
        writer.writerow({"reason": name, "count": count, "message": message(phrase, locale), "explanation": explanation})

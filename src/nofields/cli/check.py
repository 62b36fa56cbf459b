"""``nofields check``: which values of a file are wrong, and why."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from nofields.audit.unreadable import Unreadable, sentence
from nofields.catalogs import DEFAULT
from nofields.cli.check_columns import columns_to_check
from nofields.cli.check_outputs import Outputs, audit_and_write, normalize, validate_paths
from nofields.cli.common import LocaleOption, err, literal, notify, out
from nofields.cli.exit_codes import FAILED, INVALID
from nofields.cli.summary import SummaryFormat, write_summary
from nofields.extras import importing
from nofields.files import STANDARD

if TYPE_CHECKING:
    from nofields.audit.source import Source

_ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        "-c",
        metavar="COLUMN=FIELD",
        help="A column and its field; may be repeated. If omitted, columns are recognised by name.",
    ),
]
_DelimiterOption = Annotated[
    str | None, typer.Option(help="Between the cells of CSV; \\t is a tab. If omitted, it is detected.", show_default=False)
]
_EncodingOption = Annotated[
    str | None, typer.Option(help="Encoding of CSV. If omitted, UTF-8 or else Windows-1252.", show_default=False)
]


def check(
    file: Annotated[str, typer.Argument(help="CSV, Parquet or Arrow (Feather); - is standard input.")],
    column: _ColumnOption = None,
    locale: LocaleOption = DEFAULT,
    format: Annotated[SummaryFormat, typer.Option(help="Format of the summary.")] = SummaryFormat.TEXT,
    rejected: Annotated[str | None, typer.Option(metavar="FILE", help="Write every wrong value, with its row.")] = None,
    clean: Annotated[str | None, typer.Option(metavar="FILE", help="Write the rows without wrong values, cleaned.")] = None,
    report: Annotated[str | None, typer.Option(metavar="FILE.html", help="Write a report as a web page.")] = None,
    show_values: Annotated[bool, typer.Option("--show-values", help="Do not mask personal values.")] = False,
    empty_ok: Annotated[bool, typer.Option("--empty-ok", help="Skip empty cells instead of rejecting them.")] = False,
    delimiter: _DelimiterOption = None,
    encoding: _EncodingOption = None,
) -> None:
    """Check the columns of a file of any size, and count the wrong values.

    --rejected and --clean write CSV, or Parquet or Arrow by the file's suffix.
    Every row is in one of them. The name - is standard output.
    Ragged rows are rejected: more or fewer cells than the header, text after a
    closing quotation mark, or a cell that is never closed. In the last two cases
    only the first line of the row is rejected: reading resumes on the next one.
    A fødselsnummer, and a column of passwords, is masked everywhere but in --clean.
    """
    outputs = Outputs(normalize(rejected), normalize(clean), normalize(report), locale, show_values)
    with importing("columns", "`nofields check`"):
        from nofields.audit.opening import open_source
    with _exit_on_errors():
        source = open_source(file, encoding, "\t" if delimiter == r"\t" else delimiter)
        fields = columns_to_check(source, column or [])
        validate_paths(file, outputs.paths)
        summary = audit_and_write(source, fields, outputs, _progress(source), empty_is_null=empty_ok)
    write_summary(summary, format, locale, err if STANDARD in outputs.paths else out)
    raise typer.Exit(INVALID if summary.wrong else 0)


@contextmanager
def _exit_on_errors() -> Iterator[None]:
    """Print an error as one sentence and exit, for files that cannot be read or written."""
    try:
        yield
        return
    except BrokenPipeError as error:
        if error.filename in (None, STANDARD):  # not an error of this command
            raise
        message = f"{error.filename} cannot be written: {sentence(error)}"
    except OSError as error:
        name = {None: "A file", STANDARD: "Standard output"}.get(error.filename, error.filename)
        message = f"{name} cannot be written: {sentence(error)}"
    except Unreadable as error:
        message = str(error)
    notify(message, style="bold red")
    raise typer.Exit(FAILED)


@contextmanager
def _progress(source: Source) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():  # with forced colours, Rich treats a pipe as a terminal
        yield lambda position: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(literal(source.name).plain, total=source.size)
        yield lambda position: progress.update(task, completed=position)

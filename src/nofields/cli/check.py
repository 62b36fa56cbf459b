"""``nofields check``: which values of a file are wrong, and why."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from nofields.audit.unreadable import Unreadable
from nofields.cli.common import INVALID, UNUSABLE, LocaleOption, err, out
from nofields.cli.summary import Format, write
from nofields.fields import BY_NAME, AltinnPassword
from nofields.files import whole
from nofields.value import Field

if TYPE_CHECKING:
    from nofields.audit.auditing import Output, Summary
    from nofields.audit.source import Source


#: So many columns are listed.
_MANY = 20
#: What a column is not called, but what stands in a first row that is no header: a long number, an address.
_VALUE = re.compile(r"(?:[0-9]\W*){6}|@|.{61}")


def check(
    file: Annotated[str, typer.Argument(help="CSV, Parquet or Arrow (Feather); - is standard input.")],
    column: Annotated[
        list[str] | None,
        typer.Option("--column", "-c", metavar="COLUMN=FIELD", help="Which field a column holds. If left out, by their names."),
    ] = None,
    locale: LocaleOption = "nb",
    format: Annotated[Format, typer.Option(help="For people or for programs.")] = Format.TEXT,
    rejected: Annotated[str | None, typer.Option(metavar="FILE", help="Write every wrong value here, with its row.")] = None,
    clean: Annotated[str | None, typer.Option(metavar="FILE", help="Write the rows without a wrong value, cleaned.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page about it.", dir_okay=False)] = None,
    show_values: Annotated[bool, typer.Option("--show-values", help="Show personal values, which are masked.")] = False,
    empty_ok: Annotated[bool, typer.Option("--empty-ok", help="An empty cell is no value, not a wrong one.")] = False,
    delimiter: Annotated[
        str | None, typer.Option(help="Of the cells of CSV. Detected if left out.", show_default=False)
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of CSV. UTF-8 or Windows-1252 if left out.", show_default=False)] = None,
) -> None:
    """Check the columns of a file, of any size, and count what is wrong with them.

    --rejected and --clean write CSV, or Parquet or Arrow by the file's name.
    Together they have every row. The name - is standard output.
    A fødselsnummer or a password is masked everywhere but in --clean.
    """
    with _explained():
        from nofields.audit.opening import opened

        source = opened(file, encoding, delimiter)
        fields = _fields(source, column or [])
        _keep(file, [str(each) for each in (rejected, clean, report) if each])
        from nofields.audit.auditing import audit

        with ExitStack() as files:
            outputs = _outputs(files, source, fields, rejected, clean, locale, show_values)
            page = _page(files, report)
            with _progress(source) as advance:
                summary = audit(source, fields, outputs, empty_is_null=empty_ok, advance=advance)
            _report(page, summary, locale, show_values)
    write(summary, format, locale, err if "-" in (rejected, clean, str(report)) else out)
    raise typer.Exit(INVALID if summary.wrong else 0)


def _fields(source: Source, named: list[str]) -> dict[str, type[Field]]:
    """The columns to check, as they were named or, where none was, as their names tell."""
    from nofields.audit.guess import guessed

    if not named:
        found = guessed(source.columns)
        if not found:
            raise typer.BadParameter(
                f"No column has the name of a field. {_listed(source.columns)} Name them: --column COLUMN=FIELD."
            )
        told = ", ".join(f"{column}={field.name}" for column, field in found.items())
        err.print(f"Recognised by name: {told}. Use --column to choose otherwise.", markup=False)
        return found
    fields = {}
    for each in named:
        column, equals, name = each.rpartition("=")
        if not equals or name not in BY_NAME:
            raise typer.BadParameter(f"{each!r} is not COLUMN=FIELD with a field of {', '.join(BY_NAME)}.")
        if column not in source.columns:
            raise typer.BadParameter(f"{source.name} has no column {column!r}. {_listed(source.columns)}")
        if column in fields:
            raise typer.BadParameter(f"--column names {column!r} twice.")
        fields[column] = BY_NAME[name]
    return fields


def _keep(file: str, written: Iterable[str]) -> None:
    """Refuses to write to the file that is read, and to write twice to one file."""
    taken: set[str] = set()
    for path in written:
        if file != "-" and os.path.exists(path) and os.path.exists(file) and os.path.samefile(path, file):
            raise typer.BadParameter(f"{path} is the file that is read.")
        if (real := os.path.realpath(path) if path != "-" else path) in taken and real != os.devnull:
            raise typer.BadParameter(f"{path} can be written only once: give each of --rejected, --clean and --report its own.")
        taken.add(real)


def _listed(columns: Sequence[str]) -> str:
    """One sentence on the columns that there are."""
    if any(_VALUE.search(name) or AltinnPassword.is_valid(name) for name in columns):
        return "Its first row holds values, where the names of the columns should be."
    more = f" and {len(columns) - _MANY} more" if len(columns) > _MANY else ""
    return f"The columns are {', '.join(map(repr, columns[:_MANY]))}{more}."


def _outputs(
    files: ExitStack,
    source: Source,
    fields: Mapping[str, type[Field]],
    rejected: str | None,
    clean: str | None,
    locale: str,
    show_values: bool,
) -> list[Output]:
    from nofields.audit.guess import secret as called_secret
    from nofields.audit.outputs import Clean, Rejected, table_file

    outputs: list[Output] = []
    if rejected:
        known = {name for name, field in fields.items() if field.secret} | called_secret(source.columns)
        secret = [] if show_values else [name for name in source.columns if name in known]
        table = files.enter_context(table_file(rejected, source))
        outputs.append(Rejected(table, source, secret, locale))
        if secret:
            err.print(f"Masked in {rejected}: {', '.join(secret)}. --show-values shows them.", markup=False)
    if clean:
        outputs.append(Clean(files.enter_context(table_file(clean, source))))
    return outputs


def _page(files: ExitStack, report: Path | None) -> BinaryIO | None:
    """Where the report is written; it appears with the other files, or none does."""
    from nofields.audit.outputs import STANDARD_OUTPUT

    if report is None:
        return None
    return sys.stdout.buffer if str(report) == STANDARD_OUTPUT else files.enter_context(whole(report))


def _report(page: BinaryIO | None, summary: Summary, locale: str, show_values: bool) -> None:
    if page is not None:
        from nofields.audit.report import report

        page.write(report(summary, locale, show_values=show_values).encode())


@contextmanager
def _explained() -> Iterator[None]:
    """Says in one sentence what could not be done, and ends with the exit code for that."""
    try:
        yield
        return
    except ModuleNotFoundError as missing:
        said = f"`nofields check` needs {missing.name}: pip install 'nofields[cli,columns]'"
    except OSError as error:
        said = f"{error.filename or 'A file'} cannot be written: {error.strerror or error}."
    except Unreadable as error:
        said = str(error)
    err.print(Text(said, style="bold red"))
    raise typer.Exit(UNUSABLE)


@contextmanager
def _progress(source: Source) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(source.name, total=source.size)
        yield lambda reaches: progress.update(task, completed=reaches)

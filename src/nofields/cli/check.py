"""``nofields check``: which values of a file are wrong, and why."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from nofields.audit.unreadable import Unreadable, sentence
from nofields.catalogs import DEFAULT
from nofields.cli.common import LocaleOption, err, literal, notify, out
from nofields.cli.exit_codes import FAILED, INVALID
from nofields.cli.summary import SummaryFormat, write_summary
from nofields.fields import BY_NAME
from nofields.files import STANDARD, default_filename
from nofields.value import Field

if TYPE_CHECKING:
    from nofields.audit.auditing import Output, Summary
    from nofields.audit.source import Source


#: So many columns are listed, with so many characters of their names; what is longer than the last is no name.
_MANY, _SHOWN, _LONGEST_NAME = 20, 40, 60
#: So many digits are a value and no name: with letters among them, and without.
_DIGITS_AND_LETTERS, _DIGITS_ALONE = 9, 6


_DelimiterOption = Annotated[
    str | None, typer.Option(help="Between the cells of CSV; \\t is a tab. If left out, it is detected.", show_default=False)
]
_EncodingOption = Annotated[
    str | None, typer.Option(help="Of CSV. If left out: UTF-8, otherwise Windows-1252.", show_default=False)
]


class _Wanted(NamedTuple):
    """What is to be written: a path or ``-`` for each kind of output, and how."""

    rejected: str | None
    clean: str | None
    report: str | None
    locale: str
    show_values: bool

    @property
    def paths(self) -> list[str]:
        return [path for path in (self.rejected, self.clean, self.report) if path is not None]


def check(
    file: Annotated[str, typer.Argument(help="CSV, Parquet or Arrow (Feather); - is standard input.")],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            "-c",
            metavar="COLUMN=FIELD",
            help="Which field a column holds; may be repeated. If left out, by their names.",
        ),
    ] = None,
    locale: LocaleOption = DEFAULT,
    format: Annotated[SummaryFormat, typer.Option(help="For people or for programs.")] = SummaryFormat.TEXT,
    rejected: Annotated[str | None, typer.Option(metavar="FILE", help="Write every wrong value here, with its row.")] = None,
    clean: Annotated[str | None, typer.Option(metavar="FILE", help="Write the rows without a wrong value, cleaned.")] = None,
    report: Annotated[str | None, typer.Option(metavar="FILE.html", help="Write a page about it.")] = None,
    show_values: Annotated[bool, typer.Option("--show-values", help="Show personal values, which are masked.")] = False,
    empty_ok: Annotated[bool, typer.Option("--empty-ok", help="An empty cell is no value, not a wrong one.")] = False,
    delimiter: _DelimiterOption = None,
    encoding: _EncodingOption = None,
) -> None:
    """Check the columns of a file, of any size, and count what is wrong with them.

    --rejected and --clean write CSV, or Parquet or Arrow by the file's name.
    Every row is in one of them. The name - is standard output.
    Ragged rows are rejected: more or fewer cells than the header, text after a
    closing quotation mark, or a cell that is never closed. In the last two cases
    that is only the first line of the row: reading resumes on the next one.
    A fødselsnummer, and a column of passwords, is masked everywhere but in --clean.
    """
    wanted = _Wanted(_named(rejected), _named(clean), _named(report), locale, show_values)
    with _explained():
        from nofields.audit.opening import open_source

        source = open_source(file, encoding, "\t" if delimiter == r"\t" else delimiter)
        fields = _fields(source, column or [])
        _keep(file, wanted.paths)
        summary = _audited(source, fields, wanted, empty_ok)
    write_summary(summary, format, locale, err if STANDARD in wanted.paths else out)
    raise typer.Exit(INVALID if summary.wrong else 0)


def _fields(source: Source, named: list[str]) -> dict[str, type[Field]]:
    """The columns to check, as they were named or, where none was, as their names tell."""
    if not source.columns:
        raise Unreadable(f"{source.name} has no columns.")
    if not named:
        return _guessed(source)
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


def _guessed(source: Source) -> dict[str, type[Field]]:
    """The columns that are called like fields, and hold texts; which is said."""
    from nofields.audit.guess import guess_fields

    called = guess_fields(source.columns)
    if not called:
        raise typer.BadParameter(
            f"No column has the name of a field. {_listed(source.columns)} Name them: --column COLUMN=FIELD."
        )
    refused = {column: why for column in called if (why := source.unsupported(column))}
    found = {column: field for column, field in called.items() if column not in refused}
    if not found:
        raise Unreadable("Column {}: {}".format(*next(iter(refused.items()))))
    told = ", ".join(f"{column}={field.name}" for column, field in found.items())
    notify(f"Recognised by name: {told}. Use --column to choose otherwise.")
    if refused:
        notify(f"Recognised by name, but not checked, since only texts can be: {', '.join(refused)}.")
    return found


def _named(path: str | None) -> str | None:
    """The name of standard output for a path that is it under another one, such as /dev/stdout."""
    with suppress(OSError):
        if path and path != os.devnull and not os.path.isfile(path) and os.path.samestat(os.stat(path), os.fstat(1)):
            return STANDARD
    return path


def _keep(file: str, written: Iterable[str]) -> None:
    """Refuses to write to a file that is read, or that standard output goes to, and twice to one."""
    taken: set[str] = set()
    for path in written:
        if not path:
            raise typer.BadParameter("A file to write to has an empty name. Is a variable of the shell unset?")
        if path == STANDARD and sys.stdout is None:
            raise typer.BadParameter("Standard output is closed.")
        if _is(path, 0 if file == STANDARD else file):
            raise typer.BadParameter(f"{path} is the file that is read.")
        if _is(path, 1) or _is(path, 2):
            raise typer.BadParameter(f"{path} is the file that standard output or errors go to. Name -, or another file.")
        if (real := os.path.realpath(path) if path != STANDARD else path) in taken and real != os.devnull:
            raise typer.BadParameter(f"{path} can be written only once: give each of --rejected, --clean and --report its own.")
        taken.add(real)


def _is(path: str, other: str | int) -> bool:
    """Whether a path is a file, and the same as another or as what is open under a number."""
    with suppress(OSError):
        return path != STANDARD and os.path.isfile(path) and os.path.samefile(path, other)
    return False


def _listed(columns: Sequence[str]) -> str:
    """One sentence on the columns that there are."""
    if any(map(_could_be_value, columns)):
        return "Its first row is not shown, since it looks like values, where the names of the columns should be."
    more = f" and {len(columns) - _MANY} more" if len(columns) > _MANY else ""
    names = (repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…") for name in columns[:_MANY])
    return f"The columns are {', '.join(names)}{more}."


def _could_be_value(name: str) -> bool:
    """Whether a name in a first row looks like a value: a number, a date, an address, a text."""
    digits = _DIGITS_AND_LETTERS if any(map(str.isalpha, name)) else _DIGITS_ALONE
    return sum(map(str.isdigit, name)) >= digits or "@" in name or len(name) > _LONGEST_NAME


def _audited(source: Source, fields: Mapping[str, type[Field]], wanted: _Wanted, empty_ok: bool) -> Summary:
    """Checks the file, and writes all that is wanted of it, or nothing if that fails."""
    from nofields.audit.auditing import audit
    from nofields.audit.outputs import Clean, Rejected
    from nofields.audit.table_file import TableFile, open_output

    with ExitStack() as files:
        opened = {path: files.enter_context(open_output(path)) for path in wanted.paths}
        tables: list[TableFile] = []
        outputs: list[Output] = []
        if path := wanted.rejected:
            tables.append(files.enter_context(TableFile(opened[path], path, source)))
            secret, shown = _masked(source, fields, wanted), wanted.show_values
            outputs.append(Rejected(tables[-1], source, secret, wanted.locale, shown=shown))
        if path := wanted.clean:
            tables.append(files.enter_context(TableFile(opened[path], path, source)))
            outputs.append(Clean(tables[-1]))
        with _progress(source) as advance:
            summary = audit(source, fields, outputs, empty_is_null=empty_ok, advance=advance)
        for table in tables:  # each is ended before the first takes its place
            table.close()
        if path := wanted.report:
            from nofields.audit.report import report

            opened[path].write(report(summary, wanted.locale, show_values=wanted.show_values).encode(errors="replace"))
        for path, file in opened.items():
            with default_filename(Path(path)):
                file.flush()
    return summary


def _masked(source: Source, fields: Mapping[str, type[Field]], wanted: _Wanted) -> list[str]:
    """The columns whose values are masked among the rejected, which is said."""
    from nofields.audit.guess import secret_columns

    if wanted.show_values:
        return []
    known = {name for name, field in fields.items() if field.secret} | secret_columns(source.columns)
    masked = [name for name in source.columns if name in known]
    if masked:
        notify(f"Masked in {wanted.rejected}: {', '.join(masked)}. --show-values shows them.")
    return masked


@contextmanager
def _explained() -> Iterator[None]:
    """Says in one sentence what could not be done, and ends with the exit code for that."""
    try:
        yield
        return
    except ModuleNotFoundError as missing:
        said = f"`nofields check` needs {missing.name}: pip install 'nofields[cli,columns]'"
    except BrokenPipeError as error:
        if error.filename in (None, STANDARD):  # nobody reads standard output any more, which is no fault of this program's
            raise
        said = f"{error.filename} cannot be written: {sentence(error)}"
    except OSError as error:
        named = {None: "A file", STANDARD: "Standard output"}.get(error.filename, error.filename)
        said = f"{named} cannot be written: {sentence(error)}"
    except Unreadable as error:
        said = str(error)
    notify(said, style="bold red")
    raise typer.Exit(FAILED)


@contextmanager
def _progress(source: Source) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():  # which Rich believes of a pipe, too, where colour is forced
        yield lambda reaches: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(literal(source.name).plain, total=source.size)
        yield lambda reaches: progress.update(task, completed=reaches)

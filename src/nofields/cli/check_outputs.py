"""The files that ``nofields check`` writes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import typer

from nofields.cli.common import notify
from nofields.files import STANDARD, default_filename
from nofields.value import Field

if TYPE_CHECKING:
    from nofields.audit.auditing import Output, Summary
    from nofields.audit.source import Source
    from nofields.audit.table_file import TableFile


class Outputs(NamedTuple):
    """The files to write, each a path, ``-`` or ``None``; and how to write them."""

    rejected: str | None
    clean: str | None
    report: str | None
    locale: str
    show_values: bool

    @property
    def paths(self) -> list[str]:
        return [path for path in (self.rejected, self.clean, self.report) if path is not None]


def normalize(path: str | None) -> str | None:
    """Return ``-`` for a path that is standard output under another name, such as /dev/stdout."""
    with suppress(OSError):
        if path and path != os.devnull and not os.path.isfile(path) and os.path.samestat(os.stat(path), os.fstat(1)):
            return STANDARD
    return path


def validate_paths(file: str, outputs: Iterable[str]) -> None:
    """Check that the outputs are distinct files, and are neither read nor standard output or errors.

    Args:
        file: The file that is read, or ``-``.
        outputs: The files to write, or ``-``.

    Raises:
        typer.BadParameter: An output cannot be written to.
    """
    used: set[str] = set()
    for path in outputs:
        if not path:
            raise typer.BadParameter("A file to write to has an empty name. Is a variable of the shell unset?")
        if path == STANDARD and sys.stdout is None:
            raise typer.BadParameter("Standard output is closed.")
        if _is_same_file(path, 0 if file == STANDARD else file):
            raise typer.BadParameter(f"{path} is the file that is read.")
        if _is_same_file(path, 1) or _is_same_file(path, 2):
            raise typer.BadParameter(f"{path} is the file that standard output or errors go to. Name -, or another file.")
        if (real := os.path.realpath(path) if path != STANDARD else path) in used and real != os.devnull:
            raise typer.BadParameter(f"{path} can be written only once: give each of --rejected, --clean and --report its own.")
        used.add(real)


def _is_same_file(path: str, other: str | int) -> bool:
    """Whether a path is a regular file, and the same as another path or file descriptor."""
    with suppress(OSError):
        return path != STANDARD and os.path.isfile(path) and os.path.samefile(path, other)
    return False


def audit_and_write(
    source: Source,
    fields: Mapping[str, type[Field]],
    outputs: Outputs,
    progress: AbstractContextManager[Callable[[int], None]],
    *,
    empty_is_null: bool,
) -> Summary:
    """Check the file and write all outputs, or none of them if anything fails.

    ``progress`` is entered for the audit and gives the function to call with the position in the file.

    Raises:
        Unreadable: The file cannot be read, or an output's format cannot hold its columns.
        OSError: An output cannot be written.
    """
    from nofields.audit.auditing import audit
    from nofields.audit.table_file import open_output

    with ExitStack() as stack:
        files = {path: stack.enter_context(open_output(path)) for path in outputs.paths}
        writers: list[Output] = []
        tables: list[TableFile] = []
        for table, writer in _writers(source, fields, outputs, files):
            tables.append(stack.enter_context(table))
            writers.append(writer)
        with progress as advance:
            summary = audit(source, fields, writers, empty_is_null=empty_is_null, advance=advance)
        for table in tables:  # all are complete before the first replaces its target
            table.close()
        if path := outputs.report:
            from nofields.audit.report import report

            files[path].write(report(summary, outputs.locale, show_values=outputs.show_values).encode(errors="replace"))
        for path, file in files.items():
            with default_filename(Path(path)):
                file.flush()
    return summary


def _writers(
    source: Source, fields: Mapping[str, type[Field]], outputs: Outputs, files: Mapping[str, BinaryIO]
) -> Iterator[tuple[TableFile, Output]]:
    """Yield a table file for --rejected and for --clean, with the output that writes it."""
    from nofields.audit.outputs import Clean, Rejected
    from nofields.audit.table_file import TableFile

    if path := outputs.rejected:
        table = TableFile(files[path], path, source)
        secret = _masked_columns(source, fields, outputs)
        yield table, Rejected(table, source, secret, outputs.locale, shown=outputs.show_values)
    if path := outputs.clean:
        table = TableFile(files[path], path, source)
        yield table, Clean(table)


def _masked_columns(source: Source, fields: Mapping[str, type[Field]], outputs: Outputs) -> list[str]:
    """Return the columns to mask among the rejected rows, and print which they are."""
    from nofields.audit.guess import secret_columns

    if outputs.show_values:
        return []
    secret = {name for name, field in fields.items() if field.secret} | secret_columns(source.columns)
    masked = [name for name in source.columns if name in secret]
    if masked:
        target = "standard output" if outputs.rejected == STANDARD else outputs.rejected
        notify(f"Masked in {target}: {', '.join(masked)}. --show-values shows them.")
    return masked

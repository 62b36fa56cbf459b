"""``nofields export``: what a frontend reads."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nofields.catalogs import DEFAULT
from nofields.cli.common import UNUSABLE, LocaleOption, tell
from nofields.export import bundles
from nofields.export.schema import schema as field_schema
from nofields.export.types import key_types
from nofields.export.validators import validators as validator_files
from nofields.files import write_all

#: The names of the bundle formats, as a choice that Typer checks.
BundleFormat = StrEnum("BundleFormat", {name: name for name in bundles.FORMATS})  # type: ignore[misc]
_JSON = BundleFormat("json")
_FORMATS = f"Bundle format. {'; '.join(f'{name}: {writer.__doc__}' for name, writer in bundles.FORMATS.items())}."


def export(
    locale: LocaleOption = DEFAULT,
    format: Annotated[BundleFormat, typer.Option(help=_FORMATS)] = _JSON,
    all: Annotated[bool, typer.Option("--all", help="nofields' own keys too: labels, hints, reasons.")] = False,
    verbatim: Annotated[bool, typer.Option("--verbatim", help="The documented bundle as it is, flaws and all.")] = False,
    validators: Annotated[bool, typer.Option("--validators", help="nofields.js, its rules and types; needs --out.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="JSON Schema of the fields.")] = False,
    out: Annotated[str | None, typer.Option(metavar="FOLDER", help="For files: every language, and keys.d.ts.")] = None,
) -> None:
    """Write what frontends read: the message bundle, key types, JSON Schema, validators. To standard output, or into --out."""
    if sum((verbatim, validators, schema)) > 1:
        raise typer.BadParameter("Use only one of --verbatim, --validators and --schema.")
    if (verbatim or validators or schema) and (format is not _JSON or all or locale != DEFAULT):
        raise typer.BadParameter("--verbatim, --validators and --schema have one form: leave --format, --all and --locale out.")
    if out is not None and locale != DEFAULT:
        raise typer.BadParameter("--out writes every language: leave --locale out.")
    if out == "":
        raise typer.BadParameter("The folder to write to has an empty name. Is a variable of the shell unset?")
    if validators and out is None:
        raise typer.BadParameter("--validators writes three files: say where with --out.")
    if out is not None:
        _write(Path(out), _files(format, own=all, verbatim=verbatim, validators=validators, schema=schema))
    elif schema:
        typer.echo(field_schema(), nl=False)
    else:
        typer.echo(bundles.verbatim() if verbatim else bundles.bundle(locale, format, own=all), nl=False)
    if not (verbatim or validators or schema):
        keys = " and ".join(bundles.replaced())
        tell(f"The documented texts of {keys} are not messages and were replaced. --verbatim keeps them.")


def _files(format: str, *, own: bool, verbatim: bool, validators: bool, schema: bool) -> dict[str, str]:
    if validators:
        return validator_files()
    if schema:
        return {"nofields.schema.json": field_schema()}
    if verbatim:
        return {"nb.json": bundles.verbatim(), "keys.d.ts": key_types()}
    return bundles.files(format, own=own) | {"keys.d.ts": key_types(own=own)}


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        for file in write_all(folder, files):
            tell(f"wrote {file}")
    except OSError as error:
        tell(f"Cannot write {error.filename or folder}: {error.strerror or error}", style="bold red")
        raise typer.Exit(UNUSABLE) from None

"""``nofields export``: messages, key types, schemas and an npm package for a frontend."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nofields.catalogs import DEFAULT
from nofields.cli.common import LocaleOption, notify
from nofields.cli.exit_codes import FAILED
from nofields.cli.own_fields import own_fields
from nofields.export import bundles
from nofields.export.npm import package
from nofields.export.schema import Draft
from nofields.export.schema import schema as field_schema
from nofields.export.types import key_types
from nofields.files import write_all

#: The names of the bundle formats, as a choice that Typer validates.
BundleFormat = StrEnum("BundleFormat", {name: name for name in bundles.FORMATS})  # type: ignore[misc]
_JSON = BundleFormat("json")
_FORMATS = f"Bundle format. {'; '.join(f'{name}: {writer.__doc__}' for name, writer in bundles.FORMATS.items())}."


def export(
    locale: LocaleOption = DEFAULT,
    format: Annotated[BundleFormat, typer.Option(help=_FORMATS)] = _JSON,
    all: Annotated[
        bool, typer.Option("--all", help="Include nofields' own keys (labels, hints, reasons) and your project's.")
    ] = False,
    verbatim: Annotated[
        bool, typer.Option("--verbatim", help="Write the documented bundle unchanged, with its flaws.")
    ] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Write the JSON Schema of the fields.")] = False,
    draft: Annotated[Draft, typer.Option(help="Version of the JSON Schema, of --schema and --npm.")] = Draft.LATEST,
    npm: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help="Write an npm package: checks, bundles of every language with all keys, types, schema."
        ),
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="MODULE:CLASS", help="Include a field of your own in the npm package.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Write files to this folder: every language, and keys.d.ts.")
    ] = None,
) -> None:
    """Write the message bundle, key types or JSON Schema for a frontend to standard output or --out, or an npm package."""
    _check_combination(verbatim=verbatim, schema=schema, npm=npm, out=out, plain=format is _JSON, all=all, locale=locale)
    _check_need(schema=schema, draft=draft, npm=npm, field=field, out=out)
    document = field_schema(draft) if schema else ""
    if npm is not None:
        _write(Path(npm), _package(format, field or [], draft))
    elif out is not None:
        _write(Path(out), _files(format, own=all, verbatim=verbatim, schema=document))
    else:
        typer.echo(document or (bundles.verbatim() if verbatim else bundles.bundle(locale, format, own=all)), nl=False)
    if not (verbatim or schema):
        keys = " and ".join(bundles.replaced())
        notify(f"The documented texts of {keys} are not messages and were replaced. --verbatim keeps them.")


def _check_combination(
    *, verbatim: bool, schema: bool, npm: str | None, out: str | None, plain: bool, all: bool, locale: str
) -> None:
    """Raise ``BadParameter`` for options that exclude each other; ``plain`` is whether no format was chosen."""
    if verbatim and schema:
        raise typer.BadParameter("Use only one of --verbatim and --schema.")
    if (verbatim or schema) and (not plain or all or locale != DEFAULT):
        raise typer.BadParameter("--verbatim and --schema cannot be combined with --format, --all or --locale.")
    if npm is not None and (verbatim or schema or all or locale != DEFAULT or out is not None):
        raise typer.BadParameter("--npm has every language, key and the schema: combine it with --format alone.")
    if out is not None and locale != DEFAULT:
        raise typer.BadParameter("--out writes every language: omit --locale.")


def _check_need(*, schema: bool, draft: Draft, npm: str | None, field: list[str] | None, out: str | None) -> None:
    """Raise ``BadParameter`` for options that say how to write what is not written."""
    if draft is not Draft.LATEST and npm is None and not schema:
        raise typer.BadParameter("--draft is the version of --schema and --npm.")
    if field and npm is None:
        raise typer.BadParameter("--field adds a field to the package of --npm.")
    if "" in (out, npm):
        raise typer.BadParameter("The folder to write to has an empty name. Is a variable of the shell unset?")


def _package(format: str, paths: list[str], draft: Draft) -> dict[str, str]:
    own = own_fields(paths)
    try:
        return package(format, own, draft)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _files(format: str, *, own: bool, verbatim: bool, schema: str) -> dict[str, str]:
    if schema:
        return {"nofields.schema.json": schema}
    if verbatim:
        return {"nb.json": bundles.verbatim(), "keys.d.ts": key_types()}
    return bundles.files(format, own=own) | {"keys.d.ts": key_types(own=own)}


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        for file in write_all(folder, files):
            notify(f"wrote {file}")
    except OSError as error:
        notify(f"Cannot write {error.filename or folder}: {error.strerror or error}", style="bold red")
        raise typer.Exit(FAILED) from None

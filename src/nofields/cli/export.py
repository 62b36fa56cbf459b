"""``nofields export``: messages, key types, schemas and an npm package for a frontend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nofields.catalogs import DEFAULT
from nofields.cli.common import LocaleOption, literal, notify
from nofields.cli.common import out as stdout
from nofields.cli.exit_codes import FAILED, INVALID
from nofields.cli.own_fields import own_fields
from nofields.export import bundles
from nofields.export.key_types import key_types
from nofields.export.notice import WRITTEN
from nofields.export.npm import package
from nofields.export.schema import Draft
from nofields.export.schema import schema as field_schema
from nofields.files import differing, write_all

#: The names of the bundle formats, as a choice that Typer validates.
BundleFormat = StrEnum("BundleFormat", {name: name for name in bundles.FORMATS})  # type: ignore[misc]
_JSON = BundleFormat("json")
#: What a folder of --npm has, and none of --out.
_MANIFEST = "package.json"
_FORMATS = f"Bundle format. {'; '.join(f'{name}: {writer.__doc__}' for name, writer in bundles.FORMATS.items())}."
_ALL = typer.Option("--all", help="Include nofields' own keys (labels, hints, reasons) and your project's.")
_VERBATIM = typer.Option("--verbatim", help="Write the documented bundle unchanged, with its flaws.")
_SCHEMA = typer.Option("--schema", help="Write the JSON Schema of the fields.")
_DRAFT = typer.Option(help="Version of the JSON Schema, of --schema and --npm.")
_NPM = typer.Option(
    metavar="FOLDER", help="Write an npm package: checks, bundles of every language with all keys, types, schema."
)
_FIELD = typer.Option(metavar="MODULE:CLASS", help="Include a field of your own in the npm package.")
_OUT = typer.Option(metavar="FOLDER", help="Write files to this folder: every language and keys.d.ts.")
_CHECK = typer.Option(
    metavar="FOLDER", help="Write nothing; exit with 1 if what --npm or --out wrote to this folder is out of date. For CI."
)


def export(
    locale: LocaleOption = DEFAULT,
    format: Annotated[BundleFormat, typer.Option(help=_FORMATS)] = _JSON,
    all: Annotated[bool, _ALL] = False,
    verbatim: Annotated[bool, _VERBATIM] = False,
    schema: Annotated[bool, _SCHEMA] = False,
    draft: Annotated[Draft, _DRAFT] = Draft.LATEST,
    npm: Annotated[str | None, _NPM] = None,
    field: Annotated[list[str] | None, _FIELD] = None,
    out: Annotated[str | None, _OUT] = None,
    check: Annotated[str | None, _CHECK] = None,
) -> None:
    """Write the message bundle, key types or JSON Schema for a frontend to standard output or --out, or an npm package."""
    if check is not None:
        if npm is not None or out is not None:
            raise typer.BadParameter("--check names the folder in place of --npm or --out.")
        npm, out = (check, None) if Path(check, _MANIFEST).exists() else (None, check)
    _check_combination(verbatim=verbatim, schema=schema, npm=npm, out=out, plain=format is _JSON, all=all, locale=locale)
    _check_need(schema=schema, draft=draft, npm=npm, field=field, out=out)
    handle = _write if check is None else _compare
    document = field_schema(draft) if schema else ""
    if npm is not None:
        if check is None:
            _check_manifest(Path(npm))
        handle(Path(npm), _package(format, field or [], draft))
    elif out is not None:
        handle(Path(out), _files(format, own=all, verbatim=verbatim, schema=document))
    else:
        typer.echo(document or (bundles.verbatim() if verbatim else bundles.bundle(locale, format, own=all)), nl=False)
    if not (verbatim or schema or check):
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
        raise typer.BadParameter(
            "--npm has every language, key and the schema: omit --locale, --all, --verbatim, --schema and --out."
        )
    if out is not None and locale != DEFAULT:
        raise typer.BadParameter("--out writes every language: omit --locale.")


def _check_need(*, schema: bool, draft: Draft, npm: str | None, field: list[str] | None, out: str | None) -> None:
    """Raise ``BadParameter`` for options that say how to write what is not written."""
    if draft is not Draft.LATEST and npm is None and not schema:
        raise typer.BadParameter("--draft is the version of --schema and --npm.")
    if field and npm is None:
        raise typer.BadParameter("--field adds a field to the package of --npm.")
    if "" in (out, npm):
        raise typer.BadParameter("The folder has an empty name. Is a variable of the shell unset?")


def _check_manifest(folder: Path) -> None:
    """Raise ``BadParameter`` if a folder is that of another package, whose ``package.json`` would be lost."""
    manifest = folder / _MANIFEST
    with _os_errors(manifest, "read"):
        if manifest.exists() and WRITTEN not in manifest.read_text("utf-8", "replace"):
            raise typer.BadParameter(
                f"{manifest} is that of another package. Name a folder of its own, such as {folder / 'nofields'}."
            )


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
    with _os_errors(folder, "write"):
        for file in write_all(folder, files):
            notify(f"wrote {file}")


def _compare(folder: Path, files: dict[str, str]) -> None:
    """Name the files that differ from those in the folder, and exit with 1 if there are any."""
    with _os_errors(folder, "read"):
        outdated = differing(folder, files)
    if not outdated:
        notify(f"{folder} is up to date.")
        return
    for file in outdated:
        stdout.print(literal(f"{'differs' if file.exists() else 'missing'}: {file}"), soft_wrap=True)
    count = f"{len(outdated)} of {len(files)} files"
    notify(f"{count} differ from what this command would write to {folder}: export again.", style="bold red")
    raise typer.Exit(INVALID)


@contextmanager
def _os_errors(folder: Path, action: str) -> Iterator[None]:
    """Report an error of the file system, and exit."""
    try:
        yield
    except OSError as error:
        notify(f"Cannot {action} {error.filename or folder}: {error.strerror or error}", style="bold red")
        raise typer.Exit(FAILED) from None

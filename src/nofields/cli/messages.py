"""``nofields messages lint``: what is wrong with the texts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from nofields.catalogs import DEFAULT, DOMAIN, VARIABLE, CatalogError
from nofields.cli.common import INVALID, Format, out, plain, tell
from nofields.cli.discreet import Command, Group
from nofields.export.lint import DOCUMENTED, Finding
from nofields.export.lint import lint as find

messages = typer.Typer(cls=Group, help="Look after the texts: nofields' own, and those of a project in NOFIELDS_LOCALES.")


@messages.callback()
def group() -> None:
    """Take the commands on texts."""


@messages.command(cls=Command)
def lint(format: Annotated[Format, typer.Option(help="For people or for programs.")] = Format.TEXT) -> None:
    """Find what is wrong in the documented bundle and the catalogs: empty, missing, untranslated, stray blanks and more.

    The flaws of the documented bundle are listed and stay; the exit code is 1 if there are others.
    """
    found = [*_found(), *_empty_folders()]
    stay = {(finding.key, finding.code) for finding in found if finding.language == DOCUMENTED}
    others = sum((finding.key, finding.code) not in stay or finding.language not in (DOCUMENTED, DEFAULT) for finding in found)
    if format is Format.JSON:
        typer.echo(json.dumps([finding._asdict() for finding in found], ensure_ascii=False, indent=2))
    else:
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for heading in ("WHERE", "KEY", "WHAT"):
            table.add_column(heading, overflow="fold")
        for finding in found:
            table.add_row(*map(plain, (finding.language, finding.key, f"{finding.code}: {finding.message}")))
        out.print(table)
        tell(f"{len(found)} found, {others} of them not in the documented bundle")
    raise typer.Exit(INVALID if others else 0)


def _found() -> list[Finding]:
    try:
        return find()
    except CatalogError as error:  # without which nothing can be said of the others either
        return [Finding(VARIABLE, "", "unreadable", str(error))]


def _empty_folders() -> list[Finding]:
    """The folders of the environment that have no catalog; not by their names, since the environment is not shown."""
    folders = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    path = f"*/LC_MESSAGES/{DOMAIN}.[mp]o"
    empty = [number for number, folder in enumerate(folders, start=1) if not any(folder.glob(path))]
    said = f"no {{language}}/LC_MESSAGES/{DOMAIN}.po in folder"
    return [Finding(VARIABLE, "", "no-catalog", f"{said} {number} of {len(folders)}") for number in empty]

"""``nofields messages lint``: what is wrong with the texts."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from nofields.cli.common import INVALID, Format, err, out
from nofields.cli.discreet import Command, Group
from nofields.export.lint import lint as find

messages = typer.Typer(cls=Group, help="Look after the texts: nofields' own, and those of a project in NOFIELDS_LOCALES.")


@messages.callback()
def group() -> None:
    """Take the commands on texts."""


@messages.command(cls=Command)
def lint(format: Annotated[Format, typer.Option(help="For people or for programs.")] = Format.TEXT) -> None:
    """Find what is wrong in the documented bundle and the catalogs: empty, missing, untranslated, stray blanks and more."""
    found = find()
    if format is Format.JSON:
        typer.echo(json.dumps([finding._asdict() for finding in found], ensure_ascii=False, indent=2))
    else:
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for heading in ("WHERE", "KEY", "WHAT"):
            table.add_column(heading, overflow="fold")
        for finding in found:
            table.add_row(finding.language, finding.key, f"{finding.code}: {finding.said}")
        out.print(table)
        err.print(f"{len(found)} found")
    raise typer.Exit(INVALID if found else 0)

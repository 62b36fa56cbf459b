"""``nofields messages``: problems in the message catalogs, and the template of a new one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from nofields.catalog_file import DOMAIN, CatalogError
from nofields.catalogs import DEFAULT, VARIABLE, locales_file
from nofields.cli.common import OutputFormat, literal, notify, out
from nofields.cli.exit_codes import INVALID
from nofields.cli.redacting import Command, Group
from nofields.export.lint import DOCUMENTED, Finding
from nofields.export.lint import lint as find_problems

messages = typer.Typer(cls=Group, help="Check and translate messages: nofields' own, and a project's in NOFIELDS_LOCALES.")
_NEW_LANGUAGE = 'A new language: pybabel init -D nofields -i "$(nofields messages template)" -d my-locales -l da'


@messages.command(cls=Command)
def lint(format: Annotated[OutputFormat, typer.Option(help="Output format.")] = OutputFormat.TEXT) -> None:
    """Find empty, missing and untranslated messages, stray blanks and other problems.

    Problems in the documented bundle are listed too, but only others make the exit code 1.
    """
    findings = [*_findings(), *_empty_folders()]
    documented = {(finding.key, finding.code) for finding in findings if finding.language == DOCUMENTED}
    others = sum(
        (finding.key, finding.code) not in documented or finding.language not in (DOCUMENTED, DEFAULT) for finding in findings
    )
    if format is OutputFormat.JSON:
        typer.echo(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        for heading in ("WHERE", "KEY", "WHAT"):
            table.add_column(heading, overflow="fold")
        for finding in findings:
            table.add_row(*map(literal, (finding.language, finding.key, f"{finding.code}: {finding.message}")))
        out.print(table)
        notify(f"{len(findings)} found, {others} of them not in the documented bundle")
    raise typer.Exit(INVALID if others else 0)


@messages.command(cls=Command, epilog=_NEW_LANGUAGE)
def template() -> None:
    """Print the path of nofields.pot, which has every text to translate. Babel's pybabel and Poedit read it."""
    typer.echo(locales_file("nofields.pot"))


def _findings() -> list[Finding]:
    try:
        return find_problems()
    except CatalogError as error:  # no catalog can be checked then
        return [Finding(VARIABLE, "", "unreadable", str(error))]


def _empty_folders() -> list[Finding]:
    """Return a finding for each folder of the environment variable without a catalog, by number instead of name."""
    folders = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    path = f"*/LC_MESSAGES/{DOMAIN}.[mp]o"
    empty = [number for number, folder in enumerate(folders, start=1) if not any(folder.glob(path))]
    missing = f"no {{language}}/LC_MESSAGES/{DOMAIN}.po in folder"
    return [Finding(VARIABLE, "", "no-catalog", f"{missing} {number} of {len(folders)}") for number in empty]

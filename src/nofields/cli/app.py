"""The Typer app, with the commands in the order of ``nofields --help``."""

from __future__ import annotations

from typing import Annotated

import typer

import nofields
from nofields.cli.altinn import altinn
from nofields.cli.check import check
from nofields.cli.exit_codes import HELP
from nofields.cli.explain import explain
from nofields.cli.export import export
from nofields.cli.fields import fields
from nofields.cli.generate import generate
from nofields.cli.messages import messages
from nofields.cli.postal import postal_codes
from nofields.cli.redacting import Command, Group
from nofields.cli.serve import serve

app = typer.Typer(
    name="nofields",
    cls=Group,
    help="Norwegian form values: validated, cleaned and explained, in bokmål, nynorsk and English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(requested: bool) -> None:
    if requested:
        typer.echo(nofields.__version__)
        raise typer.Exit()


@app.callback(epilog=HELP)
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Accept options before a command."""


app.command(cls=Command)(fields)
app.command(cls=Command, epilog=HELP)(explain)
app.command(cls=Command, epilog=HELP)(check)
app.command(cls=Command)(generate)
app.command(cls=Command)(export)
app.add_typer(messages, name="messages")
app.command("postal-codes", cls=Command)(postal_codes)
app.command(cls=Command)(serve)
app.add_typer(altinn, name="altinn")

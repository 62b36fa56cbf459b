"""Arguments and output that the commands share."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.languages import negotiate
from nofields.redact import redact
from nofields.value import Field


class OutputFormat(StrEnum):
    """The format of a result."""

    TEXT = "text"
    JSON = "json"


#: Terminals with fewer columns get lists instead of tables.
NARROW = 70

if TYPE_CHECKING:
    FieldName = str
else:
    #: The fields' short names, as a choice that Typer validates.
    FieldName = StrEnum("FieldName", {name: name for name in BY_NAME})

#: Control characters, which a file's names and cells may contain and a terminal would obey.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def literal(text: str, style: str = "") -> Text:
    """Return a text for Rich without control characters, and whose brackets are not markup."""
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), style=style)


def notify(message: str, style: str = "") -> None:
    """Print a message on standard error with long numbers masked. Its lines are not wrapped."""
    err.print(literal(redact(message), style), soft_wrap=True)


def print_entry(console: Console, head: str, *lines: str) -> None:
    """Print a row of a table for a narrow terminal: a head with indented lines below it."""
    console.print(literal(head, "bold"))
    for line in lines:
        console.print(Padding(literal(line), (0, 0, 0, 2)))


def field_named(name: str) -> type[Field]:
    """Return the field with a short name."""
    return BY_NAME[str(name)]


def _negotiate(locale: str) -> str:
    language = negotiate(locale, default="")
    if not language:
        raise typer.BadParameter(f"{locale!r} is not one of {', '.join(languages())}.")
    return language


FieldArgument = Annotated[FieldName, typer.Argument(help="Short name of the field; see `nofields fields`.", show_default=False)]
LocaleOption = Annotated[
    str, typer.Option("--locale", "-l", help="Language: nb, nn, en, or one of your own.", callback=_negotiate)
]

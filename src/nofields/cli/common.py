"""What the commands share: the arguments FIELD and --locale, and where to write."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from nofields.catalogs import languages
from nofields.fields import BY_NAME
from nofields.languages import negotiate
from nofields.redact import redact
from nofields.value import Field

#: Exit codes; the last is that of Ctrl-C in any program.
INVALID, UNUSABLE, INTERRUPTED = 1, 2, 130


class Format(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"


#: A terminal with fewer columns has no room for a table.
NARROW = 70

#: The short names, as a choice that Typer checks.
FieldName: Any = StrEnum("FieldName", {name: name for name in BY_NAME})  # type: ignore[misc]

#: What a terminal would obey: a file's names and cells may hold it.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def plain(said: str, style: str = "") -> Text:
    """A text that is shown as it is, in which no terminal and no markup of Rich's sees an order."""
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", said), style=style)


def tell(said: str, style: str = "") -> None:
    """Print a message on standard error, long numbers masked; only a terminal folds its lines, no pipe does."""
    err.print(plain(redact(said), style), soft_wrap=True)


def entry(console: Console, head: str, *below: str) -> None:
    """Writes what is a row of a table elsewhere: in a narrow terminal one thing stands below the other."""
    console.print(plain(head, "bold"))
    for each in below:
        console.print(Padding(plain(each), (0, 0, 0, 2)))


def field_named(name: str) -> type[Field]:
    """The field type behind a short name."""
    return BY_NAME[str(name)]


def _language(wanted: str) -> str:
    known = negotiate(wanted, default="")
    if not known:
        raise typer.BadParameter(f"{wanted!r} is not one of {', '.join(languages())}.")
    return known


FieldArgument = Annotated[FieldName, typer.Argument(help="Short name of the field; see `nofields fields`.", show_default=False)]
LocaleOption = Annotated[str, typer.Option("--locale", "-l", help="nb, nn, en or a language of your own.", callback=_language)]

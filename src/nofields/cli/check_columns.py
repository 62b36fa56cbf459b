"""Which columns ``nofields check`` checks: the chosen ones, or those whose names are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from nofields.audit.unreadable import Unreadable
from nofields.cli.common import notify
from nofields.errors import MASK
from nofields.fields import BY_NAME
from nofields.value import Field

if TYPE_CHECKING:
    from nofields.audit.source import Source

#: The most columns listed, the most characters shown of a name, and the longest name that is not a value.
_MOST_COLUMNS, _SHOWN, _LONGEST_NAME = 20, 40, 60
#: A name with as many digits is a value: the first if it has letters too.
_DIGITS_AND_LETTERS, _DIGITS_ALONE = 9, 6


def columns_to_check(source: Source, options: Iterable[str]) -> dict[str, type[Field]]:
    """Return the columns to check and their fields.

    Args:
        source: The file.
        options: ``COLUMN=FIELD`` for each chosen column. If empty, columns are guessed by their names.

    Raises:
        Unreadable: The file has no columns, or none of those guessed can be checked.
        typer.BadParameter: An option is wrong, or no column has the name of a field.
    """
    if not source.columns:
        raise Unreadable(f"{source.name} has no columns.")
    fields: dict[str, type[Field]] = {}
    for option in options:
        column, equals, name = option.rpartition("=")
        if not equals or name not in BY_NAME:
            shown = f"{column}={MASK}" if equals else option  # in the place of a field there may be a value
            raise typer.BadParameter(f"{shown!r} is not COLUMN=FIELD with a field of {', '.join(BY_NAME)}.")
        if column not in source.columns:
            raise typer.BadParameter(f"{source.name} has no column {column!r}. {_list_columns(source.columns)}")
        if column in fields:
            raise typer.BadParameter(f"--column names {column!r} twice.")
        fields[column] = BY_NAME[name]
    return fields or _guess(source)


def _guess(source: Source) -> dict[str, type[Field]]:
    """Return the columns that are named like fields and hold texts, and print which they are."""
    from nofields.audit.guess import guess_fields

    guessed = guess_fields(source.columns)
    if not guessed:
        raise typer.BadParameter(
            f"No column has the name of a field. {_list_columns(source.columns)} Name them: --column COLUMN=FIELD."
        )
    unsupported = {column: why for column in guessed if (why := source.unsupported(column))}
    fields = {column: field for column, field in guessed.items() if column not in unsupported}
    if not fields:
        raise Unreadable("Column {}: {}".format(*next(iter(unsupported.items()))))
    pairs = ", ".join(f"{column}={field.name}" for column, field in fields.items())
    notify(f"Recognised by name: {pairs}. Use --column to choose otherwise.")
    if unsupported:
        notify(f"Recognised by name, but not checked, since only texts can be: {', '.join(unsupported)}.")
    return fields


def _list_columns(columns: Sequence[str]) -> str:
    """Return a sentence that lists the columns, unless the header may be a row of values."""
    if any(map(_could_be_value, columns)):
        return "Its first row is not shown, since it looks like values, where the names of the columns should be."
    more = f" and {len(columns) - _MOST_COLUMNS} more" if len(columns) > _MOST_COLUMNS else ""
    names = (repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…") for name in columns[:_MOST_COLUMNS])
    return f"The columns are {', '.join(names)}{more}."


def _could_be_value(name: str) -> bool:
    """Whether the name of a column could be a number, a date, an address or a text."""
    digits = _DIGITS_AND_LETTERS if any(map(str.isalpha, name)) else _DIGITS_ALONE
    return sum(map(str.isdigit, name)) >= digits or "@" in name or len(name) > _LONGEST_NAME

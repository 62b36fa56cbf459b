"""``nofields fields``: the list of fields."""

from __future__ import annotations

from rich.table import Table

from nofields.catalogs import DEFAULT
from nofields.cli.common import NARROW, LocaleOption, literal, out, print_entry
from nofields.fields import BY_NAME
from nofields.messages import message

#: Terminals with at least as many columns show the sources too.
_WIDE = 120


def fields(locale: LocaleOption = DEFAULT) -> None:
    """List the fields: short name, documented error key, example, name and, in a wide terminal, source."""
    if out.width < NARROW:
        for name, field in BY_NAME.items():
            print_entry(out, name, message(field.label, locale), str(field.rule.key), field.accepted_examples()[0])
        return
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("FIELD", "KEY", "EXAMPLE"):
        table.add_column(heading, no_wrap=True)
    table.add_column("NAME")
    wide = out.width >= _WIDE
    if wide:
        table.add_column("SOURCE")
    for name, field in BY_NAME.items():
        cells = (name, str(field.rule.key), field.accepted_examples()[0], message(field.label, locale), field.source)
        table.add_row(*map(literal, cells[: None if wide else -1]))
    out.print(table)

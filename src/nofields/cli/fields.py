"""``nofields fields``: what there is."""

from __future__ import annotations

from rich.table import Table

from nofields.catalogs import DEFAULT
from nofields.cli.common import NARROW, LocaleOption, entry, out, plain
from nofields.fields import BY_NAME
from nofields.messages import message

#: Columns of a terminal that has room for the sources too.
_ROOMY = 120


def fields(locale: LocaleOption = DEFAULT) -> None:
    """List the fields: short name, documented key of the error, example, name and, in a wide terminal, source."""
    if out.width < NARROW:
        for name, field in BY_NAME.items():
            entry(out, name, message(field.label, locale), str(field.rule.key), field.examples[0])
        return
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("FIELD", "KEY", "EXAMPLE"):
        table.add_column(heading, no_wrap=True)
    table.add_column("NAME")
    roomy = out.width >= _ROOMY
    if roomy:
        table.add_column("SOURCE")
    for name, field in BY_NAME.items():
        cells = (name, str(field.rule.key), field.examples[0], message(field.label, locale), field.source)
        table.add_row(*map(plain, cells[: None if roomy else -1]))
    out.print(table)

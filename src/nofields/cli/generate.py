"""``nofields generate``: valid values to test with."""

from __future__ import annotations

from typing import Annotated

import typer

from nofields.cli.common import FieldArgument, field_named, tell
from nofields.generate import BUILDERS, chooser
from nofields.rules import DigitRule
from nofields.synthetic import VARIABLE, depends


def generate(
    field: FieldArgument,
    count: Annotated[int, typer.Option("--count", "-n", min=0, max=10**9, help="How many values, one per line.")] = 1,
    seed: Annotated[int | None, typer.Option(min=0, help="The same number gives the same values.", show_default=False)] = None,
) -> None:
    """Print valid values to test with; of persons and organisations only synthetic ones."""
    kind = field_named(field)
    if isinstance(kind.rule, DigitRule) and depends(kind.rule):
        tell(f"Synthetic: nofields takes them where {VARIABLE}=accept or only.")
    choose = chooser(seed)
    for _ in range(count):
        typer.echo(BUILDERS[kind](choose))

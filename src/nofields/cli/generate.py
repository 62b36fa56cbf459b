"""``nofields generate``: valid test values."""

from __future__ import annotations

from typing import Annotated

import typer

from nofields.cli.common import FieldArgument, field_named, notify
from nofields.generate import BUILDERS, chooser
from nofields.rules import DigitRule, VatRule
from nofields.synthetic import VARIABLE, depends


def generate(
    field: FieldArgument,
    count: Annotated[int, typer.Option("--count", "-n", min=0, max=10**9, help="Number of values, one per line.")] = 1,
    seed: Annotated[int | None, typer.Option(min=0, help="The same seed gives the same values.", show_default=False)] = None,
) -> None:
    """Print valid test values. Those of persons and organisations are synthetic."""
    field_type = field_named(field)
    rule = field_type.rule.organisation if isinstance(field_type.rule, VatRule) else field_type.rule
    if isinstance(rule, DigitRule) and depends(rule):
        notify(f"Synthetic: nofields accepts them where {VARIABLE} is accept or only.")
    choose = chooser(seed)
    for _ in range(count):
        typer.echo(BUILDERS[field_type](choose))

"""``nofields generate``: valid test values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from nofields.cli.common import FieldArgument, field_named, notify
from nofields.fields import NationalIdentityNumber
from nofields.generate import BUILDERS, Issued, chooser, numbers_of_field
from nofields.rules import DigitRule, VatRule
from nofields.synthetic import VARIABLE, depends

if TYPE_CHECKING:
    IssuedName = Issued
else:
    #: The rules of national identity numbers, as a choice that Typer validates.
    IssuedName = StrEnum("IssuedName", {name: name for name in get_args(Issued)})


def generate(
    field: FieldArgument,
    count: Annotated[int, typer.Option("--count", "-n", min=0, max=10**9, help="Number of values, one per line.")] = 1,
    seed: Annotated[int | None, typer.Option(min=0, help="The same seed gives the same values.", show_default=False)] = None,
    issued: Annotated[
        IssuedName, typer.Option(help="Rule of a national identity number: that of 1964, that of 2032 alone, or both.")
    ] = "any",
) -> None:
    """Print valid test values. Those of persons and organisations are synthetic."""
    field_type = field_named(field)
    rule = field_type.rule.organisation if isinstance(field_type.rule, VatRule) else field_type.rule
    if isinstance(rule, DigitRule) and depends(rule):
        notify(f"Synthetic: nofields accepts them where {VARIABLE} is accept or only.")
    if issubclass(field_type, NationalIdentityNumber):
        build = numbers_of_field(field_type, cast("Issued", str(issued)))
    elif issued != "any":
        raise typer.BadParameter(f"{field_type.__name__} is no national identity number.", param_hint="--issued")
    else:
        build = BUILDERS[field_type]
    choose = chooser(seed)
    for _ in range(count):
        typer.echo(build(choose))

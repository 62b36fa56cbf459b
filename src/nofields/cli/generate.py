"""``nofields generate``: test data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast, get_args

import typer

from nofields.cli.common import field_named, notify
from nofields.cli.exit_codes import FAILED
from nofields.cli.generated_files import Format, write
from nofields.fields import BY_NAME, Gender, NationalIdentityNumber
from nofields.generate import BUILDERS, Choose, Issued, chooser
from nofields.generate.identity import TENOR, identity_numbers
from nofields.generate.records import LIVING, Organisation, Person, birth_dates, organisations, persons
from nofields.generate.unique import different
from nofields.rules import DigitRule, Series, VatRule
from nofields.synthetic import VARIABLE, depends

_PERSONS, _ORGANISATIONS = "persons", "organisations"

if TYPE_CHECKING:
    Generated = str
    IssuedName = Issued
    SyntheticKind = str
else:
    #: What is generated, as a choice that Typer validates.
    Generated = StrEnum("Generated", {name: name for name in (_PERSONS, _ORGANISATIONS, *BY_NAME)})
    #: The kinds of national identity number that are no living person's.
    SyntheticKind = StrEnum(
        "SyntheticKind", {kind.name: kind.name for kind in NationalIdentityNumber.rule.kinds if kind.series is Series.SYNTHETIC}
    )
    #: The rules of national identity numbers.
    IssuedName = StrEnum("IssuedName", {name: name for name in get_args(Issued)})


class People(NamedTuple):
    """What national identity numbers are asked for."""

    kinds: tuple[str, ...]
    born: str | None
    age: str | None
    gender: Gender | None
    d_numbers: float | None
    issued: str

    def birth_dates(self) -> tuple[datetime.date, datetime.date] | None:
        """Return the range of birth dates, today for an age; ``None`` for the default."""
        if self.born and self.age:
            raise typer.BadParameter("Give an age or a range of birth dates, not both.", param_hint="--age, --born")
        if self.age:
            return birth_dates(_range(self.age, int, "--age"), datetime.date.today())
        return _range(self.born, datetime.date.fromisoformat, "--born") if self.born else None


def generate(
    what: Annotated[
        Generated,
        typer.Argument(help="persons, organisations, or a field's short name; see `nofields fields`.", show_default=False),
    ],
    count: Annotated[int, typer.Option("--count", "-n", min=0, max=10**9, help="Number of values or rows.")] = 1,
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: csv for persons and organisations, else text, a value per line.")
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="The file to write; - for standard output.")] = "-",
    unique: Annotated[bool, typer.Option("--unique", help="No value twice; of rows, no number or address of e-mail.")] = False,
    seed: Annotated[int | None, typer.Option(min=0, help="The same seed gives the same values.", show_default=False)] = None,
    kind: Annotated[
        list[SyntheticKind] | None, typer.Option(help="Kind of person's number. Repeatable; default: Tenor's.")
    ] = None,
    born: Annotated[str | None, typer.Option(help="Persons' birth dates: 1990-01-01..1999-12-31.")] = None,
    age: Annotated[str | None, typer.Option(help="Persons' age today, in years: 18..30.")] = None,
    gender: Annotated[Gender | None, typer.Option(help="Persons' gender; default: both.")] = None,
    d_numbers: Annotated[float | None, typer.Option(min=0, max=1, help="Share of D-numbers among persons.")] = None,
    issued: Annotated[IssuedName, typer.Option(help="Rule of persons' numbers: that of 1964, of 2032 alone, or both.")] = "any",
) -> None:
    """Print test data: values of a field, or rows of persons or organisations whose columns fit each other.

    Persons and organisations are synthetic. Accounts and phone numbers are made up and may be in use: do not pay to
    them or call them.
    """
    people = People(tuple(map(str, kind or [])), born, age, gender, d_numbers, str(issued))
    is_table = what in (_PERSONS, _ORGANISATIONS)
    if is_table and form is Format.TEXT:
        raise typer.BadParameter("persons and organisations are csv, jsonl or parquet.", param_hint="--format")
    try:
        columns, rows = _table(str(what), count, people, unique, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    _warn(str(what))
    try:
        write(output, form or (Format.CSV if is_table else Format.TEXT), columns, rows)
    except ValueError as error:
        notify(str(error), style="bold red")
        raise typer.Exit(FAILED) from None


def _table(
    what: str, count: int, people: People, unique: bool, seed: int | None
) -> tuple[Sequence[str], Iterator[tuple[Any, ...]]]:
    """Return the columns and the rows."""
    if what == _PERSONS:
        rows = persons(
            count,
            kinds=people.kinds or TENOR,
            born=people.birth_dates() or LIVING,
            gender=people.gender,
            d_numbers=people.d_numbers,
            issued=cast("Issued", people.issued),
            unique=unique,
            seed=seed,
        )
        return Person._fields, rows
    if what != "fnr" and people != People((), None, None, None, None, "any"):
        raise typer.BadParameter(f"{what} has no kind, birth date, age, gender or share of D-numbers.")
    if what == _ORGANISATIONS:
        return Organisation._fields, organisations(count, unique=unique, seed=seed)
    return (what,), islice(_values(_builder(what, people), unique, chooser(seed), what), count)


def _values(build: Callable[[Choose], str], unique: bool, choose: Choose, name: str) -> Iterator[tuple[str]]:
    seen: set[object] = set()
    while True:
        yield different(lambda: (build(choose),), seen, name) if unique else (build(choose),)


def _builder(name: str, people: People) -> Callable[[Choose], str]:
    if not issubclass(field_named(name), NationalIdentityNumber):
        return BUILDERS[field_named(name)]
    return identity_numbers(
        people.kinds or TENOR, people.birth_dates(), people.gender, cast("Issued", people.issued), people.d_numbers
    )


def _warn(what: str) -> None:
    """Say on standard error where the values are accepted, and what may be in use."""
    rule = field_named(what).rule if what in BY_NAME else None
    rule = rule.organisation if isinstance(rule, VatRule) else rule
    if rule is None or (isinstance(rule, DigitRule) and depends(rule)):
        notify(f"Synthetic: nofields accepts them where {VARIABLE} is accept or only.")
    if rule is None:
        notify("Made up: accounts and phone numbers may be in use.")


def _range(text: str, read: Callable[[str], Any], option: str) -> tuple[Any, Any]:
    """Return the ends of a range written ``first..last``."""
    first, dots, last = text.partition("..")
    try:
        return read(first), read(last if dots else first)
    except ValueError:
        raise typer.BadParameter("Write a range as first..last, dates as 1990-12-31.", param_hint=option) from None

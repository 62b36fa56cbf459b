"""``nofields explain``: whether a value is valid, why not, and the facts in it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from rich.table import Table

from nofields.catalogs import DEFAULT
from nofields.cli.common import FieldArgument, LocaleOption, OutputFormat, field_named, literal, notify, out
from nofields.cli.exit_codes import INTERRUPTED, INVALID
from nofields.errors import MASK, FieldError, Problem
from nofields.keys import Phrase
from nofields.messages import message
from nofields.value import Field

#: Characters that are read from standard input: more than any field accepts.
_LONGEST_INPUT = 4096


def explain(
    field: FieldArgument,
    value: Annotated[
        str | None, typer.Argument(help="The value. If omitted, you are asked for it, or it is read from a pipe.")
    ] = None,
    locale: LocaleOption = DEFAULT,
    format: Annotated[OutputFormat, typer.Option(help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Explain a value: whether it is valid, why not, how it is written, and the facts in it.

    Omit VALUE for a fødselsnummer or a password, which is never printed. You are
    then asked for it without an echo, and it stays out of the shell's history.
    Put -- before a value that begins with a hyphen.
    """
    field_type = field_named(field)
    text = _read_value(field_type, locale) if value is None else value
    if value is not None and field_type.secret:
        notify(f"The value is now in your shell's history. Leave it out next time: `nofields explain {field}` asks for it.")
    try:
        facts, problem = list(_facts(field_type, field_type(text))), None  # type: ignore[call-arg]
    except FieldError as error:
        facts, problem = [], error.problem
    if format is OutputFormat.JSON:
        details = _problem_details(problem, locale) if problem else {_json_name(label): fact for label, fact in facts}
        typer.echo(json.dumps({"field": str(field), "valid": problem is None, **details}, ensure_ascii=False))
    elif problem:
        _print_problem(problem, locale)
    else:
        _print_facts(facts, locale)
    raise typer.Exit(INVALID if problem else 0)


def _read_value(field: type[Field], locale: str) -> str:
    if sys.stdin is None:  # closed
        return ""
    if sys.stdin.isatty():
        return _prompt(message(field.label, locale), field.secret)
    if isinstance(sys.stdin, io.TextIOWrapper):  # every field rejects surrogates
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin.read(_LONGEST_INPUT).removesuffix("\n").removesuffix("\r")


def _prompt(label: str, secret: bool) -> str:
    try:
        return str(typer.prompt(label, hide_input=secret, default="", show_default=False, err=True))
    except typer.Abort:  # Ctrl-C or Ctrl-D
        raise typer.Exit(INTERRUPTED) from None


def _facts(field: type[Field], value: Field) -> Iterator[tuple[Phrase, str | Phrase]]:
    """Yield the facts in a valid value, with a secret value masked."""
    yield Phrase.FACT_VALUE, MASK if field.secret else str(value)
    if not field.secret and value.formatted != str(value):
        yield Phrase.FACT_WRITTEN, value.formatted
    yield from value.facts().items()


def _json_name(label: Phrase) -> str:
    """Return the name of a fact in JSON, such as ``vat_number`` for ``FACT_VAT_NUMBER``."""
    return label.removeprefix("FACT_").lower()


def _problem_details(problem: Problem, locale: str) -> dict[str, str]:
    texts = {"message": problem.message(locale), "explanation": problem.explanation(locale)}
    return {"key": str(problem.key), "reason": str(problem.reason), **texts}


def _print_problem(problem: Problem, locale: str) -> None:
    out.print(literal("✗ " + message(Phrase.VERDICT_INVALID, locale), "bold red"))
    out.print(literal(problem.message(locale)))
    out.print(literal(problem.explanation(locale)))


def _print_facts(facts: Iterable[tuple[Phrase, str | Phrase]], locale: str) -> None:
    table = Table.grid(padding=(0, 2))
    for label, fact in facts:
        table.add_row(literal(message(label, locale)), literal(message(fact, locale) if isinstance(fact, Phrase) else fact))
    out.print(literal("✓ " + message(Phrase.VERDICT_VALID, locale), "bold green"))
    out.print(table)

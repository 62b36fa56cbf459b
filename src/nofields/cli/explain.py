"""``nofields explain``: a verdict on one value, why, and what the value tells."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from rich.table import Table

from nofields.catalogs import DEFAULT
from nofields.cli.common import INTERRUPTED, INVALID, FieldArgument, Format, LocaleOption, field_named, out, plain, tell
from nofields.errors import MASK, FieldError, Problem
from nofields.keys import Phrase
from nofields.messages import message
from nofields.value import Field

#: How much of standard input is read: more than any field takes.
_LONGEST_INPUT = 4096


def explain(
    field: FieldArgument,
    value: Annotated[str | None, typer.Argument(help="The value. If left out, it is asked for, or read from a pipe.")] = None,
    locale: LocaleOption = DEFAULT,
    format: Annotated[Format, typer.Option(help="For people or for programs.")] = Format.TEXT,
) -> None:
    """Say whether a value is valid, why not, how it is written and what it tells.

    Leave VALUE out for a fødselsnummer or a password, which is never printed.
    It is then asked for without being shown, and stays out of the history.
    A value that begins with a hyphen stands behind --.
    """
    kind = field_named(field)
    text = _asked_for(kind, locale) if value is None else value
    if value is not None and kind.secret:
        tell(f"The value is now in your shell's history. Leave it out next time: `nofields explain {field}` asks for it.")
    try:
        taken, problem = kind(text), None  # type: ignore[call-arg]
    except FieldError as error:
        taken, problem = None, error.problem
    if format is Format.JSON:
        told = _refusal(problem, locale) if problem else {_name(fact): told for fact, told in _facts(kind, taken)}
        typer.echo(json.dumps({"field": str(field), "valid": problem is None, **told}, ensure_ascii=False))
    elif problem:
        _print_refusal(problem, locale)
    else:
        _print_facts(_facts(kind, taken), locale)
    raise typer.Exit(INVALID if problem else 0)


def _asked_for(field: type[Field], locale: str) -> str:
    if sys.stdin is None:  # closed
        return ""
    if sys.stdin.isatty():
        return _typed(message(field.label, locale), field.secret)
    if isinstance(sys.stdin, io.TextIOWrapper):  # bytes that are no text become characters that no field takes
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin.read(_LONGEST_INPUT).removesuffix("\n").removesuffix("\r")


def _typed(label: str, secret: bool) -> str:
    try:
        return str(typer.prompt(label, hide_input=secret, default="", show_default=False, err=True))
    except typer.Abort:  # Ctrl-C or Ctrl-D: no verdict on a value that was not given
        raise typer.Exit(INTERRUPTED) from None


def _facts(field: type[Field], value: Any) -> Iterator[tuple[Phrase, str | Phrase]]:
    """Everything that a valid value tells, the secret itself masked."""
    yield Phrase.FACT_VALUE, MASK if field.secret else str(value)
    if not field.secret and value.formatted != str(value):
        yield Phrase.FACT_WRITTEN, value.formatted
    yield from value.facts().items()


def _name(fact: Phrase) -> str:
    """The name of a fact in JSON: ``vat_number`` of ``FACT_VAT_NUMBER``."""
    return fact.removeprefix("FACT_").lower()


def _refusal(problem: Problem, locale: str) -> dict[str, str]:
    sentences = {"message": problem.message(locale), "explanation": problem.explanation(locale)}
    return {"key": str(problem.key), "reason": str(problem.reason), **sentences}


def _print_refusal(problem: Problem, locale: str) -> None:
    out.print(plain("✗ " + message(Phrase.VERDICT_INVALID, locale), "bold red"))
    out.print(plain(problem.message(locale)))
    out.print(plain(problem.explanation(locale)))


def _print_facts(facts: Iterable[tuple[Phrase, str | Phrase]], locale: str) -> None:
    table = Table.grid(padding=(0, 2))
    for label, fact in facts:  # which may fail: nothing is said before
        table.add_row(plain(message(label, locale)), plain(message(fact, locale) if isinstance(fact, Phrase) else fact))
    out.print(plain("✓ " + message(Phrase.VERDICT_VALID, locale), "bold green"))
    out.print(table)

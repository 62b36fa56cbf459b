"""The page of the command line, made from Typer's commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_type_hints

import typer
from typer.testing import CliRunner

from nofields.cli.app import app
from writing import as_code, as_text, block, page, table

#: Columns of the terminal for which the help is printed.
_WIDTH = 80


def command_line() -> str:
    """Return every command with its arguments, its options and its help."""
    root = typer.main.get_command(app)
    parts = [part for words, command in _commands((), root) for part in _section(words, command)]
    intro = (
        "`nofields COMMAND` needs the extra `cli`; `check` also needs `columns`, `serve` needs `web`, `altinn` needs "
        "`maskinporten`. Each command prints "
        "its help with `--help`. [Exit codes](exit-codes.md) have a page of their own, as have "
        "[environment variables](environment.md)."
    )
    return page("# Command line", intro, *parts)


def variables() -> dict[str, tuple[str, str, list[str]]]:
    """Return the option, its help and the commands of each environment variable that is an option's default."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for words, command in _commands((), typer.main.get_command(app)):
        for param in command.params:
            if param.envvar:
                named = found.setdefault(str(param.envvar), (param.opts[0], _from_help(param.help or ""), []))
                named[2].append(" ".join(("nofields", *words)))
    return found


# Typer ships its own copy of Click and exports none of its classes.
def _commands(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, each in getattr(command, "commands", {}).items():
        yield from _commands((*words, name), each)


def _section(words: tuple[str, ...], command: Any) -> list[str]:
    runner = CliRunner(env={"COLUMNS": str(_WIDTH), "NO_COLOR": "1", "TERM": "dumb"})
    shown = runner.invoke(app, [*words, "--help"], prog_name="nofields").output
    summary, *more = re.split(r"\n\s*\n", (command.help or "").strip())
    return [
        f"## {as_code(' '.join(('nofields', *words)))}",
        *map(_from_help, (summary, *more)),
        _parameters(command, "argument"),
        _parameters(command, "option"),
        block("text", "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())),
    ]


def _from_help(text: str) -> str:
    """Return a text of the help as Markdown, with options and variables as code."""
    return as_text(re.sub(r"(?<![`\w])(--[a-z-]+|NOFIELDS_[A-Z_]+)", r"`\1`", " ".join(text.split())))


def _parameters(command: Any, kind: str) -> str:
    """Return a table of the arguments or options of a command."""
    types = get_type_hints(command.callback) if command.callback else {}  # a group may have none
    rows = [
        (_name(each, types.get(each.name, str)), _from_help(each.help or ""), _default(each))
        for each in command.params
        if each.param_type_name == kind
    ]
    return table((kind.capitalize(), "Meaning", "Default"), rows) if rows else ""


def _name(param: Any, of_type: Any) -> str:
    """Return how a parameter is written. ``of_type`` is its type in the command's function."""
    choices = list(of_type) if isinstance(of_type, type) and issubclass(of_type, Enum) else []
    if param.param_type_name == "argument":
        names = [param.metavar or param.name.upper()]
    else:
        metavar = param.metavar or ("NUMBER" if int in (of_type, *get_args(of_type)) else "TEXT")
        value = "" if choices or param.is_flag else f" {metavar}"
        names = [f"{name}{value}" for name in sorted(param.opts, key=len, reverse=True)]
    listed = f"\none of {', '.join(as_code(str(each)) for each in choices)}" if choices else ""
    return ", ".join(map(as_code, names)) + listed


def _default(param: Any) -> str:
    default = getattr(param.default, "value", param.default)
    if param.required:
        return "required"
    return "" if default is None or default is False or param.name == "help" else as_code(str(default))

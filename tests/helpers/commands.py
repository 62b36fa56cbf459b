"""The commands of the command line, and how tests run them."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner, Result

from nofields.cli.app import app


def _leaves(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf command, by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS: dict[str, Any] = dict(_leaves(get_command(app)))


def run(*words: str, typed: str | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(words), input=typed, env={"COLUMNS": "100"})


def check(file: Path | str, *words: object, typed: str | None = None) -> Result:
    """Run ``nofields check`` in this process."""
    return run("check", str(file), *map(str, words), typed=typed)


def default_sighup() -> None:
    """Give a child process the default handler of SIGHUP, which nohup around the tests would ignore."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

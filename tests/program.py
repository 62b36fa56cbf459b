"""The commands of the command line, as the program itself has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from nofields.cli.app import app


def _leaves(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS: dict[str, Any] = dict(_leaves(get_command(app)))

"""The command line, ``nofields``. It needs the extra ``cli``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; says what to install where Typer or Rich is missing."""
    try:
        from nofields.cli.app import app
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich"):
            raise
        print(f"nofields' command line needs {missing.name}: pip install 'nofields[cli]'", file=sys.stderr)
        sys.exit(2)
    from nofields.register import RegisterError

    try:
        app()
    except (RegisterError, OSError) as error:  # such as a disk that is full
        print(f"nofields: {error}", file=sys.stderr)
        sys.exit(2)

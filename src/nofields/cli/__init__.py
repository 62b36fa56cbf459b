"""The command line, ``nofields``. It needs the extra ``cli``."""

from __future__ import annotations

import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

#: Exit code for what could not be done, and for a reader who is gone, as Click has it.
_UNUSABLE, _NO_READER = 2, 1


def main() -> None:
    """Runs the command line; says what to install where Typer or Rich is missing."""
    try:
        from nofields.cli.app import app
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich"):
            raise
        print(f"nofields' command line needs {missing.name}: pip install 'nofields[cli]'", file=sys.stderr)
        sys.exit(_UNUSABLE)
    from nofields.register import RegisterError

    _write_utf8()
    _end_tidily()
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # or a full disk would be told by Python, in its own words
    except BrokenPipeError:
        _end(_NO_READER)
    except (RegisterError, OSError) as error:  # such as a disk that is full
        print(f"nofields: {error}", file=sys.stderr)
        _end(_UNUSABLE)
    except Exception as error:  # its text may hold a value
        said = "This is a mistake in nofields. Please report it with the command, and without anybody's numbers."
        print(f"nofields: {type(error).__name__}. {said}", file=sys.stderr)
        _end(_UNUSABLE)


def _write_utf8() -> None:
    """Files and pipes are written in UTF-8 whatever the locale; a terminal shows what it can."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        terminal = sys.stdout.isatty()
        sys.stdout.reconfigure(encoding=None if terminal else "utf-8", errors="replace" if terminal else None)


def _end_tidily() -> None:
    """A program that is told to end takes its half files with it."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if (told := getattr(signal, name, None)) and signal.getsignal(told) is signal.SIG_DFL:
            signal.signal(told, end)


def _end(code: int) -> NoReturn:
    """Ends without another try to write what could not be written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)

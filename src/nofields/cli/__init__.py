"""The command line, ``nofields``. It needs the extra ``cli``."""

from __future__ import annotations

import io
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any


class _Ended(BaseException):
    """A signal that ends the program: whoever writes a file clears it away first."""


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

    _write_utf_8()
    _end_by_signals()
    try:
        app()
    except (RegisterError, OSError) as error:  # such as a disk that is full
        print(f"nofields: {error}", file=sys.stderr)
        sys.exit(2)
    except _Ended as ended:
        sys.exit(128 + ended.args[0])
    except Exception as error:
        print(_unforeseen(error), file=sys.stderr)
        sys.exit(2)


def _write_utf_8() -> None:
    """Has all output in UTF-8, whatever the locale; but a terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # one that is closed is None
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _end_by_signals() -> None:
    """Lets files be cleared away when a signal ends the program, unless it is ignored, as nohup has it."""

    def end(number: int, frame: Any) -> None:
        raise _Ended(number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        in_main_thread = threading.current_thread() is threading.main_thread()
        if number and in_main_thread and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _unforeseen(error: Exception) -> str:
    """What is said of a flaw of nofields': where it is, and no value."""
    frame, line = [*traceback.walk_tb(error.__traceback__)][-1]
    where = f"{type(error).__name__} in {Path(frame.f_code.co_filename).name}, line {line}"
    return f"nofields: something unforeseen ({where}). Report it as an issue of the repository, without personal values."

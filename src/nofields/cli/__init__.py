"""The command line, ``nofields``. It needs the extra ``cli``."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import FrameType
from typing import NoReturn

#: Exit code for what could not be done, and for a reader who is gone, as Click has it.
_UNUSABLE, _NO_READER = 2, 1


class _Ended(BaseException):
    """A signal ends the program; nobody takes it for an exit of their own."""


def main() -> None:
    """Runs the command line; says what to install where Typer or Rich is missing."""
    if os.environ.get("COLUMNS") == "0":  # which Rich would heed, and show nothing
        del os.environ["COLUMNS"]
    try:
        from nofields.cli.app import app
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "rich"):
            raise
        print(f"nofields' command line needs {missing.name}: pip install 'nofields[cli]'", file=sys.stderr)
        sys.exit(_UNUSABLE)
    from nofields.catalogs import CatalogError
    from nofields.postal_register import RegisterError
    from nofields.redact import redact

    _write_utf8()
    _warn_discreetly()
    _end_tidily()
    try:
        try:
            app()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # or a full disk would be told by Python, in its own words
    except BrokenPipeError:
        _end(_NO_READER)
    except (CatalogError, RegisterError, OSError) as error:  # such as a disk that is full
        print(redact(f"nofields: {error}"), file=sys.stderr)
        _end(_UNUSABLE)
    except _Ended as ended:
        sys.exit(128 + ended.args[0])
    except Exception as error:
        print(_unforeseen(error), file=sys.stderr)
        _end(_UNUSABLE)


def _write_utf8() -> None:
    """Files and pipes are written in UTF-8 whatever the locale; a terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # one that is closed is None
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _warn_discreetly() -> None:
    """Show a warning, such as of a setting that there is not, as one sentence with long numbers masked."""
    from nofields.cli.common import tell

    warnings.showwarning = lambda message, *_: tell(str(message))


def _end_tidily() -> None:
    """A program that is told to end takes its half files with it."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise _Ended(number)

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP, and nohup ignores it
            if (told := getattr(signal, name, None)) and signal.getsignal(told) is signal.SIG_DFL:
                signal.signal(told, end)


def _unforeseen(error: Exception) -> str:
    """What is said of a mistake of ours: its kind and place, and not its text, which may hold a value."""
    frame, line = [*traceback.walk_tb(error.__traceback__)][-1]
    what = f"{type(error).__name__} in {Path(frame.f_code.co_filename).name}, line {line}"
    return f"nofields: {what}. This is a mistake in nofields. Please report it with the command, and without anybody's numbers."


def _end(code: int) -> NoReturn:
    """Ends without another try to write what could not be written."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)

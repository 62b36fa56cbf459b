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

from nofields.cli.exit_codes import BROKEN_PIPE, FAILED, SIGNAL
from nofields.extras import MissingExtraError, importing


class _SignalReceived(BaseException):
    """A signal that ends the program. Not an ``Exception``, so that no command catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main() -> None:
    """Run the command line and exit. Without Typer or Rich, print what to install."""
    if os.environ.get("COLUMNS") == "0":  # Rich would print nothing
        del os.environ["COLUMNS"]
    try:
        with importing("cli", "nofields' command line"):
            from nofields.cli.app import app
    except MissingExtraError as error:
        print(error, file=sys.stderr)
        sys.exit(FAILED)
    from nofields.catalog_file import CatalogError
    from nofields.postal_register import RegisterError
    from nofields.redact import redact

    _write_utf8()
    _redact_warnings()
    _raise_on_signals()
    try:
        try:
            app()
        except SystemExit as ended:
            if ended.code == FAILED:  # the error is printed already; that the rest cannot be written adds nothing
                _flush_or_exit(FAILED)
            raise
        finally:
            _flush()  # here, since at exit Python would report a full disk in its own words
    except BrokenPipeError:
        _exit_without_flush(BROKEN_PIPE)
    except (CatalogError, MissingExtraError, RegisterError, OSError) as error:
        print(redact(f"nofields: {error}"), file=sys.stderr)
        _exit_without_flush(FAILED)
    except _SignalReceived as received:
        sys.exit(SIGNAL + received.number)
    except Exception as error:
        print(_bug_report(error), file=sys.stderr)
        _exit_without_flush(FAILED)


def _write_utf8() -> None:
    """Write files and pipes in UTF-8 in any locale; a terminal keeps its encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None if closed
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _redact_warnings() -> None:
    """Print a warning as one sentence, with long numbers masked."""
    from nofields.cli.common import notify

    warnings.showwarning = lambda message, *_: notify(str(message))


def _raise_on_signals() -> None:
    """Raise an exception for signals that end the program, so that temporary files are deleted."""

    def handle(number: int, frame: FrameType | None) -> NoReturn:
        raise _SignalReceived(number)

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP, and nohup ignores it
            if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, handle)


def _bug_report(error: Exception) -> str:
    """Describe an unexpected error by its type and place only: its text may contain a value."""
    frame, line = [*traceback.walk_tb(error.__traceback__)][-1]
    what = f"{type(error).__name__} in {Path(frame.f_code.co_filename).name}, line {line}"
    return f"nofields: {what}. This is a mistake in nofields. Please report it with the command, and without anybody's numbers."


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _flush_or_exit(code: int) -> None:
    try:
        _flush()
    except OSError:
        _exit_without_flush(code)


def _exit_without_flush(code: int) -> NoReturn:
    """Exit without another attempt to write what is left of standard output."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)

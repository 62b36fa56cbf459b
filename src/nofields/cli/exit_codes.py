"""The exit codes of the command line. This module needs no other package."""

from __future__ import annotations

from typing import Final

#: A value or a text is invalid.
INVALID: Final = 1
#: The reader of the output has closed the pipe; the code that Click uses.
BROKEN_PIPE: Final = 1
#: Wrong usage, unreadable input, or an unexpected error.
FAILED: Final = 2
#: Added to the number of the signal that ended the program, as shells do.
SIGNAL: Final = 128
#: Ctrl-C in a prompt.
INTERRUPTED: Final = SIGNAL + 2

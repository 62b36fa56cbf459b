"""The exit codes of the command line. This module needs no other package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

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

#: Stands for every command in :attr:`Meaning.cases`.
ANY: Final = ""


class Meaning(NamedTuple):
    """What an exit code means, for ``--help`` and the documentation.

    Attributes:
        code: The code, as people write it.
        summary: Its meaning in a few words.
        cases: When the commands end with it, by their names or by ``ANY``.
    """

    code: str
    summary: str
    cases: Mapping[str, str]


_NOT_CONNECTED: Final = "The vendor must correct something, or Maskinporten or Altinn does not answer."
MEANINGS: Final = (
    Meaning(
        "0",
        "valid",
        {
            ANY: "The command has done what it was asked to do.",
            "explain": "The value is valid.",
            "check": "Every value of the checked columns is valid, and no row is ragged.",
            "messages lint": "Nothing was found, or only in the documented bundle.",
            "serve": "Ctrl-C ended the server.",
            "altinn token": "Maskinporten gave a token for the company.",
            "altinn request": "There is a request that the company can approve, or has approved.",
            "altinn status": "The company has approved.",
        },
    ),
    Meaning(
        str(INVALID),
        "something invalid",
        {
            ANY: "The reader of the output has gone, as after `| head`.",
            "explain": "The value is invalid.",
            "check": "A value is invalid, or a row is ragged.",
            "export": "With `--check`: a file is missing or out of date.",
            "messages lint": "Something was found outside the documented bundle.",
            "altinn token": "The company must approve the access in Altinn.",
            "altinn status": "The company has not approved.",
        },
    ),
    Meaning(
        str(FAILED),
        "wrong usage or unreadable input",
        {
            ANY: "Wrong usage, a missing extra, an unreadable catalog or register of postal codes, output that cannot "
            "be written, or a mistake in nofields.",
            "check": "The file cannot be read, none of its columns can be checked, or an output cannot be written.",
            "export": "A file cannot be written or, with `--check`, read.",
            "postal-codes": "The register was not changed: the source cannot be read or is no register.",
            "serve": "The address cannot be served, or the key or the store cannot be used.",
            "altinn token": _NOT_CONNECTED,
            "altinn request": _NOT_CONNECTED,
            "altinn status": _NOT_CONNECTED,
        },
    ),
    Meaning(
        f"{SIGNAL} + n",
        "ended by signal n",
        {
            ANY: f"{INTERRUPTED} after Ctrl-C, {SIGNAL + 15} after `SIGTERM`, {SIGNAL + 1} after `SIGHUP`.",
            "serve": f"{SIGNAL + 15} after `SIGTERM`, or when its terminal is closed.",
        },
    ),
)
#: The last lines of ``--help``.
HELP: Final = f"Exit codes: {', '.join(f'{each.code} {each.summary}' for each in MEANINGS[:3])}."


def epilog(command: str) -> str:
    """Return the last lines of the ``--help`` of a command whose exit codes have meanings of their own."""
    return "Exit codes: " + " ".join(f"{each.code}: {each.cases[command]}" for each in MEANINGS if command in each.cases)

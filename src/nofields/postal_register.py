"""The register of postal codes, and its replacement by a newer one.

The shipped copy (``data/postal_codes.tsv``; its head states source, date and licence) has code, place
and municipality; Bring's own file also has municipality number and category. ``nofields postal-codes
FILE`` imports that file, to the path in ``NOFIELDS_POSTAL_REGISTER`` or over the shipped copy.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nofields.files import atomic_write

#: Bring's file: tab-separated, Windows-1252; new codes appear several times a year.
OFFICIAL = "https://www.bring.no/postnummerregister-ansi.txt"
#: The file with the register of postal codes.
#:
#: Values: a path. ``nofields postal-codes`` writes the file; the bundled copy is read until it exists.
#:
#: Default: the bundled copy.
#:
#: Read by: every look-up in the register, each time (each file is read once), and ``nofields postal-codes``.
VARIABLE = "NOFIELDS_POSTAL_REGISTER"
SHIPPED = Path(__file__).parent / "data" / "postal_codes.tsv"

#: A register with fewer codes is truncated: there are about 5,100.
_FEWEST = 4000
_COLUMNS = ("code", "place", "municipality number", "municipality", "category")


class Entry(NamedTuple):
    """A line of the register; what the copy at hand lacks is ``None``."""

    place: str
    municipality_number: str | None
    municipality: str
    category: str | None


class RegisterError(Exception):
    """A file is not a register of postal codes. Not a ``ValueError``, which would mean a wrong value."""


class Change(NamedTuple):
    """What a new register changed.

    Attributes:
        codes: The number of codes in it.
        added: The codes that the old one lacked, sorted.
        removed: The codes that it lacks, sorted.
    """

    codes: int
    added: list[str]
    removed: list[str]


def path() -> Path:
    """Return the path of the register, which may not exist yet."""
    return Path(os.environ.get(VARIABLE) or SHIPPED)


def entries() -> Mapping[str, Entry]:
    """Return the entries of the register by code; each file is read once.

    Raises:
        RegisterError: The file is not a register.

    >>> entries()["0357"].place
    'OSLO'
    """
    return _read(path())


def codes() -> tuple[str, ...]:
    """Return the codes of the register, sorted."""
    return _codes(path())


@cache
def _codes(file: Path) -> tuple[str, ...]:
    return tuple(sorted(_read(file)))


@cache
def _read(file: Path) -> Mapping[str, Entry]:
    """Read a register, or the shipped copy if there is no such file."""
    try:
        return parse(_bytes(file))
    except RegisterError as error:
        raise RegisterError(f"{file}: {error}") from None


def _bytes(file: Path) -> bytes:
    return (file if file.exists() else SHIPPED).read_bytes()


def parse(file: bytes) -> dict[str, Entry]:
    """Parse a register.

    Args:
        file: Bring's file (Windows-1252), or nofields' copy (UTF-8, with comment lines).

    Raises:
        RegisterError: A line has other columns.
    """
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252", errors="replace")
    return dict(_entries(text.splitlines()))


def replace(file: bytes) -> Change:
    """Replace the register at :func:`path`, atomically.

    Raises:
        RegisterError: ``file`` is not a register.
        OSError: The register cannot be written.
    """
    new = parse(file)
    if len(new) < _FEWEST:
        raise RegisterError(f"only {len(new)} postal codes of about 5,100: is the file truncated?")
    target = path()
    try:
        old = parse(_bytes(target))
    except RegisterError:  # replace a broken one as well
        old = {}
    atomic_write(target, _serialize(new))
    _read.cache_clear()
    _codes.cache_clear()
    return Change(len(new), sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()))


def _entries(lines: Iterable[str]) -> Iterable[tuple[str, Entry]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(_COLUMNS) or len(cells[0]) != 4 or not (cells[0].isascii() and cells[0].isdigit()):
            raise RegisterError(f"line {number} is not {', '.join(_COLUMNS)}, separated by tabs")
        code, place, municipality_number, municipality, category = cells
        yield code, Entry(place, municipality_number or None, municipality, category or None)


def _serialize(entries: Mapping[str, Entry]) -> str:
    head = f"# Postal codes of Norway, imported from Bring's register, {OFFICIAL}\n"
    return head + "".join("\t".join((code, *(cell or "" for cell in entry))) + "\n" for code, entry in sorted(entries.items()))

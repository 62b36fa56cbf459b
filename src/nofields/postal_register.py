"""The register of postal codes, and its replacement by a newer one.

The shipped copy (``data/postal_codes.tsv``; its head states source, date and licence) has code, place
and municipality; Bring's own file also has municipality number and category. ``nofields postal-codes
FILE`` imports that file, to the path in ``NOFIELDS_POSTAL_REGISTER`` or over the shipped copy;
``nofields postal-codes --status`` prints which copy is in use, and its age.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import takewhile
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
#: The lines of a copy's head that are read: its date, and that nobody has replaced it.
_AS_OF = re.compile(r"# As of: (\d{4}-\d{2}-\d{2})", re.ASCII)
_SHIPPED_WITH = "# Shipped with nofields."
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


class Status(NamedTuple):
    """Which copy of the register is in use.

    Attributes:
        file: The file.
        shipped: Whether it is the copy that ships with nofields.
        as_of: The date of the register; ``None`` if unknown, since Bring's file does not state it.
        codes: The number of codes in it.
    """

    file: Path
    shipped: bool
    as_of: date | None
    codes: int

    def age(self, today: date) -> str | None:
        """Return the age in whole months, below two months in days; ``None`` if unknown.

        >>> Status(SHIPPED, True, date(2024, 4, 11), 5146).age(date(2026, 5, 10))
        '24 months'
        """
        if self.as_of is None or self.as_of > today:
            return None
        months = (today.year - self.as_of.year) * 12 + today.month - self.as_of.month - (today.day < self.as_of.day)
        if months >= 2:
            return f"{months} months"
        days = (today - self.as_of).days
        return f"{days} day{'' if days == 1 else 's'}"


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


def status() -> Status:
    """Return which copy of the register is in use, as it is on disk.

    Raises:
        RegisterError: The file is not a register.
        OSError: The file cannot be read.
    """
    file = _in_use(path())
    data = file.read_bytes()
    head = _head(data)
    return Status(file, any(line.startswith(_SHIPPED_WITH) for line in head), _date(head), len(_parse_as(file, data)))


@cache
def _codes(file: Path) -> tuple[str, ...]:
    return tuple(sorted(_read(file)))


@cache
def _read(file: Path) -> Mapping[str, Entry]:
    """Read a register, or the shipped copy if there is no such file."""
    return _parse_as(file, _in_use(file).read_bytes())


def _in_use(file: Path) -> Path:
    return file if file.exists() else SHIPPED


def _parse_as(file: Path, data: bytes) -> dict[str, Entry]:
    try:
        return parse(data)
    except RegisterError as error:
        raise RegisterError(f"{file}: {error}") from None


def parse(file: bytes) -> dict[str, Entry]:
    """Parse a register.

    Args:
        file: Bring's file (Windows-1252), or nofields' copy (UTF-8, with comment lines).

    Raises:
        RegisterError: A line has other columns.
    """
    return dict(_entries(_lines(file)))


def replace(file: bytes, as_of: date | None = None) -> Change:
    """Replace the register at :func:`path`, atomically.

    Args:
        file: Bring's file, or nofields' copy.
        as_of: The date of the register. If omitted, the one in the head of nofields' copy; Bring's file has none.

    Raises:
        RegisterError: ``file`` is not a register.
        OSError: The register cannot be written.
    """
    new = parse(file)
    if len(new) < _FEWEST:
        raise RegisterError(f"only {len(new)} postal codes of about 5,100: is the file truncated?")
    target = path()
    try:
        old = parse(_in_use(target).read_bytes())
    except RegisterError:  # replace a broken one as well
        old = {}
    atomic_write(target, _serialize(new, as_of or _date(_head(file))))
    _read.cache_clear()
    _codes.cache_clear()
    return Change(len(new), sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys()))


def _lines(file: bytes) -> list[str]:
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252", errors="replace")
    return text.splitlines()


def _head(file: bytes) -> list[str]:
    return list(takewhile(lambda line: line.startswith("#"), _lines(file)))


def _date(head: Iterable[str]) -> date | None:
    """Return the date in a head; ``None`` without one, or if there is no such day."""
    for line in head:
        if stated := _AS_OF.fullmatch(line):
            try:
                return date.fromisoformat(stated[1])
            except ValueError:
                return None
    return None


def _entries(lines: Iterable[str]) -> Iterable[tuple[str, Entry]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != len(_COLUMNS) or len(cells[0]) != 4 or not (cells[0].isascii() and cells[0].isdigit()):
            raise RegisterError(f"line {number} is not {', '.join(_COLUMNS)}, separated by tabs")
        code, place, municipality_number, municipality, category = cells
        yield code, Entry(place, municipality_number or None, municipality, category or None)


def _serialize(entries: Mapping[str, Entry], as_of: date | None) -> str:
    head = f"# Postal codes of Norway, imported from Bring's register, {OFFICIAL}\n"
    if as_of:
        head += f"# As of: {as_of}\n"
    return head + "".join("\t".join((code, *(cell or "" for cell in entry))) + "\n" for code, entry in sorted(entries.items()))

"""The register of postal codes, and how to bring it up to date.

The copy that nofields ships (``data/postal_codes.tsv``; its head states source, date and licence) has code, place and
municipality; Bring's own file also has municipality number and category. ``nofields postal-codes FILE`` takes that file
in, at ``NOFIELDS_POSTAL_REGISTER`` if the variable names a file, else in place of the shipped copy.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nofields.files import atomic_write

#: Where Bring publishes the register: tab-separated, Windows-1252; new codes appear several times a year.
OFFICIAL = "https://www.bring.no/postnummerregister-ansi.txt"
VARIABLE = "NOFIELDS_POSTAL_REGISTER"
SHIPPED = Path(__file__).parent / "data" / "postal_codes.tsv"

#: A register with fewer codes than this is half a file: there are about 5,100.
_FEWEST = 4000
_COLUMNS = ("code", "place", "municipality number", "municipality", "category")


class Entry(NamedTuple):
    """A line of the register; what the copy at hand does not tell is ``None``."""

    place: str
    municipality_number: str | None
    municipality: str
    category: str | None


class RegisterError(Exception):
    """A file that is not the postal code register; the text says why. As ``CatalogError``, no ``ValueError``."""


class Change(NamedTuple):
    """What a new register brought: the codes it has, those that are new, those that are gone."""

    codes: int
    added: list[str]
    removed: list[str]


def path() -> Path:
    """The file that the register is kept in."""
    return Path(os.environ.get(VARIABLE) or SHIPPED)


def entries() -> Mapping[str, Entry]:
    """Every code in use; the file is read once.

    >>> entries()["0357"].place
    'OSLO'
    """
    return _read(path())


def codes() -> tuple[str, ...]:
    """Every code in use, in order."""
    return _codes(path())


@cache
def _codes(file: Path) -> tuple[str, ...]:
    return tuple(sorted(_read(file)))


@cache
def _read(file: Path) -> Mapping[str, Entry]:
    """The register in a file, or the copy shipped as long as there is no such file."""
    try:
        return parse(_bytes(file))
    except RegisterError as error:
        raise RegisterError(f"{file}: {error}") from None


def _bytes(file: Path) -> bytes:
    return (file if file.exists() else SHIPPED).read_bytes()


def parse(file: bytes) -> dict[str, Entry]:
    """The register in ``file``, which is Bring's own (Windows-1252) or nofields' copy (UTF-8, with a head of # lines)."""
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252", errors="replace")
    return dict(_entries(text.splitlines()))


def replace(file: bytes) -> Change:
    """Makes ``file`` the register from now on, if it is one; raises :class:`RegisterError` if it is not.

    It is written whole or not at all.
    """
    new = parse(file)
    if len(new) < _FEWEST:
        raise RegisterError(f"only {len(new)} postal codes, where there are about 5,100: half a file?")
    target = path()
    try:
        old = parse(_bytes(target))
    except RegisterError:  # a broken one is replaced as well
        old = {}
    atomic_write(target, _written(new))
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


def _written(entries: Mapping[str, Entry]) -> str:
    head = f"# Postal codes of Norway, taken in from Bring's register, {OFFICIAL}\n"
    return head + "".join("\t".join((code, *(cell or "" for cell in entry))) + "\n" for code, entry in sorted(entries.items()))

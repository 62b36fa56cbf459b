"""Chooses who reads numbers, the extension or plain Python, and packs programs for the extension."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from nofields import synthetic
from nofields.check.notation import Notation, float_automaton, gaps
from nofields.check.plain import PlainReader
from nofields.check.program import Program
from nofields.check.tables import Table
from nofields.errors import Problem
from nofields.rules import DIGITS

#: Whether to read numbers in plain Python although the extension is there.
#:
#: Values: ``1`` for plain Python; empty or ``0`` for the extension, if it is there.
#:
#: Default: empty.
#:
#: Read by: ``import nofields``. ``nofields.native`` says which of them runs.
VARIABLE = "NOFIELDS_PLAIN"

if TYPE_CHECKING:
    NativeReader: Any
elif os.environ.get(VARIABLE, "0") in ("", "0"):
    try:
        from nofields._native import Reader as NativeReader
    except ImportError:  # built for another Python, or not at all
        NativeReader = None
else:
    NativeReader = None

#: Whether the extension reads numbers.
native: bool = NativeReader is not None


class Reader(Protocol):
    """What reads the values of a rule: the extension, or :class:`PlainReader`."""

    def is_valid(self, value: object, /) -> bool: ...
    def problem(self, value: object, /) -> Problem | None: ...
    def clean(self, value: object, /) -> Any: ...
    def constructor(
        self, own: type, reject: Callable[[Problem], Any], name: str, /
    ) -> tuple[Callable[[object], Any], Callable[..., Any] | None]: ...


def reader_of(compiled: Callable[[], Program], otherwise: Callable[[object], Problem]) -> Reader:
    """Return the reader of a program.

    Args:
        compiled: Returns the program; called when the first value is read.
        otherwise: From any object that is no text to its problem.
    """
    if not native:
        return PlainReader(compiled, otherwise)
    # The extension reads no rule without a table.
    return NativeReader(lambda: packed(compiled()) or PlainReader(compiled, otherwise), otherwise)  # type: ignore[no-any-return]


#: The layout of ``Program`` in reader.c, up to its additions.
_HEAD = struct.Struct("=4Q64I" + 8 * "8sii" + "10i128s128s16I")
_PAIR, _ADDITIONS = 256, struct.Struct("=256I")


def packed(program: Program) -> tuple[Any, ...] | None:
    """Return a program as the extension takes it; ``None`` if it has no table, or is too large for the extension."""
    if program.table is None:
        return None
    try:
        packed = _head(program.notation, program.table) + b"".join(map(_pairs, program.table.additions))
    except (struct.error, IndexError):
        return None
    environment = (synthetic.environment, synthetic.raw_name) if program.depends else (None, None)
    codes, second = (*program.table.codes, b"\xff")[:2]
    return packed, codes, second, program.problems, program.policy, *environment, program.define


def _head(notation: Notation, table: Table) -> bytes:
    groupings = [sum(1 << gap for gap in gaps(notation))] if notation.between else []
    beyond = [(ord(character), notation.class_of(character)) for character in notation.beyond_ascii]
    prefixes = [(prefix, 0) for prefix in notation.prefixes]
    counts = (len(groupings), len(beyond), len(prefixes), len(notation.foreign), notation.counts[0], notation.counts[-1])
    last = ord(notation.last) if notation.last else ord("0") if table.last else -1
    values = table.last or {}
    return _HEAD.pack(
        *_filled(groupings, 4, 0),
        *chain(*_filled(beyond, 32, (0, 0))),
        *chain(*map(_prefix, _filled(prefixes, 4, ("", 0)))),
        *chain(*map(_prefix, _filled(notation.foreign, 3, ("", 0)))),
        *_prefix((notation.country_code, 0)),
        *(*counts, last, len(table.additions), table.bits, table.either),
        bytes(map(notation.class_of, map(chr, range(128)))),
        float_automaton_once(),
        *(values.get(character, 0) for character in (*DIGITS, notation.last, *"     ")),
    )


float_automaton_once = cache(float_automaton)


def _filled(listed: Any, room: int, filler: object) -> list[Any]:
    if len(listed) > room:
        raise IndexError("no room")
    return [*listed, *[filler] * (room - len(listed))]


def _prefix(prefix: tuple[str, int]) -> tuple[bytes, int, int]:
    text, digits = prefix
    if len(text) > 8:
        raise IndexError("no room")
    return text.encode("ascii"), len(text), digits


def _pairs(additions: Mapping[str, int]) -> bytes:
    """Return what pairs of digits add as the extension looks it up: a digit in each half of a byte."""
    row = [0] * _PAIR
    for pair, add in additions.items():
        row[int(f"{pair:0<2}", 16)] = add
    return _ADDITIONS.pack(*row)

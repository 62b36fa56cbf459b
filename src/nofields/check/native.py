"""Chooses who reads numbers, the extension or plain Python, and packs programs for the extension."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, Protocol

from nofields import synthetic
from nofields.characters import DIGITS
from nofields.check.notation import STRANGE, Notation, float_automaton
from nofields.check.plain import PlainReader
from nofields.check.program import Program
from nofields.check.tables import Table
from nofields.errors import Problem
from nofields.rules import LONGEST_INPUT, Affix, WeightedSum

#: From any value to the instance of a class; and its ``__new__``, if it needs one.
Constructors = tuple[Callable[[object], Any], Callable[..., Any] | None]

#: Whether to read numbers in plain Python although the extension is there.
#:
#: Values: ``1`` for plain Python; empty or ``0`` for the extension, if it is there.
#:
#: Default: empty.
#:
#: Read by: ``import nofields``. ``nofields.native`` says which of them runs.
VARIABLE = "NOFIELDS_PLAIN"

if os.environ.get(VARIABLE, "0") in ("", "0"):
    try:
        from nofields import _native
    except ImportError:  # built for another Python, or not at all
        _native = None  # type: ignore[assignment]
else:
    _native = None  # type: ignore[assignment]

extension = _native
#: Whether the extension reads numbers.
native: bool = extension is not None


class Reader(Protocol):
    """What reads the values of a rule: the extension's functions, or :class:`PlainReader`."""

    @property
    def is_valid(self) -> Callable[[object], bool]: ...
    @property
    def problem(self) -> Callable[[object], Problem | None]: ...
    @property
    def clean(self) -> Callable[[object], Any]: ...
    @property
    def constructor(self) -> Callable[[type, Callable[[Problem], Any], str], Constructors]: ...


class NativeReader(NamedTuple):
    """The functions of the extension for one rule."""

    is_valid: Callable[[object], bool]
    problem: Callable[[object], Problem | None]
    clean: Callable[[object], Any]
    constructor: Callable[[type, Callable[[Problem], Any], str], Constructors]
    column: Callable[..., None]
    digits: Callable[..., None]


def reader_of(compiled: Callable[[], Program], otherwise: Callable[[object], Problem]) -> Reader:
    """Return the reader of a program.

    Args:
        compiled: Returns the program; called when the first value is read.
        otherwise: From any object that is no text to its problem.
    """
    plain = PlainReader(compiled, otherwise)
    if not native:
        return plain
    # The extension leaves to the plain reader what is no text, texts with half surrogates, and rules that it cannot hold.
    return NativeReader(*extension.reader(lambda: packed(compiled()) or plain, plain.clean))


#: The layout of ``Program`` in number.h, up to its additions: how many there may be of each of its lists, and of what.
_BEFORE, _AFTER, _WEIGHTS = 12, 4, 16  # characters of an affix or a mark; weights of an affix
_MARK = f"{_BEFORE}sii"
_GAPS, _BEYOND, _AFFIXES, _FOREIGN = (8, "QQ"), (32, "III"), (16, f"{_BEFORE}s{_AFTER}s{_WEIGHTS}s5i"), (4, _MARK)
_HEAD = struct.Struct(
    "=" + "".join(count * each for count, each in (_GAPS, _BEYOND, _AFFIXES, _FOREIGN)) + f"{_MARK}13i256s128s16I"
)
_PAIR, _ADDITIONS = 256, struct.Struct("=256I")


def packed(program: Program) -> tuple[Any, ...] | None:
    """Return a program as the extension takes it; ``None`` if it has no table, or is too large for the extension."""
    if program.table is None or program.notation.counts[-1] > LONGEST_INPUT:
        return None
    try:
        packed = _head(program.notation, program.table) + b"".join(map(_pairs, program.table.additions))
    except (struct.error, IndexError, ValueError):  # no room, or weights of more than a byte
        return None
    codes = program.settled if program.depends else program.settled[None]
    environment = (synthetic.environment, synthetic.raw_name) if program.depends else (None, None)
    return packed, program.problems, codes, *environment, program.define, program.named


def _head(notation: Notation, table: Table) -> bytes:
    gaps, beyond, foreign = notation.gaps() if notation.between else [], notation.spans_beyond_ascii(), notation.foreign
    marks = [(_text(mark, _BEFORE), len(mark), count) for mark, count in foreign]
    around = [*((each.before, notation.counts[0]) for each in notation.affixes if each.before), *foreign]
    bare = min((len(mark) + count for mark, count in around if not mark.strip(DIGITS)), default=LONGEST_INPUT + 1)
    last = ord(notation.last) if notation.last else ord("0") if table.last else -1
    values = table.last or {}
    return _HEAD.pack(
        *_filled(gaps, _GAPS),
        *_filled(beyond, _BEYOND),
        *_filled(list(map(_affix, notation.affixes)), _AFFIXES),
        *_filled(marks, _FOREIGN),
        *(_text(notation.country_code, _BEFORE), len(notation.country_code), 0),
        *(len(gaps), len(beyond), len(notation.affixes), len(foreign), bare),
        *(notation.counts[0], notation.counts[-1]),
        *(last, len(table.additions), table.bits, table.either, len(table.codes[0]), len(table.codes)),
        bytes([*map(notation.class_of, map(chr, range(128))), *[STRANGE] * 128]),
        float_automaton(),
        *(values.get(character, 0) for character in (*DIGITS, notation.last, *"     ")),
    )


def _filled(listed: Sequence[tuple[Any, ...]], layout: tuple[int, str]) -> Iterable[Any]:
    """Return the entries of a list one behind the other, followed by as many empty ones as there may be more."""
    most, each = layout
    if len(listed) > most:
        raise IndexError("no room")
    empty = struct.unpack("=" + each, bytes(struct.calcsize("=" + each)))
    return chain(*listed, *[empty] * (most - len(listed)))


def _affix(affix: Affix) -> tuple[Any, ...]:
    total = affix.sum or WeightedSum((), frozenset({0}), 0)
    if len(total.weights) > _WEIGHTS or len(total.remainders) > 1:
        raise IndexError("no room")
    lengths = len(affix.before), affix.head, len(affix.after)
    return (
        _text(affix.before, _BEFORE),
        _text(affix.after, _AFTER),
        bytes(total.weights),
        *lengths,
        total.modulus,
        *total.remainders,
    )


def _text(text: str, most: int) -> bytes:
    if len(text) > most:
        raise IndexError("no room")
    return text.encode("ascii")


def _pairs(additions: Mapping[str, int]) -> bytes:
    """Return what pairs of digits add as the extension looks it up: a digit in each half of a byte."""
    row = [0] * _PAIR
    for pair, add in additions.items():
        row[int(f"{pair:0<2}", 16)] = add
    return _ADDITIONS.pack(*row)

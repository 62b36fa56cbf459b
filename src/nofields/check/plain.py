"""Reads numbers by compiled rules in plain Python, as the extension does in C."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from itertools import product
from operator import getitem, itemgetter
from typing import Any

from nofields import synthetic
from nofields.check.base import is_as_number, parser_of
from nofields.check.codes import CODES, RIGHT, UNKNOWN
from nofields.check.notation import Notation, gaps
from nofields.check.program import Program
from nofields.check.tables import Table
from nofields.errors import Problem, Reason
from nofields.rules import DIGITS, LONGEST_INPUT, WHITE_SPACE


class PlainReader:
    """Reads values by a program, which is compiled when the first value is read."""

    def __init__(self, compiled: Callable[[], Program], otherwise: Callable[[object], Problem]) -> None:
        self._compiled, self._otherwise = compiled, otherwise
        self._read_digits: Callable[[str], int | None] = self._compile

    def is_valid(self, value: object) -> bool:
        """Return whether the field accepts ``value``. Never raises, whatever the object."""
        if type(value) is str and (code := self._read_digits(value)) is not None:
            return code == RIGHT
        return issubclass(type(value), str) and self.read(value)[0] == RIGHT

    def problem(self, value: object) -> Problem | None:
        """Return why the field rejects ``value``, if it does. Never raises, whatever the object."""
        clean = self.clean(value)
        return clean if type(clean) is Problem else None

    def clean(self, value: object) -> Any:
        """Return the clean value, or the problem."""
        if type(value) is str and self._read_digits(value) == RIGHT:
            return value
        if not issubclass(type(value), str):
            return self._otherwise(value)
        code, digits = self.read(value)
        return digits if code == RIGHT else self._program.problems[code]

    def constructor(self, own: type, reject: Callable[[Problem], Any], name: str) -> tuple[Callable[[object], Any], None]:
        """Return a function from any value to an ``own``, or that calls ``reject``."""
        return parser_of(self.clean, own, str.__new__, reject, name), None

    def read(self, value: Any) -> tuple[int, str]:
        """Return the code of a text and, if it is right, its digits."""
        text = str.__str__(value)
        if (code := self._read_digits(text)) is not None:
            return code, text
        if len(text) > LONGEST_INPUT:
            return CODES[Reason.LENGTH], ""
        if self._read_digits(usual := self._as_usual(text)) == RIGHT:
            return RIGHT, usual
        if not text.strip(WHITE_SPACE):
            return CODES[Reason.REQUIRED], ""
        bare = text.translate(self._anywhere)
        digits = bare.translate(self._between)
        if bare == digits or (self._in_groups and self._in_groups.fullmatch(text)):
            for prefix in self._program.notation.prefixes:
                if digits.startswith(prefix) and (code := self._read_digits(digits[len(prefix) :])) is not None:
                    digits = digits[len(prefix) :]
                    break
        if code != RIGHT and is_as_number(text):
            return CODES[Reason.NUMBER], ""
        return CODES[self._misfit(digits, separated=bare != digits)] if code is None else code, digits

    def _misfit(self, text: str, *, separated: bool) -> Reason:
        """Return the reason that characters without separators are no number of the right form."""
        notation = self._program.notation
        for mark, count in notation.foreign:
            behind = text[len(mark) : len(mark) + count]
            marked = text.startswith(mark) and not text.startswith(notation.country_code, len(mark))
            if marked and len(behind) == count and not behind.strip(DIGITS):
                return Reason.COUNTRY
        text = text.removeprefix("+") if notation.foreign else text
        if not text or text[:-1].strip(DIGITS) or text[-1] not in DIGITS + notation.last:
            return Reason.CHARACTERS
        return Reason.CHARACTERS if separated and len(text) in notation.counts else Reason.LENGTH

    def _compile(self, digits: str) -> int | None:
        """Compile the rule, and return the code of the first value."""
        self._program = program = self._compiled()
        notation = program.notation
        self._anywhere, self._between = str.maketrans("", "", notation.anywhere), str.maketrans("", "", notation.between)
        self._in_groups = re.compile(notation.in_groups) if notation.between else None
        self._as_usual = _usual_reading(notation)
        self._read_digits = _by_table(program) if program.table else _by_definition(program)
        return self._read_digits(digits)


def _usual_reading(notation: Notation) -> Callable[[str], str]:
    """Return a function that removes the separators of the usual forms, ASCII alone, in a third of the time of ``read``."""
    blanks = notation.anywhere.encode("ascii", "ignore")
    separators = blanks + notation.between.encode("ascii", "ignore")
    places = [gap + number for number, gap in enumerate(gaps(notation))]
    length, marks_of = notation.counts[0] + len(places), itemgetter(*places or [0])
    marks = set(map("".join, product(separators.decode("ascii"), repeat=len(places))))

    def bare(text: str) -> str:
        grouped = notation.between and len(text) == length and "".join(marks_of(text)) in marks
        return text.encode("utf-8", "replace").translate(None, separators if grouped else blanks).decode()

    return bare


def _by_definition(program: Program) -> Callable[[str], int | None]:
    """Return a function from digits to their code, or ``None`` for text of another form."""
    counts, last = program.notation.counts, program.notation.last

    def code_of(digits: str) -> int | None:
        if len(digits) not in counts or digits[:-1].strip(DIGITS) or digits[-1] not in DIGITS + last:
            return None
        return program.policy(synthetic.setting())[program.define(digits)]

    return code_of


def _by_table(program: Program) -> Callable[[str], int | None]:
    """Return the same function by the table: what the digits add up to is the place of the code."""
    readers = {count: _of_count(program, count) for count in program.notation.counts}
    if len(readers) == 1:
        return readers[program.notation.counts[0]]
    return lambda digits: readers[len(digits)](digits) if len(digits) in readers else None


def _of_count(program: Program, count: int) -> Callable[[str], int | None]:
    assert program.table
    codes_of, environment, name, table = program.settled, synthetic.environment, synthetic.raw_name, program.table
    bits, mask, single, either = table.bits, (1 << table.bits) - 1, len(table.codes) == 1, table.either
    second, (unpack, additions) = len(table.codes[0]), _layout(table, count)

    def code_of(digits: str) -> int | None:
        if len(digits) != count:
            return None
        try:
            index = sum(map(getitem, additions, unpack(digits.encode())))
        except _NOT_DIGITS:
            return None
        codes = codes_of[environment.get(name)]
        if single:
            code = codes[index]
            if code == UNKNOWN:
                code = codes[index] = program.define(digits)
            return code
        code, other = codes[index & mask], codes[second + (index >> bits)]
        return code if (code < other) != either else other

    return code_of


#: What the look-up of other characters raises: no entry, more bytes than characters, half surrogates.
_NOT_DIGITS = (KeyError, struct.error, UnicodeEncodeError)


def _layout(table: Table, count: int) -> tuple[Callable[[bytes], tuple[int, ...]], list[dict[int, int]]]:
    """Return what reads one or two bytes at a time as a number, and what these numbers add."""
    parts = table.parts(count)
    unpack = struct.Struct("<" + "".join("BH"[stop - start - 1] for start, stop, _ in parts)).unpack
    return unpack, [{int.from_bytes(key.encode(), "little"): add for key, add in each.items()} for _, _, each in parts]

"""Reads numbers by compiled rules in plain Python, as the extension does in C."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import accumulate, product
from operator import getitem, itemgetter
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from nofields import synthetic
from nofields.characters import BLANK, DECIMAL_SIGNS, DIGITS
from nofields.check.base import is_as_number, parser_of, without
from nofields.check.codes import CODES, RIGHT, UNKNOWN
from nofields.check.definition import satisfies
from nofields.check.notation import Notation
from nofields.check.program import Program
from nofields.check.tables import Table
from nofields.errors import Problem, Reason
from nofields.rules import LONGEST_INPUT, Affix


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

    def clean(self, value: Any) -> Any:
        """Return the clean value, or the problem."""
        if type(value) is str and self._read_digits(value) == RIGHT:
            return value
        if not issubclass(type(value), str):
            return self._otherwise(value)
        code, digits = self.read(value)
        if code == _CHARACTERS and self._program.named:
            return self._program.named(value)
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
        if not text.strip(BLANK):
            return CODES[Reason.REQUIRED], ""
        bare = self._with_last_dash(text).translate(self._anywhere)
        marked = bare.translate(self._between)
        marks = self._marks(text) if marked != bare else _NO_MARKS
        code, digits = self._read_affixes(marked, marks)
        if code != RIGHT and is_as_number(text):
            return CODES[Reason.NUMBER], ""
        return CODES[self._misfit(marked, separated=marked != bare)] if code is None else code, digits

    def _with_last_dash(self, text: str) -> str:
        """Return a text with the further last character in the place of a separator that stands for it at the end."""
        notation = self._program.notation
        ended = text.rstrip(notation.anywhere)
        stands = set(notation.dashes).intersection(text[len(ended) :])
        return ended + notation.last if stands and ended[-1:] not in notation.last + notation.dashes else text

    def _marks(self, text: str) -> tuple[int, int, int]:
        """Return the places of all separators, of those that may not stand anywhere, and of decimal signs among these."""
        notation = self._program.notation
        anything = between = decimals = count = 0
        for character in text:
            if character in notation.between:
                between |= 1 << count
                decimals |= (character in DECIMAL_SIGNS) << count
            elif character not in notation.anywhere:
                count += 1
                continue
            anything |= 1 << count
        return anything, between, decimals

    def _read_affixes(self, text: str, marks: tuple[int, int, int]) -> tuple[int | None, str]:
        """Return the code of the digits between the first affix that fits, and the digits; ``None`` if none does."""
        notation, text = self._program.notation, text.translate(self._lower)
        for affix in notation.affixes:
            lead = len(affix.before) + affix.head
            digits = text[lead : len(text) - len(affix.after)]
            head = text[len(affix.before) : lead]
            fits = text.startswith(affix.before) and text.endswith(affix.after) and not head.strip(DIGITS)
            if not fits or len(digits) not in notation.counts:
                continue
            anything, between, decimals = (mark >> lead for mark in marks)
            # Separators may stand behind what precedes the digits.
            if marks[1] & (1 << lead) - 1 or not notation.separates(anything, between & ~(lead > 0), decimals & ~(lead > 0)):
                continue
            code = self._read_digits(digits)
            if code is not None:
                return self._with_sum(affix, code, head + digits), digits
        return None, text

    def _with_sum(self, affix: Affix, code: int, digits: str) -> int:
        """Return the code of a number whose affix has a sum of its own."""
        if code != RIGHT or affix.sum is None:
            return code
        return RIGHT if satisfies(affix.sum, digits) else CODES[Reason.CHECK_DIGIT]

    def _misfit(self, text: str, *, separated: bool) -> Reason:
        """Return the reason that characters without separators are no number of the right form."""
        notation, text = self._program.notation, text.translate(self._lower)
        for mark, count in notation.foreign:
            behind = text[len(mark) : len(mark) + count]
            marked = text.startswith(mark) and not text.startswith(notation.country_code, len(mark))
            if marked and len(behind) == count and not behind.strip(DIGITS):
                return Reason.COUNTRY
        for affix in notation.affixes:
            digits = text[len(affix.before) : max(len(text) - len(affix.after), len(affix.before))]
            fits = text.startswith(affix.before) and text.endswith(affix.after) and len(affix.before + affix.after) <= len(text)
            if fits and (digits or affix.before) and not digits[:-1].strip(DIGITS) and digits[-1:] in DIGITS + notation.last:
                return Reason.CHARACTERS if separated and len(digits) - affix.head in notation.counts else Reason.LENGTH
        return Reason.CHARACTERS

    def _compile(self, digits: str) -> int | None:
        """Compile the rule, and return the code of the first value."""
        self._program = program = self._compiled()
        notation = program.notation
        self._anywhere = str.maketrans(dict.fromkeys(notation.dashes, notation.last) | dict.fromkeys(notation.anywhere, ""))
        self._between = str.maketrans("", "", notation.between)
        self._lower = str.maketrans({capital: small for capital, small in _LOWER.items() if capital not in notation.last})
        self._as_usual = _usual_reading(notation)
        self._read_digits = _by_table(program) if program.table else _by_definition(program)
        return self._read_digits(digits)


#: The small letters of the capital ones, of ASCII alone.
_LOWER = dict(zip(ascii_uppercase, ascii_lowercase))
_NO_MARKS = (0, 0, 0)
_CHARACTERS = CODES[Reason.CHARACTERS]


def _usual_reading(notation: Notation) -> Callable[[str], str]:
    """Return a function that removes the separators of the usual forms, ASCII alone, in a third of the time of ``read``."""
    blanks = notation.anywhere.encode("ascii", "ignore")
    groups = notation.groupings[0] if notation.between else ()
    between = notation.between if len(groups) > 2 else without(DECIMAL_SIGNS, notation.between)
    separators = blanks + between.encode("ascii", "ignore")
    places = [gap + number for number, gap in enumerate(accumulate(groups[:-1]))]
    length, marks_of = notation.counts[0] + len(places), itemgetter(*places or [0])
    marks = set(map("".join, product(separators.decode("ascii"), repeat=len(places))))

    def bare(text: str) -> str:
        grouped = groups and len(text) == length and "".join(marks_of(text)) in marks
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

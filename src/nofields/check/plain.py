"""Reads numbers by compiled rules in plain Python, as the extension does in C."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import getitem, itemgetter
from typing import Any

from nofields import synthetic
from nofields.check.base import is_as_number
from nofields.check.codes import CODES, RIGHT, UNKNOWN
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
        clean, new = self.clean, str.__new__

        def parse(value: object) -> Any:
            if type(value) is own:
                return value
            result = clean(value)
            return reject(result) if type(result) is Problem else new(own, result)

        parse.__name__ = parse.__qualname__ = name
        return parse, None

    def read(self, value: Any) -> tuple[int, str]:
        """Return the code of a text and, if it is right, its digits."""
        text = str.__str__(value)
        if (code := self._read_digits(text)) is not None:
            return code, text
        if len(text) > LONGEST_INPUT:
            return CODES[Reason.LENGTH], ""
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
        self._read_digits = _by_table(program) if program.table else _by_definition(program)
        return self._read_digits(digits)


def _by_definition(program: Program) -> Callable[[str], int | None]:
    """Return a function from digits to their code, or ``None`` for text of another form."""
    counts, define, policy, last = program.notation.counts, program.define, _policy(program), program.notation.last

    def code_of(digits: str) -> int | None:
        if len(digits) not in counts or digits[:-1].strip(DIGITS) or digits[-1] not in DIGITS + last:
            return None
        return policy()[define(digits)]

    return code_of


def _by_table(program: Program) -> Callable[[str], int | None]:
    """Return the same function by the table: the pairs of digits add up to the place of the code."""
    assert program.table
    table, counts, define, policy = program.table, program.notation.counts, program.define, _policy(program)
    first, second = (*table.codes, b"\xff")[:2]
    index_of, choose = _index(table), max if table.either else min
    bits, mask = table.bits, (1 << table.bits) - 1

    def code_of(digits: str) -> int | None:
        if len(digits) not in counts:
            return None
        try:
            index = index_of(digits)
        except KeyError:  # not digits
            return None
        code = choose(first[index & mask], second[index >> bits])
        if code == UNKNOWN:
            code = first[index] = define(digits)  # type: ignore[index]
        return policy()[code]

    return code_of


def _index(table: Table) -> Callable[[str], int]:
    """Return a function from digits to the sum of what they add; it raises ``KeyError`` for other characters."""
    additions, last = table.additions, table.last
    if last is None:
        pairs = itemgetter(*(slice(at, at + 2) for at in range(0, 2 * len(additions), 2)), slice(0, 0))
        return lambda digits: sum(map(getitem, additions, pairs(digits)))

    def index(digits: str) -> int:
        body = digits[:-1] if len(digits) % 2 else f"0{digits[:-1]}"
        parts = [body[at : at + 2] for at in range(0, len(body), 2)]
        return last[digits[-1]] + sum(map(getitem, additions[len(additions) - len(parts) :], parts))

    return index


def _policy(program: Program) -> Callable[[], bytes]:
    """Return a function to the policy under the current setting of ``NOFIELDS_SYNTHETIC``."""
    if not program.depends:
        fixed = program.policy(None)
        return lambda: fixed
    policies: dict[object, bytes] = {}

    def policy() -> bytes:
        setting = synthetic.setting()
        if setting not in policies:
            policies[setting] = program.policy(setting)
        return policies[setting]

    return policy

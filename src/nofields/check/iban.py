"""Reads a rule of IBANs, with stdnum's copy of the IBAN registry."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from nofields.characters import BLANK, DIGITS, INVISIBLE
from nofields.check.base import Check, any_of, union, without
from nofields.check.digits import DigitCheck
from nofields.errors import Problem, Reason
from nofields.rules import LONGEST_IBAN, IbanRule

#: Country code and check digits.
_HEAD = re.compile("[A-Z]{2}[0-9]{2}")
_CHARACTERS = re.compile("[A-Za-z0-9]+")
#: Characters of country code and check digits.
_HEAD_LENGTH = 4
#: What a letter of the registry stands for.
ALPHABETS = {"n": DIGITS, "a": string.ascii_uppercase, "c": string.ascii_uppercase + DIGITS}
#: A part of an account number in the registry: ``6!n`` is six digits.
_PART = re.compile("([1-9][0-9]*)!([nac])")
#: ISO 7064 makes check digits from 02 to 98. 00, 01 and 99 have the remainders of 97, 98 and 02.
_SMALLEST, _LARGEST = "02", "98"


class Accounts(NamedTuple):
    """How a country writes account numbers: the length and the letter of each part, and the pattern of them all."""

    parts: Sequence[tuple[int, str]]
    pattern: re.Pattern[str]

    @property
    def length(self) -> int:
        """How many characters an account number has."""
        return sum(length for length, _ in self.parts)


class IbanCheck(Check):
    """Text -> the IBAN in capitals, without separators."""

    rule: IbanRule

    def __init__(self, rule: IbanRule) -> None:
        super().__init__(rule)
        self._account = DigitCheck(rule.account)
        self._removed = union(rule.separators, INVISIBLE)

    def clean(self, value: object) -> str | Problem:
        text = self.text(value)
        if type(text) is Problem:
            return text
        written = without(self._removed, text)
        if _CHARACTERS.fullmatch(written) is None:
            return self.naming(text, BLANK)
        return self._checked(written.upper())

    def _checked(self, number: str) -> str | Problem:
        if _HEAD.match(number) is None:
            return self.problem(Reason.FORMAT)
        accounts = accounts_of(number[:2])
        if accounts is None:
            return self.problem(Reason.COUNTRY)
        account = number[_HEAD_LENGTH:]
        if len(account) != accounts.length:
            return self.problem(Reason.LENGTH, length=_HEAD_LENGTH + accounts.length)
        if accounts.pattern.fullmatch(account) is None:
            return self.problem(Reason.FORMAT)
        if not _has_check_digits(number):
            return self.problem(Reason.CHECK_DIGIT)
        if number.startswith(self.rule.country) and type(found := self._account.clean(account)) is Problem:
            return self.problem(Reason(found.reason))
        return number

    def pattern(self, *, clean: bool) -> str:
        most = LONGEST_IBAN - _HEAD_LENGTH
        if clean:
            return f"^[A-Z]{{2}}[0-9]{{2}}[0-9A-Z]{{1,{most}}}$"
        blank = any_of(self._removed)
        head = "".join(f"{part}{blank}" for part in ("[A-Za-z]", "[A-Za-z]", "[0-9]", "[0-9]"))
        return f"^{blank}{head}(?:[0-9A-Za-z]{blank}){{1,{most}}}$"


@cache
def accounts_of(country: str) -> Accounts | None:
    """Return how a country writes the account numbers in its IBANs; ``None`` if the registry does not have it."""
    from stdnum import numdb

    structure = numdb.get("iban").info(country)[0][1].get("bban", "")
    parts = [(int(length), letter) for length, letter in _PART.findall(structure)]
    pattern = "".join(f"[{ALPHABETS[letter]}]{{{length}}}" for length, letter in parts)
    return Accounts(parts, re.compile(pattern)) if parts else None


@cache
def countries() -> tuple[str, ...]:
    """Return the countries in the registry."""
    return tuple(code for code in map("".join, product(string.ascii_uppercase, repeat=2)) if accounts_of(code))


def check_digits(country: str, account: str) -> str:
    """Return the check digits of an IBAN."""
    from stdnum.iso7064 import mod_97_10

    return str(mod_97_10.calc_check_digits(account + country))


def _has_check_digits(number: str) -> bool:
    from stdnum.iso7064 import mod_97_10

    head, account = number[:_HEAD_LENGTH], number[_HEAD_LENGTH:]
    return _SMALLEST <= head[2:] <= _LARGEST and bool(mod_97_10.is_valid(account + head))

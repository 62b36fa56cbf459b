"""Addresses, phone numbers and accounts of people and organisations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial

from nofields import postal_register
from nofields.fields import AccountNumber
from nofields.generate.choices import Choose, pick
from nofields.generate.names import STREETS, to_ascii
from nofields.generate.numbers import source
from nofields.generate.phones import phone_number
from nofields.generate.unique import Row, different
from nofields.rules import PhoneRule

#: Categories of postal codes without street addresses.
_NO_STREETS = ("P", "S")


class Contacts:
    """What people and organisations are reached by.

    Args:
        choose: The source of choices.
        unique: Whether numbers and addresses of e-mail differ from those before them.
    """

    def __init__(self, choose: Choose, unique: bool) -> None:
        self.choose, self._unique = choose, unique
        self._seen: defaultdict[str, set[object]] = defaultdict(set)
        self._names: Counter[str] = Counter()
        entries = postal_register.entries()
        places = [(code, entries[code].place, entries[code].category) for code in postal_register.codes()]
        self._places = [(code, place) for code, place, category in places if category not in _NO_STREETS]
        self._account = source(AccountNumber.rule, AccountNumber.rule.kinds[0])

    def number(self, column: str, draw: Callable[[Choose], Row]) -> Row:
        """Return a row whose first value differs from those of the column before it, if all must.

        Raises:
            ValueError: There is none, or hardly any.
        """
        if not self._unique:
            return draw(self.choose)
        return different(partial(draw, self.choose), self._seen[column], column)

    def address(self) -> tuple[str, str, str]:
        """Return a street with a house number, and a postal code with its place."""
        return f"{pick(self.choose, STREETS)} {self.choose(1, 99)}", *pick(self.choose, self._places)

    def phone(self, rule: PhoneRule) -> str:
        """Return a phone number by a rule."""
        return self.number("phone", lambda choose: (phone_number(choose, rule),))[0]

    def email(self, *names: str) -> str:
        """Return an address of names at example.com, with a count if it must differ from those before it."""
        name = ".".join(map(to_ascii, names))
        self._names[name] += 1
        count = self._names[name]
        return f"{name}{count if self._unique and count > 1 else ''}@example.com"

    def account(self) -> str:
        """Return an account number."""
        return self.number("account", lambda choose: (self._account(choose),))[0]

"""What every check has: ``clean`` and ``is_valid``, and the first questions that each asks of a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from nofields.characters import AS_NUMBER, BLANK, INVISIBLE
from nofields.errors import Problem, Reason
from nofields.keys import required_key
from nofields.rules import LONGEST_INPUT

#: Makes the instance of a class for a clean value.
New = Callable[[Any, Any], Any]


class Check:
    """A rule, compiled. Nothing here raises, whatever the value."""

    #: What the rule's messages speak of, e.g. ``{"digits": 9}``; part of every Problem of the check.
    params: dict[str, object]
    #: The problems that have a message or parameters of their own, by reason.
    own_problems: Mapping[Reason, Problem] = {}
    #: Longest text that is looked at, in characters.
    longest: int = LONGEST_INPUT

    def __init__(self, rule: Any, **params: object) -> None:
        self.rule = rule
        self.params = params
        #: The problem of an empty value.
        self.required = Problem(required_key(rule.key), Reason.REQUIRED)
        self._problems: dict[Reason, Problem] = {}

    def clean(self, value: object) -> Any:
        """The clean value, or the Problem."""
        raise NotImplementedError

    def is_valid(self, value: object) -> bool:
        """Return whether the field accepts ``value``. Never raises, whatever the object."""
        return type(self.clean(value)) is not Problem

    def problem_of(self, value: object) -> Problem | None:
        """Return why the field rejects ``value``, if it does. Never raises, whatever the object."""
        result = self.clean(value)
        return result if type(result) is Problem else None

    def constructor(
        self, own: type, new: New, reject: Callable[[Problem], Any]
    ) -> tuple[Callable[[object], Any], Callable[..., Any] | None]:
        """Return what makes instances of a class.

        Returns:
            A function from any value to ``new(own, clean value)`` or ``reject(problem)``, which returns an ``own`` as it is;
            and a ``__new__`` for the class, or ``None`` where Python's own way is as fast.
        """
        return parser_of(self.clean, own, new, reject, own.__name__), None

    def pattern(self, *, clean: bool) -> str:
        """An anchored regular expression of the clean or the accepted form: ECMA-262, without lookaround."""
        raise NotImplementedError

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        """What JSON Schema can say of the clean or the accepted form."""
        return {"type": "string", "pattern": self.pattern(clean=clean)}

    def problem(self, reason: Reason, **params: object) -> Problem:
        """A Problem under the rule's own key. One without parameters of its own is made once."""
        if params:
            return Problem(self.rule.key, reason, self.params | params)
        if (made := self._problems.get(reason)) is None:
            made = self._problems[reason] = Problem(self.rule.key, reason, self.params)
        return made

    def naming(self, text: str, harmless: str = "") -> Problem:
        """Return the problem of a character that a text may not have, and name the first that is invisible or foreign.

        Args:
            text: The text. Nothing of one that is secret is named.
            harmless: Such characters that it may have.
        """
        if self.rule.secret:
            return self.problem(Reason.CHARACTERS)
        strange = next((each for each in str.__str__(text) if _is_strange(each) and each not in harmless), None)
        return self.problem(Reason.CHARACTERS, **({"character": f"U+{ord(strange):04X}"} if strange else {}))

    def text(self, value: object, excess: Reason = Reason.FORMAT) -> str | Problem:
        """``value`` as plain text, white space and all; or why it cannot be looked at: missing, no text, too long, blank."""
        if value is None:
            return self.required
        if not issubclass(type(value), str):  # isinstance would ask the object itself, and believe it
            return self.problem(Reason.TYPE, type=_type_name(type(value)))
        if str.__len__(value) > self.longest:  # type: ignore[arg-type]
            return self.problem(excess)
        plain = str.__str__(value)
        return plain if plain.strip(BLANK) else self.required


def _is_strange(character: str) -> bool:
    """Return whether a character is invisible or foreign: neither in ASCII nor a Latin letter with a mark, such as å."""
    return not " " <= character <= "~" and not "\u00c0" <= character <= "\u024f"


#: A class's name as it is: ``type(value).__name__`` would ask the class's own class, which may raise.
_type_name = type.__dict__["__name__"].__get__


def parser_of(
    clean: Callable[[object], Any], own: type, new: New, reject: Callable[[Problem], Any], name: str
) -> Callable[[object], Any]:
    """Return a function called ``name`` from any value to an ``own``, or that calls ``reject``."""

    def parse(value: object) -> Any:
        if type(value) is own:
            return value
        result = clean(value)
        return reject(result) if type(result) is Problem else new(own, result)

    parse.__name__ = parse.__qualname__ = name
    return parse


_AS_NUMBER = re.compile(AS_NUMBER)


def is_as_number(text: str) -> bool:
    """Return whether ``text`` is a number with decimals or an exponent, as programs write those that they hold as numbers."""
    return _AS_NUMBER.fullmatch(without(BLANK, text)) is not None


def any_of(characters: str, times: str = "*") -> str:
    """A pattern of any of some characters, for ECMA-262, RE2 and Python alike; nothing where there are none."""
    return f"[{''.join(map(_span, *_spans(characters)))}]{times}" if characters else ""


def _spans(characters: str) -> tuple[list[str], list[str]]:
    """Return the first and the last character of each run of neighbours outside of ASCII."""
    firsts: list[str] = []
    lasts: list[str] = []
    for character in dict.fromkeys(characters):
        if lasts and not character.isascii() and ord(character) == ord(lasts[-1]) + 1:
            lasts[-1] = character
        else:
            firsts.append(character)
            lasts.append(character)
    return firsts, lasts


def _span(first: str, last: str) -> str:
    return re.sub(r"[\\\[\]^-]", r"\\\g<0>", first) if first == last else f"{first}-{last}"


def without(characters: str, text: str) -> str:
    """``text`` with every one of ``characters`` taken out."""
    return text.translate(_removal(characters))


@cache
def _removal(characters: str) -> dict[int, int | None]:
    return str.maketrans("", "", characters)


def without_invisible(text: str) -> str:
    """``text`` without the characters that nobody sees."""
    return text if text.isascii() else without(INVISIBLE, text)


def union(characters: str, others: str) -> str:
    """Some characters, and those of others that are not among them."""
    return characters + without(characters, others)


#: What a regular expression of ECMA-262 escapes outside of a set.
_SYNTAX = re.compile(r"[$()*+./?[\\\]^{|}]")


def either_case(text: str) -> list[str]:
    """A pattern for each character of a text: a letter in either case, or a sign, escaped where ECMA-262 demands it."""
    return [f"[{each.upper()}{each.lower()}]" if each.isalpha() else _SYNTAX.sub(r"\\\g<0>", each) for each in text]

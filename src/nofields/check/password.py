"""Reads a rule of passwords: every requirement that is not met is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nofields.check.base import Check
from nofields.errors import Problem, Reason
from nofields.keys import Phrase
from nofields.rules import PasswordRule

#: A pattern of one class of characters, such as ``[A-Z]``.
_CLASS = re.compile(r"\[\^?[^\\\[\]^]+\]")


class PasswordCheck(Check):
    """Text -> the same text, not a blank taken off it."""

    rule: PasswordRule

    def __init__(self, rule: PasswordRule) -> None:
        super().__init__(rule, min=rule.min, max=rule.max)
        self.longest = rule.max
        self._requirements = [(re.compile(each.pattern), each.absent, each.phrase) for each in rule.requirements]
        self._pattern = _accepted(rule)
        self._accepts: Callable[[str], object] = self._pattern.match if self._pattern else lambda text: not self._lacks(text)
        self._problems_of: dict[tuple[Phrase, ...], Problem] = {}

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, Reason.TOO_LONG)
        if type(text) is Problem:
            return self._too_long() if text.reason == Reason.TOO_LONG else text
        return text if self._accepts(text) else self._unmet(self._lacks(text))

    def is_valid(self, value: object) -> bool:
        text = self.text(value, Reason.TOO_LONG)
        return type(text) is not Problem and bool(self._accepts(text))

    def _too_long(self) -> Problem:
        """Return the problem of a password that is too long, whose other requirements are not looked at."""
        return self.problem(Reason.TOO_LONG, requirements=(Phrase.PASSWORD_MAX_LENGTH,))

    def _unmet(self, requirements: tuple[Phrase, ...]) -> Problem:
        """Return the problem of a password that does not meet some requirements, made once."""
        if requirements not in self._problems_of:
            self._problems_of[requirements] = self.problem(Reason.REQUIREMENTS, requirements=requirements)
        return self._problems_of[requirements]

    def _lacks(self, text: str) -> tuple[Phrase, ...]:
        short = (Phrase.PASSWORD_MIN_LENGTH,) if len(text) < self.rule.min else ()
        found = [(pattern.search(text) is not None, absent, phrase) for pattern, absent, phrase in self._requirements]
        return (*short, *(phrase for is_found, absent, phrase in found if is_found is absent))

    def pattern(self, *, clean: bool) -> str:
        return f"^[\\s\\S]{{{self.rule.min},{self.rule.max}}}$"

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        patterns = [(each.absent, {"pattern": each.pattern}) for each in self.rule.requirements]
        demands = [{"not": pattern} if absent else pattern for absent, pattern in patterns]
        return super().json_schema(clean=clean) | ({"allOf": demands} if demands else {})


def _accepted(rule: PasswordRule) -> re.Pattern[str] | None:
    """Return the pattern of accepted passwords, the maximum aside, or ``None`` if a requirement is not a class."""
    if not all(_CLASS.fullmatch(each.pattern) for each in rule.requirements):
        return None
    parts = [f"(?=[\\s\\S]{{{rule.min}}})"]
    for each in rule.requirements:
        others = f"[{each.pattern[2:]}" if each.pattern.startswith("[^") else f"[^{each.pattern[1:]}"
        parts.append(f"(?={others}*\\Z)" if each.absent else f"(?={others}*{each.pattern})")
    return re.compile("".join(parts))

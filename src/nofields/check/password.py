"""Reads a rule of passwords: every requirement that is not met is told at once."""

from __future__ import annotations

import re
from typing import Any

from nofields.check.base import Check
from nofields.errors import Problem, Reason
from nofields.keys import Phrase
from nofields.rules import PasswordRule, Requirement


class PasswordCheck(Check):
    """Text -> the same text, not a blank taken off it."""

    rule: PasswordRule

    def __init__(self, rule: PasswordRule) -> None:
        super().__init__(rule, min=rule.min, max=rule.max)
        self.longest = rule.max

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, Reason.TOO_LONG)
        if type(text) is Problem:
            too_long = text.reason == Reason.TOO_LONG
            return self.problem(Reason.TOO_LONG, requirements=(Phrase.PASSWORD_MAX_LENGTH,)) if too_long else text
        short = (Phrase.PASSWORD_MIN_LENGTH,) if len(text) < self.rule.min else ()
        unmet = short + tuple(each.phrase for each in self.rule.requirements if _is_unmet(each, text))
        return self.problem(Reason.REQUIREMENTS, requirements=unmet) if unmet else text

    def pattern(self, *, clean: bool) -> str:
        return f"^[\\s\\S]{{{self.rule.min},{self.rule.max}}}$"

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        patterns = [(each.absent, {"pattern": each.pattern}) for each in self.rule.requirements]
        demands = [{"not": pattern} if absent else pattern for absent, pattern in patterns]
        return super().json_schema(clean=clean) | ({"allOf": demands} if demands else {})


def _is_unmet(requirement: Requirement, text: str) -> bool:
    return bool(re.search(requirement.pattern, text)) is requirement.absent

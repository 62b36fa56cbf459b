"""Reads a rule of free text."""

from __future__ import annotations

import re
from typing import Any

from nofields.characters import BLANK
from nofields.check.base import Check
from nofields.errors import Problem, Reason
from nofields.keys import narrowed
from nofields.rules import TextRule

#: Control characters, half surrogates and Unicode's own line ends: what no keyboard types and much software breaks on.
NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: As a pattern: anything but white space alone.
SOME_TEXT = rf"^[{BLANK}]*[^{BLANK}][\s\S]*$"
_NOT_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class TextCheck(Check):
    """Text -> the text without blanks at its ends, its line ends ``\\n``."""

    rule: TextRule

    def __init__(self, rule: TextRule) -> None:
        super().__init__(rule, max=rule.max)
        self.longest = 2 * rule.max  # browsers send two characters for a line end
        self.refused = _NOT_LINES if rule.multiline else NOT_TEXT
        self.too_short = Problem(narrowed(rule.key, Reason.TOO_SHORT), Reason.TOO_SHORT, {"min": rule.min})

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, Reason.TOO_LONG)
        if type(text) is Problem:
            return self.too_long() if text.reason == Reason.TOO_LONG else text
        text = text.strip(BLANK)
        if self.rule.multiline:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self.rule.max:
            return self.too_long()
        if found := self.refused.search(text):
            return self.naming(found[0])
        return self.too_short if len(text) < self.rule.min else text

    def too_long(self) -> Problem:
        """Return the problem of a text of too many characters."""
        return Problem(self.rule.too_long_key, Reason.TOO_LONG, self.params)

    def pattern(self, *, clean: bool) -> str:
        return SOME_TEXT

    def json_schema(self, *, clean: bool) -> dict[str, Any]:
        """The accepted form, too, has the length of the clean one: what is more, blanks at the ends, is worth no promise."""
        shortest = {"minLength": self.rule.min} if self.rule.min > 1 else {}
        return super().json_schema(clean=clean) | {**shortest, "maxLength": self.rule.max}

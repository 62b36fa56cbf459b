"""Reads a rule of e-mail addresses, by email-validator."""

from __future__ import annotations

from nofields.check.base import Check
from nofields.errors import Problem, Reason
from nofields.rules import WHITE_SPACE, EmailRule

#: What parts the labels of a domain: the full stop, and those that the keyboards of East Asia have (RFC 3490).
_DOTS = ".\u3002\uff0e\uff61"


class EmailCheck(Check):
    """Text -> the normalised address. No network: whether the domain receives post is not asked."""

    rule: EmailRule

    def __init__(self, rule: EmailRule) -> None:
        super().__init__(rule, max=rule.max)
        self.longest = rule.max

    def clean(self, value: object) -> str | Problem:
        from email_validator import EmailNotValidError, validate_email

        text = self.text(value, Reason.TOO_LONG)
        if type(text) is Problem:
            return text
        try:
            return validate_email(text.strip(WHITE_SPACE), check_deliverability=False).normalized
        except (EmailNotValidError, UnicodeError):
            return self.problem(Reason.FORMAT)

    def pattern(self, *, clean: bool) -> str:
        blank = "" if clean else f"[{WHITE_SPACE}]*"
        label = rf"[^@\s{_DOTS}]+"
        return rf"^{blank}[^@\s]+@{label}(?:[{_DOTS}]{label})+{blank}$"

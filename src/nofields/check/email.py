"""Reads a rule of e-mail addresses, by email-validator."""

from __future__ import annotations

import re
from functools import lru_cache

from nofields.characters import BLANK
from nofields.check.base import Check, any_of
from nofields.errors import Problem, Reason
from nofields.rules import EmailRule

#: What parts the labels of a domain: the full stop, and those that the keyboards of East Asia have (RFC 3490).
_DOTS = ".\u3002\uff0e\uff61"
#: A local part that is valid in every version of email-validator, if it is not too long. Python and RE2 read it alike.
PLAIN_LOCAL = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
LONGEST_LOCAL = 64
#: The mailboxes whose upper case letters email-validator changes (RFC 2142; "marking" up to version 2.1).
MAILBOXES = frozenset(
    {"info", "marking", "marketing", "sales", "support", "abuse", "noc", "security"}
    | {"postmaster", "hostmaster", "usenet", "news", "webmaster", "www", "uucp", "ftp"}
)
#: Longest domain, in bytes, with which no plain local part makes an address of more than 254 bytes.
_LONGEST_DOMAIN = 254 - 1 - LONGEST_LOCAL
#: How many domains are kept.
_DOMAINS = 1 << 14
_PLAIN_LOCAL = re.compile(PLAIN_LOCAL)


class EmailCheck(Check):
    """Text -> the normalised address. No network: whether the domain receives post is not asked."""

    rule: EmailRule

    def __init__(self, rule: EmailRule) -> None:
        super().__init__(rule, max=rule.max)
        self.longest = rule.max

    def clean(self, value: object) -> str | Problem:
        text = self.text(value, Reason.TOO_LONG)
        if type(text) is Problem:
            return text
        address = text.strip(BLANK)
        local, _, domain = address.partition("@")
        if (
            len(local) <= LONGEST_LOCAL
            and _PLAIN_LOCAL.fullmatch(local)
            and (local in MAILBOXES or local.lower() not in MAILBOXES)
        ):
            normalized = normalized_domain(domain)
            if normalized is not None:
                return f"{local}@{normalized}" if normalized else self.problem(Reason.FORMAT)
        return _normalized(address) or self.problem(Reason.FORMAT)

    def pattern(self, *, clean: bool) -> str:
        blank = "" if clean else any_of(BLANK)
        label = rf"[^@\s{_DOTS}]+"
        return rf"^{blank}[^@\s]+@{label}(?:[{_DOTS}]{label})+{blank}$"


def normalized_domain(domain: str) -> str | None:
    """Return the normalised domain of every address with a plain local part and this domain.

    Returns:
        An empty text if none of the addresses is valid; ``None`` if that depends on the length of the local part.
    """
    if len(domain) > _LONGEST_DOMAIN:
        return None
    import email_validator as settings

    # A program may change these at any time.
    strictness = settings.ALLOW_DOMAIN_LITERAL, settings.GLOBALLY_DELIVERABLE, settings.TEST_ENVIRONMENT
    try:
        return _remembered_domain(domain, *strictness, *settings.SPECIAL_USE_DOMAIN_NAMES)
    except ValueError:
        return ""


@lru_cache(_DOMAINS)
def _remembered_domain(domain: str, *settings: object) -> str | None:
    """Return what :func:`normalized_domain` does, or raise ``ValueError``: what is no domain is not kept."""
    from email_validator import validate_email

    address = validate_email(f"a@{domain}", check_deliverability=False)
    forms = (domain, address.domain, address.ascii_domain)
    return address.domain if all(len(form.encode()) <= _LONGEST_DOMAIN for form in forms) else None


def _normalized(address: str) -> str | None:
    from email_validator import validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except ValueError:  # EmailNotValidError and UnicodeError
        return None

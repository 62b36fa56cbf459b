"""An access token, and what it says about itself.

Its payload is read and not verified: a resource server verifies it. The client only makes sure that
it uses no token that is for somebody else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from nofields.altinn.client.http_calls import json_object, member
from nofields.fields.organisation import ISO_6523

SYSTEM_USER_TYPE: Final = "urn:altinn:systemuser"
#: The characters of a header's value; any other cannot be sent.
_VISIBLE = re.compile(r"[\x21-\x7e]+")
#: In seconds: the longest life that is believed.
_MAX_LIFE: Final = 86_400


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. It is a secret: ``repr`` masks it.

    Attributes:
        value: The token, for the header ``Authorization: Bearer …``.
        expires_at: When it ends, in UTC.
    """

    value: str = field(repr=False)
    expires_at: datetime


def token_of(body: Mapping[str, object], now: float) -> Token | None:
    """Return the token in the JSON of an answer, or ``None`` if it is malformed.

    Args:
        body: The JSON.
        now: When it was asked for, in seconds since 1970.
    """
    value, kind, seconds = (member(body, name) for name in ("access_token", "token_type", "expires_in"))
    if not isinstance(value, str) or not _VISIBLE.fullmatch(value) or str(kind).casefold() != "bearer":
        return None
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not seconds > 0:
        return None
    return Token(value, datetime.fromtimestamp(now + min(seconds, _MAX_LIFE), UTC))


def payload(token: Token) -> Mapping[str, object]:
    """Return the claims of a token; none if it is not a JWT."""
    middle = token.value.split(".")[1:2]
    try:
        text = base64.urlsafe_b64decode(middle[0] + "=" * (-len(middle[0]) % 4)) if middle else b""
    except ValueError:
        return {}
    return json_object(text) or {}


def is_for(claims: Mapping[str, object], company: str | None) -> bool:
    """Return whether a token is for a company's system user and no other, or, without a company, for none."""
    details = member(claims, "authorization_details")
    entries = details if isinstance(details, list) else []
    owners = {_owner(entry) for entry in entries if str(member(entry, "type")).casefold() == SYSTEM_USER_TYPE}
    return owners == ({f"{ISO_6523}{company}"} if company else set())


def scopes_of(scope: object) -> frozenset[str] | None:
    """Return the scopes in a claim or member ``scope``, or ``None`` if there is none."""
    return frozenset(scope.split()) if isinstance(scope, str) else None


def _owner(entry: object) -> str:
    return str(member(member(entry, "systemuser_org"), "ID"))

"""What an answer of Maskinporten that holds no token means, and who must act.

Source: docs.digdir.no, "Feilsøking i Maskinporten"; docs.altinn.studio, "System User Troubleshooting".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nofields.altinn.client.connection_error import MaskinportenError
from nofields.altinn.client.http_calls import Answer
from nofields.keys import Phrase

SERVICE: Final = {"service": "Maskinporten"}
#: The code of "no such system user", whose error has a name of its own too.
NO_SYSTEM_USER: Final = "MP-303"
_NO_SYSTEM_USER_ERROR = "invalid_altinn_customer_configuration"
_INVALID_SCOPE: Final = "invalid_scope"
#: The sentences of the codes; any other has that of ``FAULT_MASKINPORTEN``. All are the vendor's.
_BY_CODE: Final = {
    "MP-100": Phrase.FAULT_CLIENT,
    "MP-110": Phrase.FAULT_AUDIENCE,
    "MP-120": Phrase.FAULT_KEY,
    "MP-121": Phrase.FAULT_KEY_EXPIRED,
    "MP-122": Phrase.FAULT_KEY,
    "MP-123": Phrase.FAULT_KEY,
    "MP-124": Phrase.FAULT_KEY,
    "MP-200": Phrase.FAULT_SCOPE,
    "MP-201": Phrase.FAULT_SCOPE,
    "MP-250": Phrase.FAULT_SCOPE,
    "MP-251": Phrase.FAULT_SCOPE,
    _INVALID_SCOPE: Phrase.FAULT_SCOPE,
}
_ID = re.compile(r"\bMP-[0-9]{3}\b")
_ERROR_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
#: Complaints about ``iat`` and ``exp``, and "Issue time is after now".
_ABOUT_TIME = re.compile(r"\b(?:iat|exp|expired|issued?)\b", re.IGNORECASE)
#: Its "Expired key" is about no clock.
_KEY_EXPIRED = "MP-121"
#: In seconds. Maskinporten accepts 10; the header ``Date`` is rounded and older by the answer's way.
_MIN_SKEW: Final = 5


def fault_of(answer: Answer | None, company: str | None, scopes: Iterable[str]) -> MaskinportenError:
    """Return the fault of an answer without a token.

    Args:
        answer: The answer, if there was one.
        company: The company that the token was asked for.
        scopes: The scopes that were asked for.
    """
    if answer is None or answer.is_passing:
        return unreachable()
    error = answer.get("error")
    if not isinstance(error, str) or answer.status < 400:
        return unreadable()
    description = str(answer.get("error_description") or "")
    code = _code(error, description, answer.status)
    if company and NO_SYSTEM_USER in (code, NO_SYSTEM_USER if error == _NO_SYSTEM_USER_ERROR else ""):
        return MaskinportenError(Phrase.FAULT_NOT_APPROVED, "customer", NO_SYSTEM_USER)
    if code != _KEY_EXPIRED and _ABOUT_TIME.search(description) and abs(answer.skew or 0) >= _MIN_SKEW:
        return _clock(code, answer.skew or 0)
    phrase = _BY_CODE.get(code) or _BY_CODE.get(error, Phrase.FAULT_MASKINPORTEN)
    return MaskinportenError(phrase, "vendor", code, {"scopes": ", ".join(scopes)} if phrase == Phrase.FAULT_SCOPE else None)


def unreachable() -> MaskinportenError:
    return MaskinportenError(Phrase.FAULT_UNREACHABLE, "nobody", None, SERVICE)


def unreadable() -> MaskinportenError:
    return MaskinportenError(Phrase.FAULT_UNREADABLE, "nobody", None, SERVICE)


def scopes_missing(scopes: Iterable[str]) -> MaskinportenError:
    """Return the fault of a token with fewer scopes than were asked for."""
    return MaskinportenError(Phrase.FAULT_SCOPE, "vendor", _INVALID_SCOPE, {"scopes": ", ".join(scopes)})


def _code(error: str, description: str, status: int) -> str:
    """Return Maskinporten's own code, or OAuth's error, or the HTTP status."""
    if found := _ID.search(description):
        return found[0]
    return error if _ERROR_NAME.fullmatch(error) else str(status)


def _clock(code: str, skew: float) -> MaskinportenError:
    phrase = Phrase.FAULT_CLOCK_AHEAD if skew > 0 else Phrase.FAULT_CLOCK_BEHIND
    return MaskinportenError(phrase, "vendor", code, {"seconds": round(abs(skew))})

"""The language of a page: that of the link just followed, then the one chosen before, then what the browser asks for.

It is chosen by a language link (``?lang=``) or by saving settings, and by nothing else.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from nofields.altinn.cookies import cookie, set_cookie
from nofields.catalogs import languages
from nofields.languages import negotiate
from nofields.web.headers import listed

_COOKIE = "nofields-language"
_YEAR = 365 * 24 * 3600


def language_of(request: Request) -> str:
    """Return the language of the reader."""
    wishes = (request.query_params.get("lang", ""), cookie(request, _COOKIE))
    known = (wish for wish in wishes if wish in languages())
    return next(known, None) or negotiate(listed(request, "accept-language"))


def remember(request: Request, response: Response, language: str, *, saved: bool = False) -> None:
    """Set the cookie if the language was chosen by a link or was ``saved``; tell caches what the page depends on."""
    if saved or language == request.query_params.get("lang"):
        set_cookie(request, response, _COOKIE, language, _YEAR)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language, Cookie"

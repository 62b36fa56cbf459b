"""The language of a page: that of a language link, of a cookie, or of the browser, in this order.

The cookie is set by a language link (``?lang=``) and by saving settings, and by nothing else.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from nofields.altinn.pages.cookies import cookie, set_cookie
from nofields.catalogs import languages
from nofields.languages import negotiate
from nofields.web.headers import listed

_COOKIE = "nofields-language"
_YEAR = 365 * 24 * 3600


def language_of(request: Request) -> str:
    """Return the language for a request."""
    chosen = (request.query_params.get("lang", ""), cookie(request, _COOKIE))
    known = (language for language in chosen if language in languages())
    return next(known, None) or negotiate(listed(request, "accept-language"))


def remember(request: Request, response: Response, language: str, *, saved: bool = False) -> None:
    """Set ``Content-Language`` and ``Vary``, and the cookie if the language was chosen by a link or ``saved``."""
    if saved or language == request.query_params.get("lang"):
        set_cookie(request, response, _COOKIE, language, _YEAR)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language, Cookie"

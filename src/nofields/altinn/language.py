"""The language of a page: what was chosen here and now, then what was chosen before, then what the browser asks for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from nofields.altinn.cookies import cookie, set_cookie
from nofields.catalogs import languages
from nofields.languages import negotiate
from nofields.web.headers import listed

_COOKIE = "nofields-language"
_YEAR = 365 * 24 * 3600


def language_of(request: Request, chosen: str = "") -> str:
    """``chosen`` is what a form says; ``?lang=`` counts as much."""
    wishes = (chosen, request.query_params.get("lang", ""), cookie(request, _COOKIE))
    known = (wish for wish in wishes if wish in languages())
    return next(known, None) or negotiate(listed(request, "accept-language"))


def remember(request: Request, response: Response, language: str, chosen: str = "") -> None:
    """Sets the cookie where a language was chosen, and says to caches what the page depends on."""
    if language in (chosen, request.query_params.get("lang")):
        set_cookie(request, response, _COOKIE, language, _YEAR)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language, Cookie"

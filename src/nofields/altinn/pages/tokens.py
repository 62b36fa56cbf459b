"""Reject forms that other sites send (CSRF), by the request's origin and by a token."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from nofields.altinn.pages.cookies import cookie, set_cookie

#: The name of the form's hidden field.
FIELD = "token"
_COOKIE = "nofields-token"
_NONCE = re.compile("[0-9a-f]{32}")


def is_same_origin(request: Request) -> bool:
    """Return whether a request comes from the app's own pages, by ``Sec-Fetch-Site`` or else ``Origin``.

    Without either header it counts as such: the token alone decides.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    except ValueError:  # not a URL
        return False


class Tokens:
    """Stateless form tokens: the token in the form is a signature of the nonce in the browser's cookie."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self, request: Request) -> tuple[str, str]:
        """Return the cookie's nonce, or a new one if the browser has none, and its token."""
        nonce = cookie(request, _COOKIE)
        nonce = nonce if _NONCE.fullmatch(nonce) else secrets.token_hex(16)
        return nonce, self._sign(nonce)

    def is_valid(self, request: Request, token: str) -> bool:
        """Return whether a token belongs to the nonce in the browser's cookie."""
        nonce = cookie(request, _COOKIE)
        return bool(_NONCE.fullmatch(nonce)) and hmac.compare_digest(self._sign(nonce).encode(), token.encode())

    def set_cookie(self, request: Request, response: Response, nonce: str) -> None:
        """Set the cookie unless the browser has it already."""
        if cookie(request, _COOKIE) != nonce:
            set_cookie(request, response, _COOKIE, nonce)

    def _sign(self, nonce: str) -> str:
        return hmac.new(self._secret, b"form " + nonce.encode(), hashlib.sha256).hexdigest()

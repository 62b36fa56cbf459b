"""Whether a form was sent from our own page: by the browser's word on its origin, and by a token."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from nofields.altinn.cookies import cookie, set_cookie

#: The name of the form's hidden field.
FIELD = "token"
_COOKIE = "nofields-token"
_NONCE = re.compile("[0-9a-f]{32}")


def is_same_origin(request: Request) -> bool:
    """By Sec-Fetch-Site where the browser sends it, else by Origin; without either the token alone has a say."""
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    except ValueError:  # no URL at all
        return False


class Tokens:
    """Tokens for forms, each the signature of a cookie that only this browser has; nothing is kept on the server."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self, request: Request) -> tuple[str, str]:
        """The cookie's value, a new one where the browser has none, and the token that goes with it."""
        nonce = cookie(request, _COOKIE)
        nonce = nonce if _NONCE.fullmatch(nonce) else secrets.token_hex(16)
        return nonce, self._sign(nonce)

    def fits(self, request: Request, token: str) -> bool:
        """Whether a token goes with the browser's cookie."""
        nonce = cookie(request, _COOKIE)
        return bool(_NONCE.fullmatch(nonce)) and hmac.compare_digest(self._sign(nonce).encode(), token.encode())

    def set_cookie(self, request: Request, response: Response, nonce: str) -> None:
        """Gives the browser its cookie, if it has not got it."""
        if cookie(request, _COOKIE) != nonce:
            set_cookie(request, response, _COOKIE, nonce)

    def _sign(self, nonce: str) -> str:
        return hmac.new(self._secret, b"form " + nonce.encode(), hashlib.sha256).hexdigest()

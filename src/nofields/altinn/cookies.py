"""Read and set the cookies of the app."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response


def cookie(request: Request, name: str) -> str:
    """Return the value of one of the app's cookies, or an empty text.

    Not by ``request.cookies``: before Python 3.11.10 its parser takes quadratic time (CVE-2024-7592), and it parses every
    cookie that the browser sends. Values of the app's own cookies have quotation marks around them at most.
    """
    ours, value = _full_name(request, name), ""
    for line in request.headers.getlist("cookie"):
        for pair in line.split(";"):
            key, _, sent = pair.partition("=")
            if key.strip() == ours:
                value = sent.strip().strip('"')
    return value


def set_cookie(request: Request, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that no script reads and that no form of another site sends along."""
    secure = request.scope["scheme"] == "https"
    # Not "strict": who comes by a link from another site would get a new token, and a form that is open lose its own.
    response.set_cookie(
        _full_name(request, name), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def _full_name(request: Request, name: str) -> str:
    """Over HTTPS a name that no other host and no plain page can set."""
    return f"__Host-{name}" if request.scope["scheme"] == "https" else name

"""Read and set the cookies of the app."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response


def cookie(request: Request, name: str) -> str:
    """Return the value of one of the app's cookies, or an empty text.

    ``request.cookies`` is not used: it parses every cookie that the browser sends, and before
    Python 3.11.10 in quadratic time (CVE-2024-7592). Values of the app's own cookies need no
    unquoting but the removal of quotation marks.
    """
    full_name, value = _full_name(request, name), ""
    for line in request.headers.getlist("cookie"):
        for pair in line.split(";"):
            key, _, sent = pair.partition("=")
            if key.strip() == full_name:
                value = sent.strip().strip('"')
    return value


def set_cookie(request: Request, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Set a cookie that scripts cannot read and that forms of other sites do not send."""
    secure = request.scope["scheme"] == "https"
    # Not "strict": a link from another site would start a new token, and invalidate an open form.
    response.set_cookie(
        _full_name(request, name), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def _full_name(request: Request, name: str) -> str:
    """Return the name with the prefix ``__Host-`` over HTTPS: no other host and no HTTP page can set it."""
    return f"__Host-{name}" if request.scope["scheme"] == "https" else name

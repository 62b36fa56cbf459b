"""Middleware in front of every page: host check, security headers, errors that reveal nothing."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("nofields.altinn")

#: Names by which a machine reaches itself.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
#: Key in the ASGI scope for the path that the app is mounted at; ``root_path`` is longer in an inner mount.
ROOT = "nofields.altinn.root"
#: In bytes, of all cookies together; the app's own need less than 500.
LARGEST_COOKIES = 8 * 1024
_NOT_IN_HOSTS = frozenset("/?#@ \\")

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # Not "no-referrer", with which browsers send forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def normalise_hosts(allowed_hosts: Sequence[str]) -> tuple[str, ...]:
    """Return the hosts as browsers write them: in lower case, IPv6 addresses in brackets.

    Raises ``ValueError`` for a host that can match no ``Host`` header.
    """
    hosts = tuple(f"[{host.lower()}]" if host.count(":") > 1 and "[" not in host else host.lower() for host in allowed_hosts)
    if any(not host or _NOT_IN_HOSTS.intersection(host) or (":" in host and not host.endswith("]")) for host in hosts):
        raise ValueError("an allowed host is a name without scheme and port, such as regnskap.example.com")
    return hosts


class Guard:
    """ASGI middleware; ``error_page`` returns the page for an HTTP status."""

    def __init__(
        self, app: ASGIApp, allowed_hosts: Sequence[str], error_page: Callable[[Request, int], Awaitable[Response]]
    ) -> None:
        self._app, self._error_page = app, error_page
        self._hosts = normalise_hosts(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        scope[ROOT] = scope.get("root_path", "")
        request, started = Request(scope, receive), False

        async def send_safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if status := self._rejection(request):
            return await (await self._page(_without_cookies(scope), status))(scope, receive, send_safely)
        try:
            await self._app(scope, receive, send_safely)
        except ClientDisconnect:
            return  # no client to answer
        except Exception as error:
            _log(error)
            if not started:
                await (await self._page(request, 500))(scope, receive, send_safely)

    def _rejection(self, request: Request) -> int | None:
        """Return the HTTP status for a request that is rejected before any page reads it."""
        if sum(map(len, request.headers.getlist("cookie"))) > LARGEST_COOKIES:
            return 431
        return None if self._is_allowed(request.headers.get("host", "")) else 400

    async def _page(self, request: Request, status: int) -> Response:
        """Return the page for an error, or plain text if making the page raises one, too."""
        try:
            return await self._error_page(request, status)
        except Exception as error:
            _log(error)
            return PlainTextResponse(HTTPStatus(status).phrase, status)

    def _is_allowed(self, host: str) -> bool:
        name = host.lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        return any(
            allowed in ("*", name) or (allowed.startswith("*.") and name.endswith(allowed[1:])) for allowed in self._hosts
        )


def _without_cookies(scope: Scope) -> Request:
    """Return the request for its error page, which then parses no cookies."""
    return Request({**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"cookie"]})


def _log(error: Exception) -> None:
    """Log an error's type and innermost frames, but not its text, which may contain what a user typed."""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-5:])
    log.error("%s at %s", type(error).__name__, " < ".join(f"{frame.filename}:{frame.lineno}" for frame in frames))

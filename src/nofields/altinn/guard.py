"""What stands in front of every page: the host is one of ours, the headers are safe, an error shows nothing."""

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

#: Names under which a machine reaches itself.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
#: Where in the scope the path stands that the app is mounted at: inside a mount of its own, root_path has more.
ROOT = "nofields.altinn.root"
#: In bytes, of all cookies together; the app's own take less than 500.
LARGEST_COOKIES = 8 * 1024
_NOT_IN_NAMES = frozenset("/?#@ \\")

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
    # Not "no-referrer": with it browsers send forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def names(allowed_hosts: Sequence[str]) -> tuple[str, ...]:
    """The hosts as browsers write them, IPv6 in brackets; raises ``ValueError`` for one that would fit no ``Host`` header."""
    hosts = tuple(f"[{host.lower()}]" if host.count(":") > 1 and "[" not in host else host.lower() for host in allowed_hosts)
    if any(not host or _NOT_IN_NAMES.intersection(host) or (":" in host and not host.endswith("]")) for host in hosts):
        raise ValueError("an allowed host is a name without scheme and port, such as regnskap.example.com")
    return hosts


class Guard:
    """Middleware; ``error_page`` makes the page for a number of HTTP's."""

    def __init__(
        self, app: ASGIApp, allowed_hosts: Sequence[str], error_page: Callable[[Request, int], Awaitable[Response]]
    ) -> None:
        self._app, self._error_page = app, error_page
        self._hosts = names(allowed_hosts)

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

        if refused := self._refused(request):
            return await (await self._page(_without_cookies(scope), refused))(scope, receive, send_safely)
        try:
            await self._app(scope, receive, send_safely)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception as error:
            log.error("%s at %s", type(error).__name__, _where(error))
            if not started:
                await (await self._page(request, 500))(scope, receive, send_safely)

    def _refused(self, request: Request) -> int | None:
        """The HTTP status for a request that no page may read."""
        if sum(map(len, request.headers.getlist("cookie"))) > LARGEST_COOKIES:
            return 431
        return None if self._knows(request.headers.get("host", "")) else 400

    async def _page(self, request: Request, status: int) -> Response:
        """The page for an error; bare words where that cannot be made either."""
        try:
            return await self._error_page(request, status)
        except Exception as error:
            log.error("%s at %s", type(error).__name__, _where(error))
            return PlainTextResponse(HTTPStatus(status).phrase, status)

    def _knows(self, host: str) -> bool:
        name = host.lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        return any(
            known == "*" or name == known or (known.startswith("*.") and name.endswith(known[1:])) for known in self._hosts
        )


def _without_cookies(scope: Scope) -> Request:
    """The request as its error page sees it, which so can parse no cookies."""
    return Request({**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"cookie"]})


def _where(error: Exception) -> str:
    """The lines that an error came through. Not its text, which may hold what somebody typed."""
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-5:]))

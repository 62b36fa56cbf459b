"""An HTTP server on loopback with real sockets and threads, whose next answers may be faults."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """An answer: ``cut`` closes the connection in the middle of it, ``delay`` waits for seconds before it."""

    status: int = 200
    body: object = b""
    headers: Mapping[str, str] = {}
    delay: float = 0
    cut: bool = False


#: Answers that no service means to give, by name.
FAULTS = {
    "500": Answer(500, {"error": "server_error"}),
    "503 page": Answer(503, b"<!doctype html><title>Vedlikehold</title>", {"Content-Type": "text/html"}),
    "slow": Answer(200, {"id": "1"}, delay=30),
    "cut off": Answer(200, {"access_token": "x" * 5000}, cut=True),
    "wrong JSON": Answer(200, b'{"access_token": "abc", '),
    "no object": Answer(200, b'["access_token"]'),
    "deep": Answer(200, b"[" * 50_000),
    "page": Answer(200, b"<!doctype html><title>Logg inn</title>", {"Content-Type": "text/html"}),
    "huge": Answer(200, b'{"access_token": "' + b"x" * 200_000 + b'"}'),
    "compressed": Answer(200, gzip.compress(b'{"access_token": "' + b"x" * 5_000_000 + b'"}'), {"Content-Encoding": "gzip"}),
    "empty": Answer(200),
    "redirect": Answer(302, b"", {"Location": "https://example.com/"}),
    "error page": Answer(400, b"<!doctype html><title>Feil</title>", {"Content-Type": "text/html"}),
    "too many": Answer(429, {"error": "slow_down"}),
}


class Call(NamedTuple):
    """A request to the server."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    owner: Loopback

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: clients hang up on faults."""


class Loopback:
    """A server, which runs while its context is entered.

    Attributes:
        url: Its URL without a slash at the end.
        calls: The requests that came, in order.
        clock_offset: Seconds by which its clock is ahead.
    """

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.calls: list[Call] = []
        self.clock_offset = 0.0
        self.clock: Callable[[], float] = time.time
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._next: list[tuple[str, Answer]] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def fail(self, fault: str | Answer, times: int = 1, path: str = "") -> None:
        """Give the next requests whose path ends with ``path`` an answer of :data:`FAULTS` or one's own."""
        answer = FAULTS[fault] if isinstance(fault, str) else fault
        with self._lock:
            self._next += [(path, answer)] * times

    def now(self) -> float:
        """The time by the server's clock."""
        return self.clock() + self.clock_offset

    def answer(self, call: Call) -> Answer:
        """Answer a request; defined by each service."""
        raise NotImplementedError

    def answered(self, call: Call) -> Answer:
        """Record a request, and answer it by a fault or the service."""
        with self._lock:
            self.calls.append(call)
            place = next((place for place, (path, _) in enumerate(self._next) if call.path.endswith(path)), None)
            answer = None if place is None else self._next.pop(place)[1]
        return answer or self.answer(call)

    def count(self, path: str) -> int:
        """How many requests had a path that ends so."""
        return sum(call.path.endswith(path) for call in self.calls)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        owner = self.server.owner
        answer = owner.answered(Call(self.command, parts.path, parts.query, dict(self.headers.items()), body))
        if answer.delay:
            owner.closing.wait(answer.delay)
        self._send(answer)

    do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = _handle  # noqa: N815 (names of http.server)

    def _send(self, answer: Answer) -> None:
        text = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(text)), "Date": self.date_time_string()}
        self.send_response_only(answer.status)
        for name, value in {**headers, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text[: len(text) // 2] if answer.cut else text)
        self.close_connection = self.close_connection or answer.cut

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(self.server.owner.now(), usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""

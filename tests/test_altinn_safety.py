"""The Altinn app rejects requests that do not come from its own pages, and reveals nothing in its errors."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from helpers.altinn_site import LOCAL, ORGNR, PASSWORD, hidden, new_store, send, send_raw, settings_of, site, text_of
from nofields import AltinnSystemId, OrganisationNumber, message
from nofields.altinn import DataSystemRegistration, Saved, app
from nofields.altinn.pages.guard import LARGEST_COOKIES, LOOPBACK, Guard
from nofields.altinn.rate_limit import RateLimit
from nofields.forms.endpoints import LARGEST

PATH = f"/settings/{ORGNR}"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def visitor(tmp_path: Path) -> TestClient:
    return site(tmp_path)


@pytest.mark.parametrize("path", ["/", "/register", PATH, "/nothing", "/assets/forms.js", "/assets/nothing"])
def test_security_headers(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if not path.startswith("/assets/forms"):
        assert answer.headers["cache-control"] == "no-store"
        assert "<script>" not in answer.text
        assert "style=" not in answer.text
    else:
        assert answer.headers["cache-control"] == "no-cache", "it may be cached, but is revalidated"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": LOCAL}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),  # resent by the browser itself, as when it restores its tabs
        ({}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": LOCAL}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_cross_site_form(visitor: TestClient, headers: dict[str, str], status: int) -> None:
    assert send(visitor, PATH, settings_of(), headers).status_code == status


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "æ"])
def test_missing_token(visitor: TestClient, token: str) -> None:
    answer = send(visitor, PATH, settings_of("4711", token=token))
    assert answer.status_code == 403
    assert "Skjemaet ble ikke tatt imot" in text_of(answer)
    assert 'value="4711"' in answer.text
    assert PASSWORD not in answer.text
    assert visitor.post(PATH, data=hidden(answer.text) | settings_of("4711")).status_code == 303


def test_foreign_token(tmp_path: Path) -> None:
    shared = app(store=new_store(tmp_path))
    one, other = (TestClient(shared, base_url=LOCAL, follow_redirects=False) for _ in range(2))
    token = hidden(one.get("/register").text)
    other.get("/register")
    assert other.post("/register", data=token | {"description": "x"}).status_code == 403


@pytest.mark.parametrize("nonce", ["", "x", "0" * 31, "0" * 33, "G" * 32])
def test_invalid_cookie_is_replaced(visitor: TestClient, nonce: str) -> None:
    answer = visitor.get("/register", headers={"Cookie": f"nofields-token={nonce}"})
    assert re.match("nofields-token=[0-9a-f]{32};", answer.headers["set-cookie"])


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_cookie_attributes(tmp_path: Path, scheme: str) -> None:
    """SameSite=Lax, and over HTTPS Secure with the __Host- prefix."""
    visitor = TestClient(app(store=new_store(tmp_path)), base_url=f"{scheme}://localhost")
    cookie = visitor.get("/register").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert cookie.startswith("__Host-") is ("Secure" in cookie) is (scheme == "https")
    assert send(visitor, PATH, settings_of()).status_code == 200


@pytest.mark.parametrize(
    ("hosts", "host", "status"),
    [
        (None, "localhost:8000", 200),
        (None, "127.0.0.1", 200),
        (None, "[::1]:8000", 200),
        (None, "evil.example", 400),
        (None, "localhost.evil.example", 400),
        (None, "", 400),
        (["regnskap.example.com"], "REGNSKAP.example.com", 200),
        (["regnskap.example.com"], "localhost", 400),
        (["*.example.com"], "a.example.com", 200),
        (["*.example.com"], "evilexample.com", 400),
        (["fd00::2"], "[fd00::2]:8000", 200),
        (["[FD00::2]"], "[fd00::2]", 200),
        (["fd00::2"], "[fd00::3]:8000", 400),
    ],
)
def test_host_header(tmp_path: Path, hosts: list[str] | None, host: str, status: int) -> None:
    visitor = site(tmp_path, **({"allowed_hosts": hosts} if hosts else {}))
    answer = visitor.get("/", headers={"Host": host})
    assert answer.status_code == status
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("sizes", "accepted"),
    [
        ([LARGEST_COOKIES], True),
        ([LARGEST_COOKIES + 1], False),
        ([64_000], False),
        ([LARGEST_COOKIES // 2] * 2, True),
        ([LARGEST_COOKIES // 2, LARGEST_COOKIES // 2 + 1], False),
        ([100] * 640, False),
    ],
)
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_large_cookies(
    visitor: TestClient, sizes: list[int], accepted: bool, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are rejected unparsed: before Python 3.11.10, one header of 64 kB takes the parser 15 seconds (CVE-2024-7592)."""

    def parse(text: str) -> dict[str, str]:
        raise AssertionError("cookies are parsed")

    monkeypatch.setattr("starlette.requests.cookie_parser", parse)
    cookies = [("Cookie", ('x="' + "\\\\" * size)[:size]) for size in sizes]
    answer = visitor.get("/register", headers=[("Host", host), ("Accept-Language", "nn"), *cookies])
    status_of_host = 200 if host == "localhost" else 400
    assert answer.status_code == (status_of_host if accepted else 431)
    if not accepted:
        assert message("HTTP_431_TITLE", "nn") in text_of(answer)
        assert "set-cookie" not in answer.headers, "the browser keeps the token of a form that is open"


@pytest.mark.parametrize(("headers", "status"), [({"Host": "evil.example"}, 400), ({"Cookie": "x" * 9000}, 431)])
def test_error_page_reads_no_cookies(visitor: TestClient, headers: dict[str, str], status: int) -> None:
    cookies = "nofields-language=en; " + headers.get("Cookie", "")
    answer = visitor.get("/", headers={"Accept-Language": "nn", **headers, "Cookie": cookies})
    assert (answer.status_code, answer.headers["content-language"]) == (status, "nn")


@pytest.mark.parametrize(
    ("cookies", "language"),
    [
        (["nofields-language=en"], "en"),
        ([' nofields-language="en" ;x'], "en"),
        (["x=1", "y; nofields-language=en; =z"], "en"),
        (["nofields-language=nn; nofields-language=en"], "en"),  # the one for the longer path comes first
        (["__Host-nofields-language=en"], "nb"),
        (["nofields-language"], "nb"),
        (['nofields-language="e\\156"'], "nb"),
    ],
)
def test_cookie_among_others(visitor: TestClient, cookies: list[str], language: str) -> None:
    answer = visitor.get("/", headers=[("Cookie", line) for line in cookies])
    assert answer.headers["content-language"] == language


def test_large_body(visitor: TestClient) -> None:
    """With or without a Content-Length."""
    large = b"description=" + b"x" * LARGEST

    def chunks() -> Iterator[bytes]:
        for start in range(0, len(large), 1000):
            yield large[start : start + 1000]

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        visitor.post("/register", content=large, headers=kind),
        visitor.post("/register", content=chunks(), headers=kind),
    ]
    assert "transfer-encoding" in answers[1].request.headers
    assert [answer.status_code for answer in answers] == [413, 413]
    assert "Det ble sendt for mye" in text_of(answers[1])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/settings/123", 404),
        ("GET", "/settings/974760674", 404),
        ("GET", "/settings/..%2fx", 404),
        ("GET", "/register/", 404),
        ("DELETE", "/register", 405),
        ("POST", "/", 405),
        ("GET", "/assets/nothing", 404),
    ],
)
def test_error_pages(visitor: TestClient, method: str, path: str, status: int) -> None:
    answer = visitor.request(method, path, headers={"Accept-Language": "en", "Accept": "text/html,*/*"})
    assert answer.status_code == status
    assert all(visitor.get(link).status_code == 200 for link in re.findall(r'(?:href|src)="(/[^"]*)"', answer.text))
    assert '<html lang="en"' in answer.text
    assert "Go to the home page" in answer.text


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_unsupported_media_type(visitor: TestClient, kind: str) -> None:
    assert visitor.post("/register", content=b"a=b", headers={"Content-Type": kind}).status_code == 400


@pytest.mark.parametrize("content", [b"&".join([b"a=b"] * 1000), b"%ff%00=%", b"\xff\xfe", b""])
def test_malformed_bodies(visitor: TestClient, content: bytes) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.post("/register", content=content, headers=kind).status_code in (400, 403)


@pytest.mark.parametrize("path", ["/", "/settings", PATH])
def test_query_outside_ascii(tmp_path: Path, path: str) -> None:
    """A server passes the bytes on as they are."""
    status, _ = send_raw(app(store=new_store(tmp_path)), "GET", path, b"orgnr=\x80\xff", [(b"host", b"localhost")])
    assert status in (200, 422)


class BrokenStore:
    """A store whose errors contain what it was to save."""

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        return None

    def save(self, settings: Any, version: str) -> str:
        raise RuntimeError(f"cannot save {settings.password}")

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        raise NotImplementedError

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        raise NotImplementedError


def test_crash_shows_no_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    answer = send(site(tmp_path, store=BrokenStore()), PATH, settings_of())
    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in text_of(answer)
    assert "RuntimeError" in caplog.text
    for shown in (answer.text, caplog.text):
        assert PASSWORD not in shown
        assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("raised", "started", "pages", "expected", "logged"),
    [
        (RuntimeError("Kanari"), False, ["page"], [500, "page"], ["RuntimeError"]),
        (RuntimeError("Kanari"), False, [], [500, "Internal Server Error"], ["RuntimeError", "IndexError"]),
        (RuntimeError("Kanari"), True, ["page"], [200], ["RuntimeError"]),
        (ClientDisconnect(), False, ["page"], [], []),
    ],
    ids=["crash", "the page crashes too", "half an answer", "gone"],
)
def test_crash_during_answer(
    raised: Exception,
    started: bool,
    pages: list[str],
    expected: list[object],
    logged: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An error page is sent only if no answer has started and the client is still connected."""
    sent: list[object] = []

    async def crashing(scope: Scope, receive: Receive, send: Send) -> None:
        if started:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise raised

    async def error_page(request: Request, status: int) -> Response:
        return Response(pages.pop(), status)

    async def send(message: Message) -> None:
        sent.append(message.get("status") or message["body"].decode())

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", b"localhost")]}
    asyncio.run(Guard(crashing, LOOPBACK, error_page)(scope, None, send))  # type: ignore[arg-type]
    assert sent == expected
    assert [record.getMessage().partition(" at ")[0] for record in caplog.records] == logged
    assert all(f" at {__file__}:" in record.getMessage() for record in caplog.records), "the line that raised it comes first"
    assert "Kanari" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/assets/check/nothing", 404),
        ("POST", "/assets/check/settings", 400),
        ("GET", "/assets/check/settings", 405),
        ("GET", "/assets/nothing.js", 404),
    ],
)
def test_errors_for_scripts(visitor: TestClient, method: str, path: str, status: int) -> None:
    answer = visitor.request(method, path, headers={"Accept-Language": "nn"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    texts = {"title": message(f"HTTP_{status}_TITLE", "nn"), "detail": message(f"HTTP_{status}", "nn")}
    assert answer.json() == {"type": "about:blank", "status": status, **texts}


@given(st.integers(1, 3), st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0, 1, 29, 30, 59, 60])), max_size=20))
def test_rate_limit(times: int, calls: list[tuple[str, int]]) -> None:
    """A caller over the limit is accepted again after the returned number of seconds, and not sooner."""
    now = 0
    limit = RateLimit(times, 60, clock=lambda: now)
    done: dict[str, list[int]] = {"a": [], "b": []}
    for caller, pause in calls:
        now += pause
        recent = [each for each in done[caller] if each > now - 60]
        assert limit.hit(caller) == (recent[0] + 60 - now if len(recent) == times else 0)
        done[caller] = recent + [now] * (len(recent) < times)


def test_rate_limit_of_several_keys() -> None:
    """While one key is over its limit, no key is counted."""
    limit = RateLimit(2, 60, clock=lambda: 0.0)
    assert [limit.hit("a"), limit.hit("a"), limit.hit("a", "b"), limit.hit("b"), limit.hit("b")] == [0, 0, 60, 0, 0]


def test_rate_limit_memory() -> None:
    limit = RateLimit(1, 60, clock=lambda: 0.0)
    for caller in range(20_000):
        limit.hit(str(caller))
    assert len(limit._calls) == 10_000


@pytest.mark.parametrize("length", ["²", "9" * 5000, "-1", "1_0"])
def test_invalid_content_length(length: str, visitor: TestClient) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": length.encode("latin-1")}
    answer = visitor.post("/register", content=b"description=x", headers=headers)  # type: ignore[arg-type]
    assert answer.status_code in (400, 403, 413)

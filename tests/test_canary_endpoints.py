"""No endpoint shows a secret in an answer, a log line or a file, wherever in a request the secret is.

The routes are read from the app: a new one that is missing here fails a test.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Client, Response
from starlette.routing import Mount, Route, Router
from starlette.testclient import TestClient

from helpers.altinn_site import ORGNR, free_port, hidden, new_store, send, settings_of, site, wait_for_page
from helpers.canaries import INVALID, SECRETS, VALID, LeakDetector
from nofields.altinn import app

#: For every route, valid parameters of its path.
ROUTES: dict[str, dict[str, str]] = {
    "/": {},
    "/register": {},
    "/registered": {},
    "/settings": {},
    "/settings/{orgnr}": {"orgnr": ORGNR},
    "/assets/check/{form}": {"form": "settings"},
    "/assets/place/{code}": {"code": "0357"},
    "/assets/{file}": {"file": "altinn.js"},
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
HEADERS = ("Accept", "Accept-Language", "Content-Type", "Cookie", "Host", "Origin", "Referer", "User-Agent", "X-Other")
#: Fields whose values are shown again, to be corrected: none of them is for secrets.
SHOWN_AGAIN = {"description", "system_type", "system_id", "orgnr", "version"}
FIELDS = ("token", "password", "language", "press", "name", "value", "other")


def paths(router: Any, before: str = "") -> Iterator[str]:
    """Every route of an app and of the apps mounted in it."""
    for route in router.routes:
        if isinstance(route, Mount):
            yield from paths(route.app if isinstance(route.app, Router) else route, before + route.path)
        else:
            assert isinstance(route, Route)
            yield before + route.path


@pytest.fixture
def detector(request: pytest.FixtureRequest) -> LeakDetector:
    return LeakDetector(request)


@pytest.fixture
def client(detector: LeakDetector) -> TestClient:
    return site(detector.outputs)


def record(detector: LeakDetector, answer: Response) -> None:
    """Record all of an answer: body, headers and cookies."""
    assert answer.status_code < 500
    detector.shown += [answer.content, repr(answer.headers.multi_items()), *(str(each) for each in answer.cookies.items())]


def test_every_route_is_called(tmp_path: Path) -> None:
    assert set(paths(app(store=new_store(tmp_path)))) == ROUTES.keys(), "a new route: add the parameters of its path"


@pytest.mark.parametrize("route", ROUTES)
def test_path_query_headers(detector: LeakDetector, client: TestClient, route: str) -> None:
    path = route.format(**ROUTES[route])
    for secret in VALID:
        for name in ROUTES[route]:
            record(detector, client.get(route.format(**{name: secret})))
        for query in ({"saved": secret}, {secret: secret}, dict.fromkeys(FIELDS, secret)):
            record(detector, client.get(path, params=query))
        for header in HEADERS:
            record(detector, client.get(path, headers={header: secret}))
        cookies = f"nofields-token={secret}; nofields-registered={secret}; nofields-language={secret}"
        record(detector, client.get(path, headers={"Cookie": cookies}))
    detector.assert_no_leak()


@pytest.mark.parametrize("method", METHODS)
def test_methods(detector: LeakDetector, client: TestClient, method: str) -> None:
    for route, parameters in ROUTES.items():
        for name in parameters:
            record(detector, client.request(method, route.format(**{name: VALID[1]})))
        query, headers = {VALID[0]: VALID[1]}, dict.fromkeys(("Accept-Language", "Origin", "Referer"), VALID[1])
        record(detector, client.request(method, route.format(**parameters), params=query, headers=headers))
    detector.assert_no_leak()


def bodies(secret: str, right: Mapping[str, str]) -> Iterator[tuple[bytes, str]]:
    """Bodies with a secret in them, and their content types."""
    yield secret.encode(), "application/x-www-form-urlencoded"
    yield f"{secret}={secret}&token=%ff".encode(), "application/x-www-form-urlencoded"
    yield f"password={secret}&".encode() * 300, "application/x-www-form-urlencoded"
    yield f"password={secret * 10_000}".encode(), "application/x-www-form-urlencoded"
    yield f"password={secret}".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"
    yield (
        f'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{secret}\r\n--x--'.encode(),
        "multipart/form-data; boundary=x",
    )
    yield json.dumps(dict(right) | {"password": secret}).encode(), "application/json"
    for fields in (
        {"name": secret},
        {"name": "password", "value": secret},
        {"name": "system_id", "value": secret, "lang": secret},
    ):
        yield json.dumps(fields).encode(), "application/json"
    yield f'{{"name": "{secret}'.encode(), "application/json"
    yield f'["{secret}"]'.encode(), "application/json"


@pytest.mark.parametrize("route", ROUTES)
def test_bodies(detector: LeakDetector, client: TestClient, route: str) -> None:
    path = route.format(**ROUTES[route])
    for secret in (VALID[0], INVALID[1]):
        for body, kind in bodies(secret, settings_of()):
            record(detector, client.post(path, content=body, headers={"Content-Type": kind}))
    detector.assert_no_leak()


FORMS = {
    "/register": {"description": "Regnskap", "system_type": "accounting"},
    "/settings": {"orgnr": ORGNR},
    f"/settings/{ORGNR}": settings_of(),
    f"/settings/{ORGNR}?x": settings_of(press="test"),
}


@pytest.mark.parametrize("path", FORMS)
def test_forms(detector: LeakDetector, client: TestClient, path: str) -> None:
    """A secret in each field alone, and as the password beside each other field that is wrong."""
    for secret in SECRETS:
        for name in FIELDS:
            record(detector, send(client, path, FORMS[path] | {name: secret}))
        record(detector, client.get(path))
    for wrong in (*SHOWN_AGAIN, "language", "token"):
        record(detector, send(client, path, FORMS[path] | {"password": VALID[0], wrong: "x" * 300}))
    detector.assert_no_leak()


def test_fields_shown_again(detector: LeakDetector, client: TestClient) -> None:
    """A wrong value of a field for no secret is shown in the page, not in headers, cookies, logs or files."""
    for secret in SECRETS:
        for path, fields in FORMS.items():
            for name in SHOWN_AGAIN:
                answer = send(client, path, fields | {name: secret, "password": "x"})
                detector.shown += [repr(answer.headers.multi_items())]
    detector.assert_no_leak()


def journey(detector: LeakDetector, client: Any) -> None:
    """Register, test, save and read with secrets as passwords, valid ones first."""
    for secret in SECRETS:
        record(detector, send(client, "/register", FORMS["/register"] | {"password": secret}))
        record(detector, client.get("/registered"))
        path = f"/settings/{ORGNR}"
        for press in ("test", "save", "test", "save"):
            record(detector, send(client, path, settings_of(press=press) | {"password": secret}))
            record(detector, client.get(path))
        record(
            detector, client.post(path, data=hidden(client.get(path).text) | settings_of(version="0") | {"password": secret})
        )
        record(detector, client.get(f"/settings/{secret}"))
        record(detector, client.get(f"/assets/{secret}", params={"fnr": secret}))


def test_journey(detector: LeakDetector, client: TestClient) -> None:
    journey(detector, client)
    assert (detector.outputs / "altinn.db").exists()
    detector.assert_no_leak()


@contextmanager
def served(detector: LeakDetector, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``nofields serve`` as a process of its own, with its output in a file that the detector reads."""
    command = [sys.executable, "-m", "nofields", "serve", "--port", str(port), "--store", "s.db", "--key-file", "s.key"]
    with (
        Path("output.txt").open("ab") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=dict(os.environ), cwd=detector.outputs) as server,
    ):
        try:
            wait_for_page(f"http://127.0.0.1:{port}/")
            yield server
        finally:
            server.kill()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_server(detector: LeakDetector, end: signal.Signals) -> None:
    """Over HTTP, with its output, its temporary files, its database, and the files SQLite leaves when it is killed."""
    port = free_port()
    with served(detector, port) as server, Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=False) as browser:
        journey(detector, browser)
        assert {"s.db", "s.key", "output.txt"} <= {file.name for file in detector.outputs.iterdir()}
        detector.assert_no_leak()
        server.send_signal(end)
        server.wait(20)
    with served(detector, port), Client(base_url=f"http://127.0.0.1:{port}") as browser:
        record(detector, browser.get(f"/settings/{ORGNR}"))
    detector.assert_no_leak()

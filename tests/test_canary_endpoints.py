"""The net over the endpoints: canaries in every place that a request has, and none in an answer, a log line or a file.

The routes are read from the apps: a later one that has no place here fails the test.
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

from helpers.altinn_site import ORGNR, free_port, hidden, send, settings_of, site, store, when_served
from helpers.canaries import NET, RIGHT, Net
from helpers.values import LANGUAGES
from nofields.altinn import app

#: For every route, right words for the parameters of its path.
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
#: What is typed into these is shown again, to whoever typed it, so that it can be corrected: no field for secrets.
SHOWN_AGAIN = {"description", "system_type", "system_id", "orgnr", "version"}
FIELDS = ("token", "password", "language", "press", "name", "value", "other")


def paths(router: Any, before: str = "") -> Iterator[str]:
    """Every route of an app, those of mounted apps too."""
    for route in router.routes:
        if isinstance(route, Mount):
            yield from paths(route.app if isinstance(route.app, Router) else route, before + route.path)
        else:
            assert isinstance(route, Route)
            yield before + route.path


@pytest.fixture
def visitor(net: Net) -> TestClient:
    return site(net.made)


@pytest.fixture
def net(request: pytest.FixtureRequest) -> Net:
    return Net(request)


def keep(net: Net, answer: Response) -> None:
    """All of an answer shows, the address that it leads to as well."""
    assert answer.status_code < 500
    net.shown += [answer.content, repr(answer.headers.multi_items()), *(str(each) for each in answer.cookies.items())]


def test_every_route_is_driven(tmp_path: Path) -> None:
    assert set(paths(app(store=store(tmp_path)))) == ROUTES.keys()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES)
def test_paths_queries_and_headers_show_no_canary(net: Net, visitor: TestClient, route: str, method: str) -> None:
    for canary in NET:
        for name in ROUTES[route]:
            keep(net, visitor.request(method, route.format(**{name: canary})))
        path = route.format(**ROUTES[route])
        for query in ({"saved": canary}, {canary: canary}, dict.fromkeys(FIELDS, canary)):
            keep(net, visitor.request(method, path, params=query))
        for header in HEADERS:
            for value in (canary, f"nofields-token={canary}; nofields-registered={canary}; nofields-language={canary}"):
                keep(net, visitor.request(method, path, headers={header: value}))
    net.assert_silent()


def bodies(canary: str, right: Mapping[str, str]) -> Iterator[tuple[bytes, str]]:
    """Bodies with a canary in them, and their types."""
    yield canary.encode(), "application/x-www-form-urlencoded"
    yield f"{canary}={canary}&token=%ff".encode(), "application/x-www-form-urlencoded"
    yield f"password={canary}&".encode() * 300, "application/x-www-form-urlencoded"
    yield f"password={canary * 10_000}".encode(), "application/x-www-form-urlencoded"
    yield f"password={canary}".encode("utf-16"), "application/x-www-form-urlencoded; charset=utf-16"
    yield (
        f'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{canary}\r\n--x--'.encode(),
        "multipart/form-data; boundary=x",
    )
    yield json.dumps(dict(right) | {"password": canary}).encode(), "application/json"
    for asked in (
        {"name": canary},
        {"name": "password", "value": canary},
        {"name": "system_id", "value": canary, "lang": canary},
    ):
        yield json.dumps(asked).encode(), "application/json"
    yield f'{{"name": "{canary}'.encode(), "application/json"
    yield f'["{canary}"]'.encode(), "application/json"


@pytest.mark.parametrize("route", ROUTES)
def test_bodies_show_no_canary(net: Net, visitor: TestClient, route: str) -> None:
    path = route.format(**ROUTES[route])
    for canary in NET:
        for body, kind in bodies(canary, settings_of()):
            keep(net, visitor.post(path, content=body, headers={"Content-Type": kind}))
    net.assert_silent()


FORMS = {
    "/register": {"description": "Regnskap", "system_type": "accounting"},
    "/settings": {"orgnr": ORGNR},
    f"/settings/{ORGNR}": settings_of(),
    f"/settings/{ORGNR}?x": settings_of(press="test"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", FORMS)
def test_forms_show_no_canary(net: Net, visitor: TestClient, path: str, language: str) -> None:
    """Sent as a browser sends them: a canary in each field alone, and as password beside each field that is wrong."""
    headers = {"Accept-Language": language}
    for canary in NET:
        for name in FIELDS:
            keep(net, send(visitor, path, FORMS[path] | {name: canary}, headers))
        for wrong in (*SHOWN_AGAIN, "language", "token"):
            keep(net, send(visitor, path, FORMS[path] | {"password": canary, wrong: "x" * 300}, headers))
        keep(net, visitor.get(path))
    net.assert_silent()


@pytest.mark.parametrize("canary", NET)
def test_the_fields_that_are_shown_again_show_nothing_elsewhere(net: Net, visitor: TestClient, canary: str) -> None:
    """Not in headers, cookies, logs or files, as long as what was typed is wrong."""
    for path, right in FORMS.items():
        for name in SHOWN_AGAIN:
            answer = send(visitor, path, right | {name: canary, "password": "x"})
            net.shown += [repr(answer.headers.multi_items())]
    net.assert_silent()


def journey(net: Net, visitor: Any) -> None:
    """Everything that the forms are for, with canaries as passwords; then the same with what is refused."""
    for canary in (*RIGHT, *NET):
        keep(net, send(visitor, "/register", FORMS["/register"] | {"password": canary}))
        keep(net, visitor.get("/registered"))
        path = f"/settings/{ORGNR}"
        for press in ("test", "save", "test", "save"):
            keep(net, send(visitor, path, settings_of(press=press) | {"password": canary}))
            keep(net, visitor.get(path))
        keep(net, visitor.post(path, data=hidden(visitor.get(path).text) | settings_of(version="0") | {"password": canary}))
        keep(net, visitor.get(f"/settings/{canary}"))
        keep(net, visitor.get(f"/assets/{canary}", params={"fnr": canary}))


def test_the_journey_shows_no_canary(net: Net, visitor: TestClient) -> None:
    journey(net, visitor)
    assert (net.made / "altinn.db").exists()
    net.assert_silent()


@contextmanager
def served(net: Net, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """``nofields serve`` as a process of its own, its output in a file among those that are searched."""
    command = [sys.executable, "-m", "nofields", "serve", "--port", str(port), "--store", "s.db", "--key-file", "s.key"]
    with (
        Path("output.txt").open("ab") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=dict(os.environ), cwd=net.made) as server,
    ):
        try:
            when_served(f"http://127.0.0.1:{port}/")
            yield server
        finally:
            server.kill()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_shows_no_canary(net: Net, end: signal.Signals) -> None:
    """Over real HTTP, with its output, its database and what SQLite keeps beside it when it is killed, its temporary files."""
    port = free_port()
    with served(net, port) as server, Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=False) as browser:
        journey(net, browser)
        assert {"s.db", "s.key", "output.txt"} <= {file.name for file in net.made.iterdir()}
        net.assert_silent()
        server.send_signal(end)
        server.wait(20)
    with served(net, port), Client(base_url=f"http://127.0.0.1:{port}") as browser:
        keep(net, browser.get(f"/settings/{ORGNR}"))
    net.assert_silent()

"""Requests to the Altinn app, as a browser without script sends them."""

from __future__ import annotations

import asyncio
import re
import socket
import time
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from httpx2 import Response
from starlette.testclient import TestClient

from nofields.altinn import SQLiteStore, app, new_key

ORGNR = "974760673"
PASSWORD = "Kanarifugl7"
LOCAL = "http://localhost"


def new_store(folder: Path, key: bytes | None = None) -> SQLiteStore:
    return SQLiteStore(folder / "altinn.db", key or new_key())


def site(folder: Path, **settings: Any) -> TestClient:
    """A client of the app, with a new store unless one is given."""
    settings.setdefault("store", None)
    settings["store"] = settings["store"] or new_store(folder)
    return TestClient(app(**settings), base_url=LOCAL, follow_redirects=False)


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))


def send(visitor: TestClient, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Response:
    """Open a page, fill in its form and send it."""
    return visitor.post(path, data=hidden(visitor.get(path).text) | fields, headers=headers)


def register(visitor: TestClient) -> str:
    """Register a data system, and return the ID that the page shows."""
    fields = {"description": "Regnskapsprogram", "system_type": "accounting", "password": PASSWORD}
    assert send(visitor, "/register", fields).status_code == 303
    match = re.search(r"data-system-id>(\d+)<", visitor.get("/registered").text)
    assert match
    return match[1]


def settings_of(system_id: str = "12345", press: str = "save", **more: str) -> dict[str, str]:
    """The values of the settings form."""
    return {"system_id": system_id, "password": PASSWORD, "language": "nb", "press": press, **more}


def text_of(answer: Response) -> str:
    """The text of a page, without its tags."""
    return unescape(re.sub(r"[ \n]+", " ", re.sub("<[^>]+>", " ", answer.text)))


def free_port() -> int:
    """A free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for_page(address: str, tries: int = 200) -> str:
    """Return the text of a page as soon as its server answers; it is tried every tenth of a second."""
    for _ in range(tries):
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except URLError:
            time.sleep(0.1)
    raise AssertionError("no server answers")


def send_raw(
    site: Any, method: str, path: str, query: bytes, headers: list[tuple[bytes, bytes]], parts: Sequence[bytes] = ()
) -> tuple[int, str]:
    """Send a raw ASGI request, which a client would correct; return the status, and body and headers as text."""
    scope = {"type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path, "raw_path": path.encode()}
    scope |= {
        "query_string": query,
        "headers": headers,
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    waiting, sent = list(parts), list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        part = waiting.pop(0) if waiting else b""
        return {"type": "http.request", "body": part, "more_body": bool(waiting)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(site(scope, receive, send))
    shown = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], shown.decode("utf-8") + repr(sent[0]["headers"])

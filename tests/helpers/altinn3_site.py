"""Requests to the pages of a connection to Altinn 3, whose counterpart runs on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from helpers.altinn3 import COMPANY, Counterpart
from helpers.altinn_site import hidden, site

PATH = f"/connections/{COMPANY}"


def connected_site(folder: Path, altinn3: Counterpart, **settings: Any) -> TestClient:
    """A client of an app that shows Altinn 3, with a new store unless one is given."""
    settings.setdefault("altinn3", altinn3.system_users())
    return site(folder, **settings)


def press(visitor: TestClient, button: str, path: str = PATH, **headers: str) -> Response:
    """Open the page of a company and press a button; return the page that comes of it."""
    sent = hidden(visitor.get(path, headers=headers).text) | {"press": button}
    answer = visitor.post(path, data=sent, headers=headers)
    return visitor.get(answer.headers["location"], headers=headers) if answer.status_code == 303 else answer


def state(answer: Response) -> str:
    """The state that a page shows."""
    return answer.text.partition('data-connection="')[2].partition('"')[0]

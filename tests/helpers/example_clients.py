"""A client for each of the apps of ``tests/examples``, which submits pages as a browser does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as DjangoClient
from fastapi.testclient import TestClient

from examples import django_host, fastapi_host, flask_host
from helpers import django_site
from helpers.forms import Inputs

Files = Mapping[str, tuple[str, bytes]]


class Answer(NamedTuple):
    status: int
    text: str
    location: str

    def filled_in(self, entered: Mapping[str, str]) -> dict[str, list[str]]:
        """Return what the page submits if this is entered."""
        return Inputs(self.text).values | {name: [each] for name, each in entered.items()}


class Client(NamedTuple):
    """Sends requests without following redirections.

    Attributes:
        get: Gets a path with headers.
        post: Posts data and files to a path with headers.
    """

    get: Callable[[str, Mapping[str, str]], Answer]
    post: Callable[[str, dict[str, Any], Files, Mapping[str, str]], Answer]


@contextmanager
def by_fastapi() -> Iterator[Client]:
    client = TestClient(fastapi_host.app, follow_redirects=False)

    def answer(response: Any) -> Answer:
        return Answer(response.status_code, response.text, response.headers.get("location", ""))

    def post(path: str, data: dict[str, Any], files: Files, headers: Mapping[str, str]) -> Answer:
        texts = {name: each for name, each in data.items() if name not in files}
        return answer(client.post(path, data=texts, files=dict(files), headers=dict(headers)))

    yield Client(lambda path, headers: answer(client.get(path, headers=dict(headers))), post)


@contextmanager
def by_flask() -> Iterator[Client]:
    client = flask_host.app.test_client()

    def answer(response: Any) -> Answer:
        return Answer(response.status_code, response.text, response.headers.get("Location", ""))

    def post(path: str, data: dict[str, Any], files: Files, headers: Mapping[str, str]) -> Answer:
        sent = {name: (io.BytesIO(content), filename) for name, (filename, content) in files.items()}
        return answer(client.post(path, data=data | sent, headers=dict(headers)))

    yield Client(lambda path, headers: answer(client.get(path, headers=dict(headers))), post)


@contextmanager
def by_django() -> Iterator[Client]:
    settings = {name: each for name, each in django_host.SETTINGS.items() if name not in ("ROOT_URLCONF", "ALLOWED_HOSTS")}
    client = DjangoClient(enforce_csrf_checks=True)

    def answer(response: Any) -> Answer:
        return Answer(response.status_code, response.text, response.headers.get("Location", ""))

    def post(path: str, data: dict[str, Any], files: Files, headers: Mapping[str, str]) -> Answer:
        sent = {name: SimpleUploadedFile(*each) for name, each in files.items()}
        return answer(client.post(path, data | sent, headers=dict(headers)))

    with django_site.serving(django_host.urlpatterns, **settings):
        yield Client(lambda path, headers: answer(client.get(path, headers=dict(headers))), post)


CLIENTS = {"FastAPI": by_fastapi, "Flask": by_flask, "Django": by_django}

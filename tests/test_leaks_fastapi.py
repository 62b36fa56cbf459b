"""FastAPI's own error response does not show a rejected secret."""

from __future__ import annotations

import logging
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Header, Query
from fastapi.testclient import TestClient
from pydantic import BaseModel

from helpers.canaries import NUMBERS, PASSWORD, assert_silent
from nofields import AltinnPassword, NationalIdentityNumber


class Person(BaseModel):
    number: NationalIdentityNumber
    password: AltinnPassword


@pytest.fixture(scope="module")
def client() -> TestClient:
    """An app with FastAPI's own handlers, with secrets in body, query, path and header."""
    app = FastAPI()

    @app.post("/people")
    def people(person: Person) -> str:
        return "accepted"

    @app.post("/lists")
    def lists(body: list[dict[str, NationalIdentityNumber | None]]) -> str:
        return "accepted"

    @app.get("/query")
    def query(number: Annotated[NationalIdentityNumber | None, Query()] = None, password: AltinnPassword | None = None) -> str:
        return "accepted"

    @app.get("/path/{number}")
    def path(number: NationalIdentityNumber) -> str:
        return "accepted"

    @app.get("/header")
    def header(x_password: Annotated[AltinnPassword, Header()]) -> str:
        return "accepted"

    class Login(BaseModel):
        password: AltinnPassword

    @app.get("/dependency")
    def dependency(login: Annotated[Login, Depends()]) -> str:
        return "accepted"

    return TestClient(app)


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/people", lambda number: {"json": {"number": number, "password": PASSWORD}}),
        ("POST", "/lists", lambda number: {"json": [{"a": number, "b": None}, {"c": number}]}),
        ("GET", "/query", lambda number: {"params": {"number": number}}),
        ("GET", "/query", lambda number: {"params": {"password": f"{PASSWORD}{number}"}}),
        ("GET", "/path/{}", lambda number: {}),
        ("GET", "/header", lambda number: {"headers": {"x-password": f"{PASSWORD}{number}"}}),
    ],
)
def test_fastapi(client: TestClient, method: str, path: str, sent: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Whether it was in the body, query, path or a header."""
    caplog.set_level(logging.DEBUG)
    number = NUMBERS[1]
    answer = client.request(method, path.format(number), **sent(number))
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] in ("SSN_ERROR", "TEXT_FIELD_CONTENTS_ERROR")
    assert_silent(answer.text)
    assert_silent(*(record.getMessage() for record in caplog.records if not record.name.startswith("httpx")))

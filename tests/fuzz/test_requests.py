"""The Altinn app answers any request itself, and never with a password."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.altinn_site import ORGNR, PASSWORD, hidden, send_raw
from nofields import AltinnSystemId, OrganisationNumber
from nofields.altinn import AltinnSettings, ConflictError, DataSystemRegistration, Saved, app

NONCE = "0" * 32
LIMIT = 2_000
ANSWERS = {200, 303, 400, 403, 404, 405, 409, 413, 422, 431}


class Memory:
    """A store that keeps what was saved last."""

    def __init__(self) -> None:
        self._saved: AltinnSettings | None = None
        self._version = 0

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        return AltinnSystemId("12345")

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        return None

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        return Saved(self._saved.model_copy(update={"orgnr": orgnr}), str(self._version)) if self._saved else None

    def save(self, settings: AltinnSettings, version: str) -> str:
        if version != str(self._version):
            raise ConflictError
        self._saved, self._version = settings, self._version + 1
        return str(self._version)


class Failures(logging.Handler):
    """A log handler that fails the test: the app logs only errors of its own."""

    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage())


@contextmanager
def nothing_logged() -> Iterator[None]:
    """Fail if the app logs anything."""
    log, failures = logging.getLogger("nofields.altinn"), Failures()
    log.addHandler(failures)
    try:
        yield
    finally:
        log.removeHandler(failures)


SITE = app(store=Memory(), secret=b"0" * 32, largest_body=LIMIT, tests_per_minute=10**9)


OURS = [(b"host", b"localhost"), (b"cookie", b"nofields-token=" + NONCE.encode())]
TOKEN = hidden(send_raw(SITE, "GET", "/register", b"", OURS)[1])["token"]

PATHS = ["/", "/register", "/registered", "/settings", f"/settings/{ORGNR}", "/assets/check/settings", "/assets/place/0357"]
NAMES = [
    "token",
    "description",
    "system_type",
    "password",
    "system_id",
    "language",
    "version",
    "press",
    "orgnr",
    "name",
    "value",
]
TYPED = ["", TOKEN, PASSWORD, ORGNR, "12345", "accounting", "nb", "test", "save", "0", "1", "å", "\x00", "<b>", "x" * 300]
FORMS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPED) | st.text(max_size=20)), max_size=10).map(
    lambda pairs: urlencode([("token", TOKEN), *pairs], errors="surrogatepass").encode()
)
RIGHT = st.sampled_from(
    [
        {"description": "x", "system_type": "accounting", "password": PASSWORD},
        {"system_id": "12345", "password": PASSWORD, "language": "nb", "press": "save", "version": "0"},
        {"system_id": "12345", "language": "nn", "press": "test", "version": "1"},
    ]
).map(lambda fields: urlencode({"token": TOKEN} | fields).encode())
JSON = st.sampled_from(
    [b"{}", b"[" * 900, b'{"name":"system_id","value":"x","lang":"en"}', b'{"name":{},"value":[]}', b"1e999"]
)
KINDS = [b"application/x-www-form-urlencoded", b"application/json", b"multipart/form-data; boundary=x", b"", b"text/plain;\xff"]
HEADERS = st.tuples(
    st.sampled_from([b"host", b"cookie", b"accept-language", b"accept", b"origin", b"content-length", b"sec-fetch-site"]),
    st.binary(max_size=30)
    | st.sampled_from([b"localhost", b"same-origin", b"*;q=0", b"application/json", b"99999999999", b"-1"])
    | st.builds(bytes.__mul__, st.sampled_from([b"\\", b";", b"x=", b'"', b","]), st.sampled_from([4096, 8193, 60_000])),
)


@given(st.data())
def test_requests(data: st.DataObject) -> None:
    """Every request gets a documented answer, complete and without a password."""
    method = data.draw(st.sampled_from(["POST", "POST", "GET", "HEAD", "PUT"]))
    path = data.draw(st.sampled_from(PATHS) | st.text(max_size=10).map("/".__add__))
    assume(not any("\ud800" <= character <= "\udfff" for character in path))
    query = data.draw(st.sampled_from([b"", b"saved=1", b"orgnr=974760673", b"language=en"]) | st.binary(max_size=20))
    kind = data.draw(st.sampled_from(KINDS[:1] * 4 + KINDS))
    headers = [*OURS, (b"content-type", kind), *data.draw(st.lists(HEADERS, max_size=3))]
    body = data.draw(RIGHT | FORMS | JSON | st.binary(max_size=60) | st.just(b"x" * (LIMIT + 1)))
    cut = data.draw(st.integers(0, len(body)))
    with nothing_logged():
        status, shown = send_raw(SITE, method, path, query, headers, [body[:cut], body[cut:]])
    assert status in ANSWERS
    assert PASSWORD not in shown or f"={PASSWORD}" in body.decode("latin-1").replace(f"password={PASSWORD}", "")

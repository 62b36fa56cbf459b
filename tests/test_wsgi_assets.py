"""What the pages of forms load, from Starlette, a WSGI app, Flask and Django."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import django.test
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import include, path, resolve, reverse
from flask import Flask, request, url_for
from pydantic import BaseModel, model_validator
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

import nofields.django
import nofields.flask
import nofields.web
import nofields.wsgi
from helpers.django_site import serving
from nofields import AltinnPassword, EmailAddress, PostalCode
from nofields.forms import Form
from nofields.forms.assets import files
from nofields.forms.endpoints import LARGEST


class Contact(BaseModel):
    email: EmailAddress
    code: PostalCode | None = None


class Login(BaseModel):
    email: EmailAddress
    password: AltinnPassword


class Pair(BaseModel):
    email: EmailAddress
    code: PostalCode

    @model_validator(mode="after")
    def apart(self) -> Pair:
        return self


FORMS = [Form(Contact), Form(Login), Form(Pair)]
MORE = {"own.js": "export {};\n", "own.txt": "æ", "own": "x"}


def flask_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(nofields.flask.assets(FORMS, MORE))
    return app


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


#: Sends a request to a host that serves the forms below ``/nofields``.
Send = Callable[..., Answered]


def by_starlette() -> Iterator[Send]:
    app = Starlette(routes=[Mount("/nofields", nofields.web.assets(FORMS, MORE))])
    with TestClient(app, follow_redirects=False) as client:

        def send(method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
            answer = client.request(method, path, content=body, headers=headers)
            return Answered(answer.status_code, dict(answer.headers), answer.content)

        yield send


def by_wsgi(app: Any) -> Send:
    client = Client(app)

    def send(method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
        answer = client.open(path, method=method, data=body, headers=headers)
        return Answered(answer.status_code, {name.lower(): value for name, value in answer.headers.items()}, answer.data)

    return send


def wsgi_app() -> Any:
    return DispatcherMiddleware(NotFound(), {"/nofields": nofields.wsgi.assets(FORMS, MORE)})


def by_plain_wsgi() -> Iterator[Send]:
    yield by_wsgi(wsgi_app())


def by_flask() -> Iterator[Send]:
    yield by_wsgi(flask_app())


def django_urls() -> list[Any]:
    return [path("nofields/", include(nofields.django.assets(FORMS, MORE)))]


def by_django() -> Iterator[Send]:
    client = django.test.Client(enforce_csrf_checks=True)

    def send(method: str, path: str, body: bytes = b"", **headers: str) -> Answered:
        answer = client.generic(method, path, body, headers=headers)
        return Answered(answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content)

    with serving(django_urls()):
        yield send


HOSTS = {"starlette": by_starlette, "wsgi": by_plain_wsgi, "flask": by_flask, "django": by_django}


@pytest.fixture(params=HOSTS)
def send(request: pytest.FixtureRequest) -> Iterator[Send]:
    yield from HOSTS[request.param]()


def asked(**body: object) -> bytes:
    return json.dumps(body).encode()


#: Requests with the status of the answer, and its content.
REQUESTS: list[tuple[str, str, bytes, int, object]] = [
    *(("GET", f"/{name}", b"", 200, text) for name, text in (files() | MORE).items()),
    ("HEAD", "/forms.js", b"", 200, ""),
    ("GET", "/nothing.js", b"", 404, None),
    ("GET", "/forms.js/", b"", 404, None),
    ("GET", "/", b"", 404, None),
    ("GET", "/a/b/c", b"", 404, None),
    ("GET", "/%2e%2e/forms.py", b"", 404, None),
    ("GET", "/%FF", b"", 404, None),
    ("POST", "/forms.js", b"", 405, "GET, HEAD"),
    ("OPTIONS", "/forms.js", b"", 405, "GET, HEAD"),
    ("GET", "/place/0357", b"", 200, {"place": "OSLO"}),
    ("HEAD", "/place/0357", b"", 200, ""),
    ("GET", "/place/x", b"", 200, {"place": None}),
    ("GET", "/place/%D9%A0%D9%A3%D9%A5%D9%A7", b"", 200, {"place": None}),
    ("GET", "/place/%FF%00", b"", 200, {"place": None}),
    ("DELETE", "/place/0357", b"", 405, "GET, HEAD"),
    ("GET", "/check/Contact", b"", 405, "POST"),
    ("POST", "/check/Contact", asked(name="email", value="ola@example.com"), 200, {"error": None}),
    ("POST", "/check/Contact", asked(name="email", value={"a": ["b"]}), 200, "Feltet må fylles ut."),
    ("POST", "/check/Contact", asked(name="email", value="ola@", lang="nn"), 200, "Skriv inn ei gyldig e-postadresse."),
    ("POST", "/check/Contact", asked(name="code", value=""), 200, {"error": None}),
    ("POST", "/check/Pair", asked(name="email", value="ola@example.com"), 200, {}),
    ("POST", "/check/Pair", asked(name="email", value="ola@example.com", values={"code": "0357"}), 200, {"error": None}),
    ("POST", "/check/Pair", asked(name="email", value="ola@example.com", values={"code": "x"}), 200, {}),
    ("POST", "/check/Pair", asked(name="email", value="", values=[]), 400, None),
    ("POST", "/check/Login", asked(name="password", value="x"), 404, None),
    ("POST", "/check/Login", asked(name="nothing"), 404, None),
    ("POST", "/check/nothing", asked(name="email"), 404, None),
    ("POST", "/check/Contact", b"", 400, None),
    ("POST", "/check/Contact", b"{", 400, None),
    ("POST", "/check/Contact", b"\xff", 400, None),
    ("POST", "/check/Contact", b"[" * LARGEST, 400, None),
    ("POST", "/check/Contact", asked(name="email", value="x" * LARGEST), 413, None),
    ("POST", "/check/Contact", asked(name="email", lang=1), 400, None),
    ("POST", "/check/Contact", asked(value="x"), 400, None),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "content"), REQUESTS, ids=lambda each: str(each)[:40])
def test_same_answers(send: Send, method: str, path: str, body: bytes, status: int, content: object) -> None:
    answer = send(method, f"/nofields{path}", body)
    assert answer.status == status
    if status == 405:
        assert ", ".join(sorted(answer.headers["allow"].split(", "))) == content
    elif isinstance(content, dict):
        assert json.loads(answer.body) == content
    elif content is not None and path.startswith("/check"):
        assert json.loads(answer.body)["error"]["text"].startswith(content)
    elif content is not None:
        assert answer.body.decode() == content


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        ("GET", "/nofields.css", b"", {"content-type": "text/css; charset=utf-8", "cache-control": "no-cache"}),
        ("HEAD", "/forms.js", b"", {"content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache"}),
        ("GET", "/messages.nb.json", b"", {"content-type": "application/json", "cache-control": "no-cache"}),
        ("GET", "/own.txt", b"", {"content-type": "text/plain; charset=utf-8", "cache-control": "no-cache"}),
        ("GET", "/own", b"", {"content-type": "application/octet-stream", "cache-control": "no-cache"}),
        ("GET", "/place/0357", b"", {"content-type": "application/json", "cache-control": "max-age=3600"}),
        (
            "POST",
            "/check/Contact",
            asked(name="email", value="x", lang="nn"),
            {"content-type": "application/json", "cache-control": "no-store", "content-language": "nn"},
        ),
    ],
)
def test_headers(send: Send, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
    answer = send(method, f"/nofields{path}", body)
    expected = headers | {"x-content-type-options": "nosniff"}
    assert {name: answer.headers[name] for name in expected} == expected


def test_unchanged_file(send: Send) -> None:
    etag = send("GET", "/nofields/forms.js").headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", W/{etag}', "*"):
        again = send("GET", "/nofields/forms.js", **{"If-None-Match": known})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
        assert not {"content-type", "content-length"} & {*again.headers}
    assert send("GET", "/nofields/forms.js", **{"If-None-Match": 'W/"x", ""'}).status == 200


class Stream(io.RawIOBase):
    """A body that counts the bytes that are read, and gives no more than a few at a time."""

    def __init__(self, body: bytes) -> None:
        self.taken, self._body = 0, io.BytesIO(body)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._body.read(min(len(buffer), 1000))
        buffer[: len(part)] = part
        self.taken += len(part)
        return len(part)


def environ(stream: Stream, **variables: Any) -> Any:
    made = EnvironBuilder("/nofields/check/Contact", method="POST").get_environ()
    made.pop("CONTENT_LENGTH", None)
    return made | {"wsgi.input": stream} | variables


def send_stream(app: Any, stream: Stream, **variables: Any) -> int:
    _, status, _ = run_wsgi_app(app, environ(stream, **variables))
    return int(status.partition(" ")[0])


RIGHT = asked(name="email", value="ola@example.com")
#: Bodies with the variables of the environment, the status of the answer, and how many bytes are read at most.
BODIES: dict[str, tuple[bytes, dict[str, Any], int, int]] = {
    "declared": (RIGHT, {"CONTENT_LENGTH": str(len(RIGHT))}, 200, len(RIGHT)),
    "followed by another request": (RIGHT + b"POST /", {"CONTENT_LENGTH": str(len(RIGHT))}, 200, len(RIGHT)),
    "chunked": (RIGHT, {"wsgi.input_terminated": True}, 200, len(RIGHT)),
    "without a length or an end": (RIGHT, {}, 400, 0),
    "largest": (RIGHT.ljust(LARGEST), {"CONTENT_LENGTH": str(LARGEST)}, 200, LARGEST),
    "too large": (RIGHT.ljust(LARGEST + 1), {"CONTENT_LENGTH": str(LARGEST + 1)}, 413, 0),
    "largest, chunked": (RIGHT.ljust(LARGEST), {"wsgi.input_terminated": True}, 200, LARGEST),
    "too large, chunked": (RIGHT.ljust(10 * LARGEST), {"wsgi.input_terminated": True}, 413, LARGEST + 1),
    "false length": (b"x" * 10 * LARGEST, {"CONTENT_LENGTH": "5", "wsgi.input_terminated": True}, 413, LARGEST + 1),
    "shorter than declared": (RIGHT[:5], {"CONTENT_LENGTH": str(len(RIGHT))}, 400, 5),
    "endless length": (RIGHT, {"CONTENT_LENGTH": "9" * 5000}, 413, 0),
    "no number": (RIGHT, {"CONTENT_LENGTH": "-1"}, 400, 0),
    "other digits": (RIGHT, {"CONTENT_LENGTH": "٣"}, 400, 0),
}
each_body = pytest.mark.parametrize(("body", "variables", "status", "most"), BODIES.values(), ids=BODIES)


@each_body
def test_streamed_body(body: bytes, variables: dict[str, Any], status: int, most: int) -> None:
    """No more than one byte beyond the limit is read, and nothing of the next request."""
    stream = Stream(body)
    assert send_stream(wsgi_app(), stream, **variables) == status
    assert stream.taken <= most


@each_body
def test_streamed_body_in_flask(body: bytes, variables: dict[str, Any], status: int, most: int) -> None:
    """As in a plain WSGI app, but Werkzeug itself ends a stream without a length, and one that is shorter than declared."""
    stream = Stream(body)
    assert send_stream(flask_app(), stream, **variables) in (status, 400)
    assert stream.taken <= LARGEST + 1


@each_body
def test_streamed_body_in_django(body: bytes, variables: dict[str, Any], status: int, most: int) -> None:
    """Django reads only what is declared."""
    stream = Stream(body)
    with serving(django_urls()):
        assert send_stream(WSGIHandler(), stream, **variables) in (status, 400)
    assert stream.taken <= LARGEST + 1


def test_body_that_flask_has_read() -> None:
    """A function before the request, such as a log's, may read the body first."""
    app = flask_app()
    app.before_request(lambda: (request.get_data(), None)[1])
    assert app.test_client().post("/nofields/check/Contact", data=RIGHT).json == {"error": None}


def test_body_that_django_has_read() -> None:
    request = django.test.RequestFactory().post("/nofields/check/Contact", RIGHT, content_type="application/json")
    with serving(django_urls()):
        view, args, parameters = resolve(request.path)
        assert request.body == RIGHT
        assert json.loads(view(request, *args, **parameters).content) == {"error": None}


def test_pages_for_errors() -> None:
    """The app's own handlers answer errors in Flask."""
    app = flask_app()
    app.register_error_handler(404, lambda _: ("own page", 404))
    assert app.test_client().get("/nofields/nothing.js").text == "own page"


def test_paths_of_files() -> None:
    with flask_app().test_request_context():
        assert url_for("nofields.file", file="forms.js") == "/nofields/forms.js"
    with serving(django_urls()):
        assert reverse("nofields:file", args=["forms.js"]) == "/nofields/forms.js"


def test_several_blueprints() -> None:
    app = flask_app()
    app.register_blueprint(nofields.flask.assets([Form(Contact, name="other")], name="others"), url_prefix="/others")
    assert app.test_client().post("/others/check/other", data=RIGHT).json == {"error": None}


def test_path_with_parameters() -> None:
    """The path below which a host serves forms may have parameters of its own."""
    flask = Flask(__name__)
    flask.register_blueprint(nofields.flask.assets(FORMS), url_prefix="/<tenant>/nofields")
    assert flask.test_client().get("/a/nofields/forms.js").status_code == 200
    with serving([path("<tenant>/nofields/", include(nofields.django.assets(FORMS)))]):
        assert django.test.Client().get("/a/nofields/forms.js").status_code == 200
    with TestClient(Starlette(routes=[Mount("/{tenant}/nofields", nofields.web.assets(FORMS))])) as client:
        assert client.get("/a/nofields/forms.js").status_code == 200


@pytest.mark.parametrize("assets", [nofields.web.assets, nofields.wsgi.assets, nofields.flask.assets, nofields.django.assets])
def test_duplicate_names(assets: Any) -> None:
    with pytest.raises(ValueError, match="'Contact'"):
        assets([Form(Contact), Form(Contact)])

"""A WSGI app with what the pages of forms load, to be mounted in any WSGI host. Needs the extra ``web``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from nofields.forms import Form
from nofields.forms.endpoints import Answer, Endpoints, error, read_body, routed

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def assets(forms: Iterable[Form[Any]] = (), more: Mapping[str, str] | None = None) -> WSGIApplication:
    """Return a WSGI app with the endpoints that :func:`nofields.web.assets` describes.

    Args:
        forms: The forms whose fields can be checked.
        more: Files of the host's own, by name.

    Raises:
        ValueError: Two forms have the same name, or catalogs of their own that differ.

    Example:
        ``DispatcherMiddleware(app, {"/nofields": assets([FORM])})`` of Werkzeug mounts it in another app.
    """
    endpoints = Endpoints(forms, more)

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _answer(endpoints, environ)
        headers = [*answer.headers.items()]
        if answer.status != HTTPStatus.NOT_MODIFIED:
            headers.append(("Content-Length", str(len(answer.body))))
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    return app


def _answer(endpoints: Endpoints, environ: WSGIEnvironment) -> Answer:
    # PEP 3333: the bytes of the path, each as the character of its number.
    found = routed(environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace"))
    if found is None:
        return error(HTTPStatus.NOT_FOUND)
    route, parameter = found
    if environ["REQUEST_METHOD"] not in route.methods:
        return error(HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(route.methods))
    body = _body(environ) if environ["REQUEST_METHOD"] == "POST" else b""
    if body is None:
        return error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return endpoints.answer(route, parameter, body, environ.get("HTTP_IF_NONE_MATCH", ""))


def _body(environ: WSGIEnvironment) -> bytes | None:
    """Return the body of a request; ``None`` if it is too large.

    One without a length, such as a chunked one, is read if the server declares that its stream ends with the body.
    """
    ends = bool(environ.get("wsgi.input_terminated"))
    return read_body(environ["wsgi.input"].read, environ.get("CONTENT_LENGTH", ""), ends=ends)

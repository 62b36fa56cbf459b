"""A Flask blueprint with what the pages of forms load. Needs Flask and the extra ``web``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, request

from nofields.forms import Form
from nofields.forms.endpoints import ROUTES, Endpoints, Route, read_body


def assets(forms: Iterable[Form[Any]] = (), more: Mapping[str, str] | None = None, *, name: str = "nofields") -> Blueprint:
    """Return a blueprint with the endpoints that :func:`nofields.web.assets` describes, below ``/nofields``.

    ``app.register_blueprint(assets([FORM]))`` adds it, ``url_for("nofields.file", file="forms.js")`` is the path of a file.
    A host with Flask-WTF's ``CSRFProtect`` exempts it: ``csrf.exempt(blueprint)``. A check changes nothing.

    Args:
        forms: The forms whose fields can be checked.
        more: Files of the host's own, by name.
        name: The name of the blueprint, for an app with several.

    Raises:
        ValueError: Two forms have the same name, or catalogs of their own that differ.
    """
    endpoints = Endpoints(forms, more)
    blueprint = Blueprint(name, __name__, url_prefix="/nofields")
    for route in ROUTES:
        blueprint.add_url_rule(
            f"/{route.pattern}",
            route.name,
            _view(endpoints, route),
            methods=route.methods,
            provide_automatic_options=False,
        )
    return blueprint


def _view(endpoints: Endpoints, route: Route) -> Callable[..., Response]:
    """Return a view; errors are raised, so that the app's own handlers answer them."""

    def view(**parameters: str) -> Response:
        body = _body() if request.method == "POST" else b""
        answer = endpoints.answer(route, parameters[route.parameter], body, request.headers.get("If-None-Match", ""))
        if answer.status >= 400:
            abort(answer.status)
        return Response(answer.body, answer.status, dict(answer.headers))

    return view


def _body() -> bytes:
    """Return the body, also if the app has read it already; abort with 413 if it is too large."""
    body = read_body(request.stream.read, request.headers.get("Content-Length", ""), ends=True)
    return abort(413) if body is None else body or request.get_data()

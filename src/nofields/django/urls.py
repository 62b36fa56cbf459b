"""URL patterns with what the pages of forms load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from nofields.forms import Form
from nofields.forms.endpoints import ROUTES, Answer, Endpoints, Route, error, read_body


def assets(forms: Iterable[Form[Any]] = (), more: Mapping[str, str] | None = None) -> tuple[list[URLPattern], str]:
    """Return URL patterns of the endpoints that :func:`nofields.web.assets` describes, and their namespace.

    ``path("nofields/", include(assets([FORM])))`` adds them, ``{% url "nofields:file" "forms.js" %}`` is the path of a file.

    Args:
        forms: The forms whose fields can be checked.
        more: Files of the host's own, by name.

    Raises:
        ValueError: Two forms have the same name, or catalogs of their own that differ.
    """
    endpoints = Endpoints(forms, more)
    return [path(route.pattern, _view(endpoints, route), name=route.name) for route in ROUTES], "nofields"


def _view(endpoints: Endpoints, route: Route) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **parameters: str) -> HttpResponse:
        answer = _answer(endpoints, route, parameters[route.parameter], request)
        if answer.status == 404:
            raise Http404
        response = HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))
        if "Content-Type" not in answer.headers:
            del response["Content-Type"]  # Django's own
        return response

    # The script has no token, and a check changes nothing.
    exempt: Callable[..., HttpResponse] = csrf_exempt(view)
    return exempt


def _answer(endpoints: Endpoints, route: Route, parameter: str, request: HttpRequest) -> Answer:
    if request.method not in route.methods:
        return error(405, Allow=", ".join(route.methods))
    # Not request.body, which Django reads up to a limit of its own.
    body = read_body(request.read, request.headers.get("Content-Length", ""), ends=True) if request.method == "POST" else b""
    if body is None:
        return error(413)
    return endpoints.answer(route, parameter, body, request.headers.get("If-None-Match", ""))

"""An app to mount beside a form: its files, the check of one field, the place of a postal code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from nofields.forms import Form
from nofields.forms import endpoints as of_forms
from nofields.web.bodies import read
from nofields.web.headers import listed


def assets(forms: Iterable[Form[Any]] = (), more: Mapping[str, str] | None = None) -> Router:
    """Return an app with what the pages of forms load.

    ``GET /{file}`` returns a file, ``POST /check/{form}`` with ``{"name", "value", "values", "lang"}`` the error of one
    field beside the other ``values`` of the form, and ``GET /place/{code}`` the place of a postal code. The answer to a
    check is ``{"error": {"id", "text", …}}``, ``{"error": null}`` for a valid value, or ``{}`` if the field alone accepts
    it but validators of the model did not run, as they do not without passwords or beside wrong values.

    Args:
        forms: The forms whose fields can be checked.
        more: Files of the host's own, by name.

    Raises:
        ValueError: Two forms have the same name, or catalogs of their own that differ.
    """
    endpoints = of_forms.Endpoints(forms, more)
    return Router([_route(endpoints, route) for route in of_forms.ROUTES], redirect_slashes=False)


def _route(endpoints: of_forms.Endpoints, route: of_forms.Route) -> Route:
    """Return a route of Starlette's; errors are raised, so that the app's own handlers answer them."""

    async def endpoint(request: Request) -> Response:
        body = await read(request) if request.method == "POST" else b""
        answer = endpoints.answer(route, request.path_params[route.parameter], body, listed(request, "if-none-match"))
        if answer.status >= 400:
            raise HTTPException(answer.status)
        return Response(answer.body, answer.status, answer.headers)

    return Route(route.path, endpoint, methods=list(route.methods), name=route.name)

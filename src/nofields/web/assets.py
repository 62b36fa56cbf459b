"""An app to mount beside a form: its files, the check of one field, the place of a postal code."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from nofields.catalogs import PROCESS_WIDE
from nofields.fields import PostalCode
from nofields.forms import Form
from nofields.forms.assets import files
from nofields.forms.own_checks import Asks
from nofields.languages import negotiate
from nofields.web.bodies import read_json
from nofields.web.headers import listed

mimetypes.add_type("text/javascript", ".js")
_SAFE = {"X-Content-Type-Options": "nosniff"}
_JSON = _SAFE | {"Cache-Control": "no-store"}


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
    by_name: dict[str, Form[Any]] = {}
    forms = list(forms)
    if len({form.catalogs for form in forms}) > 1:
        raise ValueError("forms with different catalogs cannot share one app: call assets() for each")
    catalogs = forms[0].catalogs if forms else PROCESS_WIDE
    for form in forms:
        if by_name.setdefault(form.name, form) is not form:
            raise ValueError(f"two forms are called {form.name!r}: Form(..., name=...) gives one another name")

    async def file(request: Request) -> Response:
        return _file(request, {**files(catalogs), **(more or {})})

    async def check(request: Request) -> Response:
        form = by_name.get(request.path_params["form"])
        if form is None:
            raise HTTPException(404)
        return _check(form, await read_json(request))

    return Router(
        routes=[
            Route("/check/{form}", check, methods=["POST"]),
            Route("/place/{code}", _place, methods=["GET"]),
            Route("/{file}", file, methods=["GET"]),
        ]
    )


def _check(form: Form[Any], body: object) -> Response:
    """Answer with the field's error, as :func:`assets` describes it."""
    if not isinstance(body, dict) or not isinstance(body.get("name"), str) or not isinstance(body.get("lang", ""), str):
        raise HTTPException(400)
    if not isinstance(values := body.get("values", {}), dict):
        raise HTTPException(400)
    control = form.controls.get(body["name"])
    if control is None or control.is_only_submitted:  # passwords are checked in the browser, or on submit
        raise HTTPException(404)
    language = negotiate(body.get("lang"), catalogs=form.catalogs)
    headers = _JSON | {"Content-Language": language}
    asks = control.asks()
    if asks is Asks.SUBMIT or (asks is Asks.FORM and "values" not in body):
        return JSONResponse({}, headers=headers)
    bound = form.bind({**_sent(form, values), control.name: body.get("value")}, language)
    error = bound.error(control.name)
    if error is None and control.own_checks.of_model and not bound.is_valid:
        return JSONResponse({}, headers=headers)
    names = ("id", "label", "key", "reason", "message", "text")
    return JSONResponse({"error": error and {name: getattr(error, name) for name in names}}, headers=headers)


def _sent(form: Form[Any], values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a form's fields, without passwords and files, which only the submitted form has."""
    sent = {name for name, control in form.controls.items() if not control.is_only_submitted}
    return {name: value for name, value in values.items() if name in sent}


async def _place(request: Request) -> Response:
    code = request.path_params["code"]
    place = PostalCode(code).place if PostalCode.is_valid(code) else None
    return JSONResponse({"place": place}, headers=_SAFE | {"Cache-Control": "max-age=3600"})


def _file(request: Request, contents: Mapping[str, str]) -> Response:
    """Answer with a file, which the browser revalidates on every use."""
    name = request.path_params["file"]
    if name not in contents:
        raise HTTPException(404)
    etag = _etag(contents[name])
    headers = _SAFE | {"Cache-Control": "no-cache", "ETag": etag}
    if any(each.strip().removeprefix("W/") in (etag, "*") for each in listed(request, "if-none-match").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(contents[name], media_type=mimetypes.guess_type(name)[0] or "application/octet-stream", headers=headers)


@cache
def _etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

"""What answers the requests of pages with forms, whatever the web framework: files, checks of one field, postal places.

:mod:`nofields.web`, :mod:`nofields.wsgi`, :mod:`nofields.flask` and :mod:`nofields.django` serve it.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple

from nofields.catalogs import PROCESS_WIDE
from nofields.fields import PostalCode
from nofields.forms.assets import files
from nofields.forms.entries.entries import find
from nofields.forms.form import Form
from nofields.forms.parts.parts import control_at
from nofields.forms.types.own_checks import Asks
from nofields.languages import negotiate

#: The largest body of a request, in bytes: more than any of the forms needs.
LARGEST = 64 * 1024
#: A ``Content-Length`` with more digits is not converted to a number.
_MAX_LENGTH_DIGITS = 18

mimetypes.add_type("text/javascript", ".js")
_SAFE = {"X-Content-Type-Options": "nosniff"}
_JSON = _SAFE | {"Content-Type": "application/json", "Cache-Control": "no-store"}


class Route(NamedTuple):
    """An endpoint: its name, its path with one parameter, and its methods."""

    name: str
    path: str
    methods: tuple[str, ...]

    @property
    def parameter(self) -> str:
        """The name of the parameter; the host's own path may have others."""
        return self.path.partition("{")[2].removesuffix("}")

    @property
    def pattern(self) -> str:
        """The path as Werkzeug and Django write it, without the first slash: ``check/<form>``."""
        return self.path.translate({ord("{"): "<", ord("}"): ">"}).removeprefix("/")


ROUTES = (
    Route("check", "/check/{form}", ("POST",)),
    Route("place", "/place/{code}", ("GET", "HEAD")),
    Route("file", "/{file}", ("GET", "HEAD")),
)
_PATTERNS = tuple((re.compile(re.sub(r"\{\w+\}", "([^/]+)", route.path)), route) for route in ROUTES)


class Answer(NamedTuple):
    """A response. In place of an error's, whose status is 400 or more, a host may show a page of its own."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Endpoints:
    """The endpoints of forms.

    Args:
        forms: The forms whose fields can be checked.
        more: Files of the host's own, by name.

    Raises:
        ValueError: Two forms have the same name, or catalogs of their own that differ.
    """

    def __init__(self, forms: Iterable[Form[Any]] = (), more: Mapping[str, str] | None = None) -> None:
        forms = list(forms)
        if len({form.catalogs for form in forms}) > 1:
            raise ValueError("forms with different catalogs cannot share one app: call assets() for each")
        self._catalogs = forms[0].catalogs if forms else PROCESS_WIDE
        self._forms: dict[str, Form[Any]] = {}
        for form in forms:
            if self._forms.setdefault(form.name, form) is not form:
                raise ValueError(f"two forms are called {form.name!r}: Form(..., name=...) gives one another name")
        self._more = more or {}

    def answer(self, route: Route, parameter: str, body: bytes = b"", known: str = "") -> Answer:
        """Answer a request with one of the methods of a route.

        Args:
            route: One of :data:`ROUTES`.
            parameter: The part of the path that the route leaves open.
            body: The body.
            known: The header ``If-None-Match``.
        """
        if route.name == "check":
            return self._check(parameter, body)
        return _place(parameter) if route.name == "place" else self._file(parameter, known)

    def _file(self, name: str, known: str) -> Answer:
        """Answer with a file, which the browser revalidates on every use."""
        contents = {**files(self._catalogs), **self._more}
        if name not in contents:
            return error(404)
        etag = _etag(contents[name])
        headers = _SAFE | {"Cache-Control": "no-cache", "ETag": etag}
        if any(each.strip().removeprefix("W/") in (etag, "*") for each in known.split(",")):
            return Answer(304, headers, b"")
        return Answer(200, headers | {"Content-Type": _content_type(name)}, contents[name].encode())

    def _check(self, name: str, body: bytes) -> Answer:
        """Answer with the error of one field, as :func:`nofields.web.assets` describes it."""
        if (form := self._forms.get(name)) is None:
            return error(404)
        try:
            asked = json.loads(body)
        except (ValueError, RecursionError):
            return error(400)
        if not isinstance(asked, dict) or not isinstance(asked.get("name"), str) or not isinstance(asked.get("lang", ""), str):
            return error(400)
        if not isinstance(values := asked.get("values", {}), dict):
            return error(400)
        control = control_at(form.parts, asked["name"])
        if control is None or control.is_only_submitted:  # passwords are checked in the browser, or on submit
            return error(404)
        language = negotiate(asked.get("lang"), catalogs=form.catalogs)
        asks = control.asks()
        if asks is Asks.SUBMIT or (asks is Asks.FORM and "values" not in asked) or form.is_late(control):
            return _json({}, language)
        bound = form.of_a_question.bind({**_sent(form, values), asked["name"]: asked.get("value")}, language)
        found, entry = bound.error(asked["name"]), find(bound.entries, asked["name"])
        if entry is None or not entry.applies:
            return _json({}, language)
        if found is None and control.own_checks.of_model and not bound.is_valid:
            return _json({}, language)
        names = ("id", "label", "key", "reason", "message", "text")
        return _json({"error": found and {name: getattr(found, name) for name in names}}, language)


def routed(path: str) -> tuple[Route, str] | None:
    """Return the route of a path below the mount point, and the path's parameter; ``None`` if there is none."""
    return next(((route, match[1]) for pattern, route in _PATTERNS if (match := pattern.fullmatch(path))), None)


def error(status: int, **headers: str) -> Answer:
    """Return an answer with a status of an error, and its name as text."""
    plain = _SAFE | {"Content-Type": "text/plain; charset=utf-8"}
    return Answer(status, plain | headers, HTTPStatus(status).phrase.encode())


def declares_too_much(content_length: str, largest: int = LARGEST) -> bool:
    """Return whether the header ``Content-Length`` alone is enough to reject a request."""
    digits = content_length.isascii() and content_length.isdigit()
    return digits and (len(content_length) > _MAX_LENGTH_DIGITS or int(content_length) > largest)


def read_body(read: Callable[[int], bytes], content_length: str, *, ends: bool) -> bytes | None:
    """Return the body of a request; ``None`` if it is too large, of which at most one byte more than allowed is read.

    Args:
        read: Returns up to so many bytes of the body.
        content_length: The header ``Content-Length``, which need not be right or there.
        ends: Whether ``read`` returns nothing at the end of the body. Otherwise it waits there for the next request, so that
            only a declared length is read.
    """
    if declares_too_much(content_length):
        return None
    declared = int(content_length) if content_length.isascii() and content_length.isdigit() else 0
    most = LARGEST + 1 if ends else declared
    parts = bytearray()
    while len(parts) < most and (part := read(most - len(parts))):
        parts += part
    return bytes(parts) if len(parts) <= LARGEST else None


def _sent(form: Form[Any], values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a form's fields, without passwords and files, which only the submitted form has."""
    controls = {name: control_at(form.parts, name) for name in values}
    return {name: values[name] for name, control in controls.items() if control and not control.is_only_submitted}


def _place(code: str) -> Answer:
    place = PostalCode(code).place if PostalCode.is_valid(code) else None
    return Answer(200, _JSON | {"Cache-Control": "max-age=3600"}, _dumped({"place": place}))


def _json(content: object, language: str) -> Answer:
    return Answer(200, _JSON | {"Content-Language": language}, _dumped(content))


def _dumped(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@cache
def _etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

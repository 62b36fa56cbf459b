"""Refused values as problem details (RFC 9457), in the caller's language and without the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nofields import messages
from nofields.errors import FieldError
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import LocalizedError, details, localize
from nofields.locations import KEY, Part, Shape, masked, named, shape
from nofields.web.headers import listed

STATUS = 422
MEDIA_TYPE = "application/problem+json"
_TEXT = {"type": "string"}
_ENTRY = {"key": _TEXT, "reason": _TEXT, "detail": _TEXT, "pointer": _TEXT, "in": _TEXT, "parameter": _TEXT}
#: For ``FastAPI(responses=RESPONSES)``: OpenAPI's description of the answer, in the place of FastAPI's own.
RESPONSES: dict[int | str, dict[str, Any]] = {
    STATUS: {
        "description": "Values were refused.",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "type": _TEXT,
                        "title": _TEXT,
                        "status": {"const": STATUS},
                        "errors": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "object", "properties": _ENTRY, "required": ["key", "reason", "detail"]},
                        },
                    },
                    "required": ["type", "title", "status", "errors"],
                }
            }
        },
    }
}
#: Where FastAPI says that a value was, and what it calls the parameters from there.
_PLACES = {each: f"{each}_params" for each in ("body", "query", "path", "header", "cookie")}


def install(app: Starlette, *, type: str = "about:blank") -> None:
    """Lets an app answer what pydantic, FastAPI or a field refuses with ``422 application/problem+json``.

    ``type`` is the problem type's URI, for a host that documents its own. A ``ValidationError`` of pydantic's counts as
    the caller's mistake wherever in the app it is raised; catch those that are not.
    """

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, ValidationError | FieldError) or hasattr(error, "errors")
        return problem_response(request, error, type=type)

    for kind in (FieldError, ValidationError, *_of_fastapi()):
        app.add_exception_handler(kind, answer)


def problem_response(request: Request, error: Any, *, type: str = "about:blank") -> Response:
    """The answer to one error: ``errors`` has key, reason, detail and pointer (RFC 6901) of each refused value."""
    language = negotiate(listed(request, "accept-language"))
    shapes: Mapping[str, Shape | None] = {} if isinstance(error, FieldError | ValidationError) else _shapes(request)
    listed_errors = zip(localize(error, language), details(error))
    body = {
        "type": type,
        "title": messages.message(Phrase.HTTP_422_TITLE, language),
        "status": STATUS,
        "errors": [_entry(said, detail, shapes, getattr(error, "body", None)) for said, detail in listed_errors],
    }
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(body, STATUS, headers=headers, media_type=MEDIA_TYPE)


def _entry(said: LocalizedError, detail: Mapping[str, Any], shapes: Mapping[str, Shape | None], body: Any) -> Mapping[str, str]:
    entry = {"key": said["key"], "reason": said["reason"], "detail": said["message"]}
    where, *rest = detail["loc"] or ("body",)
    if where not in shapes:
        return entry | {"pointer": _pointer(said["loc"])}
    parts = masked(tuple(rest), detail["type"], shapes[where])
    if where != "body":
        return entry | {"in": str(where), "parameter": ".".join(str(part) for part in parts if part != KEY)}
    return entry | {"pointer": _pointer(() if detail["type"] == "json_invalid" else _into(body, rest, parts))}


def _into(body: Any, parts: Sequence[Part], shown: Sequence[Part]) -> Sequence[Part]:
    """What is shown of the parts that lead into a body, if it is known: pydantic names branches of unions between them."""
    found: list[Part] = []
    for place, part in enumerate(parts):
        if body is None or part == KEY:
            return [*found, *shown[place:]]
        if not isinstance(body, Mapping | list):
            break
        inside: Any = body
        if part in (body if isinstance(body, Mapping) else range(len(body))):
            found.append(shown[place])
            body = inside[part]
        elif place + 1 == len(parts):  # missing, or sent under another name
            found.append(shown[place])
    return found


def _pointer(parts: Sequence[Part]) -> str:
    """A JSON pointer as URI fragment, as in RFC 9457: ``#/people/0/name``."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts if part != KEY)
    return "#" + "".join(f"/{quote(part, safe='~*')}" for part in escaped)


def _shapes(request: Request) -> Mapping[str, Shape | None]:
    """What the parameters of the route of a request are like, by where they are sent."""
    # Newer versions of FastAPI keep what an included route inherits apart from the route itself.
    of_router = request.scope.get("fastapi", {}).get("effective_route_context")
    dependant = getattr(of_router, "dependant", None) or getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return dict.fromkeys(_PLACES)
    fields = {place: [field for each in _all(dependant) for field in getattr(each, name)] for place, name in _PLACES.items()}
    return {place: named((field.alias, _shape(field.field_info)) for field in found) for place, found in fields.items()}


def _shape(info: Any) -> Shape:
    """The shape of a parameter, by pydantic's description of it; of one that has none by itself, nothing is known."""
    try:
        return shape(Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation)
    except Exception:  # an error about a value is no place for one about the app
        return Shape((), {})


def _all(dependant: Any) -> Iterator[Any]:
    """What a route depends on, at any depth."""
    waiting = [dependant]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += each.dependencies


def _of_fastapi() -> tuple[type[Exception], ...]:
    try:
        from fastapi.exceptions import RequestValidationError
    except ImportError:  # an app of Starlette alone
        return ()
    return (RequestValidationError,)

"""Rejected values as problem details (RFC 9457), in the caller's language and without the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Protocol, cast
from urllib.parse import quote

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nofields import messages
from nofields.errors import FieldError
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import ErrorDetail, HasErrors, LocalizedError, details, localize
from nofields.locations import KEY, Part, Shape, mask_loc, parameters_shape, shape
from nofields.web.headers import listed

STATUS = 422
MEDIA_TYPE = "application/problem+json"
_TEXT = {"type": "string"}
_ENTRY = {"key": _TEXT, "reason": _TEXT, "detail": _TEXT, "pointer": _TEXT, "in": _TEXT, "parameter": _TEXT}
#: For ``FastAPI(responses=RESPONSES)``: OpenAPI's description of the response, which replaces FastAPI's.
RESPONSES: dict[int | str, dict[str, Any]] = {
    STATUS: {
        "description": "Values were rejected.",
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
#: FastAPI's names for where a value is sent, and its attributes with the parameters sent there.
_SOURCES = {each: f"{each}_params" for each in ("body", "query", "path", "header", "cookie")}
_ABSENT: Final = object()


def install(app: Starlette, *, type: str = "about:blank") -> None:
    """Answer values that pydantic, FastAPI or a field rejects with ``422 application/problem+json``.

    A pydantic ``ValidationError`` counts as the caller's mistake wherever in the app it is raised;
    catch those that are not.

    Args:
        app: The app that the exception handlers are added to.
        type: The URI of the problem type, for a host that documents its own.
    """

    async def answer(request: Request, error: Exception) -> Response:
        return problem_response(request, cast(HasErrors | FieldError, error), type=type)

    for kind in (FieldError, ValidationError, *_of_fastapi()):
        app.add_exception_handler(kind, answer)


def problem_response(request: Request, error: HasErrors | FieldError, *, type: str = "about:blank") -> Response:
    """Return the response to a validation error.

    Args:
        request: The request; its ``Accept-Language`` header selects the language.
        error: A pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a
            :class:`nofields.FieldError`.
        type: The URI of the problem type.

    Returns:
        A response with status 422. Its ``errors`` have the key, reason, detail and pointer
        (RFC 6901) of each rejected value, or ``in`` and ``parameter`` outside the body.
    """
    language = negotiate(listed(request, "accept-language"))
    shapes: Mapping[str, Shape | None] = {} if isinstance(error, FieldError | ValidationError) else _shapes(request)
    body = getattr(error, "body", None)
    content = {
        "type": type,
        "title": messages.message(Phrase.HTTP_422_TITLE, language),
        "status": STATUS,
        "errors": [_entry(*each, shapes, body) for each in zip(localize(error, language), details(error))],
    }
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(content, STATUS, headers=headers, media_type=MEDIA_TYPE)


def _entry(error: LocalizedError, detail: ErrorDetail, shapes: Mapping[str, Shape | None], body: object) -> Mapping[str, str]:
    entry = {"key": error["key"], "reason": error["reason"], "detail": error["message"]}
    source, *rest = detail["loc"] or ("body",)
    if source not in shapes:
        return entry | {"pointer": _pointer(error["loc"])}
    parts = mask_loc(tuple(rest), detail["type"], shapes[str(source)])
    if source != "body":
        return entry | {"in": str(source), "parameter": ".".join(str(part) for part in parts if part != KEY)}
    return entry | {"pointer": _pointer(() if detail["type"] == "json_invalid" else _path_into(body, rest, parts))}


def _path_into(body: object, parts: Sequence[Part], shown: Sequence[Part]) -> Sequence[Part]:
    """Return those of the shown parts that lead into a body, if it is known.

    pydantic puts names of union branches between them.
    """
    path: list[Part] = []
    for index, part in enumerate(parts):
        if body is None or part == KEY:
            return [*path, *shown[index:]]
        if not isinstance(body, Mapping | list):
            break
        if (member := _member(body, part)) is not _ABSENT:
            path.append(shown[index])
            body = member
        elif index + 1 == len(parts):  # missing, or sent under another name
            path.append(shown[index])
    return path


def _member(body: Mapping[object, object] | list[object], part: Part) -> object:
    if isinstance(body, Mapping):
        return body.get(part, _ABSENT)
    return body[part] if isinstance(part, int) and 0 <= part < len(body) else _ABSENT


def _pointer(parts: Sequence[Part]) -> str:
    """Return a JSON pointer as a URI fragment, as in RFC 9457: ``#/people/0/name``."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts if part != KEY)
    return "#" + "".join(f"/{quote(part, safe='~*')}" for part in escaped)


class _Parameter(Protocol):
    """FastAPI's ``ModelField``."""

    alias: str
    field_info: FieldInfo


class _Dependant(Protocol):
    """FastAPI's ``Dependant``."""

    dependencies: list[_Dependant]


def _shapes(request: Request) -> Mapping[str, Shape | None]:
    """Return the shapes of the parameters of a request's route, by where they are sent."""
    # Newer versions of FastAPI keep what an included route inherits apart from the route itself.
    context = request.scope.get("fastapi", {}).get("effective_route_context")
    dependant = getattr(context, "dependant", None) or getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return dict.fromkeys(_SOURCES)
    return {
        source: parameters_shape((each.alias, _shape(each.field_info)) for each in _parameters(dependant, attribute))
        for source, attribute in _SOURCES.items()
    }


def _parameters(dependant: _Dependant, attribute: str) -> Iterator[_Parameter]:
    """Yield the parameters of a route and of all that it depends on."""
    waiting = [dependant]
    while waiting:
        each = waiting.pop()
        yield from getattr(each, attribute)
        waiting += each.dependencies


def _shape(info: FieldInfo) -> Shape:
    """Return the shape of a parameter; an empty one if it cannot be determined."""
    try:
        return shape(Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation)
    except Exception:  # the response to a wrong value must not report errors of the app's own types
        return Shape((), {})


def _of_fastapi() -> tuple[type[Exception], ...]:
    try:
        from fastapi.exceptions import RequestValidationError
    except ImportError:  # Starlette without FastAPI
        return ()
    return (RequestValidationError,)

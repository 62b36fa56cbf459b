"""Rejected values as problem details (RFC 9457), in the caller's language and without the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Final, Literal, Protocol, cast
from urllib.parse import quote

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nofields.ask import Reader
from nofields.catalogs import DEFAULT, PROCESS_WIDE, Catalogs
from nofields.errors import MASK, FieldError
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import localized
from nofields.located import ErrorDetail, HasErrors, Loc, Located, details, problem_at, problems, without_model
from nofields.locations import KEY, Part
from nofields.schema_paths import Place, Shape, parameters_shape, place, shape
from nofields.web.headers import listed
from nofields.web.openapi import MEDIA_TYPE, STATUS

#: FastAPI's names for where a value is sent, and its attributes with the parameters sent there.
_SOURCES = {each: f"{each}_params" for each in ("body", "query", "path", "header", "cookie")}
_ABSENT: Final = object()


def install(
    app: Starlette,
    *,
    type: str = "about:blank",
    locale: str = DEFAULT,
    catalogs: Catalogs = PROCESS_WIDE,
    malformed_json: Literal[400, 422] = 422,
    server_errors: bool = False,
) -> None:
    """Answer requests that FastAPI rejects with ``422 application/problem+json``.

    Args:
        app: The app that the exception handlers are added to.
        type: The URI of the problem type, for a host that documents its own.
        locale: The language of callers that ask for none that there is.
        catalogs: The catalogs of an app that has its own.
        malformed_json: The status for a body that is not JSON; FastAPI's own is 422.
        server_errors: Whether a pydantic ``ValidationError`` or a :class:`nofields.FieldError` that the
            app's own code raises counts as the caller's mistake too. Otherwise it is one of the server's:
            the caller gets ``500 Internal Server Error``, and the server logs the error. Starlette
            without FastAPI, whose apps validate in their own code, needs this.
    """

    async def answer(request: Request, error: Exception) -> Response:
        each = cast(HasErrors | FieldError, error)
        malformed = any(detail["type"] == "json_invalid" and detail["loc"][:1] == ("body",) for detail in details(each))
        status = malformed_json if malformed else STATUS
        return problem_response(request, each, type=type, locale=locale, catalogs=catalogs, status=status)

    for kind in (*_of_fastapi(), *((FieldError, ValidationError) if server_errors else ())):
        app.add_exception_handler(kind, answer)


def problem_response(
    request: Request,
    error: HasErrors | FieldError,
    *,
    type: str = "about:blank",
    model: object = None,
    locale: str = DEFAULT,
    catalogs: Catalogs = PROCESS_WIDE,
    status: int = STATUS,
) -> Response:
    """Return the response to a validation error.

    Args:
        request: The request; its ``Accept-Language`` header selects the language.
        error: A pydantic ``ValidationError``, FastAPI's ``RequestValidationError`` or a
            :class:`nofields.FieldError`.
        type: The URI of the problem type.
        model: The model that was validated, see :func:`nofields.localize`. FastAPI's error needs none:
            its route is known.
        locale: The language of callers that ask for none that there is.
        catalogs: The catalogs of an app that has its own.
        status: The status.

    Returns:
        The response. Its ``errors`` have the key, reason, detail, params and label of each rejected
        value, and its pointer (RFC 6901), or ``in`` and ``parameter`` outside the body.
    """
    reader = Reader(negotiate(listed(request, "accept-language"), locale, catalogs), catalogs)
    content = {
        "type": type,
        "title": reader.text(Phrase.__members__.get(f"HTTP_{status}_TITLE", Phrase.HTTP_422_TITLE)),
        "status": status,
        "errors": [_texts(located, reader) | pointer for located, pointer in _located_errors(request, error, model)],
    }
    headers = {"Content-Language": reader.language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def _texts(located: Located, reader: Reader) -> dict[str, object]:
    error = localized(located, reader)
    texts = {"key": error["key"], "reason": error["reason"], "detail": error["message"]}
    return texts | {"params": error["params"], "label": error["label"]}


def _located_errors(
    request: Request, error: HasErrors | FieldError, model: object
) -> Iterator[tuple[Located, dict[str, object]]]:
    """Yield each error with the members that say where it is."""
    if isinstance(error, FieldError | ValidationError):
        for located in problems(error, model):
            yield located, {"pointer": _pointer(located.place.loc)}
        return
    shapes, body = _shapes(request), getattr(error, "body", None)
    for detail in details(error):
        source, *rest = detail["loc"] or ("body",)
        known = shapes.get(str(source))
        located = problem_at(detail, partial(_place_in, known) if known else without_model)
        if source not in shapes:
            yield located, {"pointer": _pointer(located.place.loc)}
        elif source != "body":
            parts = located.place.loc[1:]
            yield located, {"in": str(source), "parameter": ".".join(str(part) for part in parts if part != KEY)}
        else:
            shown = located.place.loc[1:]
            sent = [*rest, *shown[len(rest) :]]  # the parts of a linked field are as they are sent
            yield located, {"pointer": _pointer(_in_body(detail, body, sent, shown))}


def _place_in(known: Shape, loc: Loc, kind: str, at: Loc = ()) -> Place:
    """Find a place in the parameters of a route, whose ``loc`` begins with where they are sent."""
    found = place(loc[1:], kind, known, at)
    if loc[0] == "header" and MASK in found.loc:  # the fields of a model of headers have names with underscores
        named = place([part.replace("-", "_") if isinstance(part, str) else part for part in loc[1:]], kind, known, at)
        found = found if MASK in named.loc else named._replace(loc=(*loc[1:], *named.loc[len(loc) - 1 :]))
    return found._replace(loc=(*loc[:1], *found.loc))


def _in_body(detail: ErrorDetail, body: object, parts: Sequence[Part], shown: Sequence[Part]) -> Sequence[Part]:
    return () if detail["type"] == "json_invalid" else _path_into(body, parts, shown)


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

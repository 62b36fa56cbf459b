"""Refused values as problem details (RFC 9457), in the caller's language and without the values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nofields import messages
from nofields.errors import MASK, FieldError
from nofields.keys import Phrase
from nofields.languages import negotiate
from nofields.localization import LocalizedError, localize
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
#: Where FastAPI says that a value was; what is in the body is pointed to, the rest is named.
_ELSEWHERE = ("query", "path", "header", "cookie")
#: What can be the name of a field, a year in it. Anything else in ``loc`` may be a dictionary's key: sent by the caller, maybe
#: secret.
_NAME = re.compile(r"(?!.*[0-9]{5})[^\W\d][\w.-]{0,63}")
#: Stands in ``loc`` behind the key of a dictionary that was refused itself.
_KEY = "[key]"
_ABSENT: Final = object()


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
    said = localize(error, language)
    kinds = [None] * len(said) if isinstance(error, FieldError) else [each["type"] for each in error.errors()]
    body = {
        "type": type,
        "title": messages.message(Phrase.HTTP_422_TITLE, language),
        "status": STATUS,
        "errors": [_entry(each, kind, getattr(error, "body", None)) for each, kind in zip(said, kinds)],
    }
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return JSONResponse(body, STATUS, headers=headers, media_type=MEDIA_TYPE)


def _entry(said: LocalizedError, kind: str | None, body: Any) -> Mapping[str, str]:
    entry = {"key": said["key"], "reason": said["reason"], "detail": said["message"]}
    where, *rest = said["loc"] or ("body",)
    if where in _ELSEWHERE:
        return entry | {"in": str(where), "parameter": ".".join(map(str, _shown(rest)))}
    parts = _into(body, rest) if where == "body" else said["loc"]
    return entry | {"pointer": _pointer([] if kind == "json_invalid" else parts)}


def _into(body: Any, parts: Sequence[int | str]) -> Sequence[int | str]:
    """The parts of a ``loc`` that lead into a body, if it is known: pydantic names branches of unions between them."""
    found: list[int | str] = []
    for place, part in enumerate(parts):
        if body is None or part == _KEY:
            return [*found, *parts[place:]]
        if not isinstance(body, Mapping | list):
            break
        if (inside := _member(body, part)) is not _ABSENT:
            found.append(part)
            body = inside
        elif place + 1 == len(parts):  # missing, or sent under another name
            found.append(part)
    return found


def _member(body: Mapping[Any, Any] | list[Any], part: int | str) -> Any:
    """The value at one part of a ``loc``, or ``_ABSENT``."""
    if isinstance(body, Mapping):
        return body.get(part, _ABSENT)
    return body[part] if isinstance(part, int) and 0 <= part < len(body) else _ABSENT


def _pointer(parts: Sequence[int | str]) -> str:
    """A JSON pointer as URI fragment, as in RFC 9457: ``#/people/0/name``."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in _shown(parts))
    return "#" + "".join(f"/{quote(part, safe='~*')}" for part in escaped)


def _shown(parts: Sequence[int | str]) -> list[int | str]:
    """The parts of a ``loc``, keys that the caller made up masked."""
    behind = (*parts[1:], None)
    return [
        MASK if next_part == _KEY or (isinstance(part, str) and not _NAME.fullmatch(part)) else part
        for part, next_part in zip(parts, behind)
        if part != _KEY
    ]


def _of_fastapi() -> tuple[type[Exception], ...]:
    try:
        from fastapi.exceptions import RequestValidationError
    except ImportError:  # an app of Starlette alone
        return ()
    return (RequestValidationError,)

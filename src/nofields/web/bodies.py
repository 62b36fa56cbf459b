"""Read the body of a request up to a limit, whatever its headers claim."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from nofields.forms.endpoints import LARGEST, declares_too_much

_MAX_FIELDS = 200


async def read(request: Request, largest: int = LARGEST) -> bytes:
    """Return the body.

    Raises ``HTTPException`` 413 as soon as it is too large, whether or not a length is declared.
    """
    if declares_too_much(request.headers.get("content-length", ""), largest):
        raise HTTPException(413)
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > largest:
            raise HTTPException(413)
    return bytes(parts)


async def read_form(request: Request, largest: int = LARGEST) -> dict[str, list[str]]:
    """Return the fields of a form, each with all its values.

    Raises ``HTTPException`` 400 if the body is not a URL-encoded form, and 413 if it is too large.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    body = (await read(request, largest)).decode("utf-8", "replace")
    try:
        return parse_qs(body, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    except ValueError:
        raise HTTPException(400) from None

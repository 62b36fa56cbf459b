"""Read the body of a request up to a limit, whatever its headers claim."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: In bytes: more than any of the forms needs.
LARGEST = 64 * 1024
_MAX_FIELDS = 200
#: A ``Content-Length`` with more digits is not converted to a number.
_MAX_LENGTH_DIGITS = 18


async def read(request: Request, largest: int = LARGEST) -> bytes:
    """Return the body.

    Raises ``HTTPException`` 413 as soon as it is too large, whether or not a length is declared.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > _MAX_LENGTH_DIGITS or int(declared) > largest):
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


async def read_json(request: Request, largest: int = LARGEST) -> object:
    """Return the parsed JSON of a body.

    Raises ``HTTPException`` 400 if the body is not JSON, and 413 if it is too large.
    """
    try:
        return json.loads(await read(request, largest))
    except (ValueError, RecursionError):
        raise HTTPException(400) from None

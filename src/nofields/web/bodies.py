"""Reads the body of a request up to a limit, whatever its headers promise."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: More than any form here can hold, in bytes.
LARGEST = 64 * 1024
_MOST_FIELDS = 200
#: A length with more digits is not read as a number.
_LONGEST_LENGTH = 18


async def read(request: Request, largest: int = LARGEST) -> bytes:
    """The body; raises ``HTTPException`` 413 as soon as it is larger, also when it says nothing of its length."""
    promised = request.headers.get("content-length", "")
    if promised.isascii() and promised.isdigit() and (len(promised) > _LONGEST_LENGTH or int(promised) > largest):
        raise HTTPException(413)
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > largest:
            raise HTTPException(413)
    return bytes(parts)


async def read_form(request: Request, largest: int = LARGEST) -> dict[str, list[str]]:
    """The fields of a form, each with all its values; raises ``HTTPException`` 400 for what is no such form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    body = (await read(request, largest)).decode("utf-8", "replace")
    try:
        return parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(400) from None


async def read_json(request: Request, largest: int = LARGEST) -> Any:
    """The JSON of a body; raises ``HTTPException`` 400 for what is none."""
    try:
        return json.loads(await read(request, largest))
    except (ValueError, RecursionError):
        raise HTTPException(400) from None

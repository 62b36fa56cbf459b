"""Reads the headers of a request."""

from __future__ import annotations

from starlette.requests import Request


def listed(request: Request, name: str) -> str:
    """A header that is a list, as one text: of several lines each adds to it, after a comma (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist(name))

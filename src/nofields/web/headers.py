"""Request headers."""

from __future__ import annotations

from starlette.requests import Request


def listed(request: Request, name: str) -> str:
    """Return a list header as one text; several lines are joined with commas (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist(name))

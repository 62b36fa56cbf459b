"""OpenAPI's description of the responses to rejected requests."""

from __future__ import annotations

from typing import Any

STATUS = 422
MEDIA_TYPE = "application/problem+json"
_TEXT = {"type": "string"}
_ENTRY = dict.fromkeys(["key", "reason", "detail", "label", "pointer", "in", "parameter"], _TEXT) | {
    "params": {"type": "object", "description": "The parameters of the key's text."}
}
_ENTRIES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": _ENTRY, "required": ["key", "reason", "detail", "params", "label"]},
}


def _problem(status: int) -> dict[str, Any]:
    properties = {"type": _TEXT, "title": _TEXT, "status": {"const": status}, "errors": _ENTRIES}
    return {"schema": {"type": "object", "properties": properties, "required": [*properties]}}


#: For ``FastAPI(responses=RESPONSES)``: the responses, in place of those that FastAPI describes.
RESPONSES: dict[int | str, dict[str, Any]] = {
    400: {
        "description": "The body could not be read.",
        "content": {
            "application/json": {"schema": {"type": "object", "properties": {"detail": _TEXT}, "required": ["detail"]}},
            MEDIA_TYPE: _problem(400),  # with malformed_json=400
        },
    },
    STATUS: {"description": "Values were rejected.", "content": {MEDIA_TYPE: _problem(STATUS)}},
}

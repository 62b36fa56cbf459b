"""The entry of the npm package for Ajv."""

from __future__ import annotations

import json

from nofields.export.rules import Fields, exported_fields
from nofields.export.twins import static
from nofields.fields import ALL


def ajv_module(own: Fields | None = None) -> str:
    """Return the ES module that adds keyword and formats of the JSON Schema to Ajv."""
    from nofields.schema import KEYWORD  # here: it imports pydantic_core, which the command line need not wait for

    constants = f"const KEYWORD = {json.dumps(KEYWORD)};\nconst formats = {json.dumps(formats(own), indent=2)};\n"
    source = static("ajv")
    head, imported, body = source.partition('import { field } from "./nofields.mjs";\n')
    return head + imported + constants + body


def formats(own: Fields | None = None) -> dict[str, list[str]]:
    """Return the names of the fields that have a format, by format: those whose checks accept what has it.

    There are none for a format of a field of nofields that JavaScript lacks. A project's field with the
    format of the field that it narrows adds to what has the format.
    """
    exported = exported_fields(own)
    found: dict[str, list[str]] = {field.schema_format: [] for field in (*ALL, *exported.values())}
    lacking = {field.schema_format for field in ALL if field not in exported.values()}
    for name, field in exported.items():
        if field.schema_format not in lacking:
            found[field.schema_format].append(name)
    return found

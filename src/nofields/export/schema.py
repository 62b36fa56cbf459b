"""JSON Schema (2020-12) of every field."""

from __future__ import annotations

import json

from nofields.fields import ALL
from nofields.schema import json_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> str:
    """Return one JSON document with a definition for each field type.

    Another schema refers to one by ``{"$ref": "nofields.schema.json#/$defs/OrganisationNumber"}``.
    """
    definitions = {field.__name__: json_schema(field, clean=False) for field in ALL}
    notice = "Written by `nofields export`: do not edit."
    document = {"$schema": DIALECT, "$id": "nofields.schema.json", "$comment": notice, "$defs": definitions}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

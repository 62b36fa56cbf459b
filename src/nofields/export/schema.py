"""JSON Schema of every field."""

from __future__ import annotations

import json
from enum import StrEnum

from nofields.export.notice import WRITTEN
from nofields.fields import ALL


class Draft(StrEnum):
    """A version of JSON Schema."""

    LATEST = "2020-12"
    DRAFT_7 = "7"


#: The address of each version's metaschema, and its keyword for definitions. The fields use no other keyword that differs.
_DIALECTS = {
    Draft.LATEST: ("https://json-schema.org/draft/2020-12/schema", "$defs"),
    Draft.DRAFT_7: ("http://json-schema.org/draft-07/schema#", "definitions"),
}


def schema(draft: Draft = Draft.LATEST) -> str:
    """Return one JSON document with a definition for each field type.

    Another schema refers to one by ``{"$ref": "nofields.schema.json#/$defs/OrganisationNumber"}``, in draft 7 by
    ``{"$ref": "nofields.schema.json#/definitions/OrganisationNumber"}``.
    """
    from nofields.schema import json_schema  # here: it imports pydantic_core, which the command line need not wait for

    dialect, keyword = _DIALECTS[draft]
    definitions = {field.__name__: json_schema(field, clean=False) for field in ALL}
    document = {"$schema": dialect, "$id": "nofields.schema.json", "$comment": WRITTEN, keyword: definitions}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

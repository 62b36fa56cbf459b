"""Text resources for Altinn Studio are what its apps read, and show what they should."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft7Validator

from helpers.bundles import reader
from nofields import Key, message
from nofields.catalogs import LANGUAGES
from nofields.export.bundles import bundle

#: What app-frontend-react's text-resources.schema.v1.json demands, of the parts that are exported.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["language", "resources"],
    "properties": {
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "resources": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "value"],
                "properties": {
                    "id": {"type": "string"},
                    "value": {"type": "string"},
                    "variables": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["key", "dataSource"],
                            "properties": {
                                "key": {"type": "string", "pattern": r"^[\w.\-_{}\[\]]+$"},
                                "dataSource": {"enum": ["customTextParameters", "instanceContext", "applicationSettings"]},
                                "defaultValue": {"type": "string"},
                            },
                        },
                    },
                },
            },
        },
    },
}
#: What GitHub's Markdown, which Altinn renders, makes a link of.
LINK = re.compile(r"[\w.+-]@\w|(?:https?|ftp)://|www\.", re.IGNORECASE)


def resources(language: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(bundle(language, "altinn", own=True))["resources"]
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_schema(language: str) -> None:
    Draft7Validator(SCHEMA).validate(json.loads(bundle(language, "altinn", own=True)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables(language: str) -> None:
    """A text has a variable for each position, and shows no name of one where an app gives no value."""
    for each in resources(language):
        variables = each.get("variables", [])
        assert set(re.findall(r"\{(.*?)\}", each["value"])) == set(map(str, range(len(variables)))), each["id"]
        assert all(variable["defaultValue"] for variable in variables), each["id"]
        assert "variables" not in each or variables


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_links(language: str) -> None:
    texts = [text for each in resources(language) for text in (each["value"], *_defaults(each))]
    assert not list(filter(LINK.search, texts))
    assert any(r"\@" in text for text in texts)


def _defaults(resource: dict[str, Any]) -> list[str]:
    return [variable["defaultValue"] for variable in resource.get("variables", [])]


@pytest.mark.parametrize(
    ("key", "params"),
    [
        (Key.TEXTAREA_FIELD_LENGTH_ERROR, {}),
        (Key.TEXTAREA_FIELD_LENGTH_ERROR, {"max": "500"}),
        (Key.DATE_TO_FROM_ERROR, {"example": "01.02.2030"}),
        (Key.ORGANISATION_FIELD_ERROR, {}),
        ("ERROR_TAG", {"name": "kind", "expected": "cat, dog"}),
        ("ALTINN_TEST_LIMITED", {"seconds": "…"}),
    ],
)
def test_parameters_of_an_app(key: str, params: dict[str, str]) -> None:
    with reader("altinn") as read:
        assert read(bundle("nb", "altinn", own=True), "nb", [(key, params)]) == [message(key, "nb", **params)]

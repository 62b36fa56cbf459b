"""Schemathesis finds no fault with the endpoints that the pages' scripts call."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import schemathesis
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from helpers.altinn_site import LOCAL, ORGNR, hidden, new_store
from nofields.altinn import Outcome, app
from nofields.altinn.client.environments import AnyOrganisationNumber

TEXT = {"type": "string"}


def answer(description: str, schema: Any = None, kind: str = "application/json") -> Any:
    return {"description": description, "content": {kind: {"schema": schema or {}}}}


def record(**properties: Any) -> Any:
    return {"type": "object", "properties": properties, "required": list(properties)}


PROBLEM = record(type=TEXT, title=TEXT, status={"type": "integer"})
PROBLEMS = {str(status): answer("An error.", PROBLEM, "application/problem+json") for status in (400, 403, 404, 413)}
ERROR = record(id=TEXT, label=TEXT, key=TEXT, reason=TEXT, message=TEXT, text=TEXT)
RESULT = record(outcome={"enum": [str(each) for each in Outcome]}, color=TEXT, title=TEXT, text=TEXT)
PATHS: dict[str, Any] = {
    "/assets/check/{form}": {
        "post": {
            "parameters": [
                {
                    "name": "form",
                    "in": "path",
                    "required": True,
                    "schema": {"enum": ["registration", "company", "settings", "connection"]},
                }
            ],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {"name": TEXT, "value": {}, "lang": TEXT},
                            "required": ["name"],
                        }
                    }
                },
            },
            "responses": {"200": answer("The error, if any.", record(error={"anyOf": [ERROR, {"type": "null"}]})), **PROBLEMS},
        }
    },
    "/assets/place/{code}": {
        "get": {
            "parameters": [{"name": "code", "in": "path", "required": True, "schema": TEXT}],
            "responses": {"200": answer("The place.", record(place={"type": ["string", "null"]}))},
        }
    },
    "/settings/{orgnr}": {
        "get": {"responses": {"200": answer("The page.", kind="text/html")}},
        "post": {
            "parameters": [{"name": "orgnr", "in": "path", "required": True, "schema": {"const": ORGNR}}],
            "requestBody": {
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "properties": dict.fromkeys(["system_id", "password", "language"], TEXT)}
                    }
                },
            },
            "responses": {
                "200": answer("The result of the test.", RESULT),
                "422": answer("The page shows the errors.", record(outcome={"const": "page"})),
                "429": answer("Too many tests.", RESULT),
                **PROBLEMS,
            },
        },
    },
}


class Unreachable:
    """A client of an Altinn that is never asked: the endpoints of scripts ask it nothing."""

    system_id = "991825827_smartcloud"
    may_ask = True

    class maskinporten:  # noqa: N801
        organisation_number = AnyOrganisationNumber


#: Deleted when the tests end.
FOLDER = tempfile.TemporaryDirectory()


def served() -> Starlette:
    """The Altinn app with a description of its endpoints beside it."""

    def description(request: Request) -> JSONResponse:
        return JSONResponse({"openapi": "3.1.0", "info": {"title": "Altinn forms", "version": "1"}, "paths": PATHS})

    both: Any = {"altinn3": Unreachable(), "altinn2": True}
    altinn = app(store=new_store(Path(FOLDER.name)), allowed_hosts=["*"], tests_per_minute=20, **both)
    return Starlette(routes=[Route("/openapi.json", description), Mount("/", altinn)])


SERVED = served()
schema = schemathesis.openapi.from_asgi("/openapi.json", SERVED)
#: A form accepts any text, and answers with its errors.
TYPED_FREELY = [schemathesis.checks.CHECKS.get_one(name) for name in ("negative_data_rejection", "positive_data_acceptance")]


@schema.include(path_regex="^/assets/").parametrize()
def test_script_endpoints(case: schemathesis.Case) -> None:
    case.call_and_validate()


@schema.include(path_regex="^/settings/", method="POST").parametrize()
def test_login_test(case: schemathesis.Case) -> None:
    """Sent from the form's own page, with its token."""
    visitor = TestClient(SERVED, base_url=LOCAL)
    token = hidden(visitor.get(f"/settings/{ORGNR}").text)
    if isinstance(case.body, dict):
        case.body = {**case.body, **token, "press": "test"}
    case.cookies = dict(visitor.cookies)
    case.call_and_validate(headers={"Accept": "application/json"}, excluded_checks=TYPED_FREELY)

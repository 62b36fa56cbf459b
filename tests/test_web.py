"""Rejected values as problem+json, in FastAPI and Starlette; the assets, checks and places that forms load."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Header, Query
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Discriminator, Field, PlainValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from helpers.canaries import CANARIES, NUMBERS, PASSWORD, assert_silent
from nofields import AccountNumber, AltinnPassword, EmailAddress, NationalIdentityNumber, OrganisationNumber, PostalCode
from nofields.forms import Form
from nofields.forms.endpoints import LARGEST
from nofields.web import RESPONSES, assets, install, problem_response
from nofields.web.bodies import _MAX_FIELDS, read, read_form


class Person(BaseModel):
    number: NationalIdentityNumber
    password: AltinnPassword
    accounts: dict[str, list[AccountNumber]] = {}
    others: dict[NationalIdentityNumber, str] = {}


def starlette_app() -> Starlette:
    async def people(request: Request) -> Response:
        return JSONResponse(Person.model_validate(await request.json()).model_dump())

    async def company(request: Request) -> Response:
        return JSONResponse(OrganisationNumber(request.path_params["orgnr"]))

    return Starlette(routes=[Route("/people", people, methods=["POST"]), Route("/company/{orgnr}", company)])


def fastapi_app() -> FastAPI:
    app = FastAPI()

    @app.post("/people")
    def people(person: Person) -> str:
        return "accepted"

    @app.get("/company/{orgnr}")
    def company(orgnr: OrganisationNumber, code: Annotated[PostalCode | None, Query()] = None) -> str:
        return "accepted"

    return app


@pytest.fixture(params=[starlette_app, fastapi_app], ids=["starlette", "fastapi"])
def client(request: pytest.FixtureRequest) -> TestClient:
    app = request.param()
    install(app, server_errors=isinstance(app, Starlette) and not isinstance(app, FastAPI))
    return TestClient(app)


def test_problem_document(client: TestClient) -> None:
    answer = client.post("/people", json={"number": "123"}, headers={"Accept-Language": "nn, en;q=0.5"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "nn"
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Innhaldet kunne ikkje handsamast",
        "status": 422,
        "errors": [
            {
                "key": "SSN_ERROR",
                "reason": "length",
                "detail": "Skriv inn eit gyldig fødselsnummer (11 siffer).",
                "params": {"digits": 11},
                "label": "Fødselsnummer",
                "pointer": "#/number",
            },
            {
                "key": "TEXT_FIELD_ERROR",
                "reason": "required",
                "detail": "Feltet må fyllast ut.",
                "params": {},
                "label": "Passord for datasystemet" if isinstance(client.app, FastAPI) else "",
                "pointer": "#/password",
            },
        ],
    }


@pytest.mark.parametrize("secret", [*NUMBERS, PASSWORD])
def test_no_rejected_value_shows(client: TestClient, secret: str) -> None:
    sent = {"number": secret, "password": secret, "others": {secret: "x"}, "accounts": {"mine": [secret]}}
    answer = client.post("/people", json=sent)
    assert answer.status_code == 422
    assert_silent(answer.text, str(answer.headers))


def test_pointer_into_a_dictionary(client: TestClient) -> None:
    """FastAPI's route shows that the caller made up the key; Starlette has no such information."""
    sent = {"number": "30108299920", "password": "Fjell2024", "accounts": {"mine": ["86011117947", "1"]}}
    (error,) = client.post("/people", json=sent).json()["errors"]
    assert error["pointer"] == ("#/accounts/***/1" if isinstance(client.app, FastAPI) else "#/accounts/mine/1")


@pytest.mark.parametrize(
    ("loc", "kind", "pointer"),
    [
        ((), "missing", "#"),
        (("a", 0, "b"), "missing", "#/a/0/b"),
        (("a~b/c",), "missing", "#/a~0b~1c"),
        (("æ",), "missing", "#/%C3%A6"),
        (("people", "03851598731", "[key]"), "SSN_ERROR", "#/people/***"),
        (("people", "Hemmeleg", "[key]"), "SSN_ERROR", "#/people/***"),
        (("Fjell2024x",), "extra_forbidden", "#/***"),
        (("inntekt2025",), "missing", "#/inntekt2025"),
        (("addressLine2",), "missing", "#/addressLine2"),
        (("k03851598731",), "missing", "#/***"),
        (("people", "038515 98731", 1), "missing", "#/people/***/1"),
        (("query", "x"), "missing", "#/query/x"),
    ],
)
def test_pointer_without_a_model(loc: tuple[str | int, ...], kind: str, pointer: str) -> None:
    """Names of fields are shown, and keys that the caller made up are masked."""
    details: Any = [InitErrorDetails(type=PydanticCustomError(kind, "x"), loc=loc, input=None)]  # type: ignore[arg-type]
    answer = problem_response(received([], {}), ValidationError.from_exception_data("X", details))
    assert json.loads(answer.body)["errors"][0]["pointer"] == pointer


class Cat(BaseModel):
    kind: Literal["cat"]
    owner: OrganisationNumber


class Dog(BaseModel):
    kind: Literal["dog"]
    owner: NationalIdentityNumber


class Animals(BaseModel):
    id: OrganisationNumber | NationalIdentityNumber = OrganisationNumber("974760673")
    either: Cat | Dog | None = None
    tagged: Annotated[Cat | Dog, Discriminator("kind")] | None = None
    many: list[Cat | Dog] = []


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        ({"id": "1"}, {"#/id"}),
        ({"either": {"kind": "cat", "owner": "1"}}, {"#/either/owner", "#/either/kind"}),
        ({"tagged": {"kind": "dog", "owner": "1"}}, {"#/tagged/owner"}),
        ({"tagged": {"kind": "dog"}}, {"#/tagged/owner"}),
        ({"tagged": {"kind": "cow"}}, {"#/tagged"}),
        ({"many": [{"kind": "cat", "owner": "974760673"}, {"kind": "cat"}]}, {"#/many/1/owner", "#/many/1/kind"}),
        ({"many": 1}, {"#/many"}),
        ([], {"#"}),
    ],
)
def test_pointer_into_a_union(sent: Any, pointers: set[str]) -> None:
    app = FastAPI()

    @app.post("/animals")
    def animals(animals: Animals) -> str:
        return "accepted"

    install(app)
    errors = TestClient(app).post("/animals", json=sent).json()["errors"]
    assert {each["pointer"] for each in errors} == pointers


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: OrganisationNumber = Field(alias="orgNumber")
    people: dict[str, OrganisationNumber] = {}


class Foreign:
    """A type for which pydantic has no schema."""


def an_organisation(value: object) -> Foreign:
    OrganisationNumber(value)
    return Foreign()


def inherited(own: Annotated[PostalCode, Header()], many: Annotated[Strict, Query()]) -> None: ...


def app_of_routes() -> FastAPI:
    """Parameters of every kind, of the route and of what it depends on."""
    app = FastAPI(dependencies=[Depends(lambda code: None)])
    router = APIRouter()

    @app.post("/one")
    def one(body: Strict) -> None: ...

    @app.post("/embedded")
    def embedded(body: Strict, other: Annotated[dict[str, OrganisationNumber], Body()]) -> None: ...

    @app.post("/list")
    def several(body: list[dict[str, Strict]]) -> None: ...

    @app.post("/odd")
    def odd(body: Annotated[dict[str, Annotated[Foreign, PlainValidator(an_organisation)]], Body()]) -> None: ...

    @router.get("/places/{place}")
    def places(place: PostalCode, token: Annotated[PostalCode, Cookie()]) -> None: ...

    app.include_router(router, dependencies=[Depends(inherited)])
    install(app)
    return app


#: The route, what is sent to it, and the pointers and names of the errors. ``SECRET`` is a key that the caller made up.
SECRET = "Fjell2024x"
ROUTES: list[tuple[str, dict[str, Any], set[str]]] = [
    (
        "POST /one?code=1",
        {"json": {"orgNumber": "1", SECRET: 1, "people": {SECRET: "1"}}},
        {"#/orgNumber", "#/***", "#/people/***"},
    ),
    ("POST /one", {"json": {"orgNumber": "974760673"}}, {"query code"}),
    (
        "POST /embedded?code=1",
        {"json": {"body": {SECRET: 1}, "other": {SECRET: "1"}}},
        {"#/body/orgNumber", "#/body/***", "#/other/***"},
    ),
    ("POST /list?code=1", {"json": [{SECRET: {SECRET: 1}}]}, {"#/0/***/orgNumber", "#/0/***/***"}),
    ("POST /odd?code=1", {"json": {SECRET: "1"}}, {"#/***"}),
    (
        "GET /places/x?code=1",
        {"params": {"code": "1", SECRET: "1", "people": "1"}, "headers": {"own": "x", "cookie": "token=x"}},
        {"path place", "query ***", "query orgNumber", "query people", "header own", "cookie token"},
    ),
]


@pytest.mark.parametrize(("route", "sent", "places"), ROUTES)
def test_pointer_by_route(route: str, sent: dict[str, Any], places: set[str]) -> None:
    method, path = route.split()
    answer = TestClient(app_of_routes()).request(method, path, **sent)
    errors = answer.json()["errors"]
    assert {each.get("pointer") or f"{each['in']} {each['parameter']}" for each in errors} - {"query code"} == places - {
        "query code"
    }
    assert SECRET not in answer.text


def test_error_without_a_route() -> None:
    from fastapi.exceptions import RequestValidationError

    details = [{"type": "missing", "loc": ("body", "people", "03851598730", "name")}]
    answer = problem_response(received([], {}), RequestValidationError(details))
    assert json.loads(answer.body)["errors"][0]["pointer"] == "#/people/***/name"


class OnlyByIndex(list[Any]):
    """A body's list that must not be iterated for every error: that would take quadratic time."""

    def __iter__(self) -> Any:
        raise AssertionError("the whole list is read")


@pytest.mark.parametrize("loc", [("body", "xs", 1, "y"), ("body", "xs", 2), ("body", "xs", -1)])
def test_pointer_into_a_list(loc: tuple[str | int, ...]) -> None:
    error = RequestValidationError([{"loc": loc, "type": "missing"}], body={"xs": OnlyByIndex([{}, {}])})
    answer = problem_response(Request({"type": "http", "headers": []}), error)
    assert json.loads(answer.body)["errors"][0]["pointer"] == "#/" + "/".join(map(str, loc[1:]))


def test_repeated_accept_language(client: TestClient) -> None:
    """A proxy may split or join the lines of a header (RFC 9110, 5.3)."""
    lines = [("Accept-Language", "de, nb;q=0.1"), ("Accept-Language", "nn;q=0.9"), ("Accept-Language", "en;q=0.5")]
    assert client.post("/people", json={}, headers=lines).headers["content-language"] == "nn"


def test_field_error() -> None:
    app = starlette_app()
    install(app, type="https://example.com/rejected", server_errors=True)
    answer = TestClient(app).get("/company/974760674", headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert answer.json()["type"] == "https://example.com/rejected"
    (error,) = answer.json()["errors"]
    assert (error["key"], error["pointer"]) == ("ORGANISATION_FIELD_ERROR", "#")


def test_outside_the_body() -> None:
    app = fastapi_app()
    install(app)
    errors = TestClient(app).get("/company/1?code=x").json()["errors"]
    assert [(each["in"], each["parameter"], each["reason"]) for each in errors] == [
        ("path", "orgnr", "length"),
        ("query", "code", "characters"),
    ]
    assert all("pointer" not in each for each in errors)


def test_invalid_json() -> None:
    app = fastapi_app()
    install(app)
    answer = TestClient(app).post("/people", content=b'{"number": "Kanari', headers={"content-type": "application/json"})
    assert (answer.status_code, [each["pointer"] for each in answer.json()["errors"]]) == (422, ["#"])
    assert_silent(answer.text)


@pytest.mark.parametrize("raise_error", [lambda: OrganisationNumber("1"), lambda: Person.model_validate({})])
def test_error_of_the_server(raise_error: Callable[[], object]) -> None:
    """What the app's own code raises is no mistake of the caller's, unless the app says so."""
    for server_errors, status in ((False, 500), (True, 422)):
        app = FastAPI()
        install(app, server_errors=server_errors)
        app.get("/")(raise_error)
        assert TestClient(app, raise_server_exceptions=False).get("/").status_code == status
        if not server_errors:
            with pytest.raises(ValueError, match=r"validation errors|organisasjonsnummer"):
                TestClient(app).get("/")  # passed on to the server, which logs it


def test_malformed_json_as_400() -> None:
    app = fastapi_app()
    install(app, malformed_json=400)
    client, headers = TestClient(app), {"content-type": "application/json"}
    answer = client.post("/people", content=b"{", headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert client.post("/people", content=b"{}", headers=headers).status_code == 422


def test_default_language() -> None:
    app = fastapi_app()
    install(app, locale="en")
    for header, language in (("de", "en"), ("nn", "nn"), ("", "en")):
        answer = TestClient(app).post("/people", json={}, headers={"accept-language": header})
        assert answer.headers["content-language"] == language


def test_responses_for_openapi() -> None:
    """They describe FastAPI's own answer to an unreadable body too."""
    app = FastAPI(responses=RESPONSES)
    install(app)

    @app.post("/people")
    def people(person: Person) -> str:
        return "accepted"

    responses = app.openapi()["paths"]["/people"]["post"]["responses"]
    assert set(responses) == {"200", "400", "422"}
    answer = TestClient(app).post("/people", content=b"\xff", headers={"content-type": "application/json"})
    described = responses[str(answer.status_code)]["content"]
    assert answer.headers["content-type"] in described
    Draft202012Validator(described[answer.headers["content-type"]]["schema"]).validate(answer.json())
    answer = TestClient(app).post("/people", json={"number": "1"})
    schema = responses["422"]["content"]["application/problem+json"]["schema"]
    Draft202012Validator(schema).validate(answer.json())
    assert schema["properties"]["errors"]["items"]["required"] == ["key", "reason", "detail", "params", "label"]


def received(parts: list[bytes], headers: dict[str, str]) -> Request:
    """A request whose body comes in parts; those not yet read stay in ``parts``."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    return Request({"type": "http", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}, receive)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=6), st.sampled_from([-1, 0, 1]), st.booleans())
def test_body_limit(parts: list[bytes], margin: int, declared: bool) -> None:
    """A body that declares too large a size is not read; any other is read up to the limit."""
    body, largest = b"".join(parts), max(sum(map(len, parts)) + margin, 0)
    request = received(parts, {"content-length": str(len(body))} if declared else {})
    if len(body) <= largest:
        assert asyncio.run(read(request, largest)) == body
        return
    with pytest.raises(HTTPException) as rejected:
        asyncio.run(read(request, largest))
    left = b"".join(parts)
    assert rejected.value.status_code == 413
    assert left == body if declared else len(body) - len(left) > largest


@pytest.mark.parametrize(("fields", "accepted"), [(_MAX_FIELDS, True), (_MAX_FIELDS + 1, False)])
def test_field_limit(fields: int, accepted: bool) -> None:
    request = received([b"&".join([b"a="] * fields)], {"content-type": "application/x-www-form-urlencoded"})
    if accepted:
        assert asyncio.run(read_form(request)) == {"a": [""] * fields}
        return
    with pytest.raises(HTTPException) as rejected:
        asyncio.run(read_form(request))
    assert rejected.value.status_code == 400


class Contact(BaseModel):
    email: EmailAddress
    password: AltinnPassword
    code: PostalCode | None = None


@pytest.fixture(scope="module")
def assets_client() -> TestClient:
    return TestClient(Starlette(routes=[Mount("/nofields", assets([Form(Contact, name="contact")]))]))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nofields.css", "text/css"),
        ("extras.css", "text/css"),
        ("announce.js", "text/javascript"),
        ("forms.js", "text/javascript"),
        ("inputs.js", "text/javascript"),
        ("nofields.js", "text/javascript"),
        ("messages.nn.json", "application/json"),
    ],
)
def test_caching(assets_client: TestClient, name: str, kind: str) -> None:
    answer = assets_client.get(f"/nofields/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["x-content-type-options"] == "nosniff"
    etag = answer.headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", W/{etag}', "*"):
        again = assets_client.get(f"/nofields/{name}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert assets_client.get(f"/nofields/{name}", headers={"If-None-Match": 'W/"x", ""'}).status_code == 200
    two_lines = [("If-None-Match", '"x"'), ("If-None-Match", etag)]
    assert assets_client.get(f"/nofields/{name}", headers=two_lines).status_code == 304


def test_duplicate_form_names() -> None:
    with pytest.raises(ValueError, match="'contact'"):
        assets([Form(Contact, name="contact"), Form(Person, name="contact", without={"accounts", "others"})])


@pytest.mark.parametrize("name", ["../forms.py", "%2e%2e/forms.py", "nothing.js", "nofields.d.ts"])
def test_other_files(assets_client: TestClient, name: str) -> None:
    assert assets_client.get(f"/nofields/{name}").status_code == 404


@pytest.mark.parametrize(("code", "place"), [("0357", "OSLO"), ("9999", None), ("x", None), ("٠٣٥٧", None)])
def test_postal_place(assets_client: TestClient, code: str, place: str | None) -> None:
    assert assets_client.get(f"/nofields/place/{code}").json() == {"place": place}


def test_field_check(assets_client: TestClient) -> None:
    answer = assets_client.post("/nofields/check/contact", json={"name": "email", "value": "ola@", "lang": "nn"})
    assert answer.json()["error"]["text"] == "Skriv inn ei gyldig e-postadresse."
    assert answer.headers["content-language"] == "nn"
    assert assets_client.post("/nofields/check/contact", json={"name": "email", "value": "ola@example.com"}).json() == {
        "error": None
    }
    assert assets_client.post("/nofields/check/contact", json={"name": "code", "value": ""}).json() == {"error": None}


def test_field_check_returns_the_error_of_the_form(assets_client: TestClient) -> None:
    answer = assets_client.post("/nofields/check/contact", json={"name": "code", "value": "1", "lang": "en"})
    error = Form(Contact, name="contact").bind({"code": "1"}, "en").error("code")
    names = ("id", "label", "key", "reason", "message", "text")
    assert answer.json() == {"error": {name: getattr(error, name) for name in names}}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * (LARGEST - 1)], ids=len)
def test_field_check_of_invalid_json(assets_client: TestClient, body: bytes) -> None:
    assert assets_client.post("/nofields/check/contact", content=body).status_code == 400


@pytest.mark.parametrize(
    ("form", "body", "status"),
    [
        ("nothing", {"name": "email"}, 404),
        ("contact", {"name": "nothing"}, 404),
        ("contact", {"name": "password", "value": PASSWORD}, 404),
        ("contact", {"value": "x"}, 400),
        ("contact", ["email"], 400),
        ("contact", None, 400),
        ("contact", {"name": "email", "lang": 1}, 400),
        ("contact", {"name": "email", "value": {"a": ["b"]}}, 200),
        ("contact", {"name": "email", "value": "x" * LARGEST}, 413),
    ],
)
def test_field_check_of_unknown_fields(assets_client: TestClient, form: str, body: Any, status: int) -> None:
    answer = assets_client.post(f"/nofields/check/{form}", content=json.dumps(body))
    assert answer.status_code == status
    assert not any(canary in answer.text for canary in CANARIES)

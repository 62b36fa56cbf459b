"""``OrNone[X]`` is ``X | None`` that reads blank text as ``None``, wherever pydantic validates it."""

# No `from __future__ import annotations`: the models are made from the field of each case.
import datetime
import pickle
from typing import Annotated, Any

import pytest
from fastapi import Cookie, FastAPI, Form, Header, Query
from hypothesis import find
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.testclient import TestClient

from helpers.values import each_field
from nofields import (
    Checkbox,
    CheckboxGroup,
    DateRange,
    Field,
    NorwegianDate,
    OrNone,
    PostalCode,
    localize,
)
from nofields import forms as nofields_forms
from nofields.ask import Ask
from nofields.web import install

#: A value of each field that has no examples, but the list of choices.
CHOSEN: dict[str, object] = {"Checkbox": True, "CheckboxGroup": ["x"], "Dropdown": "x", "Radio": "x"}
BLANK_TEXTS = ["", " ", "\t\u00a0\r\n", " " * 5000]


def value_of(field: type[Field]) -> object:
    return field(next(filter(field.is_valid, field.examples), CHOSEN.get(field.__name__)))  # type: ignore[call-arg]


class Text(str):
    __slots__ = ()


class Days(CheckboxGroup, choices=["mon", "tue"]): ...


@each_field
@pytest.mark.parametrize("blank", [None, *BLANK_TEXTS, Text(" ")], ids=repr)
def test_blank_text(field: type[Field], blank: object) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(OrNone[field])  # type: ignore[valid-type]
    assert adapter.validate_python(blank) is None


@each_field
def test_other_values(field: type[Field], monkeypatch: pytest.MonkeyPatch) -> None:
    """The field's own verdict, value and error."""
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")
    adapter: TypeAdapter[Any] = TypeAdapter(OrNone[field])  # type: ignore[valid-type]
    assert adapter.validate_python(value_of(field)) == value_of(field)
    for wrong in (object(), float("nan"), b"", "\0", ["\0"], {"x": object()}):
        with pytest.raises(ValidationError) as raised:
            adapter.validate_python(wrong)
        with pytest.raises(ValidationError) as expected:
            TypeAdapter(field).validate_python(wrong)
        assert raised.value.errors() == expected.value.errors()


@pytest.mark.parametrize(
    ("field", "blank"),
    [
        (Checkbox, False), (Days, []), (Days, ()), (Days, set()), (Days, [""]), (Days, [" ", None]),
        (DateRange, ("", "")), (DateRange, [None, " "]), (DateRange, {"from": "", "to": ""}), (DateRange, {}),
    ],
)  # fmt: skip
def test_blank_values_that_are_no_text(field: Any, blank: object) -> None:
    assert TypeAdapter(OrNone[field]).validate_python(blank) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (DateRange, ("1.1.2026", "")),
        (DateRange, {"from": "", "to": "1.1.2026"}),
        (Days, ["mon", ""]),
        (PostalCode, False),
        (PostalCode, []),
    ],
)
def test_a_value_that_is_blank_in_part_is_rejected(field: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(OrNone[field]).validate_python(value)


class Address(BaseModel):
    code: OrNone[PostalCode] = None
    moved: OrNone[NorwegianDate]
    inside: OrNone[Annotated[PostalCode, Ask(label="Innvendig", messages={"length": "Fire sifre."})]] = None
    outside: Annotated[OrNone[PostalCode], Ask(label="Utvendig", messages={"length": "Fire sifre."})] = None
    later: OrNone["Later"] = None
    floor: OrNone[int] = None
    built: OrNone[datetime.date] = None
    notes: list[OrNone[PostalCode]] = []


class Later(PostalCode, registered=True): ...


Address.model_rebuild()


def test_model() -> None:
    """Also of other types, inside and outside ``Annotated``, of a class that is defined later, and in a list."""
    blank: dict[str, Any] = dict.fromkeys(Address.model_fields, " ") | {"notes": ["", "0357"]}
    made = Address.model_validate(blank)
    assert made == Address(moved=None, notes=[None, PostalCode("0357")])
    assert Address.model_validate_json(made.model_dump_json()) == made == pickle.loads(pickle.dumps(made))
    with pytest.raises(ValidationError) as raised:
        Address.model_validate(dict.fromkeys(blank, "12") | {"moved": "12", "floor": "x", "notes": ["12"]})
    errors = {error["loc"]: error for error in localize(raised.value, model=Address)}
    assert {loc: error["message"] for loc, error in errors.items() if error["message"] == "Fire sifre."} == {
        ("inside",): "Fire sifre.",
        ("outside",): "Fire sifre.",
    }
    assert [errors[(name,)]["label"] for name in ("code", "inside", "outside")] == ["Postnummer", "Innvendig", "Utvendig"]
    assert {loc for loc in errors if len(loc) > 1} == {("notes", 0)}
    with pytest.raises(ValidationError, match="moved"):
        Address.model_validate({})


@each_field
def test_json_schema(field: type[Field], monkeypatch: pytest.MonkeyPatch) -> None:
    """The validation schema accepts null, blank text and what the field's accepts; serialised there is no blank text."""

    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")

    class Model(BaseModel):
        value: OrNone[field] = None  # type: ignore[valid-type]

    schema = Model.model_json_schema()
    Draft202012Validator.check_schema(schema)
    valid, serialised = Draft202012Validator(schema), Draft202012Validator(Model.model_json_schema(mode="serialization"))
    value = TypeAdapter(field).dump_python(value_of(field), mode="json")
    assert all(valid.is_valid({"value": each}) for each in (None, value, *BLANK_TEXTS))
    assert [serialised.is_valid({"value": each}) for each in (None, value, *BLANK_TEXTS)] == [True, True] + [False] * len(
        BLANK_TEXTS
    )
    assert schema["properties"]["value"]["default"] is None
    for other, accepted in [(False, field is Checkbox), ([], issubclass(field, CheckboxGroup))]:
        assert valid.is_valid({"value": other}) is accepted


def test_strategies() -> None:
    """Hypothesis draws values and ``None``, without any set-up."""

    class Model(BaseModel):
        code: OrNone[PostalCode]
        asked: OrNone[Annotated[PostalCode, Ask(label="x")]]

    for wanted in (type(None), PostalCode):
        assert find(st.builds(Model), lambda made, wanted=wanted: type(made.code) is type(made.asked) is wanted)  # type: ignore[misc]


def test_form() -> None:
    """A control that may be left empty, and says so."""

    class Model(BaseModel):
        code: OrNone[PostalCode] = None
        range: OrNone[DateRange] = None
        days: OrNone[Days] = None
        terms: OrNone[Checkbox] = None

    form = nofields_forms.Form(Model)
    bound = form.bind({"code": " ", "range.from": "", "range.to": ""}, "en")
    assert bound.value == Model()
    assert all(control.optional and control.field_type for control in form.controls.values())
    assert "(optional)" in bound.control("code")
    assert form.bind({"code": "0357", "days": ["mon"], "terms": "on"}).value == Model(code="0357", days=["mon"], terms=True)  # type: ignore[arg-type]
    assert [error.key for error in form.bind({"code": "1"}).errors] == ["POSTAL_CODE_ERROR"]


def test_fastapi() -> None:
    """JSON, query, form, header and cookie; in a model and as a lone parameter."""
    app = FastAPI()

    class Model(BaseModel):
        code: OrNone[PostalCode] = None

    @app.post("/json")
    def json(body: Model) -> object:
        return body.code

    @app.post("/form")
    def form(body: Annotated[Model, Form()]) -> object:
        return body.code

    @app.post("/alone")
    def alone(code: Annotated[OrNone[PostalCode], Form()] = None) -> object:
        return code

    @app.get("/query")
    def query(code: OrNone[PostalCode] = None) -> object:
        return code

    @app.get("/queries")
    def queries(model: Annotated[Model, Query()]) -> object:
        return model.code

    @app.get("/header")
    def header(code: Annotated[OrNone[PostalCode], Header()] = None) -> object:
        return code

    @app.get("/cookie")
    def cookie(code: Annotated[OrNone[PostalCode], Cookie()] = None) -> object:
        return code

    install(app)
    with TestClient(app) as client:

        def answers(code: str) -> list[Any]:
            sent = {"code": code}
            return [
                *(client.post("/json", json=sent), client.post("/form", data=sent), client.post("/alone", data=sent)),
                *(client.get("/query", params=sent), client.get("/queries", params=sent), client.get("/header", headers=sent)),
                client.get("/cookie", headers={"cookie": f"code={code}"}),
            ]

        assert [answer.json() for answer in answers("")] == [None] * 7
        assert [answer.json() for answer in answers("0357")] == ["0357"] * 7
        for answer in answers("12"):
            assert [error["key"] for error in answer.json()["errors"]] == ["POSTAL_CODE_ERROR"]
        assert client.get("/query", params={"code": " "}).json() is None

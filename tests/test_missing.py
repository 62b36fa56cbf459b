"""A missing tick, choice or group has its documented key, in every shape that pydantic and FastAPI validate."""

# No `from __future__ import annotations`: the shapes are made from the field of each case.
import dataclasses
from collections.abc import Callable
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import pytest
from fastapi import FastAPI, Form
from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError, validate_call
from starlette.testclient import TestClient
from typing_extensions import TypedDict

from nofields import Checkbox, CheckboxGroup, Country, Dropdown, Field, Radio, localize
from nofields.ask import Ask
from nofields.web import install


class Size(Dropdown, choices=["small", "large"]): ...


class Days(CheckboxGroup, choices=["mon", "tue"]): ...


#: The fields whose documented key covers a missing value, each with a value that it accepts.
CHOICES: list[tuple[Any, object]] = [
    (Checkbox, True),
    (CheckboxGroup, ["x"]),
    (Days, ["mon"]),
    (Dropdown, "x"),
    (Size, "small"),
    (Radio, "yes"),
    (Country, "NO"),
]
each_choice = pytest.mark.parametrize(("field", "value"), CHOICES, ids=[field.__name__ for field, _ in CHOICES])
T = TypeVar("T")


def shapes(field: Any) -> dict[str, Any]:
    """Everything that pydantic validates by name, with a required field ``chosen``."""

    class Model(BaseModel):
        chosen: field

    class Asked(BaseModel):
        chosen: Annotated[field, Ask(label="Valg")]

    class OfAny(BaseModel, Generic[T]):
        chosen: T

    class Twice(BaseModel):
        chosen: field
        items: list[field] = []

    @dataclasses.dataclass
    class Data:
        chosen: field

    class Dictionary(TypedDict):
        chosen: field

    class Tuple(NamedTuple):
        chosen: field

    return {
        "Model": Model,
        "Asked": Asked,
        "OfAny": OfAny[field],
        "Twice": Twice,
        "Data": Data,
        "TypedDict": Dictionary,
        "NamedTuple": Tuple,
    }


def rejected(validate: Callable[[], object]) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        validate()
    return raised.value


@each_choice
@pytest.mark.parametrize("shape", shapes(Checkbox))
def test_key(field: type[Field], value: object, shape: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(shapes(field)[shape])
    for error in (rejected(lambda: adapter.validate_python({})), rejected(lambda: adapter.validate_json("{}"))):
        (detail,) = error.errors()
        assert (detail["type"], detail["loc"], detail["input"]) == (field.rule.key, ("chosen",), "***")
        assert [(each["key"], each["reason"]) for each in localize(error)] == [(field.rule.key, "required")]
    assert adapter.validate_python({"chosen": value})


@each_choice
@pytest.mark.parametrize("shape", [each for each in shapes(Checkbox) if each not in ("NamedTuple", "Twice")])
def test_json_schema(field: type[Field], value: object, shape: str) -> None:
    """The field is still required, without a default, and described in its place."""
    schema = TypeAdapter(shapes(field)[shape]).json_schema()
    assert schema["required"] == ["chosen"]
    assert schema["properties"]["chosen"] == TypeAdapter(field).json_schema()


@each_choice
def test_fields_that_may_be_missing(field: Any, value: object) -> None:
    """A choice that is optional, has a default, or is an item, stays as it was."""

    class Model(BaseModel):
        optional: field | None = None
        items: list[field] = []
        default: field = field(value)

    made = Model()
    assert (made.optional, made.items, made.default) == (None, [], field(value))
    assert made.model_dump(exclude_unset=True) == made.model_dump(exclude_defaults=True) == {}
    assert Model.model_validate_json(made.model_dump_json()) == made
    assert "required" not in Model.model_json_schema()
    assert RootModel[field].model_validate(value).root == field(value)


@each_choice
def test_argument(field: Any, value: object) -> None:
    @validate_call
    def call(chosen: field) -> object:
        return chosen

    assert call(value) == field(value)
    (detail,) = rejected(call).errors()
    assert (detail["type"], detail["loc"]) == (field.rule.key, ("chosen",))


def form_app(field: Any) -> FastAPI:
    class Model(BaseModel):
        chosen: field

    app = FastAPI()

    @app.post("/model")
    def model(form: Annotated[Model, Form()]) -> None: ...

    @app.post("/alone")
    def alone(chosen: Annotated[field, Form()]) -> None: ...

    return app


@each_choice
def test_fastapi_form(field: Any, value: object) -> None:
    """Browsers send nothing for an unticked box. FastAPI does not ask pydantic about a lone parameter that is missing.

    There ``web.install`` finds the key.
    """
    with TestClient(form_app(field)) as client:
        types = [client.post(path, data={"x": "y"}).json()["detail"][0]["type"] for path in ("/model", "/alone")]
        assert types == [field.rule.key, "missing"]
        assert {client.post(path, data={"chosen": value}).status_code for path in ("/model", "/alone")} == {200}
    app = form_app(field)
    install(app)
    with TestClient(app) as client:
        for path in ("/model", "/alone"):
            (error,) = client.post(path, data={"x": "y"}).json()["errors"]
            assert (error["key"], error["reason"], error["pointer"]) == (field.rule.key, "required", "#/chosen")

"""Errors that a model's validator links to one of its fields, in ``localize``, problem+json and forms."""

from __future__ import annotations

import copy
import pickle
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError
from starlette.testclient import TestClient

from nofields import Ask, FieldError, Key, NationalIdentityNumber, Number, Problem, Reason, Text, localize, messages
from nofields.forms import Form
from nofields.web import install

BOTH = {"nb": "Slutt er før start.", "nn": "Slutt er før start no.", "en": "The end is before the start."}
#: What a validator raises, and what people read: the key, and the sentence in English.
RAISED: list[tuple[Exception, str, str]] = [
    (FieldError("The end is early.", at="end"), "TEXT_FIELD_CONTENTS_ERROR", "The end is early."),
    (FieldError(BOTH, at="end"), "TEXT_FIELD_CONTENTS_ERROR", "The end is before the start."),
    (FieldError("CHECKBOX_ERROR", at="end"), "CHECKBOX_ERROR", messages.message("CHECKBOX_ERROR", "en")),
    (
        FieldError(Problem(Key.TEXT_FIELD_ERROR, Reason.REQUIRED), at="end"),
        "TEXT_FIELD_ERROR",
        messages.message("TEXT_FIELD_ERROR", "en"),
    ),
    (FieldError("{label} is early.", at="end"), "TEXT_FIELD_CONTENTS_ERROR", "Last page is early."),
    (PydanticCustomError("early", "The end is {n} early.", {"at": "end", "n": 3}), "early", "The end is 3 early."),
]


def span(error: Exception) -> type[BaseModel]:
    """A model whose validator raises an error."""

    class Span(BaseModel):
        start: Text
        end: Annotated[Text, Ask(label="Last page")]

        @model_validator(mode="after")
        def check(self) -> Span:
            raise error

    return Span


def rejected(model: type[BaseModel], data: object) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        model.model_validate(data)
    return raised.value


@pytest.mark.parametrize(("error", "key", "text"), RAISED, ids=lambda each: repr(each)[:40])
def test_localize(error: Exception, key: str, text: str) -> None:
    model = span(error)
    found = rejected(model, {"start": "2", "end": "1"})
    for localized in (*localize(found, "en", model=model), *localize(found, "en")):
        assert (localized["loc"], localized["key"]) == (("end",), key)
        assert "at" not in localized["params"]
    (localized,) = localize(found, "en", model=model)
    assert (localized["message"].strip(), localized["label"]) == (text, "Last page")


@pytest.mark.parametrize(("error", "key", "text"), RAISED, ids=lambda each: repr(each)[:40])
def test_form(error: Exception, key: str, text: str) -> None:
    bound = Form(span(error)).bind({"start": "2", "end": "1"}, "en")
    (found,) = bound.errors
    assert (found.name, found.id, found.key, found.message) == ("end", "end", key, text)
    assert 'href="#end"' in bound.summary()
    assert 'id="end-error"' in bound.control("end")


@pytest.mark.parametrize(("error", "key", "text"), RAISED, ids=lambda each: repr(each)[:40])
def test_problem_document(error: Exception, key: str, text: str) -> None:
    def spans(span: BaseModel) -> None: ...

    spans.__annotations__["span"] = span(error)
    app = FastAPI()
    install(app)
    app.post("/spans")(spans)
    answer = TestClient(app).post("/spans", json={"start": "2", "end": "1"}, headers={"Accept-Language": "en"})
    (found,) = answer.json()["errors"]
    assert (found["pointer"], found["key"], found["detail"].strip()) == ("#/end", key, text)


class Line(BaseModel):
    price: Annotated[Number, Field(alias="unitPrice")]
    amount: Number

    @model_validator(mode="after")
    def check(self) -> Line:
        raise FieldError("Too much.", at="price")


class Order(BaseModel):
    lines: list[Line]


class Checked(BaseModel):
    lines: list[dict[str, int]]

    @model_validator(mode="after")
    def check(self) -> Checked:
        raise FieldError("Too much.", at=("lines", 1))


def test_path() -> None:
    """From the model whose validator raised the error; names of fields become their aliases, as in pydantic."""
    found = rejected(Order, {"lines": [{"unitPrice": "1", "amount": "2"}]})
    assert localize(found, model=Order)[0]["loc"] == ("lines", 0, "unitPrice")
    found = rejected(Checked, {"lines": [{}, {}]})
    assert localize(found, model=Checked)[0]["loc"] == ("lines", 1)


def test_alias_in_a_form() -> None:
    class Aliased(BaseModel):
        price: Annotated[Number, Field(alias="unitPrice")]

        @model_validator(mode="after")
        def check(self) -> Aliased:
            raise FieldError("Too much.", at="price")

    (error,) = Form(Aliased).bind({"unitPrice": "1"}).errors
    assert (error.name, error.loc) == ("unitPrice", ("unitPrice",))


@pytest.mark.parametrize(
    "error",
    [
        FieldError("Wrong.", at="middle"),
        FieldError("Wrong.", at=("end", "x")),
        PydanticCustomError("wrong", "Wrong.", {"at": "30108299920"}),
    ],
    ids=repr,
)
def test_place_that_is_not_in_the_model(error: Exception) -> None:
    """The error is that of the model, and is not lost."""
    model = span(error)
    found = rejected(model, {"start": "2", "end": "1"})
    (localized,) = localize(found, model=model)
    assert (localized["loc"], localized["message"]) == ((), "Wrong.")
    assert [(each.name, each.message) for each in Form(model).bind({"start": "2", "end": "1"}).errors] == [("", "Wrong.")]
    assert "30108299920" not in str(localize(found)[0]["loc"])


def test_parameter_that_is_no_place() -> None:
    found = rejected(span(PydanticCustomError("closed", "Closed from {at}.", {"at": "12:00"})), {"start": "2", "end": "1"})
    (localized,) = localize(found, "en")
    assert (localized["loc"], localized["params"], localized["message"]) == ((), {"at": "12:00"}, "Closed from 12:00.")


def test_text_is_masked() -> None:
    """As that of a ``ValueError``: national identity numbers, and what was rejected."""

    class Person(BaseModel):
        fnr: NationalIdentityNumber

        @model_validator(mode="after")
        def check(self) -> Person:
            raise FieldError(f"{self.fnr} er sperret.", at="fnr")

    assert localize(rejected(Person, {"fnr": "30108299920"}), model=Person)[0]["message"] == "*** er sperret."


@pytest.mark.parametrize("reborn", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_copied(reborn: Any) -> None:
    for error in FieldError(BOTH, at="end"), FieldError(Problem("K", "r"), "LABEL_DATE", at=("a", 0)):
        again = reborn(error)
        assert (again.problem, again.text, again.label, again.at) == (error.problem, error.text, error.label, error.at)
        assert str(again) == str(error)


def test_without_pydantic() -> None:
    assert str(FieldError(BOTH)) == "Slutt er før start."
    (localized,) = localize(FieldError("The end is early.", at="end"), "en", model=span(ValueError()))
    assert (localized["loc"], localized["label"], localized["message"]) == (("end",), "Last page", "The end is early.")

"""``localize`` gives every error in the reader's language, without the rejected value."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import pytest
from fastapi.exceptions import RequestValidationError
from hypothesis import given
from hypothesis import strategies as st
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    ValidationError,
    create_model,
    field_validator,
    validate_call,
)
from pydantic_core import PydanticCustomError

from helpers import hostile
from helpers.catalogs import write
from helpers.values import LANGUAGES
from nofields import (
    AltinnPassword,
    FieldError,
    Key,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    Phrase,
    PostalCode,
    Problem,
    Reason,
    Text,
    localize,
    message,
)
from nofields.forms import Form
from nofields.localization import LocalizedError


def only_oslo(code: PostalCode) -> PostalCode:
    if code.place != "OSLO":
        raise FieldError(Problem(Key.POSTAL_CODE_ERROR, Reason.CHOICE, {"digits": 4}))
    return code


class Address(BaseModel):
    postal_code: PostalCode
    place: Text


class Company(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: OrganisationNumber
    addresses: list[Address] = []
    owners: dict[str, NationalIdentityNumber] = {}
    employees: int = 0
    kind: Literal["AS", "ENK"] = "AS"
    head_office: Annotated[PostalCode, AfterValidator(only_oslo)] | None = None
    slogan: str | None = None

    @field_validator("slogan")
    @classmethod
    def no_shouting(cls, slogan: str) -> str:
        if slogan.isupper():
            raise ValueError(f"do not shout {slogan}")
        return slogan


class Boat(BaseModel):
    kind: Literal["boat"]


class Car(BaseModel):
    kind: Literal["car"]


class Journey(BaseModel):
    by: Annotated[Boat | Car, Discriminator("kind")]


@validate_call
def sail(where: PostalCode, *, when: NorwegianDate) -> None: ...


@pytest.mark.parametrize("call", [lambda: sail(), lambda: Journey.model_validate({"by": {}})])
def test_missing_values(call: Callable[[], object]) -> None:
    """Missing arguments and union tags are required, as missing fields are; a tag has a text of its own."""
    with pytest.raises(ValidationError) as raised:
        call()
    found = {(each["key"], each["reason"]) for each in localize(raised.value)}
    assert found in ({("TEXT_FIELD_ERROR", "required")}, {("ERROR_TAG_MISSING", "required")})


def test_text_of_the_project() -> None:
    """What a validator of the project says is shown as it is written, and translated where a catalog has it."""
    (error,) = localize(error_of(Company, GOOD | {"slogan": "ALDRI"}), "en")
    assert (error["message"], error["explanation"], error["key"]) == ("do not shout ALDRI", "", "TEXT_FIELD_CONTENTS_ERROR")


def test_translated_text_of_the_project(own_catalogs: Path) -> None:
    write(own_catalogs, "en", {"Kunden er sperret": "The customer is blocked", "BLOCKED": "Blocked since {year}"})

    def blocked(value: str) -> str:
        if value == "custom":
            raise PydanticCustomError("BLOCKED", "Sperret siden {year}", {"year": 2020})
        raise ValueError("Kunden er sperret")

    for sent, language, expected in [
        ("x", "en", "The customer is blocked"),
        ("x", "nn", "Kunden er sperret"),
        ("custom", "en", "Blocked since 2020"),
        ("custom", "nb", "Sperret siden 2020"),
    ]:
        model = create_model("M", name=(Annotated[str, AfterValidator(blocked)], ...))
        (error,) = localize(error_of(model, {"name": sent}), language)
        assert error["message"] == expected
        assert error["key"] == ("BLOCKED" if sent == "custom" else "TEXT_FIELD_CONTENTS_ERROR")
        (formed,) = Form(model).bind({"name": sent}, language).errors
        assert formed.message == expected


def test_secrets_in_a_text_of_the_project() -> None:
    """The rejected number or password is masked in it, whether the model is known or not."""

    def reject(value: str) -> str:
        raise ValueError(f"{value} er sperret")

    for kind, value in (
        (NationalIdentityNumber, "30108299920"),
        (AltinnPassword, "Fjell2024"),
        (OrganisationNumber, "974760673"),
    ):
        model = create_model("M", x=(Annotated[kind, AfterValidator(reject)], ...))
        for known in (None, model):
            assert localize(error_of(model, {"x": value}), model=known)[0]["message"] == "*** er sperret"
    model = create_model("M", x=(Annotated[str, AfterValidator(reject)], ...))
    assert localize(error_of(model, {"x": "Ola"}))[0]["message"] == "Ola er sperret"


GOOD = {"number": "974 760 673"}
#: What is sent, and location, key and reason of every error.
CASES: list[tuple[dict[str, Any], list[tuple[tuple[int | str, ...], str, str]]]] = [
    ({"number": "974 760 674"}, [(("number",), "ORGANISATION_FIELD_ERROR", "check_digit")]),
    ({"number": ""}, [(("number",), "TEXT_FIELD_ERROR", "required")]),
    ({"number": 974760673}, [(("number",), "ORGANISATION_FIELD_ERROR", "type")]),
    ({}, [(("number",), "TEXT_FIELD_ERROR", "required")]),
    (GOOD | {"colour": "red"}, [(("***",), "ERROR_EXTRA", "extra")]),
    (GOOD | {"employees": "many"}, [(("employees",), "NUMBER_ERROR", "format")]),
    (GOOD | {"kind": "ANS"}, [(("kind",), "RADIO_ERROR", "choice")]),
    (GOOD | {"head_office": "9170"}, [(("head_office",), "POSTAL_CODE_ERROR", "choice")]),
    (GOOD | {"head_office": "917"}, [(("head_office",), "POSTAL_CODE_ERROR", "length")]),
    (GOOD | {"owners": {"Kari": "x"}}, [(("owners", "Kari"), "SSN_ERROR", "characters")]),
    (GOOD | {"addresses": "none"}, [(("addresses",), "ERROR_LIST", "data_type")]),
    (
        GOOD | {"addresses": [{"postal_code": "0357", "place": "x" * 300}, {"place": "OSLO"}, {"postal_code": "0000"}]},
        [
            (("addresses", 0, "place"), "TEXT_FIELD_LENGTH_ERROR", "too_long"),
            (("addresses", 1, "postal_code"), "TEXT_FIELD_ERROR", "required"),
            (("addresses", 2, "postal_code"), "POSTAL_CODE_ERROR", "series"),
            (("addresses", 2, "place"), "TEXT_FIELD_ERROR", "required"),
        ],
    ),
]
#: The parameters that are in the messages above.
PARAMS = {"TEXT_FIELD_LENGTH_ERROR": {"max": 255}}


def error_of(model: type[BaseModel], sent: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(sent)
    return caught.value


def basics(errors: list[LocalizedError]) -> list[dict[str, Any]]:
    """The parts that say where and what the error is."""
    return [{name: each[name] for name in ("loc", "key", "reason", "message")} for each in cast(list[Any], errors)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sent", "expected"), CASES)
def test_localize(sent: dict[str, Any], expected: list[Any], language: str) -> None:
    """Every error has its place, key, reason and text; pydantic's own errors have the documented keys."""
    error = error_of(Company, sent)
    listed = [
        {"loc": loc, "key": key, "reason": reason, "message": message(key, language, **PARAMS.get(key, {}))}
        for loc, key, reason in expected
    ]
    assert basics(localize(error, language)) == listed
    assert localize(RequestValidationError(error.errors()), language) == localize(error, language)
    for each in localize(error, language):
        assert set(each) == {"loc", "key", "reason", "message", "explanation", "params", "label"}
        assert (type(each["key"]), type(each["reason"]), type(each["loc"])) == (str, str, tuple)
        assert "{" not in each["message"]
        assert "HEMMELIG" not in str(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_password_requirements(language: str) -> None:
    """The text of a rejected password lists its requirements in the reader's language."""

    class Login(BaseModel):
        password: AltinnPassword

    (localized,) = localize(error_of(Login, {"password": "abc"}), language)
    problem = AltinnPassword.problem("abc")
    assert problem is not None
    assert localized["message"] == problem.message(language)
    assert len(localized["message"]) > len(message(localized["key"], language))


@pytest.mark.parametrize("language", [*LANGUAGES, None, "no", "en-GB,en;q=0.9", "de", "../../x"])
def test_bare_field_error(language: str | None) -> None:
    """A FieldError outside a model has no place."""
    problem = PostalCode.problem("x")
    assert problem is not None
    (localized,) = localize(FieldError(problem), language)
    assert localized == {
        "loc": (),
        "key": "POSTAL_CODE_ERROR",
        "reason": "characters",
        "message": problem.message(language),
        "explanation": problem.explanation(language),
        "params": {"digits": 4},
        "label": "",
    }


def test_default_language() -> None:
    """Without a language the texts are bokmål."""
    assert localize(error_of(Company, {}))[0]["message"] == "Feltet må fylles ut."


def test_foreign_errors() -> None:
    """Errors of other libraries, without a context or of a foreign type, have a text too."""

    class Foreign:
        def errors(self) -> list[dict[str, Any]]:
            return [
                {"type": "missing", "loc": ("body", "x")},
                {"type": "SSN_ERROR", "loc": ["x"], "ctx": None},
                {"type": "json_invalid", "loc": ("body", 7), "ctx": {"error": "Expecting value", "reason": "syntax"}},
                {"type": "value_error", "loc": (), "ctx": {"error": ValueError("secret")}},
            ]

    localized = [(each["loc"], each["key"], each["reason"]) for each in localize(Foreign())]
    assert localized == [
        (("body", "x"), "TEXT_FIELD_ERROR", "required"),
        (("x",), "SSN_ERROR", "other"),
        (("body", 7), "ERROR_JSON", "format"),
        ((), "TEXT_FIELD_CONTENTS_ERROR", "other"),
    ]


class Foreign:
    """Another library's error, of one field."""

    def __init__(self, kind: str, context: Any) -> None:
        self._listed = [{"type": kind, "loc": ("x",), "ctx": context}]

    def errors(self) -> list[dict[str, Any]]:
        return self._listed


def raised(kind: str, context: Any) -> ValidationError:
    """The error of a validator that raises pydantic's own for custom errors."""

    class Model(BaseModel):
        x: str

        @field_validator("x")
        @classmethod
        def reject(cls, value: str) -> str:
            raise PydanticCustomError(kind, "Not so", context)  # type: ignore[arg-type]

    return error_of(Model, {"x": ""})


@pytest.mark.parametrize(
    "context", [{"key": "x", "locale": "y", "self": 1, "params": 2, "reason": "length", "digits": 7}, {1: 2}]
)
def test_context_with_our_names(context: dict[Any, Any]) -> None:
    """A parameter may have the name of an argument of our functions; pydantic cannot list one without a name."""
    (localized,) = localize(raised("ACCOUNT_FIELD_ERROR", context), "en")
    expected = ("ACCOUNT_FIELD_ERROR", "length", "Enter a valid account number (7 digits).")
    unlisted = ("TEXT_FIELD_CONTENTS_ERROR", "other", message("TEXT_FIELD_CONTENTS_ERROR", "en"))
    assert (localized["key"], localized["reason"], localized["message"]) == (expected if "key" in context else unlisted)


NAMES = ["reason", "key", "locale", "self", "count", "requirements", "params", "digits", "max", "example", "error", "model"]
HOSTILE = {
    **hostile.OBJECTS,
    **hostile.OTHER_TEXTS,
    "negative": -(10**5000),
    "true": True,
    "phrase": Phrase.PASSWORD_MIN_LENGTH,
}
#: Hostile objects are drawn by name, since Hypothesis calls methods of what it draws, which would raise.
VALUES = st.sampled_from([*HOSTILE]) | st.lists(st.sampled_from([*HOSTILE]), max_size=3) | hostile.THINGS


def resolved(drawn: Any) -> Any:
    """A drawn value, with hostile objects in place of their names."""
    if isinstance(drawn, dict):
        return {name: resolved(value) for name, value in drawn.items()}
    if isinstance(drawn, list):
        return [resolved(each) for each in drawn]
    return HOSTILE.get(drawn, drawn) if isinstance(drawn, str) else drawn


NAMED = st.sampled_from(NAMES) | st.text(max_size=5)
CONTEXTS = st.dictionaries(NAMED, VALUES, max_size=6)
KINDS = st.sampled_from([*Key, "value_error", "missing"])


@given(
    KINDS,
    CONTEXTS | st.dictionaries(NAMED | st.integers() | st.binary(max_size=2), VALUES, max_size=4),
    st.sampled_from([Foreign, raised]),
    st.sampled_from(LANGUAGES),
)
def test_any_context(kind: str, context: dict[Any, Any], make: Callable[[str, Any], Any], language: str) -> None:
    """Whatever the context of an error, the result is in the reader's language and can be sent as JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.unraisablehook", lambda _: None)  # where pydantic reports what it cannot convert to text
        (localized,) = localize(make(kind, resolved(context)), language)
    assert all(type(localized[part]) is str for part in ("key", "reason", "message"))
    json.dumps(localized)


@given(st.sampled_from([*Key]), st.sampled_from([*Reason]), CONTEXTS, st.sampled_from(LANGUAGES))
def test_any_parameters(key: str, reason: str, params: dict[str, Any], language: str) -> None:
    """The same for a problem made by hand."""
    problem = Problem(key, reason, resolved(params))
    assert type(problem.message(language)) is type(problem.explanation(language)) is str
    (localized,) = localize(Foreign("value_error", {"error": FieldError(problem)}), language)
    assert localized["message"] == problem.message(language)

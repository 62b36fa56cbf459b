"""No error, log line, answer or representation shows a password or a national identity number."""

from __future__ import annotations

import copy
import json
import logging
import traceback
from typing import Annotated, Any, Literal, Optional

import pytest
from annotated_types import Len
from fastapi.exceptions import RequestValidationError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Json,
    SecretStr,
    TypeAdapter,
    ValidationError,
    create_model,
)
from starlette.requests import Request

from helpers.canaries import CANARIES, LONG, NUMBERS, PASSWORD, assert_silent
from helpers.values import LANGUAGES, policy
from nofields import AltinnPassword, FieldError, NationalIdentityNumber, OrganisationNumber, PhoneNumber, PostalCode, localize
from nofields.web import problem_response

SECRETS = [(AltinnPassword, PASSWORD), (AltinnPassword, LONG), *((NationalIdentityNumber, number) for number in NUMBERS)]
SECRETS.append((AltinnPassword, f"{PASSWORD}\ud800"))
each_secret = pytest.mark.parametrize(("field", "secret"), [(AltinnPassword, PASSWORD), (NationalIdentityNumber, NUMBERS[1])])


def everything(error: ValidationError | FieldError) -> list[object]:
    """Every representation of an error."""
    shown: list[object] = [str(error), repr(error), error.args, localize(error), localize(error, "en")]
    shown.append("".join(traceback.format_exception(error)))
    if isinstance(error, ValidationError):
        shown += [error.errors(), error.json(), error.errors(include_url=False), error.json(indent=2)]
    return shown


def in_a_model(annotation: Any, value: Any) -> tuple[Any, Any]:
    """An adapter of a nested model with one field, and the data for it."""
    inner = create_model("Inner", secret=(annotation, ...))
    outer = create_model("Outer", people=(list[inner], ...))  # type: ignore[valid-type]
    return TypeAdapter(outer), {"people": [{"secret": value}]}


PLACES: dict[str, Any] = {
    "alone": lambda field, secret: (TypeAdapter(field), secret),
    "model": lambda field, secret: in_a_model(field, secret),
    "optional": lambda field, secret: in_a_model(Optional[field], secret),  # noqa: UP045
    "or none": lambda field, secret: in_a_model(field | None, secret),
    "annotated": lambda field, secret: in_a_model(Annotated[field, "secret"], secret),
    "list": lambda field, secret: in_a_model(list[field], [secret, secret]),
    "set": lambda field, secret: in_a_model(set[field], [secret]),
    "tuple": lambda field, secret: in_a_model(tuple[field, PostalCode], [secret, "0357"]),
    "dict value": lambda field, secret: in_a_model(dict[str, field], {"x": secret}),
    "list of dicts": lambda field, secret: in_a_model(list[dict[str, list[field]]], [{"x": [secret]}]),
    "both secrets": lambda field, secret: in_a_model(NationalIdentityNumber | AltinnPassword, f"{secret}!"),
    "or organisation": lambda field, secret: in_a_model(field | OrganisationNumber, secret),
    "or phone": lambda field, secret: in_a_model(PhoneNumber | field, secret),
}


@each_secret
@pytest.mark.parametrize("place", PLACES)
def test_pydantic_errors(field: Any, secret: str, place: str, caplog: pytest.LogCaptureFixture) -> None:
    """No representation of a ValidationError shows a rejected secret, wherever in a model it is."""
    adapter, sent = PLACES[place](field, secret)
    for validate in (adapter.validate_python, lambda sent: adapter.validate_json(json.dumps(sent))):
        with pytest.raises(ValidationError) as caught:
            validate(sent)
        assert_silent(*everything(caught.value))
        logging.getLogger("app").error("rejected", exc_info=caught.value)
    assert caplog.records
    assert_silent(caplog.text)


@each_secret
@pytest.mark.parametrize("place", ["alone", "model", "list", "dict value"])
def test_strict_validation(field: Any, secret: str, place: str) -> None:
    """Neither does strict validation."""
    adapter, sent = PLACES[place](field, secret)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(sent, strict=True)
    assert_silent(*everything(caught.value))


@each_secret
@pytest.mark.parametrize("wrap", [lambda s: [s], lambda s: {"x": s}, lambda s: s.encode(), lambda s: (s, s), lambda s: {s}])
def test_secrets_in_another_type(field: Any, secret: str, wrap: Any) -> None:
    """Sent inside a list, a mapping or bytes."""
    adapter, sent = in_a_model(field, wrap(secret))
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(sent)
    assert_silent(*everything(caught.value))


@pytest.mark.parametrize(("field", "secret"), SECRETS)
def test_our_own_errors(field: Any, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    """No representation of a FieldError or its problem shows a rejected secret."""
    try:
        field(secret)
    except FieldError as error:
        logging.getLogger("app").exception("rejected")
        assert_silent(traceback.format_exc(), *everything(error), vars(error), copy.copy(error), caplog.text)
        assert_silent(error.problem, error.problem.params, *map(error.problem.message, LANGUAGES))
        assert_silent(*map(error.problem.explanation, LANGUAGES))
    else:
        pytest.fail("it was accepted")


class Person(BaseModel):
    number: NationalIdentityNumber
    password: AltinnPassword


ACCEPTED = {"number": NUMBERS[0], "password": "HemmelegKanari1"}


def test_accepted_secrets_are_masked() -> None:
    """In the ``repr`` of the value and of its model; the JSON has it in full."""
    with policy("accept"):
        person = Person.model_validate(ACCEPTED)
    assert_silent(repr(person), str(person), repr([person]), repr(person.number), repr(person.password), f"{person!r}")
    assert_silent(repr({"x": person.number}), repr((person.password,)))
    assert json.loads(person.model_dump_json()) == ACCEPTED


def test_accepted_beside_rejected() -> None:
    """An accepted secret is not in the error of a rejected one beside it."""
    with policy("accept"), pytest.raises(ValidationError) as caught:
        Person.model_validate(ACCEPTED | {"password": PASSWORD})
    assert_silent(*everything(caught.value))


class Application(BaseModel):
    model_config = ConfigDict(extra="forbid")
    applicant: Person
    company: OrganisationNumber


#: Input that pydantic shows in full: the object around a missing or unknown field, or of the wrong type.
WHOLE = [
    {"applicant": {"number": NUMBERS[0]}, "company": "974760673"},
    {"applicant": {"password": PASSWORD}},
    {"applicant": ACCEPTED},
    {"applicant": [ACCEPTED], "company": "974760673"},
    {"applicant": ACCEPTED, "company": "974760673", "unknown": ACCEPTED},
    [ACCEPTED],
    f"{ACCEPTED}",
]


@pytest.mark.parametrize("sent", WHOLE)
def test_localize_drops_input(sent: object) -> None:
    """pydantic puts the object around a missing field in its error; ``localize`` drops it."""
    with pytest.raises(ValidationError) as caught:
        Application.model_validate(sent)
    localized = localize(caught.value)
    assert localized
    assert_silent(localized, json.dumps(localized))


def test_problem_has_no_value() -> None:
    """The parameters of a problem are numbers, types and keys."""
    for field, secret in SECRETS:
        problem = field.problem(secret)
        assert problem is not None
        assert set(problem.params) <= {"digits", "min", "max", "requirements", "type"}
        assert_silent(problem)


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)
    number: NationalIdentityNumber


class Mail(BaseModel):
    by: Literal["mail"]


class Phone(BaseModel):
    by: Literal["phone"]


#: Where pydantic's own error shows a secret, and what is sent there. nofields never sees these values.
#: README and SECURITY.md list them: a release of pydantic that fixes one fails here.
NOT_OURS: dict[str, tuple[Any, Any]] = {
    "list": (list[NationalIdentityNumber], NUMBERS[1]),
    "set": (set[NationalIdentityNumber], NUMBERS[1]),
    "tuple": (tuple[NationalIdentityNumber, AltinnPassword], PASSWORD),
    "dict": (dict[str, AltinnPassword], PASSWORD),
    "model": (Person, NUMBERS[1]),
    "missing sibling": (Person, {"number": NUMBERS[1]}),
    "superfluous name": (Application, {"applicant": ACCEPTED, "company": "974760673", PASSWORD: "x"}),
    "json": (Json[list[NationalIdentityNumber]], f'["{NUMBERS[1]}"'),
    "json of another type": (Json[list[NationalIdentityNumber]], [NUMBERS[1]]),
    "json of one": (Json[list[AltinnPassword]], f'"{PASSWORD}"'),
    "constraint": (Annotated[AltinnPassword, Len(0, 8)], "HemmelegKanari1"),
    "own validator": (Annotated[AltinnPassword, AfterValidator(lambda _: int("x"))], "HemmelegKanari1"),
    "tag": (Annotated[Mail | Phone, Discriminator("by")], {"by": PASSWORD}),
    "rejected key": (dict[NationalIdentityNumber, int], {NUMBERS[1]: 1}),
    "key of a wrong value": (dict[str, int], {NUMBERS[1]: "x"}),
}
#: In ``loc``, and in the message of a tag, no setting of pydantic hides the secret.
SHOWN_IN_ANY_CASE = {"tag", "rejected key", "superfluous name", "key of a wrong value"}


def error_of(annotation: Any, sent: Any, **config: Any) -> tuple[ValidationError, Any]:
    """The error of a model with one field of a type, and the model."""
    model = create_model("Outer", secret=(annotation, ...), __config__=ConfigDict(**config))
    with policy("accept"), pytest.raises(ValidationError) as caught:
        model.model_validate({"secret": sent})
    return caught.value, model


def frozen_error() -> ValidationError:
    person = Frozen(number="30108299920")  # type: ignore[arg-type]
    with pytest.raises(ValidationError) as caught:
        person.number = NUMBERS[1]  # type: ignore[misc, assignment]
    return caught.value


def shows(*texts: str) -> bool:
    return any(canary in text for canary in CANARIES for text in texts)


def problem_document(error: Any) -> str:
    return bytes(problem_response(Request({"type": "http", "headers": []}), error).body).decode()


@pytest.mark.parametrize("place", NOT_OURS)
def test_pydantic_shows(place: str) -> None:
    error, model = error_of(*NOT_OURS[place])
    assert shows(str(error)), "pydantic no longer shows it: update README and SECURITY.md"
    assert shows(error.json())
    assert_silent(localize(error), localize(error, model=model), problem_document(error))
    fastapi = RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors()])
    assert_silent(localize(fastapi), localize(fastapi, model=model), problem_document(fastapi))


@pytest.mark.parametrize("place", NOT_OURS)
def test_pydantic_hides(place: str) -> None:
    """``hide_input_in_errors`` in its text, ``include_input=False`` in its list; neither where a key or tag is shown."""
    error, _ = error_of(*NOT_OURS[place], hide_input_in_errors=True)
    assert shows(str(error)) == (place in SHOWN_IN_ANY_CASE)
    assert shows(error.json(include_input=False)) == (place in SHOWN_IN_ANY_CASE)
    assert shows(repr(error.errors(include_input=False, include_context=False))) == (place in SHOWN_IN_ANY_CASE)


def test_frozen_model() -> None:
    error = frozen_error()
    assert shows(str(error))
    assert_silent(error.errors(include_input=False), localize(error), localize(error, model=Frozen), problem_document(error))


class WithDefaults(BaseModel):
    shown: AltinnPassword = AltinnPassword("HemmelegKanari1")
    hidden: AltinnPassword = Field(default_factory=lambda: AltinnPassword("HemmelegKanari1"))


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_default_in_json_schema(mode: Any) -> None:
    """pydantic writes it there, unless a function returns it."""
    properties = WithDefaults.model_json_schema(mode=mode)["properties"]
    assert properties["shown"]["default"] == "HemmelegKanari1"
    assert_silent(json.dumps(properties["hidden"]))
    assert WithDefaults().hidden == "HemmelegKanari1"


Password = Annotated[SecretStr, BeforeValidator(TypeAdapter(AltinnPassword).validate_python)]


class Login(BaseModel):
    password: Password
    default: Password = SecretStr("HemmelegKanari1")


def test_secret_str() -> None:
    """README's recipe: ``SecretStr`` with the rule of ``AltinnPassword``."""
    login = Login.model_validate({"password": "HemmelegKanari1"})
    assert login.password.get_secret_value() == "HemmelegKanari1"
    assert_silent(
        f"{login.password} {login.password!r} {login}", login.model_dump_json(), json.dumps(Login.model_json_schema())
    )
    for sent in (PASSWORD, [PASSWORD], {"x": PASSWORD}):
        with pytest.raises(ValidationError) as caught:
            Login.model_validate({"password": sent})
        assert_silent(*everything(caught.value))
        assert caught.value.errors()[0]["type"] == "TEXT_FIELD_CONTENTS_ERROR"

"""A password or a national identity number is in no error, log line, answer or representation, whatever holds it."""

from __future__ import annotations

import copy
import json
import logging
import traceback
from typing import Annotated, Any, Optional

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model

from canaries import LONG, NUMBERS, PASSWORD, assert_silent
from nofields import AltinnPassword, FieldError, NationalIdentityNumber, OrganisationNumber, PhoneNumber, PostalCode, localize
from support import policy

SECRETS = [(AltinnPassword, PASSWORD), (AltinnPassword, LONG), *((NationalIdentityNumber, number) for number in NUMBERS)]
each_secret = pytest.mark.parametrize(("field", "secret"), SECRETS)


def everything(error: ValidationError | FieldError) -> list[object]:
    """All the ways in which an error shows itself."""
    shown: list[object] = [str(error), repr(error), error.args, localize(error), localize(error, "en")]
    shown.append("".join(traceback.format_exception(error)))
    if isinstance(error, ValidationError):
        shown += [error.errors(), error.json(), error.errors(include_url=False), error.json(indent=2)]
    return shown


def in_a_model(annotation: Any, value: Any) -> tuple[Any, Any]:
    """An adapter of a nested model with one field, and what is sent to it."""
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
    """A rejected secret is in nothing that a ValidationError shows or logs, wherever in a model it stood."""
    adapter, sent = PLACES[place](field, secret)
    for validate in (adapter.validate_python, lambda sent: adapter.validate_json(json.dumps(sent))):
        with pytest.raises(ValidationError) as caught:
            validate(sent)
        assert_silent(*everything(caught.value))
        logging.getLogger("app").error("refused", exc_info=caught.value)
    assert caplog.records
    assert_silent(caplog.text)


@each_secret
@pytest.mark.parametrize("place", ["alone", "model", "list", "dict value"])
def test_strict_validation(field: Any, secret: str, place: str) -> None:
    """Strict validation shows as little."""
    adapter, sent = PLACES[place](field, secret)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(sent, strict=True)
    assert_silent(*everything(caught.value))


@each_secret
@pytest.mark.parametrize("wrap", [lambda s: [s], lambda s: {"x": s}, lambda s: s.encode(), lambda s: (s, s), lambda s: {s}])
def test_secrets_in_another_type(field: Any, secret: str, wrap: Any) -> None:
    """A secret that was sent within a list, a mapping or bytes shows as little."""
    adapter, sent = in_a_model(field, wrap(secret))
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(sent)
    assert_silent(*everything(caught.value))


@each_secret
def test_our_own_errors(field: Any, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    """A rejected secret is in nothing that a FieldError shows or logs, nor in its problem."""
    try:
        field(secret)
    except FieldError as error:
        logging.getLogger("app").exception("refused")
        assert_silent(traceback.format_exc(), *everything(error), vars(error), copy.copy(error), caplog.text)
        assert_silent(error.problem, error.problem.params, *map(error.problem.message, ("nb", "nn", "en")))
        assert_silent(*map(error.problem.explanation, ("nb", "nn", "en")))
    else:
        pytest.fail("it was taken")


class Person(BaseModel):
    number: NationalIdentityNumber
    password: AltinnPassword


TAKEN = {"number": NUMBERS[0], "password": "HemmelegKanari1"}


def test_accepted_secrets_are_masked() -> None:
    """The representation of a taken secret, and of a model that holds it, is masked; its JSON is not."""
    with policy("accept"):
        person = Person.model_validate(TAKEN)
    assert_silent(repr(person), str(person), repr([person]), repr(person.number), repr(person.password), f"{person!r}")
    assert_silent(repr({"x": person.number}), repr((person.password,)))
    assert json.loads(person.model_dump_json()) == TAKEN


def test_accepted_secrets_beside_a_rejected_one() -> None:
    """A secret that was taken is not in the error of the one beside it that was not."""
    with policy("accept"), pytest.raises(ValidationError) as caught:
        Person.model_validate(TAKEN | {"password": PASSWORD})
    assert_silent(*everything(caught.value))


class Application(BaseModel):
    model_config = ConfigDict(extra="forbid")
    applicant: Person
    company: OrganisationNumber


#: What pydantic itself shows the whole of: the object around a missing or unknown field, or of the wrong type.
WHOLE = [
    {"applicant": {"number": NUMBERS[0]}, "company": "974760673"},
    {"applicant": {"password": PASSWORD}},
    {"applicant": TAKEN},
    {"applicant": [TAKEN], "company": "974760673"},
    {"applicant": TAKEN, "company": "974760673", "unknown": TAKEN},
    [TAKEN],
    f"{TAKEN}",
]


@pytest.mark.parametrize("sent", WHOLE)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_localize_drops_what_pydantic_shows(sent: object, language: str) -> None:
    """pydantic puts the object around a missing field in its error; what ``localize`` gives has none of it."""
    with pytest.raises(ValidationError) as caught:
        Application.model_validate(sent)
    said = localize(caught.value, language)
    assert said
    assert_silent(said, json.dumps(said))


def test_a_problem_never_holds_the_value() -> None:
    """The parameters of a problem are numbers, types and keys; no part of what was typed."""
    for field, secret in SECRETS:
        problem = field.problem(secret)
        assert problem is not None
        assert set(problem.params) <= {"digits", "min", "max", "requirements", "type"}
        assert_silent(problem)

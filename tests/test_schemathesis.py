"""Schemathesis draws nofields' formats, registered with one line, and finds no fault with an app that uses the fields."""

from __future__ import annotations

from collections import Counter

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import BaseModel
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from nofields import (
    AccountNumber,
    MobilePhoneNumber,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    PostalCode,
    strategies,
)
from nofields.web import RESPONSES, install

for name, strategy in strategies.formats().items():
    schemathesis.openapi.format(name, strategy)


class Person(BaseModel):
    """Fields in a body."""

    id: NationalIdentityNumber
    account: AccountNumber
    mobile: MobilePhoneNumber | None = None
    addresses: list[PostalCode] = []


app = FastAPI(responses=RESPONSES)
install(app)


@app.post("/organisations/{orgnr}/people", responses={400: {"description": "The body cannot be read."}})
def add(orgnr: OrganisationNumber, person: Person, since: NorwegianDate) -> dict[str, str]:
    return {"orgnr": orgnr, "birth_date": str(person.id.birth_date), "since": since.isoformat()}


@app.put("/customers/{orgnr}", responses={400: {"description": "The body cannot be read."}})
def save(orgnr: OrganisationNumber, person: Person) -> dict[str, str]:
    return {"orgnr": orgnr, "account": person.account}


schema = schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture(autouse=True)
def accept_synthetic_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only synthetic national identity numbers are drawn."""
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")


@schema.parametrize()
def test_app_follows_its_schema(case: schemathesis.Case) -> None:
    """In path, query and body: no server error, no answer outside the schema."""
    case.call_and_validate()


OPERATIONS = {
    "with a query": schema["/organisations/{orgnr}/people"]["POST"],
    "path and body": schema["/customers/{orgnr}"]["PUT"],
}


def answers(operation: APIOperation, mode: GenerationMode) -> Counter[int]:
    """The status codes of the answers to generated requests, the same in every run."""
    codes: Counter[int] = Counter()

    @settings(max_examples=60, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: schemathesis.Case) -> None:
        codes[case.call().status_code] += 1

    call()
    return codes


@pytest.mark.parametrize("name", OPERATIONS)
def test_positive_data_are_accepted(name: str) -> None:
    assert set(answers(OPERATIONS[name], GenerationMode.POSITIVE)) == {200}


def test_negative_data_are_rejected() -> None:
    """Without a query: FastAPI ignores the unknown parameters that Schemathesis adds to one."""
    assert set(answers(OPERATIONS["path and body"], GenerationMode.NEGATIVE)) <= {400, 404, 405, 422}

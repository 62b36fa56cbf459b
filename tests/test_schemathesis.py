"""Schemathesis draws nofields' formats, registered with one line, and finds no fault with an app that uses the fields."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi import FastAPI
from pydantic import BaseModel

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


schema = schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture(autouse=True)
def accept_synthetic_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only synthetic national identity numbers are drawn."""
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")


@schema.parametrize()
def test_app_follows_its_schema(case: schemathesis.Case) -> None:
    """In path, query and body: no server error, no answer outside the schema."""
    case.call_and_validate()


def test_most_bodies_are_accepted() -> None:
    """The registered formats draw mostly valid values."""
    from hypothesis import HealthCheck, Phase, given, settings

    codes: list[int] = []
    operation = schema["/organisations/{orgnr}/people"]["POST"]

    @settings(max_examples=40, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        codes.append(case.call().status_code)

    call()
    assert set(codes) <= {200, 422}
    assert codes.count(200) > len(codes) / 2

"""What is drawn for a field is valid, and so is a model that is read back from JSON."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, create_model

from helpers.values import POLICIES, policy
from nofields import AltinnSystemId, Field, NationalIdentityNumber, OrganisationNumber, strategies
from nofields.fields import ALL


class RealOnly(NationalIdentityNumber, accept={"fnr", "dnr"}):
    """A field that names no synthetic kind."""


class Patient(NationalIdentityNumber, accept={"fnr", "dnr", "fh"}, issued="before_2032"):
    """A field that names a kind that counts as synthetic."""


class SyntheticOnly(OrganisationNumber, accept={"synthetic_organisation"}): ...


class RealCompany(OrganisationNumber, accept={"organisation"}): ...


FIELDS = (*ALL, Patient, SyntheticOnly, RealCompany)
#: The setting decides about every number that is drawn for these.
NEVER_REAL = {NationalIdentityNumber}


@pytest.mark.parametrize(
    ("field", "setting"),
    [(field, setting) for field in FIELDS for setting in POLICIES if setting != "reject" or field not in NEVER_REAL],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_round_trip(field: type[Field], setting: str) -> None:
    model: type[BaseModel] = create_model("Model", value=(field, ...))

    @given(made=st.from_type(model), values=strategies.values(field))
    def read_back(made: BaseModel, values: object) -> None:
        assert model.model_validate_json(made.model_dump_json()) == made
        assert field.is_valid(values)

    with policy(setting):
        read_back()


class Customer(BaseModel):
    """A model as a project writes it."""

    orgnr: OrganisationNumber
    owners: list[NationalIdentityNumber]
    system: AltinnSystemId | None


class Payslip(BaseModel):
    """A model with a field that accepts no synthetic number."""

    employee: RealOnly


@pytest.mark.parametrize("setting", ["accept", "only"])
def test_round_trip_of_a_model(setting: str) -> None:
    @given(st.from_type(Customer))
    def read_back(made: Customer) -> None:
        assert Customer.model_validate_json(made.model_dump_json()) == made

    with policy(setting):
        read_back()


@pytest.mark.parametrize(
    "strategy",
    [
        strategies.values(NationalIdentityNumber),
        strategies.instances(NationalIdentityNumber),
        st.from_type(NationalIdentityNumber),
    ],
    ids=["values", "instances", "from_type"],
)
def test_rejected_by_the_setting(strategy: st.SearchStrategy[Any]) -> None:
    """A draw says so. A health check, which counts rejected values, would not say why."""

    @given(strategy)
    def draw(value: object) -> None:
        pytest.fail("drawn")

    with policy("reject"), pytest.raises(ValueError, match="rejects synthetic numbers while NOFIELDS_SYNTHETIC is reject"):
        draw()


@pytest.mark.parametrize(
    "make",
    [
        lambda: strategies.values(RealOnly),
        lambda: strategies.instances(RealOnly),
        lambda: st.from_type(RealOnly).validate(),
        lambda: st.from_type(Payslip).validate(),
        lambda: st.lists(st.from_type(RealOnly)).validate(),
    ],
)
@pytest.mark.parametrize("setting", POLICIES)
def test_rejected_by_the_class(make: Any, setting: str) -> None:
    """As the strategy is made, whatever the setting."""
    with policy(setting), pytest.raises(ValueError, match="RealOnly accepts no synthetic numbers"):
        make()


@settings(max_examples=10)
@given(st.data())
def test_rejected_values_need_no_synthetic_ones(data: st.DataObject) -> None:
    """They are made from synthetic numbers in every case."""
    for setting in POLICIES:
        with policy(setting):
            assert not RealOnly.is_valid(data.draw(strategies.invalid(RealOnly)))
            assert not NationalIdentityNumber.is_valid(data.draw(strategies.invalid(NationalIdentityNumber)))

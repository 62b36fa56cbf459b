"""Built values are valid, and are of the kind, the time and the gender that were asked for."""

from __future__ import annotations

import dataclasses
import datetime
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields import AltinnPassword, Gender, IdentityKind, NationalIdentityNumber, OrganisationNumber
from nofields.generate import BUILDERS, altinn_password, chooser, national_identity_number, organisation_number
from nofields.value import Field


class AnyKind(NationalIdentityNumber, accept=set(IdentityKind)):
    """A number of any kind."""


@pytest.mark.parametrize("field", list(BUILDERS), ids=lambda field: field.__name__)
@given(seed=st.integers(0, 2**32))
def test_what_is_built_is_valid_and_clean(field: type[Field], seed: int) -> None:
    value = BUILDERS[field](chooser(seed))
    if field is NationalIdentityNumber:
        assert str(AnyKind(value)) == value
    elif field is OrganisationNumber:
        assert OrganisationNumber.problem(value).reason == "synthetic"  # type: ignore[union-attr]
    else:
        assert str(field(value)) == value  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [kind for kind in IdentityKind if kind != IdentityKind.FH])
@pytest.mark.parametrize("gender", list(Gender))
@given(seed=st.integers(0, 2**32), born=st.dates(datetime.date(1940, 1, 1), datetime.date(2019, 12, 31)))
def test_a_number_tells_what_was_asked_for(kind: IdentityKind, gender: Gender, seed: int, born: datetime.date) -> None:
    number = AnyKind(national_identity_number(chooser(seed), [kind], (born, born), gender))
    assert (number.kind, number.birth_date, number.gender) == (kind, born, gender)


def test_a_password_may_have_its_characters_in_any_order() -> None:
    """In each equally often: nobody can tell where the capital stands."""
    orders = []
    for choices in product(range(3), range(2)):
        of_order = {(0, 2): choices[0], (0, 1): choices[1]}
        rule = dataclasses.replace(AltinnPassword.rule, min=3, max=3)
        orders.append(altinn_password(lambda low, high, chosen=of_order: chosen.get((low, high), low), rule))  # type: ignore[misc]
    assert sorted(orders) == sorted("".join(order) for order in permutations("aA0"))


@given(seed=st.integers(0, 2**32))
def test_no_number_is_of_the_real_series_unless_asked_for(seed: int) -> None:
    assert AnyKind(national_identity_number(chooser(seed))).is_synthetic
    assert organisation_number(chooser(seed))[0] in "23"
    assert organisation_number(chooser(seed), ["organisation"])[0] in "89"


def test_what_cannot_be_built_is_said() -> None:
    with pytest.raises(ValueError, match="no kind 'xyz'"):
        national_identity_number(chooser(1), ["xyz"])
    with pytest.raises(ValueError, match="no fnr tells a birth in 2050"):
        national_identity_number(chooser(1), ["fnr"], (datetime.date(2050, 1, 1), datetime.date(2050, 12, 31)))

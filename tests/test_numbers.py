"""Facts of numbers: VAT number, IBAN, written forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.values import LANGUAGES, VALUES, policy
from nofields import AccountNumber, AltinnSystemId, MobilePhoneNumber, NationalIdentityNumber, OrganisationNumber, PhoneNumber
from nofields.fields import ALL
from nofields.keys import Phrase
from nofields.messages import message
from nofields.value import Field


@given(VALUES[AccountNumber])
def test_iban(number: str) -> None:
    """The IBAN is Norway's letters, check digits by mod 97, and the account number, in groups of four."""
    iban = AccountNumber(number).iban
    squeezed = iban.replace(" ", "")
    assert squeezed[4:] == number
    assert int(f"{number}2324{squeezed[2:4]}") % 97 == 1  # N is 23 and O is 24
    assert [len(group) for group in iban.split(" ")] == [4, 4, 4, 3]
    assert AccountNumber(number).bank_register_number == number[:4]


@given(VALUES[OrganisationNumber])
def test_vat_number(number: str) -> None:
    """The VAT number is the organisation number between NO and MVA."""
    assert OrganisationNumber(number).vat_number == f"NO {number[:3]} {number[3:6]} {number[6:]} MVA"


@pytest.mark.parametrize(
    ("field", "value", "formatted"),
    [
        (OrganisationNumber, "974760673", "974 760 673"),
        (AccountNumber, "86011117947", "8601.11.17947"),
        (NationalIdentityNumber, "30108299920", "301082 99920"),
        (PhoneNumber, "21234567", "21 23 45 67"),
        (MobilePhoneNumber, "40612345", "40 61 23 45"),
    ],
)
def test_formatted(field: type[Field], value: str, formatted: str) -> None:
    """Numbers are written in the groups in which people write them."""
    assert field(value).formatted == formatted  # type: ignore[call-arg]


@given(VALUES[PhoneNumber])
def test_phone_forms(number: str) -> None:
    """The international forms are +47 and the number, with blanks for people and without for machines."""
    phone = PhoneNumber(number)
    assert phone.e164 == f"+47{number}"
    assert phone.international.replace(" ", "") == phone.e164
    assert phone.formatted.replace(" ", "") == number


@given(VALUES[AltinnSystemId])
def test_vendor(system_id: str) -> None:
    """In Altinn 3's form the vendor is the organisation number; Altinn 2's form has none."""
    vendor = AltinnSystemId(system_id).vendor
    assert vendor == (system_id[:9] if "_" in system_id else None)
    assert type(vendor) in (OrganisationNumber, type(None))


@pytest.mark.parametrize("field", [field for field in ALL if field.examples], ids=lambda field: field.__name__)
@given(data=st.data())
def test_facts(field: type[Field], data: st.DataObject) -> None:
    """Every fact has a name in every language, and a value."""
    value = field(data.draw(VALUES[field]))  # type: ignore[call-arg]
    for name, fact in value.facts().items():
        assert isinstance(name, Phrase)
        assert fact
        for language in LANGUAGES:
            assert message(name, language) != name
            assert not isinstance(fact, Phrase) or message(fact, language) != fact


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        ("15507600333", {"FACT_KIND": "KIND_NAV_FNR", "FACT_BIRTH_DATE": "1976-10-15", "FACT_GENDER": "GENDER_MALE"}),
        ("29422059278", {"FACT_KIND": "KIND_NAV_FNR", "FACT_BIRTH_DATE": "2020-02-29", "FACT_GENDER": "GENDER_FEMALE"}),
        ("81234567802", {"FACT_KIND": "KIND_FH", "FACT_BIRTH_DATE": "NOT_TOLD", "FACT_GENDER": "NOT_TOLD"}),
        ("30908299902", {"FACT_KIND": "KIND_TENOR_FNR", "FACT_BIRTH_DATE": "NOT_TOLD", "FACT_GENDER": "NOT_TOLD"}),
    ],
)
def test_facts_of_a_person(number: str, facts: dict[str, str]) -> None:
    """An identity number's kind and, where it encodes them, birth date and gender."""
    with policy("accept"):
        assert NationalIdentityNumber(number).facts() == facts

"""VAT numbers (MVA-nummer)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from helpers.values import organisation_numbers, policy, verdict
from nofields import OrganisationNumber, Phrase, Reason, VatNumber, strategies
from nofields.audit.guess import guess_fields
from nofields.characters import WHITE_SPACE
from nofields.forms.types.widgets import appearance

SYNTHETIC = "NO310926833MVA"


class Dashed(VatNumber, separators=WHITE_SPACE + "-"): ...


@pytest.mark.parametrize(
    "text",
    [
        "NO974760673MVA",
        "NO 974 760 673 MVA",
        "974 760 673 MVA",
        "974760673mva",
        "no974760673mva",
        "No 974760673 Mva",
        "\u00a0NO974\u202f760\u2009673\tMVA\r\n",
        "N O 9 7 4 7 6 0 6 7 3 M V A",
    ],
)
def test_accepted(text: str) -> None:
    made = verdict(VatNumber, text)
    assert type(made) is VatNumber
    assert (made, made.formatted) == ("NO974760673MVA", "NO 974 760 673 MVA")
    assert made.organisation_number == OrganisationNumber("974760673")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NO 974 760 674 MVA", Reason.CHECK_DIGIT),
        ("NO 174 760 673 MVA", Reason.SERIES),
        ("NO000000000MVA", Reason.SERIES),
        ("NO97476067MVA", Reason.LENGTH),
        ("NO9747606731MVA", Reason.LENGTH),
        (SYNTHETIC, Reason.SYNTHETIC),
        ("974760673", Reason.FORMAT),
        ("NO974760673", Reason.FORMAT),
        ("NO974760673MVAMVA", Reason.FORMAT),
        ("NOMVA", Reason.FORMAT),
        ("SE974760673MVA", Reason.FORMAT),
        ("NO-974-760-673-MVA", Reason.FORMAT),
        ("NO974760673MVA.", Reason.FORMAT),
        ("N\u043e974760673MVA", Reason.CHARACTERS),
        ("NO\u0669\u0667\u0664\u0667\u0666\u0660\u0666\u0667\u0663MVA", Reason.CHARACTERS),
        ("974760673.0", Reason.NUMBER),
        ("9.74760673E+08", Reason.NUMBER),
    ],
)
def test_rejected(text: str, reason: Reason) -> None:
    problem = verdict(VatNumber, text)
    assert (problem.key, problem.reason) == ("TEXT_FIELD_CONTENTS_ERROR", reason)


@given(st.text("0123456789", min_size=1, max_size=12))
def test_organisation_number_decides(number: str) -> None:
    """Verdict and reason are those of the organisation number."""
    for setting in ("reject", "accept", "only"):
        with policy(setting):
            inner, outer = OrganisationNumber.problem(number), VatNumber.problem(f"NO{number}MVA")
        assert (inner is None) is (outer is None)
        if inner and outer:
            assert (outer.reason, outer.params) == (inner.reason, inner.params)


@given(organisation_numbers())
def test_reads_what_is_written(number: str) -> None:
    """What an organisation number and a VAT number write is read as the same value."""
    written = OrganisationNumber(number).vat_number
    made = VatNumber(written)
    assert made == f"NO{number}MVA"
    assert made.formatted == written
    assert VatNumber(made.formatted) == VatNumber(str(made)) == made
    assert made.organisation_number == number


def test_follows_the_setting() -> None:
    with policy("accept"):
        made = VatNumber(SYNTHETIC)
        assert made.organisation_number.is_synthetic
    assert made.formatted == "NO 310 926 833 MVA"
    with policy("only"):
        assert VatNumber.is_valid(SYNTHETIC)
        assert verdict(VatNumber, "NO974760673MVA").reason == Reason.REAL


def test_separators() -> None:
    assert Dashed("NO-974-760-673-MVA") == "NO974760673MVA"
    assert re.search(TypeAdapter(Dashed).json_schema()["pattern"], "no-974-760-673-mva ")
    assert not re.search(TypeAdapter(VatNumber).json_schema()["pattern"], "no-974-760-673-mva ")


def test_facts() -> None:
    assert VatNumber("NO974760673MVA").facts() == {
        Phrase.FACT_ORGANISATION_NUMBER: "974 760 673",
        Phrase.FACT_KIND: Phrase.KIND_ORGANISATION,
    }


@pytest.mark.parametrize("field", [VatNumber, Dashed], ids=lambda field: field.__name__)
@given(data=st.data())
def test_strategies(field: type[VatNumber], data: st.DataObject) -> None:
    assert field.is_valid(data.draw(strategies.values(field)))
    assert field.is_valid(data.draw(strategies.vat_numbers(series="real", formatted=True)))
    assert type(data.draw(st.from_type(field))) is field
    for reason in (Reason.FORMAT, Reason.NUMBER, Reason.LENGTH, Reason.SERIES, Reason.CHECK_DIGIT, Reason.SYNTHETIC):
        assert field.problem(data.draw(strategies.invalid(field, reason=reason))).reason == reason  # type: ignore[union-attr]


def test_formatted_strategy() -> None:
    @given(strategies.vat_numbers(series="synthetic", formatted=True))
    def written(text: str) -> None:
        with policy("only"):
            assert VatNumber(text).formatted == text

    written()


@pytest.mark.parametrize("name", ["Mva-nummer", "mvanr", "VAT number", "vat_no"])
def test_guess(name: str) -> None:
    assert guess_fields([name]) == {name: VatNumber}


def test_form() -> None:
    """Wide enough for the written form."""
    assert appearance(VatNumber.rule).attributes["size"] == "20"

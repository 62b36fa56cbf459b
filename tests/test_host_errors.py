"""Errors, checks and context of the host's own in a form."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator

from nofields import (
    AltinnPassword,
    Checkbox,
    DateRange,
    FieldError,
    Key,
    NationalIdentityNumber,
    OrganisationNumber,
    Problem,
    Reason,
    Text,
    message,
)
from nofields.forms import Form

LOCKED = {"nb": "Kunden er sperret.", "nn": "Kunden er sperra.", "en": "The customer is blocked."}
#: What a host says, and what people read in English.
TEXTS: list[tuple[Any, str]] = [
    ("Kunden er sperret.", "Kunden er sperret."),
    (LOCKED, "The customer is blocked."),
    ("CHECKBOX_ERROR", message("CHECKBOX_ERROR", "en")),
    (Problem(Key.ORGANISATION_FIELD_ERROR, "blocked", {"digits": 9}), "Enter a valid organisation number (9 digits)."),
    (Problem("Sperret.", Reason.OTHER), "Sperret."),
    ("<b>Sperret</b> & «låst».", "<b>Sperret</b> & «låst»."),
]


class Customer(BaseModel):
    orgnr: Annotated[OrganisationNumber, Field(alias="organisation")]
    name: str = ""
    terms: Checkbox
    period: DateRange | None = None
    fnr: NationalIdentityNumber | None = None
    password: AltinnPassword | None = None


VALID: dict[str, Any] = {"organisation": "974 760 673", "terms": "on"}


@pytest.mark.parametrize(("text", "shown"), TEXTS, ids=lambda each: str(each)[:30])
@pytest.mark.parametrize("name", ["organisation", "orgnr", "name", "terms", "period", ""])
def test_added_error(name: str, text: Any, shown: str) -> None:
    """It makes the form invalid, and is shown at its control and in the summary, by name or alias."""
    bound = Form(Customer).bind(VALID, "en")
    assert (bound.is_valid, bound.errors) == (True, [])
    bound.add_error(name, text)
    submitted = {"orgnr": "organisation"}.get(name, name)
    assert (bound.is_valid, bound.value) == (False, None)
    assert [(error.name, error.message) for error in bound.errors] == [(submitted, shown.strip())]
    html = shown.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html in bound.summary()
    if submitted:
        control = bound.control(submitted)
        assert html in control
        assert f'id="{submitted}-error"' in control
        assert 'aria-invalid="true"' in control
        assert f'href="#{bound.errors[0].id}"' in bound.summary()


def test_unknown_control() -> None:
    bound = Form(Customer, without={"name"}).bind(VALID)
    for name in "number", "name", "period.from":
        with pytest.raises(KeyError, match=r"no control .*organisation, terms, period"):
            bound.add_error(name, "x")
    assert bound.is_valid


def test_beside_the_errors_of_the_model() -> None:
    """No error hides another, and the same one is shown once."""
    bound = Form(Customer).bind(VALID | {"organisation": "1"}, "nb")
    assert bound.errors
    bound.add_error("", "Prøv igjen senere.")
    bound.add_error("organisation", "Kunden er sperret.")
    bound.add_error("organisation", "Kunden er sperret.")
    names = [error.name for error in bound.errors]
    assert names == ["organisation", "organisation", ""]
    assert "(9 siffer). Nummeret skal ha 9 siffer" not in bound.errors[1].text
    control = bound.control("organisation")
    assert control.count('id="organisation-error"') == 1
    assert bound.errors[0].text in control
    assert "Kunden er sperret." in control
    assert bound.summary().count("<li") == 3


def test_unsent_form() -> None:
    bound = Form(Customer).bind(None, "nb")
    bound.add_error("", "Økten er utløpt.")
    assert [error.message for error in bound.errors] == ["Økten er utløpt."]
    assert not bound.is_valid


@pytest.mark.parametrize("data", [VALID, VALID | {"organisation": "1", "password": "Fjell2024"}, None])
@pytest.mark.parametrize("name", ["organisation", "password", "period", ""])
def test_after_rendering(name: str, data: Any) -> None:
    """A form that was rendered before is rendered anew, with the error and with what follows from it."""
    rendered, fresh = (Form(Customer).bind(data, "nb") for _ in range(2))
    assert "Sperret." not in rendered.render()
    for bound in rendered, fresh:
        bound.add_error(name, "Sperret.")
    assert rendered.render() == fresh.render()
    assert "Sperret." in rendered.render()


def test_secrets_in_a_text() -> None:
    bound = Form(Customer).bind(VALID | {"fnr": "30108299920", "password": "Fjell2024"}, "nb")
    bound.add_error("fnr", "30108299920 og Fjell2024 hører ikke til 974 760 673.")
    assert bound.errors[0].message == "*** og *** hører ikke til 974 760 673."


@pytest.mark.parametrize("raised", [FieldError("Må fylles ut for bedrifter.", at="name"), ValueError("Fyll ut.")])
def test_project_error_of_a_blank_field(raised: ValueError) -> None:
    """Of a plain type: the project's own key and text stay."""

    class Own(BaseModel):
        name: str = ""

        @model_validator(mode="after")
        def check(self) -> Own:
            raise raised

    (error,) = Form(Own).bind({"name": ""}).errors
    assert (error.message, error.key, error.reason) == (str(raised), "TEXT_FIELD_CONTENTS_ERROR", "other")


def test_context() -> None:
    class Coupon(BaseModel):
        code: Text

        @field_validator("code")
        @classmethod
        def known(cls, code: Text, info: ValidationInfo) -> Text:
            if code not in (info.context or {}).get("codes", ()):
                raise FieldError("Ukjent kode.")
            return code

    form = Form(Coupon)
    assert form.bind({"code": "A"}, context={"codes": {"A"}}).is_valid
    for context in {"codes": {"B"}}, {}, None:
        assert [error.message for error in form.bind({"code": "A"}, context=context).errors] == ["Ukjent kode."]


async def approves(customer: Customer) -> None:
    await asyncio.sleep(0)


async def returns(customer: Customer) -> dict[str, Any]:
    await asyncio.sleep(0)
    return {"orgnr": LOCKED, "": Problem("Prøv igjen.", "later")}


async def raises(customer: Customer) -> None:
    raise FieldError(f"{customer.orgnr.formatted} er sperret.", at="orgnr")


async def finds_nothing(customer: Customer) -> dict[str, str]:
    return {}


@pytest.mark.parametrize(
    ("checks", "found"),
    [
        ((), []),
        ((approves, finds_nothing), []),
        ((returns,), [("organisation", "Kunden er sperra."), ("", "Prøv igjen.")]),
        ((raises, approves), [("organisation", "974 760 673 er sperret.")]),
        (
            (raises, returns),
            [("organisation", "974 760 673 er sperret."), ("organisation", "Kunden er sperra."), ("", "Prøv igjen.")],
        ),
    ],
)
def test_check(checks: Any, found: list[tuple[str, str]]) -> None:
    bound = Form(Customer).bind(VALID, "nn")
    assert asyncio.run(bound.check(*checks)) is not bool(found)
    assert [(error.name, error.message) for error in bound.errors] == found
    assert bound.is_valid is not bool(found)


def test_check_that_adds_errors() -> None:
    bound = Form(Customer).bind(VALID, "nb")

    async def check(customer: Customer) -> None:
        bound.add_error("name", f"{customer.orgnr.formatted} har ikke dette navnet.")

    assert not asyncio.run(bound.check(check))
    assert [error.name for error in bound.errors] == ["name"]


@pytest.mark.parametrize("data", [None, {"organisation": "1"}])
def test_no_check_without_a_value(data: Any) -> None:
    async def check(customer: Customer) -> None:
        raise AssertionError

    assert not asyncio.run(Form(Customer).bind(data).check(check))


def test_error_of_a_check() -> None:
    """A failure of the check itself is the host's to handle, and a wrong name is a mistake."""

    async def fails(customer: Customer) -> None:
        raise ConnectionError

    async def misspelt(customer: Customer) -> dict[str, str]:
        return {"number": "x"}

    for check, expected in (fails, ConnectionError), (misspelt, KeyError):
        with pytest.raises(expected):
            asyncio.run(Form(Customer).bind(VALID).check(check))

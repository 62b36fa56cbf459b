"""Fields that are shown as text and cannot be submitted differently."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from nofields import (
    AltinnPassword,
    Ask,
    Checkbox,
    CheckboxGroup,
    DateRange,
    Dropdown,
    FieldError,
    NationalIdentityNumber,
    OrganisationNumber,
    Text,
    TextArea,
    message,
)
from nofields.forms import Form


class Days(CheckboxGroup, choices={"mon": "mandag", "tue": "tirsdag"}): ...


class Size(Dropdown, choices={"s": "Liten", "l": "Stor"}): ...


class Order(BaseModel):
    orgnr: Annotated[OrganisationNumber, Field(alias="organisation")]
    fnr: NationalIdentityNumber
    kept: Annotated[NationalIdentityNumber, Ask(keep=True)]
    password: AltinnPassword
    days: Days
    size: Size
    period: DateRange
    message: TextArea
    terms: Checkbox
    news: bool = True
    nickname: str = "Ola"
    phone: Text | None = None


STORED = Order.model_validate(
    {
        "organisation": "974760673",
        "fnr": "30108299920",
        "kept": "30108299939",
        "password": "Fjell2024",
        "days": ["mon", "tue"],
        "size": "l",
        "period": {"from": "1.1.2016", "to": "31.12.2016"},
        "message": "<b>Hei</b>\nHa det",
        "terms": "on",
        "news": False,
    }
)
SHOWN = {
    "organisation": "974 760 673",
    "fnr": message("FORM_NOT_SHOWN", "nb"),
    "kept": "301082 99939",
    "password": message("FORM_NOT_SHOWN", "nb"),
    "days": "mandag<br>tirsdag",
    "size": "Stor",
    "period": "01.01.2016–31.12.2016",
    "message": "&lt;b&gt;Hei&lt;/b&gt;<br>Ha det",
    "terms": "Ja",
    "news": "Nei",
    "nickname": "Ola",
    "phone": "Ikke oppgitt",
}
FORGED: dict[str, Any] = {
    "organisation": "310164146",
    "fnr": "02013299997",
    "kept": "02013299997",
    "password": "Fjell2025",
    "days": ["mon"],
    "size": "s",
    "period.from": "1.1.2020",
    "period.to": "1.1.2021",
    "message": "x",
    "terms": "on",
    "news": "on",
    "nickname": "Kari",
    "phone": "x",
}
FORM = Form(Order, read_only=Order.model_fields)


@pytest.mark.parametrize("name", FORM.controls)
@pytest.mark.parametrize("data", [None, FORGED])
def test_shown_as_text(name: str, data: Any) -> None:
    """Nothing there can be submitted, and it has its label."""
    bound = FORM.bind(data, "nb", initial=STORED)
    html = bound.control(name)
    assert f'<p class="ds-paragraph">{SHOWN[name]}</p>' in html
    assert f'aria-labelledby="{name}-label"' in html
    assert not re.search(r"<(input|select|textarea|button)", bound.render())
    assert "30108299920" not in html
    assert "Fjell2024" not in html
    assert message("FORM_OPTIONAL", "nb") not in html


@pytest.mark.parametrize("values", ["given", "initial"])
@pytest.mark.parametrize("data", [{}, FORGED])
def test_submitted_values_are_ignored(data: Any, values: str) -> None:
    given = {name: getattr(STORED, name) for name in Order.model_fields}
    assert FORM.bind(data, **{values: given}).value == STORED  # type: ignore[arg-type]


def test_defaults() -> None:
    class Defaults(BaseModel):
        nickname: str = "Ola"
        news: bool = True

    assert Form(Defaults, read_only=["nickname", "news"]).bind({"nickname": "Kari"}).value == Defaults()


@pytest.mark.parametrize("name", ["orgnr", "organisation"])
def test_beside_other_fields(name: str) -> None:
    """By name or alias; the others are read and checked as usual."""
    form = Form(Order, read_only=name)
    bound = form.bind(FORGED | {"size": "x"}, given={name: "974760673"})
    assert [error.name for error in bound.errors] == ["size"]
    value = form.bind(FORGED, given={name: "974760673"}).value
    assert value is not None
    assert (value.orgnr, value.nickname) == ("974760673", "Kari")


def test_error_of_a_field_that_cannot_be_changed() -> None:
    """It is shown there, and the summary leads to it."""
    bound = FORM.bind({}, "nb", initial=STORED)
    bound.add_error("period", "Perioden er lukket.")
    (error,) = bound.errors
    html = bound.control("period")
    assert error.id == "period"
    assert 'id="period" role="group" tabindex="-1" aria-labelledby="period-label" aria-describedby="period-error"' in html
    assert 'id="period-error">Perioden er lukket.</p>' in html
    assert 'href="#period"' in bound.summary()


def test_intro() -> None:
    """Fields that cannot be filled in do not count."""
    form = Form(Order, read_only={"phone", "orgnr"}, without={"news", "nickname"})
    assert message("FORM_ALL_REQUIRED", "nb") in form.bind(None, "nb", initial=STORED).intro()


def test_missing_value() -> None:
    bound = Form(Order, read_only={"size"}).bind(FORGED | {"organisation": "974760673"})
    assert [error.name for error in bound.errors] == ["size"]


def test_unknown_field() -> None:
    with pytest.raises(ValueError, match="Order has no field 'sizes'"):
        Form(Order, read_only={"sizes"})


def test_wrong_given_value() -> None:
    with pytest.raises(FieldError):
        OrganisationNumber("1")
    bound = Form(Order, read_only={"orgnr"}).bind(FORGED, given={"orgnr": "1"})
    assert [(error.name, error.id) for error in bound.errors] == [("organisation", "organisation")]

"""Speed of forms against Django's, with as many fields. ``make bench`` runs this; the tests do not."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pytest
from django import forms
from django.core.validators import RegexValidator
from markupsafe import escape
from pydantic import BaseModel

from helpers import django_site
from nofields import AccountNumber, Ask, EmailAddress, OrganisationNumber, PhoneNumber, PostalCode, TextArea
from nofields.forms import Form
from nofields.generate import account_number, chooser, organisation_number

django_site.configure()


class Invoice(enum.Enum):
    """How a customer gets invoices."""

    EHF = "ehf"
    EMAIL = "e-post"
    LETTER = "brev"


class Customer(BaseModel):
    """A customer: fields of nofields, and plain types."""

    orgnr: OrganisationNumber
    account: AccountNumber
    name: Annotated[str, Ask(label="Navn")]
    email: EmailAddress
    phone: PhoneNumber
    postal_code: PostalCode
    since: Annotated[datetime.date, Ask(label="Kunde siden")]
    limit: Annotated[Decimal, Ask(label="Kredittgrense")]
    invoice: Annotated[Invoice, Ask(label="Faktura")]
    newsletter: Annotated[bool, Ask(label="Nyhetsbrev")]
    remarks: Annotated[TextArea | None, Ask(label="Merknader")] = None


FORM = Form(Customer)


def texts(name: str) -> dict[str, str]:
    """The label and the hint of a control: Django's form shows the same."""
    control = FORM.bind(None, "nb").bound_control(name)
    return {"label": control.label, "help_text": control.hint}


class DjangoCustomer(forms.Form):
    """The same as people write it with Django: patterns, which check no digit."""

    orgnr = forms.CharField(validators=[RegexValidator("^[0-9]{9}$")], **texts("orgnr"))
    account = forms.CharField(validators=[RegexValidator("^[0-9]{11}$")], **texts("account"))
    name = forms.CharField(**texts("name"))
    email = forms.EmailField(**texts("email"))
    phone = forms.CharField(validators=[RegexValidator("^[0-9]{8}$")], **texts("phone"))
    postal_code = forms.CharField(validators=[RegexValidator("^[0-9]{4}$")], **texts("postal_code"))
    since = forms.DateField(input_formats=["%d.%m.%Y"], **texts("since"))
    limit = forms.DecimalField(**texts("limit"))
    invoice = forms.ChoiceField(choices=[("", "Velg"), *((each.value, each.value) for each in Invoice)], **texts("invoice"))
    newsletter = forms.BooleanField(required=False, **texts("newsletter"))
    remarks = forms.CharField(widget=forms.Textarea, required=False, **texts("remarks"))


choose = chooser(2026)
VALID = {
    "orgnr": organisation_number(choose, ["organisation"]),
    "account": account_number(choose),
    "name": "Ola Fjell",
    "email": "ola@firma.no",
    "phone": "21234567",
    "postal_code": "0150",
    "since": "31.12.2016",
    "limit": "25000",
    "invoice": "ehf",
    "newsletter": "on",
    "remarks": "Ring først.\nIkke om fredager.",
}
#: What is submitted, by the name of the comparison.
SUBMITTED: dict[str, dict[str, str] | None] = {
    "form of eleven fields": VALID,
    "form of eleven fields, two of them wrong": VALID | {"orgnr": "97476067x", "since": "31.13.2016"},
    "form of eleven fields, not submitted": None,
}


def bind(data: dict[str, str] | None) -> tuple[Any, bool]:
    """Bind the form of nofields, and return whether it has a value."""
    bound = FORM.bind(data, "nb")
    return bound, bound.value is not None


def bind_django(data: dict[str, str] | None) -> tuple[Any, bool]:
    """Bind Django's form, and return whether it is valid."""
    bound = DjangoCustomer(data)
    return bound, bound.is_valid()


SIDES: dict[str, Callable[[dict[str, str] | None], tuple[Any, bool]]] = {"nofields": bind, "django": bind_django}


@pytest.mark.parametrize("who", SIDES)
@pytest.mark.parametrize("case", SUBMITTED)
@pytest.mark.parametrize("turn", range(3))  # a machine that is slow for a while spoils only one of them
def test_form(case: str, who: str, turn: int, benchmark: Any, bar: Any) -> None:
    """Binding a form and rendering it, in bokmål, take at most one and a half times as long as with Django."""
    bar(case, 1.5, at_most=True)
    data = SUBMITTED[case]
    bound, is_valid = SIDES[who](data)
    assert is_valid == (data is VALID)
    assert all(escape(text) in bound.render() for text in (data or {}).values())
    benchmark.pedantic(lambda: SIDES[who](data)[0].render(), rounds=300, warmup_rounds=20)

"""The same form in Flask, Django and Starlette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template import Context, Engine
from flask import Flask, render_template_string, request
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from helpers import django_site
from nofields import CheckboxGroup, DateRange, OrganisationNumber, PostalCode, TextArea
from nofields.forms import Form


class Days(CheckboxGroup, choices=["mon", "tue", "wed"]): ...


class Order(BaseModel):
    orgnr: OrganisationNumber
    postal_code: PostalCode
    days: Days
    period: DateRange
    message: TextArea | None = None


FORM = Form(Order)
SENT = [("orgnr", "974 760 673"), ("postal_code", "0357"), ("days", "mon"), ("days", "wed"), ("csrf", "x")]
SENT += [("period.from", "1.1.2020"), ("period.to", "2.1.2020"), ("message", "")]
#: A host's own template, in the syntax that Jinja and Django share.
TEMPLATE = "<form method='post' novalidate>{{ bound.render }}</form>"


def described(bound: Any) -> str:
    return f"{bound.value!r}" if bound.value else "rejected"


def by_flask(body: str) -> tuple[str, str]:
    app = Flask(__name__)
    values: list[str] = []

    @app.post("/")
    def order() -> str:
        bound = FORM.bind(request.form, request.headers.get("Accept-Language"))
        values.append(described(bound))
        return render_template_string(TEMPLATE.replace("bound.render", "bound.render()"), bound=bound)

    answer = app.test_client().post(
        "/", data=body, content_type="application/x-www-form-urlencoded", headers={"Accept-Language": "nn"}
    )
    return values[0], answer.text


def by_django(body: str) -> tuple[str, str]:
    django_site.configure()
    bound = FORM.bind(QueryDict(body), "nn")
    return described(bound), Engine().from_string(TEMPLATE).render(Context({"bound": bound}))


def by_starlette(body: str) -> tuple[str, str]:
    values: list[str] = []

    async def order(request: Request) -> Response:
        bound = FORM.bind(await request.form(), request.headers.get("accept-language"))
        values.append(described(bound))
        return HTMLResponse(f"<form method='post' novalidate>{bound.render()}</form>")

    client = TestClient(Starlette(routes=[Route("/", order, methods=["POST"])]))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "nn"}
    answer = client.post("/", content=body, headers=headers)
    return values[0], answer.text


each_framework = pytest.mark.parametrize("framework", [by_flask, by_django, by_starlette])


@each_framework
def test_valid_data(framework: Callable[[str], tuple[str, str]]) -> None:
    value, _ = framework(urlencode(SENT))
    expected = Order(
        orgnr=OrganisationNumber("974760673"),
        postal_code=PostalCode("0357"),
        days=Days(["mon", "wed"]),
        period=DateRange("1.1.2020", "2.1.2020"),
    )
    assert value == repr(expected)


@each_framework
def test_errors(framework: Callable[[str], tuple[str, str]]) -> None:
    value, html = framework(urlencode([*SENT[1:], ("orgnr", "974 760 674")]))
    assert value == "rejected"
    assert '<label class="ds-label" data-weight="semibold" for="orgnr">Organisasjonsnummer</label>' in html
    assert "Skriv inn eit gyldig organisasjonsnummer (9 siffer)." in html
    assert 'value="974 760 674"' in html
    assert 'value="wed" checked' in html
    assert "OSLO" in html

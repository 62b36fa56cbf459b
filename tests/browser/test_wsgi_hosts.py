"""The script in pages of Flask, Django and a plain WSGI host, with a widget of the project's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from flask import Flask, render_template_string, request
from jinja2 import DictLoader
from playwright.sync_api import expect
from pydantic import BaseModel, Field
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Request, Response

import nofields.django
import nofields.flask
import nofields.wsgi
from helpers import django_site
from helpers.page_actions import Visit
from helpers.wsgi_server import WSGI, served_wsgi
from nofields import Ask, EmailAddress, PostalCode
from nofields.forms import Form
from nofields.forms.asset_tags import asset_tags


class Review(BaseModel):
    rating: Annotated[int, Field(le=100), Ask(label="Vurdering", widget="slider")]
    email: EmailAddress
    code: PostalCode


SLIDER = """{% from "nofields/parts.html" import label, error, state %}
<div class="ds-field">{{ label(control) }}
<input{{ state(control, control.inputs[0], attributes={"type": "range", "max": 200}) }} value="{{ control.inputs[0].value }}">
{{ error(control) }}</div>"""
FORM = Form(Review, templates=DictLoader({"shop/slider.html": SLIDER}), widgets={"slider": "shop/slider.html"})
PAGE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Skjema</title><link rel="icon" href="data:,">
{tags}</head><body><form method="post" novalidate>{form}</form></body></html>"""


def by_flask(running: ExitStack, folder: Path) -> WSGI:
    app = Flask(__name__)
    app.register_blueprint(nofields.flask.assets([FORM]))
    tags = asset_tags("/nofields/{}".format)

    @app.get("/")
    def page() -> str:
        bound = FORM.bind(request.args, "nb")
        return render_template_string(PAGE.format(tags="{{ tags }}", form="{{ bound.render() }}"), bound=bound, tags=tags)

    return app


def by_django(running: ExitStack, folder: Path) -> WSGI:
    tags = "{% load nofields %}{% nofields_assets %}"
    (folder / "page.html").write_text(PAGE.format(tags=tags, form="{% nofields_form bound %}"), "utf-8")

    def page(request: HttpRequest) -> HttpResponse:
        return render(request, "page.html", {"bound": FORM.bind(request.GET, "nb")})

    urls = [path("", page), path("nofields/", include(nofields.django.assets([FORM])))]
    templates = [django_site.TEMPLATES | {"DIRS": [folder]}]
    running.enter_context(django_site.serving(urls, INSTALLED_APPS=["nofields.django"], TEMPLATES=templates))
    return WSGIHandler()


def by_wsgi(running: ExitStack, folder: Path) -> WSGI:
    @Request.application
    def page(request: Request) -> Response:
        tags = asset_tags("/nofields/{}".format)
        return Response(PAGE.format(tags=tags, form=FORM.bind(request.args, "nb").render()), mimetype="text/html")

    return DispatcherMiddleware(page, {"/nofields": nofields.wsgi.assets([FORM])})


@pytest.fixture(params=[by_flask, by_django, by_wsgi])
def wsgi_host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with ExitStack() as running:
        yield running.enter_context(served_wsgi(request.param(running, tmp_path)))


def test_script(visit: Visit, wsgi_host: Any) -> None:
    """It asks the server for an e-mail address, a limit of the model and a postal place."""
    page = visit(wsgi_host)
    page.goto("/?rating=150&email=ola&code=0357")
    page.wait_for_load_state()
    expect(page.locator("#rating-error")).to_have_text("Skriv inn et tall som er 100 eller mindre.")
    expect(page.locator("#email-error")).to_be_visible()
    page.fill("#rating", "160")
    page.press("#rating", "Tab")
    expect(page.locator("#rating-error")).to_have_count(1)
    page.fill("#rating", "60")
    page.press("#rating", "Tab")
    expect(page.locator("#rating-error")).to_have_count(0)
    page.fill("#email", "ola@example.com")
    page.press("#email", "Tab")
    expect(page.locator("#email-error")).to_have_count(0)
    expect(page.locator("[data-summary]")).to_have_count(0)
    page.fill("#code", "5003")
    page.press("#code", "Tab")
    expect(page.locator("#code-place")).to_have_text("BERGEN")

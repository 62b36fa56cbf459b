"""Forms in the templates of an app: a Jinja extension, and tags of Django."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from django.template import Context, Engine, engines
from django.test import override_settings
from django.urls import NoReverseMatch, include, path
from flask import Flask, render_template_string
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

import nofields.django
from helpers import django_site
from nofields import Ask, OrganisationNumber, PostalCode
from nofields.forms import Bound, Form

EXTENSION = "nofields.forms.jinja.NofieldsExtension"


class Customer(BaseModel):
    orgnr: OrganisationNumber
    code: PostalCode | None = None


FORM = Form(Customer)
BOUND = FORM.bind({"orgnr": "<1>"}, "nb")
#: Own templates in the place of nofields', one of which uses what the app has.
OWN = {"nofields/summary.html": "<b>{{ bound.errors[0].label|shout }}{{ mark }}</b>", "shop/label.html": "<1>"}
SUMMARY = "<b>ORGANISASJONSNUMMER!</b>"


def environment(**settings: Any) -> Environment:
    made = Environment(**{"loader": DictLoader(OWN), "extensions": [EXTENSION], "autoescape": True, **settings})
    made.filters["shout"] = str.upper
    made.globals["mark"] = "!"
    return made


#: A call in a template, and what it returns without own templates.
CALLS: dict[str, Callable[[Bound[Any]], str]] = {
    "nofields_form(bound)": lambda bound: bound.render(),
    "nofields_summary(bound)": lambda bound: bound.summary(),
    "nofields_intro(bound)": lambda bound: bound.intro(),
    "nofields_control(bound, 'orgnr')": lambda bound: bound.control("orgnr"),
    "nofields_control(bound, 'orgnr', hint='<x>', attributes={'data-x': 1})": lambda bound: bound.control(
        "orgnr", hint="<x>", attributes={"data-x": 1}
    ),
}
each_call = pytest.mark.parametrize(("call", "expected"), CALLS.items(), ids=CALLS)


#: Settings of an app's environment.
SETTINGS: dict[str, dict[str, Any]] = {
    "usual": {},
    "nothing escaped": {"autoescape": False},
    "no loader": {"loader": None},
    "delimiters": {"variable_start_string": "[[", "variable_end_string": "]]", "line_statement_prefix": "<"},
    "newlines": {"newline_sequence": "\r\n", "keep_trailing_newline": True},
    "every value changed": {"finalize": lambda value: Markup("?") + value},
    "no cache": {"cache_size": 0},
    "async": {"enable_async": True},
}


@each_call
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_settings_of_the_app(settings: dict[str, Any], call: str, expected: Callable[[Bound[Any]], str]) -> None:
    """What nofields' templates rely on does not depend on them."""
    host = environment(**{"loader": DictLoader({}), **settings})
    name = host.variable_start_string, host.variable_end_string
    shown = host.from_string(f"{name[0]} {call} {name[1]}").render(bound=BOUND)
    assert shown.removeprefix("?") == expected(BOUND)


def test_own_templates() -> None:
    """Those of the app, with its filters and globals; its other templates are unchanged."""
    host = environment()
    assert host.from_string("{{ nofields_summary(bound) }}").render(bound=BOUND) == SUMMARY
    assert SUMMARY in host.from_string("{{ nofields_form(bound) }}").render(bound=BOUND)
    assert "ds-error-summary" in BOUND.summary()


def test_templates_of_the_form_come_first() -> None:
    own = Form(Customer, templates=DictLoader({"nofields/summary.html": "of the form"})).bind({}, "nb")
    assert environment().from_string("{{ nofields_summary(bound) }}").render(bound=own) == "of the form"


def test_loader_of_the_app() -> None:
    """nofields' templates can be imported, its own are found first, also after it has got another loader."""
    host = environment()
    page = '{% from "nofields/parts.html" import label %}{% include "shop/label.html" %}{{ label(control) }}'
    assert host.from_string(page).render(control=BOUND.bound_control("orgnr")).startswith('<1>\n<label class="ds-label"')
    host.loader = DictLoader({"nofields/summary.html": "another"})
    assert host.from_string("{{ nofields_summary(bound) }}").render(bound=BOUND) == "another"


def test_own_widget() -> None:
    """Its template is one of the app."""

    class Review(BaseModel):
        rating: Annotated[int, Ask(widget="stars")]

    host = environment(loader=DictLoader({"shop/stars.html": "<i>{{ control.label }}</i>"}))
    bound = Form(Review, widgets={"stars": "shop/stars.html"}).bind(None, "nb")
    assert "<i>Rating</i>" in host.from_string("{{ nofields_form(bound) }}").render(bound=bound)


def test_compiled_code_of_the_app(tmp_path: Path) -> None:
    """Code that the app compiled without escaping is not used."""
    source = '{{ "<x>" }}{{ bound.form.name }}'
    host = environment(
        loader=DictLoader({"nofields/summary.html": source}),
        autoescape=False,
        bytecode_cache=FileSystemBytecodeCache(str(tmp_path)),
    )
    assert host.get_template("nofields/summary.html").render(bound=BOUND) == "<x>Customer"
    assert host.from_string("{{ nofields_summary(bound) }}").render(bound=BOUND) == "&lt;x&gt;Customer"


def test_sandbox() -> None:
    host = SandboxedEnvironment(extensions=[EXTENSION], autoescape=True)
    assert host.from_string("{{ nofields_form(bound) }}").render(bound=BOUND) == BOUND.render()


def test_async() -> None:
    host = environment(enable_async=True)
    rendered = asyncio.run(host.from_string("{{ nofields_summary(bound) }}").render_async(bound=BOUND))
    assert rendered == SUMMARY


def test_flask(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "nofields"
    folder.mkdir(parents=True)
    (folder / "intro.html").write_text("<b>{{ config.MARK }}</b>", "utf-8")
    app = Flask(__name__, root_path=str(tmp_path))
    app.config["MARK"] = "of the app"
    app.jinja_env.add_extension(EXTENSION)
    with app.test_request_context():
        assert render_template_string("{{ nofields_intro(bound) }}", bound=BOUND) == "<b>of the app</b>"


def test_jinja_in_django(tmp_path: Path) -> None:
    folder = tmp_path / "nofields"
    folder.mkdir()
    (folder / "intro.html").write_text("<b>{{ text }}</b>", "utf-8")
    backend = {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [tmp_path],
        "OPTIONS": {"extensions": [EXTENSION]},
    }
    django_site.configure()
    with override_settings(TEMPLATES=[backend]):
        page = engines["jinja2"].from_string("{{ nofields_intro(bound) }}")
        assert page.render({"bound": BOUND}).startswith("<b>Felt")


@pytest.mark.parametrize(
    ("folder", "style"),
    [("'/nofields'", "nofields.css"), ("'/nofields/', style='extras.css'", "extras.css"), ("''", "nofields.css")],
)
def test_assets_in_jinja(folder: str, style: str) -> None:
    tags = environment().from_string(f"{{{{ nofields_assets({folder}) }}}}").render()
    start = "" if folder == "''" else "/nofields"
    assert tags == (f'<link rel="stylesheet" href="{start}/{style}">\n<script type="module" src="{start}/forms.js"></script>')


def by_django(source: str, **values: object) -> str:
    urls = [
        path("own/", include(nofields.django.assets([FORM]))),
        path("b/", include(nofields.django.assets(), "second")),
        path("shops/<int:shop>/", include(nofields.django.assets(), "third")),
    ]
    with django_site.serving(urls, INSTALLED_APPS=["nofields.django"]):
        return engines["django"].from_string("{% load nofields %}" + source).render({"bound": BOUND, **values})


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("{% nofields_form bound %}", BOUND.render()),
        ("{% nofields_summary bound %}", BOUND.summary()),
        ("{% nofields_intro bound %}", BOUND.intro()),
        ("{% nofields_control bound 'orgnr' %}", BOUND.control("orgnr")),
        ("{% nofields_control bound name %}", BOUND.control("code")),
        (
            "{% nofields_control bound 'orgnr' hint=hint hx_post='/a&b' class='wide' data_n=1 %}",
            BOUND.control("orgnr", hint="<x>", attributes={"hx-post": "/a&b", "class": "wide", "data-n": 1}),
        ),
        ("{% nofields_summary bound as summary %}{{ summary }}", BOUND.summary()),
        ("{% autoescape off %}{% nofields_form bound %}{% endautoescape %}", BOUND.render()),
        (
            "{% nofields_assets %}",
            '<link rel="stylesheet" href="/own/nofields.css">\n<script type="module" src="/own/forms.js"></script>',
        ),
        (
            "{% nofields_assets style='extras.css' namespace='second' %}",
            '<link rel="stylesheet" href="/b/extras.css">\n<script type="module" src="/b/forms.js"></script>',
        ),
        (
            "{% nofields_assets namespace='third' shop=7 %}",
            '<link rel="stylesheet" href="/shops/7/nofields.css">\n<script type="module" src="/shops/7/forms.js"></script>',
        ),
    ],
)
def test_tags_of_django(tag: str, expected: str) -> None:
    assert by_django(tag, name="code", hint="<x>") == expected


@pytest.mark.parametrize(
    ("tag", "error"),
    [
        ("{% nofields_control bound 'nothing' %}", KeyError),
        ("{% nofields_control bound 'orgnr' id='x' %}", ValueError),
        ("{% nofields_assets namespace='nothing' %}", NoReverseMatch),
    ],
)
def test_wrong_tags_of_django(tag: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        by_django(tag)


def test_library_without_the_app() -> None:
    """``libraries`` names the tags where ``INSTALLED_APPS`` does not."""
    django_site.configure()
    engine = Engine(libraries={"nofields": "nofields.django.templatetags.nofields"})
    page = engine.from_string("{% load nofields %}{% nofields_intro bound %}")
    assert re.sub("<.*?>", "", page.render(Context({"bound": BOUND}))).startswith("Felt")

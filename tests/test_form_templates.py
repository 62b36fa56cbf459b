"""A project's own templates in place of nofields', and its own widgets."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from jinja2 import DictLoader, TemplateNotFound
from markupsafe import escape
from pydantic import BaseModel, Field, create_model

from nofields import Amount, Ask, NationalIdentityNumber, OrganisationNumber, PostalCode
from nofields.forms import Form, OwnWidget
from nofields.forms.bound.bound_control import READ_ONLY
from nofields.forms.render import loader, templates
from nofields.forms.types.widgets import Widget


class Customer(BaseModel):
    orgnr: OrganisationNumber
    code: PostalCode | None = None


REJECTED = {"orgnr": "<1>"}
#: Templates in place of nofields', with what each shows in a whole form.
OWN = {
    "form.html": ("<b>{{ bound.form.name }}</b>", "<b>Customer</b>"),
    "summary.html": ("<b>{{ bound.errors[0].label }}</b>", "<b>Organisasjonsnummer</b>"),
    "intro.html": ("<b>{{ text }}</b>", "<b>Felt som ikke er merket «valgfritt», må fylles ut.</b>"),
    "control.html": ("<b>{{ control.id }} {{ control.inputs[0].value }}</b>", "<b>orgnr &lt;1&gt;</b>"),
    "attributes.html": ('data-own="{{ synthetic }}"', 'data-own="reject"'),
    "widgets/input.html": ("<b>{{ control.label }}</b>", "<b>Organisasjonsnummer</b>"),
}


def own(**sources: str) -> DictLoader:
    return DictLoader({f"nofields/{name}": source for name, source in sources.items()})


@pytest.mark.parametrize(("name", "source", "shown"), [(name, *pair) for name, pair in OWN.items()], ids=OWN)
def test_by_name(name: str, source: str, shown: str) -> None:
    html = Form(Customer, templates=own(**{name: source})).bind(REJECTED, "nb").render()
    assert shown in html
    assert shown not in Form(Customer).bind(REJECTED, "nb").render()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("summary.html", lambda bound: bound.summary()),
        ("control.html", lambda bound: bound.control("orgnr")),
        ("widgets/input.html", lambda bound: bound.control("orgnr")),
        ("intro.html", lambda bound: bound.intro()),
        ("attributes.html", lambda bound: bound.attributes),
    ],
)
def test_of_parts(name: str, part: Callable[..., str]) -> None:
    source, shown = OWN[name]
    assert shown in part(Form(Customer, templates=own(**{name: source})).bind(REJECTED, "nb"))


def folder(path: Path, **sources: str) -> Path:
    for name, source in sources.items():
        file = path / "nofields" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, "utf-8")
    return path


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path / "own", **{"summary.html": "mine"})
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / "own", str(tmp_path / "own"), "own", Path("own")):
        assert Form(Customer, templates=path).bind(REJECTED).summary() == "mine"


def test_first_comes_first(tmp_path: Path) -> None:
    sources = [folder(tmp_path, **{"summary.html": "first"}), own(**{"summary.html": "second", "intro.html": "second"})]
    bound = Form(Customer, templates=sources).bind(REJECTED)
    assert (bound.summary(), bound.intro()) == ("first", "second")
    assert 'class="nofields-control"' in bound.control("orgnr")


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing"):
        Form(Customer, templates=tmp_path / "nothing")


def test_one_environment(tmp_path: Path) -> None:
    """It is made once for the same sources: it holds the compiled templates."""
    mine = own(**{"summary.html": "mine"})
    forms = [Form(Customer, templates=each) for each in (mine, [mine], [tmp_path, mine], (str(tmp_path), mine), (), ())]
    first, second, third, fourth, fifth, sixth = (form.templates.environment for form in forms)
    assert first is second is not third
    assert third is fourth
    assert fifth is sixth is Form(Customer).templates.environment
    assert templates(mine) is forms[0].templates


def test_changed_template(tmp_path: Path) -> None:
    form = Form(Customer, templates=folder(tmp_path, **{"summary.html": "before"}))
    assert form.bind(REJECTED).summary() == "before"
    folder(tmp_path, **{"summary.html": "after"})
    os.utime(tmp_path / "nofields" / "summary.html", (1, 1))
    assert form.bind(REJECTED).summary() == "after"


def test_overridden_template() -> None:
    """An exclamation mark names the one of nofields."""
    source = '<div class="mine">{% include "!nofields/widgets/input.html" %}</div>'
    mine = Form(Customer, templates=own(**{"widgets/input.html": source})).bind(REJECTED)
    original = Form(Customer).bind(REJECTED).control("orgnr")
    before, _, after = str(mine.control("orgnr")).partition('<div class="mine">')
    assert before + after.replace("</div></div>", "</div>", 1) == original


def test_overridden_macro() -> None:
    """A project changes one part of all widgets, and keeps the others."""
    source = """
    {% import "!nofields/parts.html" as original %}
    {% macro label(control) %}<label for="{{ control.id }}">{{ control.label|upper }}</label>{% endmacro %}
    {% set hint, error, state = original.hint, original.error, original.state %}
    """
    html = Form(Customer, templates=own(**{"parts.html": source})).bind(REJECTED).render()
    assert '<label for="orgnr">ORGANISASJONSNUMMER</label>' in html
    assert 'aria-invalid="true" value="&lt;1&gt;"' in html


@pytest.mark.parametrize("widget", [*Widget, READ_ONLY])
def test_widget_has_a_template(widget: str) -> None:
    names = loader().list_templates()
    assert f"nofields/widgets/{widget}.html" in names
    assert f"!nofields/widgets/{widget}.html" in names


def test_unknown_template() -> None:
    form = Form(Customer, templates=own(**{"control.html": '{% include "shop/nothing.html" %}'}))
    with pytest.raises(TemplateNotFound, match=r"shop/nothing\.html"):
        form.bind(None).render()


class Level(IntEnum):
    LOW = 1
    HIGH = 2


SLIDER = """{% from "nofields/parts.html" import label, hint, error, state %}
{% set input = control.inputs[0] %}
<div class="ds-field">
{{ label(control) }}{{ hint(control) }}
<input{{ state(control, input, attributes={"type": "range", "inputmode": none, "step": 5}) }} value="{{ input.value }}">
{{ error(control) }}
</div>
"""
STARS = """{% for input in control.inputs %}<i id="{{ input.id }}">{{ input.label }}{{ input.checked }}</i>{% endfor %}"""
SHOP = DictLoader({"shop/slider.html": SLIDER, "shop/stars.html": STARS})
WIDGETS: dict[str, str | OwnWidget] = {
    "slider": "shop/slider.html",
    "stars": OwnWidget("shop/stars.html", like="radios"),
    "plain": OwnWidget("shop/stars.html"),
}


def form(annotation: object, **settings: object) -> Form[BaseModel]:
    model = create_model("Review", field=(annotation, ...))
    return Form(model, templates=SHOP, widgets=WIDGETS, **settings)


#: Types with what is submitted for them, and the value.
SLID: list[tuple[object, str, object]] = [
    (int, "5", 5),
    (Decimal, "5,5", Decimal("5.5")),
    (Annotated[str, Field(max_length=5)], "a & b", "a & b"),
    (PostalCode, "0357", "0357"),
    (Amount, "1 000", Amount("1000.00")),
    (NationalIdentityNumber, "30108299920", "30108299920"),
]


@pytest.mark.parametrize(("kind", "sent", "value"), SLID)
def test_own_widget(kind: type, sent: str, value: object) -> None:
    slider = form(Annotated[kind, Ask(widget="slider")])
    bound = slider.bind({"field": sent}, "nb")
    assert bound.value is not None
    assert bound.value.field == value  # type: ignore[attr-defined]
    html = str(slider.bind({"field": sent + "x"}, "nb").render())
    assert 'type="range"' in html
    assert html.count("type=") == 1
    assert "inputmode" not in html
    assert 'step="5" aria-describedby=' in html
    assert 'aria-invalid="true"' in html
    assert (str(escape(sent)) in html) is (kind is not NationalIdentityNumber)


def test_own_widget_like_another() -> None:
    """It has the inputs of the widget in whose place it stands."""
    stars = form(Annotated[Level, Ask(widget="stars")]).bind(None, "nb", initial={"field": Level.HIGH})
    assert '<i id="field-1">LowFalse</i><i id="field-2">HighTrue</i>' in stars.render()
    assert '<i id="field">False</i>' in form(Annotated[Level, Ask(widget="plain")]).bind(None, "nb").render()


def test_own_widget_of_union() -> None:
    """It shows the choice between the models."""

    class Card(BaseModel):
        kind: Literal["card"]

    class Invoice(BaseModel):
        kind: Literal["invoice"]

    shown = form(Annotated[Card | Invoice, Field(discriminator="kind"), Ask(widget="stars")]).bind(None, "nb").render()
    assert '<i id="field.kind-1">' in shown
    assert 'type="radio"' not in shown


def test_own_widget_read_only() -> None:
    shown = form(Annotated[int, Ask(widget="slider")], read_only="field").bind(None, "nb", initial={"field": 5})
    assert 'type="range"' not in shown.render()
    assert ">5</p>" in shown.render()


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        (Annotated[int, Ask(widget="dial")], "Review.field: there is no widget 'dial', only .*radios.*slider, stars"),
        (Annotated[PostalCode, Ask(widget="dial")], "Review.field: there is no widget 'dial', only .*radios.*slider, stars"),
        (Annotated[int, Ask(widget="stars")], "Review.field: a form has no widget 'radios' for int"),
        (Annotated[PostalCode, Ask(widget="stars")], "Review.field: PostalCode has a widget of its own"),
        (Annotated[Customer, Ask(widget="slider")], "Review.field: a group has no widget such as 'slider'"),
        (Annotated[list[Customer], Ask(widget="radios")], "Review.field: a list has no widget such as 'radios'"),
        (Annotated[list[str], Ask(widget="slider")], "Review.field: a list has no widget such as 'slider'"),
    ],
)
def test_unknown_widget(annotation: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        form(annotation)


@pytest.mark.parametrize("name", Widget)
def test_taken_name(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name}.html"):
        Form(Customer, widgets={name: "shop/slider.html"})

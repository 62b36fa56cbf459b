"""HTML attributes and labels with HTML that a host sets."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Annotated, Any

import pytest
from django.utils.safestring import mark_safe
from markupsafe import Markup
from pydantic import BaseModel

from nofields import Ask, Checkbox, CheckboxGroup, DateRange, Dropdown, OrganisationNumber, PostalCode, TextArea, localize
from nofields.forms import Form


class Days(CheckboxGroup, choices=["mon", "tue"]): ...


class Size(Dropdown, choices=["s", "l"]): ...


class Order(BaseModel):
    orgnr: OrganisationNumber
    code: PostalCode
    days: Days
    size: Size
    period: DateRange
    message: TextArea
    terms: Checkbox
    news: bool = False


class Elements(HTMLParser):
    """The elements of HTML: name, and all pairs of attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, attrs))


def inputs(html: str) -> list[dict[str, str | None]]:
    """The attributes of the inputs, none of them written twice."""
    found = [attributes for tag, attributes in Elements(html).all if tag in ("input", "select", "textarea")]
    assert found
    for attributes in found:
        assert len(dict(attributes)) == len(attributes)
    return [dict(attributes) for attributes in found]


@pytest.mark.parametrize("name", Order.model_fields)
def test_attributes_of_every_widget(name: str) -> None:
    given = {"hx-post": "/check?a=1&b=2", "data-x": '"><script>', "class": "wide tall", "hx-disable": True, "data-no": False}
    bound = Form(Order).bind({}, "nb")
    plain, own = inputs(bound.control(name)), inputs(bound.control(name, attributes=given))
    assert "<script" not in bound.control(name, attributes=given)
    for before, after in zip(plain, own, strict=True):
        assert after.pop("class") == f"{before.pop('class')} wide tall"
        expected = {"hx-post": "/check?a=1&b=2", "data-x": '"><script>', "hx-disable": ""}
        assert after == before | expected
    assert inputs(bound.control(name)) == inputs(Form(Order).bind({}, "nb").control(name))


def test_attributes_of_the_model() -> None:
    """Outer ones take precedence over inner ones, and those of the page over both; ``autocomplete`` among them."""
    inner = Ask(attributes={"data-a": "1", "data-b": "1", "data-c": 1}, autocomplete="off")
    outer = Ask(attributes={"data-b": 2.5, "Data-C": "2", "maxlength": None, "inputmode": "text"})

    class Own(BaseModel):
        orgnr: Annotated[Annotated[OrganisationNumber, inner], outer]

    bound = Form(Own).bind({})
    (shown,) = inputs(bound.control("orgnr", attributes={"data-c": "3", "autocomplete": "organization"}))
    assert (shown["data-a"], shown["data-b"], shown["data-c"]) == ("1", "2.5", "3")
    assert (shown["autocomplete"], shown["inputmode"], "maxlength" in shown) == ("organization", "text", False)
    (shown,) = inputs(bound.render())
    assert (shown["data-c"], shown["autocomplete"]) == ("2", "off")


RESERVED = ["id", "ID", "name", "type", "value", "checked", "role", "aria-describedby", "aria-invalid", "Aria-Label"]
MALFORMED = ["", "data x", 'data"x', "data'x", "x>", "x/", "x=y", "x\n", "x\x00", "<x"]


@pytest.mark.parametrize("attribute", [*RESERVED, *MALFORMED])
def test_reserved_attributes(attribute: str) -> None:
    """An error, in the model and on the page."""

    class Own(BaseModel):
        orgnr: Annotated[OrganisationNumber, Ask(attributes={attribute: "x"})]

    with pytest.raises(ValueError, match=r"Own\.orgnr: "):
        Form(Own)
    with pytest.raises(ValueError, match=r"^orgnr: "):
        Form(Order).bind({}).control("orgnr", attributes={attribute: None})


def test_values_marked_as_html() -> None:
    html = Form(Order).bind({}).control("orgnr", attributes={"data-x": Markup('"><b>')})
    assert inputs(html)[0]["data-x"] == '"><b>'


LINK = 'Jeg godtar <a href="/vilkar">vilkårene &amp; reglene</a>'


@pytest.mark.parametrize("mark", [Markup, mark_safe])
@pytest.mark.parametrize("kind", [Checkbox, OrganisationNumber, Days, DateRange])
def test_label_with_a_link(mark: Any, kind: Any) -> None:
    """It is kept in the label; elsewhere, such as in the link of the summary, it is text."""

    class Own(BaseModel):
        field: Annotated[kind, Ask(label={"nb": mark(LINK), "en": "I <accept>"})]

    bound = Form(Own).bind({}, "nb")
    assert LINK in bound.control("field")
    assert 'data-label="Jeg godtar vilkårene &amp; reglene"' in bound.control("field")
    assert "/vilkar" not in bound.summary()
    assert "Jeg godtar vilkårene &amp; reglene: " in bound.summary()
    assert bound.errors[0].label == "Jeg godtar vilkårene & reglene"
    english = Form(Own).bind({}, "en")
    assert "I &lt;accept&gt;" in english.control("field")
    assert english.errors[0].label == "I <accept>"


def test_label_of_a_localized_error() -> None:
    class Own(BaseModel):
        terms: Annotated[Checkbox, Ask(label=Markup(LINK), message="«{label}» mangler.")]

    try:
        Own.model_validate({"terms": ""})
    except ValueError as error:
        (localized,) = localize(error, model=Own)  # type: ignore[arg-type]
    assert localized["label"] == "Jeg godtar vilkårene & reglene"
    assert localized["message"] == "«Jeg godtar vilkårene & reglene» mangler."


def test_unmarked_label_is_escaped() -> None:
    class Own(BaseModel):
        terms: Annotated[Checkbox, Ask(label=LINK)]

    assert "<a " not in Form(Own).bind(None).render()

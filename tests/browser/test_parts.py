"""Groups, lists, unions and conditions in the browser: with the script and without, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from markupsafe import Markup
from playwright.sync_api import Locator, Page, expect
from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from helpers.axe import violations
from helpers.browser_host import Host, served
from helpers.page_actions import Keyboard, Mouse, Visit
from nofields import Ask, OrganisationNumber, PostalCode, Text, message
from nofields.forms import Form
from nofields.web import assets


class Address(BaseModel):
    street: Text
    code: PostalCode


class Line(BaseModel):
    what: Annotated[Text, Ask(label="Vare")]
    price: Annotated[Decimal, Ask(label="Pris")]
    gift: Annotated[bool, Ask(label="Gave")] = False
    greeting: Annotated[Text | None, Ask(label="Hilsen", when={"gift": True})] = None


class Card(BaseModel):
    kind: Literal["card"]
    number: Annotated[Text, Ask(label="Kortnummer")]


class Invoice(BaseModel):
    kind: Literal["invoice"]
    orgnr: OrganisationNumber


class Order(BaseModel):
    address: Annotated[Address, Ask(label="Adresse")]
    lines: Annotated[list[Line], Ask(label="Varer", item="Ordrelinje"), Field(min_length=1, max_length=3)]
    codes: Annotated[list[PostalCode], Ask(label="Steder", item="Sted")] = []
    payment: Annotated[
        Card | Invoice,
        Field(discriminator="kind"),
        Ask(label="Betaling", options={"card": "Kort", "invoice": "Faktura"}),
    ]


ORDER = Form(Order)
_PAGE = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/nofields/nofields.css">{script}</head>
<body><main><h1>Ordre</h1><form method="post" novalidate>{form}<button class="ds-button">Send</button></form></main></body>
</html>"""
_SCRIPT = Markup('<script type="module" src="/nofields/forms.js"></script>')


class Orders(Host):
    def app(self) -> Starlette:
        return Starlette(routes=[Mount("/nofields", assets([ORDER])), Route("/", self._order, methods=["GET", "POST"])])

    async def _order(self, request: Request) -> Response:
        sent = await request.form() if request.method == "POST" else None
        bound = ORDER.bind(sent, request.headers.get("accept-language"))
        if bound.value:
            return HTMLResponse(f"<title>ok</title><p id='saved'>{bound.value!r}</p>")
        parts: dict[str, Any] = {"lang": bound.locale, "title": bound.title("Ordre"), "form": bound.render(), "script": _SCRIPT}
        return HTMLResponse(Markup(_PAGE).format(**parts), 422 if bound.is_sent else 200)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with served(Orders(Path(tmp_path_factory.mktemp("orders")), ())) as running:
        yield running


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, orders: Host, visit: Visit) -> Page:
    opened = visit(orders, java_script_enabled=request.param, locale="nb-NO", viewport={"width": 320, "height": 700})
    opened.goto("/")
    return opened


def rows(page: Page, name: str = "lines") -> Locator:
    return page.locator(f"[data-part={name}] > [data-rows] > [data-row]")


def named(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def button(page: Page, text: str) -> Locator:
    page.wait_for_load_state()  # only then have all scripts run
    return page.get_by_role("button", name=text, exact=True)


@pytest.mark.parametrize("act", [Mouse, Keyboard])
def test_order(page: Page, act: Callable[[Page], Mouse]) -> None:
    """The whole form, filled in as people do, with a row added, one removed, and an error on the way."""
    user = act(page)
    user.type(named(page, "address.street"), "Gata 1")
    user.type(named(page, "address.code"), "0357")
    user.type(named(page, "lines.0.what"), "Bord")
    user.press(button(page, "Legg til ordrelinje"))
    expect(named(page, "lines.1.what")).to_be_focused()
    user.type(named(page, "lines.1.what"), "Stol")
    user.type(named(page, "lines.1.price"), "1 234,50")
    user.press(button(page, "Fjern ordrelinje 1"))
    expect(rows(page)).to_have_count(1)
    expect(rows(page).locator("legend")).to_have_text("Ordrelinje 1")
    user.press(button(page, "Legg til sted"))
    user.type(named(page, "codes.0"), "12")
    user.tick(page.get_by_label("Kort", exact=True))
    user.type(page.get_by_label("Kortnummer"), "4")
    user.press(button(page, "Send"))
    summary = page.locator("[data-summary] a")
    expect(summary).to_have_text(["Sted 1: Skriv inn et gyldig postnummer (4 siffer)."])
    user.press(summary)
    expect(named(page, "codes.0")).to_be_focused()
    user.type(named(page, "codes.0"), "0010")
    user.press(button(page, "Send"))
    expect(page.locator("#saved")).to_contain_text(
        "Line(what=Text('Stol'), price=Decimal('1234.50'), gift=False, greeting=None)]"
    )
    expect(page.locator("#saved")).to_contain_text("codes=[PostalCode('0010')]")


def test_limits(page: Page) -> None:
    expect(page.locator("[data-part=lines] [data-remove]").first).to_be_hidden()
    for count in (2, 3):
        button(page, "Legg til ordrelinje").click()
        expect(rows(page)).to_have_count(count)
    expect(page.locator("[data-part=lines] > p > [data-add]")).to_be_hidden()
    button(page, "Fjern ordrelinje 3").click()
    expect(page.locator("[data-part=lines] > p > [data-add]")).to_be_visible()


def test_enter_sends(page: Page) -> None:
    named(page, "lines.0.what").press("Enter")
    expect(page.locator("[data-summary]")).to_be_visible()


@pytest.fixture
def scripted(orders: Host, visit: Visit) -> Page:
    opened = visit(orders, locale="nb-NO")
    opened.goto("/")
    return opened


def test_accessible(scripted: Page) -> None:
    scripted.set_viewport_size({"width": 320, "height": 700})
    button(scripted, "Send").click()
    button(scripted, "Legg til sted").click()
    expect(rows(scripted, "codes")).to_have_count(1)
    assert violations(scripted) == []
    assert scripted.evaluate("document.documentElement.scrollWidth") <= 320


def test_branches_follow_the_choice(scripted: Page) -> None:
    card, invoice = (scripted.locator(f"[data-part='payment.{kind}']") for kind in ("card", "invoice"))
    expect(card).to_be_hidden()
    scripted.get_by_label("Faktura", exact=True).check()
    expect(invoice).to_be_visible()
    scripted.get_by_label("Kort", exact=True).check()
    expect(card).to_be_visible()
    expect(invoice).to_be_hidden()


def test_condition_in_a_new_row(scripted: Page) -> None:
    button(scripted, "Legg til ordrelinje").click()
    greeting = named(scripted, "lines.1.greeting")
    expect(greeting).to_be_hidden()
    named(scripted, "lines.1.gift").check()
    expect(greeting).to_be_visible()
    expect(named(scripted, "lines.0.greeting")).to_be_hidden()


def test_hidden_part_is_sent_and_dropped(scripted: Page) -> None:
    scripted.get_by_label("Faktura", exact=True).check()
    named(scripted, "payment.invoice.orgnr").fill("1")
    scripted.get_by_label("Kort", exact=True).check()
    button(scripted, "Send").click()
    expect(scripted.locator("[data-summary]")).not_to_contain_text("Faktura")


def test_removal_is_announced(scripted: Page) -> None:
    button(scripted, "Legg til ordrelinje").click()
    named(scripted, "lines.1.what").fill("Stol")
    button(scripted, "Fjern ordrelinje 1").click()
    expect(scripted.locator("[role=status].nofields-hidden")).to_have_text("Ordrelinje 1 er fjernet.")
    expect(named(scripted, "lines.1.what")).to_be_focused()
    expect(named(scripted, "lines.1.what")).to_have_value("Stol")


def test_summary_follows_the_rows(scripted: Page) -> None:
    button(scripted, "Legg til ordrelinje").click()
    named(scripted, "lines.0.what").fill("Bord")
    named(scripted, "lines.1.what").fill("Stol")
    button(scripted, "Send").click()
    lines = scripted.locator("[data-summary] [data-error^='lines.'] a")
    expect(lines).to_have_text(["Ordrelinje 1, Pris: Feltet må fylles ut.", "Ordrelinje 2, Pris: Feltet må fylles ut."])
    button(scripted, "Fjern ordrelinje 1").click()
    expect(lines).to_have_text(["Ordrelinje 1, Pris: Feltet må fylles ut."])
    named(scripted, "lines.1.price").fill("5")
    named(scripted, "lines.1.price").blur()
    expect(lines).to_have_count(0)


def test_a_needed_field_of_a_row_keeps_its_error(scripted: Page) -> None:
    """A row may be left blank as a whole only: one that is begun keeps the error of a field that is left blank again."""
    named(scripted, "lines.0.what").fill("Bord")
    button(scripted, "Send").click()
    expect(scripted.locator("[data-summary]")).to_be_visible()
    scripted.wait_for_load_state()
    price = named(scripted, "lines.0.price")
    price.fill("5")
    price.blur()
    expect(price).not_to_have_attribute("aria-invalid", "true")
    price.fill("")
    price.blur()
    expect(price).to_have_attribute("aria-invalid", "true")


def test_summary_goes_with_its_last_line(scripted: Page) -> None:
    named(scripted, "address.street").fill("Gata 1")
    named(scripted, "address.code").fill("0357")
    named(scripted, "lines.0.what").fill("Bord")
    named(scripted, "lines.0.price").fill("5")
    scripted.get_by_label("Kort", exact=True).check()
    scripted.get_by_label("Kortnummer").fill("4")
    button(scripted, "Legg til sted").click()
    named(scripted, "codes.0").fill("12")
    button(scripted, "Send").click()
    expect(scripted.locator("[data-summary] a")).to_have_count(1)
    scripted.evaluate("title => document.title = title", message("FORM_TITLE_WITH_ERRORS", "nb", title="Bestilling"))
    button(scripted, "Fjern sted 1").click()
    expect(scripted.locator("[data-summary]")).to_have_count(0)
    expect(scripted).to_have_title("Bestilling")
    expect(button(scripted, "Legg til sted")).to_be_focused()

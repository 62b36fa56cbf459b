"""How many characters are left of a long text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect
from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from helpers.axe import violations
from helpers.browser_host import Host, served
from helpers.page_actions import Visit
from nofields import Ask, TextArea
from nofields.forms import Form
from nofields.web import assets


class Short(TextArea, max=10): ...


class Message(BaseModel):
    own: Annotated[Short, Ask(label="Melding")]
    plain: Annotated[str, Field(max_length=30), Ask(widget="textarea")]


MESSAGE = Form(Message)
_PAGE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Skjema</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/nofields/nofields.css"><script type="module" src="/nofields/forms.js"></script></head>
<body><main><h1>Skjema</h1><form method="post" novalidate>{form}<button class="ds-button">Send</button></form></main></body>
</html>"""


class Messages(Host):
    def app(self) -> Starlette:
        return Starlette(routes=[Mount("/nofields", assets([MESSAGE])), Route("/", self._message, methods=["GET", "POST"])])

    async def _message(self, request: Request) -> Response:
        bound = MESSAGE.bind(await request.form() if request.method == "POST" else None, "nb")
        return HTMLResponse(repr(bound.value) if bound.value else Markup(_PAGE).format(form=bound.render()))


@pytest.fixture
def page(tmp_path: Path, visit: Visit) -> Iterator[Page]:
    with served(Messages(tmp_path, ())) as running:
        opened = visit(running, locale="nb-NO")
        opened.goto("/")
        opened.wait_for_load_state()
        yield opened


def test_counts_as_the_server_does(page: Page) -> None:
    counter = page.locator("[data-for=own]")
    expect(counter).to_have_text("Tegn igjen: 10")
    page.locator("#own").fill("æ👍\nlinje")
    expect(counter).to_have_text("Tegn igjen: 2")
    page.locator("#own").fill("æ👍\nlinje12")
    expect(counter).to_have_text("Tegn igjen: 0")
    page.locator("#plain").fill("x" * 28 + "\n!")
    expect(page.locator("[data-for=plain]")).to_have_text("Tegn igjen: 0")
    page.get_by_role("button", name="Send").click()
    value = Message(own=Short("æ👍\nlinje12"), plain="x" * 28 + "\n!")
    expect(page.locator("body")).to_have_text(repr(value), use_inner_text=True)


def test_too_long(page: Page) -> None:
    page.locator("#own").fill("tolv tegn her")
    expect(page.locator("[data-for=own]")).to_have_text("Tegn for mye: 3")
    expect(page.locator("[role=status].nofields-hidden")).to_have_text("Tegn for mye: 3")
    assert violations(page) == []

"""Files in a form, in a browser: their errors stay until the form is sent again, and nothing of them is sent before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect
from pydantic import BaseModel, model_validator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from helpers import axe
from helpers.browser_host import Host, served
from helpers.page_actions import Visit
from nofields import EmailAddress
from nofields.forms import Form, Upload
from nofields.web import assets


class Receipt(Upload, max_size=1000, types=("image/png", ".pdf")): ...


class Expense(BaseModel):
    email: EmailAddress
    receipt: Receipt
    pictures: list[Receipt]

    @model_validator(mode="after")
    def together(self) -> Expense:
        """With it, a question about one field has the values of the others."""
        return self


FORM = Form(Expense)
WRONG: Any = {"name": "faktura.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00\x03\x00\x00\x00"}
RIGHT: Any = {"name": "faktura.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
CONTENT = "Innholdet i filen er av en annen type enn navnet sier. Velg en fil av typen PNG eller PDF."
_PAGE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Skjema</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/nofields/nofields.css"><script type="module" src="/nofields/forms.js"></script></head>
<body><main><h1>Utlegg</h1><form method="post" enctype="{}" novalidate>{}<button type="submit">Send</button></form></main>
</body></html>"""


class Expenses(Host):
    """A host whose page is a form with files."""

    def app(self) -> Starlette:
        return Starlette(routes=[Mount("/nofields", assets([FORM])), Route("/", self._form, methods=["GET", "POST"])])

    async def _form(self, request: Request) -> Response:
        async with request.form() as data:
            bound = FORM.bind(data if request.method == "POST" else None, "nb")
            if bound.value:
                files = [bound.value.receipt, *bound.value.pictures]
                return HTMLResponse(f"<p id='saved'>{', '.join(f'{each.filename} {each.size}' for each in files)}</p>")
            return HTMLResponse(Markup(_PAGE).format(bound.enctype, bound.render()))


@pytest.fixture
def page(visit: Visit, tmp_path: Path) -> Iterator[Page]:
    with served(Expenses(tmp_path, ())) as running:
        page = visit(running)
        page.goto("/")
        yield page


def test_wrong_and_right_file(page: Page) -> None:
    page.set_input_files("#receipt", WRONG)
    page.set_input_files("#pictures", [RIGHT, {**RIGHT, "name": "b.pdf"}])
    page.fill("#email", "ola")
    page.click("[type=submit]")
    error = page.locator("#receipt-error")
    expect(error).to_have_text(CONTENT)
    expect(page.locator("#pictures-note")).to_have_text("Filene må velges på nytt.")
    expect(page.locator("#receipt")).to_have_attribute("aria-invalid", "true")
    assert axe.violations(page) == []

    page.fill("#email", "ola@example.com")  # which the server checks alone
    page.press("#email", "Tab")
    expect(page.locator("#email-error")).to_have_count(0)
    page.set_input_files("#receipt", RIGHT)  # whether it is right is not known before the form is sent
    page.press("#receipt", "Tab")
    page.wait_for_load_state("networkidle")
    expect(error).to_have_text(CONTENT)

    page.set_input_files("#pictures", [RIGHT, {**RIGHT, "name": "b.pdf"}])
    page.click("[type=submit]")
    expect(page.locator("#saved")).to_have_text("faktura.pdf 8, faktura.pdf 8, b.pdf 8")


def test_no_file_in_questions(page: Page) -> None:
    """Neither a file nor its name is sent before the form is."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}") if "/check/" in request.url else None)
    page.click("[type=submit]")
    expect(page.locator("#receipt-error")).to_have_text("Velg en fil.")
    page.set_input_files("#receipt", RIGHT)
    page.press("#receipt", "Tab")
    page.fill("#email", "ola")
    page.press("#email", "Tab")
    expect(page.locator("#email-error")).to_contain_text("e-postadresse")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#receipt-error")).to_have_text("Velg en fil.")
    assert [each for each in sent if '"values":{' in each and not ("fak" in each or "receipt" in each)] == sent != []

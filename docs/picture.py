"""Take the picture of a form that README.md shows. Run by ``make pictures``."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright
from pydantic import BaseModel

from nofields import AccountNumber, OrganisationNumber, PostalCode
from nofields.forms import Form, assets

PICTURE = Path(__file__).parent / "_static" / "form.png"
_PAGE = """<!DOCTYPE html>
<html lang="nb"><head><meta charset="utf-8"><title>Ny kunde</title>
<style>{css} main {{ padding: 1.5rem }}</style></head>
<body><main><form>{controls}
<p><button class="ds-button" data-variant="primary">Lagre</button></p></form></main></body></html>"""


class Customer(BaseModel):
    orgnr: OrganisationNumber
    account: AccountNumber
    postal_code: PostalCode


def page() -> str:
    """The form in bokmål, with a wrong check digit."""
    typed = {"orgnr": "974 760 674", "account": "8601.11.17947", "postal_code": "0357"}
    css = assets.files()["nofields.css"]
    bound = Form(Customer).bind(typed, "nb")
    return _PAGE.format(css=css, controls="".join(map(bound.control, Customer.model_fields)))


def main() -> None:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        view = browser.new_page(viewport={"width": 600, "height": 300}, device_scale_factor=1.5)
        view.set_content(page())
        view.screenshot(path=PICTURE, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()

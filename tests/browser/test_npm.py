"""The exported checks in a browser, under a strict Content-Security-Policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from nofields.export.npm import package

POLICY = "default-src 'none'; script-src 'self'"
ADDRESS = "https://example.com"
FILES = {
    "/": ("text/html", '<!doctype html><title>-</title><script type="module" src="use.mjs"></script>'),
    "/use.mjs": (
        "text/javascript",
        """import { check } from "./nofields.mjs";
           import { orgnr } from "./fields.mjs";
           import { message } from "./messages.mjs";
           document.title = [check("orgnr", "974 760 673").clean, message(orgnr.check("1"), "en")];""",
    ),
    **{f"/{name}": ("text/javascript", text) for name, text in package().items() if name.endswith(".mjs")},
}


@pytest.mark.parametrize("policy", [POLICY, f"{POLICY}; require-trusted-types-for 'script'"])
def test_strict_policy(policy: str, chromium: Browser) -> None:
    """No request but for scripts, and no code from text."""
    page = chromium.new_page()

    def answer(route: Route) -> None:
        kind, body = FILES[route.request.url.removeprefix(ADDRESS)]
        route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": policy})

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_function("document.title !== '-'")
    assert page.title() == "974760673,Enter a valid organisation number (9 digits)."
    page.close()

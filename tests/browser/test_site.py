"""Every page of the built documentation in a browser. ``make docs`` runs this, after the build."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from helpers.axe import violations
from helpers.page_actions import Visit

pytestmark = pytest.mark.site

DOCS = Path(__file__).parents[2] / "docs"
SITE = DOCS / "_build" / "html"
#: The largest first, which take longest.
PAGES = [
    str(file.relative_to(SITE)) for file in sorted(SITE.rglob("*.html"), key=lambda file: (-file.stat().st_size, str(file)))
]
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
WIDTHS = (1280, 375)


class Site(NamedTuple):
    url: str


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def test_every_page_is_built() -> None:
    sources = {file.relative_to(DOCS).with_suffix(".html") for file in DOCS.rglob("*.md")}
    assert sources <= set(map(Path, PAGES)), "run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_page(visit: Visit, site: Site, page: str) -> None:
    """No barrier that axe-core finds and no scrolling sideways, in either scheme and width.

    The fixture fails on errors, and on a request to another host.
    """
    opened = visit(site, reduced_motion="reduce")
    opened.goto(f"/{page}")
    for scheme in SCHEMES:
        opened.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            opened.set_viewport_size({"width": width, "height": 800})
            assert opened.evaluate("document.documentElement.scrollWidth") == width, (scheme, width)
            assert violations(opened) == [], (scheme, width)


def test_search(visit: Visit, site: Site) -> None:
    """Without any other host, by the index that Sphinx has built."""
    page = visit(site)
    page.goto("/index.html")
    page.get_by_role("textbox", name="Search").first.fill("orgnr")
    page.keyboard.press("Enter")
    # The results are added one by one.
    page.locator("#search-results").get_by_role("link", name="Organisation number", exact=True).wait_for()

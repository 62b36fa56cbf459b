"""Chromium, the host that it visits, and pages that fail the test on an error or a foreign request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from helpers.browser_host import Host, served
from helpers.html_checker import HtmlErrors, html_checker
from helpers.page_actions import Visit


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="save a screenshot of every state of every page here")
    parser.addoption("--language", default="nb-NO", help="the browser's language, unless a test sets one")


# One for each module and not for the session: while Playwright runs, no other test could run an event loop of its own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium from the Debian package."""
    executable = shutil.which("chromium")
    if not executable:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def html_errors() -> Iterator[HtmlErrors]:
    """The messages of the Nu HTML checker about a page."""
    with html_checker() as errors:
        yield errors


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Host]]:
    """Serve the host, with its own style sheets if any are given."""
    with ExitStack() as running:
        yield lambda stylesheets=(): running.enter_context(served(Host(tmp_path, stylesheets)))


@pytest.fixture
def host(serve: Callable[..., Host]) -> Host:
    """The host with nofields' own style sheet."""
    return serve()


@pytest.fixture
def visit(chromium: Browser, serve: Callable[..., Host], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a page of a host, which outlives the page. No page may request another host, fail, or break its policy."""
    faults: list[str] = []
    language = request.config.getoption("--language", "nb-NO")  # a run of all tests does not know this file's options
    with ExitStack() as open_contexts:

        def open_page(host: Host, **options: Any) -> Page:
            context = chromium.new_context(base_url=host.url, **({"locale": language} | options))
            open_contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)

            def requested(request: Request) -> None:
                if not request.url.startswith((host.url, *host.others, "data:")):
                    faults.append(f"requests another host: {request.url}")

            def logged(message: ConsoleMessage) -> None:
                if message.type == "error" and "status of 4" not in message.text:
                    faults.append(message.text)

            page.on("request", requested)
            page.on("console", logged)
            page.on("pageerror", lambda error: faults.append(str(error)))
            return page

        yield open_page
    assert not faults

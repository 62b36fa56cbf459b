"""The forms of the documentation in a browser: by keyboard, in three languages, without script, at 400 %, in forced colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import expect

from examples import django_host, fastapi_host, flask_host, saving
from examples.pages import TITLES
from helpers import django_site
from helpers.browser_host import Host, served
from helpers.example_data import EXAMPLES
from helpers.example_pages import FORCED, WIDE, ZOOMED, Pages, Reader, wait_for_rejection, wait_for_thanks
from helpers.html_checker import HtmlErrors
from helpers.node import package
from helpers.page_actions import Visit, locale_of
from helpers.wsgi_server import served_wsgi

HTMX = package("htmx.org") / "dist" / "htmx.min.js"


class Examples(Host):
    def app(self) -> Any:
        return fastapi_host.app


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saving, "FOLDER", tmp_path_factory.mktemp("claims"))
        with served(Examples(tmp_path_factory.mktemp("examples"), ())) as running:
            yield running


def reader_of(visit: Visit, host: Any, language: str = "nb", **options: Any) -> Reader:
    page = visit(host, locale=locale_of(language), **options)
    page.route("**/static/htmx.min.js", lambda route: route.fulfill(path=HTMX))
    return Reader(page)


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_by_keyboard(visit: Visit, examples: Host, html_errors: HtmlErrors, name: str, scripted: bool) -> None:
    """A form is rejected, corrected and accepted."""
    example = EXAMPLES[name]
    reader = reader_of(visit, examples, java_script_enabled=scripted)
    page, pages = reader.page, Pages(reader.page, html_errors, scripted=scripted)
    page.goto(f"/{name}")
    pages.check(ZOOMED)
    if name != "customer":  # in which nothing depends on an answer
        expect(page.locator("noscript")).to_be_visible(visible=not scripted)
    reader.fill_in({**example.right[0], **example.wrong}, example.files)
    reader.send()
    wait_for_rejection(page, example, "nb")
    pages.check(ZOOMED, WIDE, FORCED)
    for entered in example.right[:-1]:
        reader.fill_in(entered, example.files)
        title = page.title()
        reader.send()
        expect(page).not_to_have_title(title)
        pages.check(ZOOMED)
    reader.fill_in(example.right[-1], example.files)
    reader.send()
    wait_for_thanks(page, example)
    pages.check(WIDE)


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_languages(visit: Visit, examples: Host, html_errors: HtmlErrors, name: str, language: str) -> None:
    reader = reader_of(visit, examples, language)
    pages = Pages(reader.page, html_errors, scripted=True)
    reader.page.goto(f"/{name}")
    assert reader.page.title().endswith(TITLES[name][language])
    reader.send()
    expect(reader.page.locator("[data-summary]")).to_be_focused()
    pages.check(ZOOMED)


def test_htmx(visit: Visit, examples: Host) -> None:
    """The form alone is replaced: the page and its heading stay, and the title follows."""
    reader = reader_of(visit, examples)
    page = reader.page
    page.goto("/contact")
    page.wait_for_load_state()
    heading = page.locator("h1").element_handle()
    reader.send()
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page).to_have_title(f"Feil: {TITLES['contact']['nb']}")
    reader.fill_in({**EXAMPLES["contact"].right[0], "phone": "21 23"}, {})
    expect(page.locator("#name-error")).to_have_count(0)
    expect(page.locator("#phone-error")).to_be_visible()
    reader.fill_in({"phone": "21 23 45 67"}, {})
    reader.send()
    wait_for_thanks(page, EXAMPLES["contact"])
    expect(page).to_have_title(TITLES["contact"]["nb"])
    assert heading
    assert heading.evaluate("element => element.isConnected")


def by_flask(running: ExitStack) -> Any:
    return flask_host.app


def by_django(running: ExitStack) -> Any:
    settings = {name: each for name, each in django_host.SETTINGS.items() if name != "ROOT_URLCONF"}
    running.enter_context(django_site.serving(django_host.urlpatterns, **settings))
    return WSGIHandler()


@pytest.mark.parametrize("app", [by_flask, by_django])
def test_other_frameworks(visit: Visit, app: Callable[[ExitStack], Any], tmp_path: Path, monkeypatch: Any) -> None:
    """Their pages load the script, and their tokens let the claim through, with its file."""
    monkeypatch.setattr(saving, "FOLDER", tmp_path / "claims")
    example = EXAMPLES["claim"]
    with ExitStack() as running:
        reader = reader_of(visit, running.enter_context(served_wsgi(app(running))))
        reader.page.goto("/claim")
        reader.fill_in({**example.right[0], **example.wrong}, example.files)
        reader.send()
        wait_for_rejection(reader.page, example, "nb")
        reader.fill_in(example.right[0], example.files)
        expect(reader.page.locator("[data-summary]")).to_have_count(0)
        reader.send()
        wait_for_thanks(reader.page, example)
        reader.page.wait_for_load_state("networkidle")  # before the server stops
    assert len([*saving.FOLDER.iterdir()]) == 1

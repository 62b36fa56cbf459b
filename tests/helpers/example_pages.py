"""What a person does with the forms of ``tests/examples`` in a browser, by keyboard, and what a page of them must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Locator, Page, expect

from helpers.axe import violations
from helpers.example_data import Example
from helpers.html_checker import HtmlErrors
from helpers.page_actions import Keyboard


class Window(NamedTuple):
    width: int
    height: int
    forced_colors: Literal["active", "none"]


#: A window of 1280 × 1024 as it is, at 400 % (WCAG 1.4.10), and in the colours of the system.
WIDE, ZOOMED, FORCED = Window(1280, 1024, "none"), Window(320, 256, "none"), Window(1280, 1024, "active")
#: Whether every input that is shown has an edge, and every invalid one a stronger one, without which forced colours hide them.
HAS_EDGES = """() => [...document.querySelectorAll(".ds-input:not([type=radio], [type=checkbox])")]
    .filter((each) => each.checkVisibility())
    .every((each) => {
        const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(each);
        const isStrong = outlineStyle === "solid" || parseFloat(borderTopWidth) > 2;
        return borderTopStyle === "solid" && (isStrong || each.getAttribute("aria-invalid") !== "true");
    })"""

#: Whether each control that is shown stands apart from the one above it.
HAS_GAPS = """() => [...document.querySelectorAll(".nofields-control")].filter((each) => each.checkVisibility())
    .every((each, place, all) => {
        const above = all.slice(0, place).findLast((other) => other.parentElement === each.parentElement);
        return !above || each.getBoundingClientRect().top - above.getBoundingClientRect().bottom >= 24;
    })"""


class Reader(Keyboard):
    """Fills in forms without a mouse, and looks for inputs by their names."""

    def fill_in(self, entered: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> None:
        """Fill in the page: the fields in any order, then the files."""
        for name, value in entered.items():
            self._enter(self.page.locator(f"[name='{name}']"), value)
        for name, (filename, content) in files.items():
            picker = self.page.locator(f"[name='{name}']")
            self._reach(picker)  # the dialog of the system is not the page's
            media_type = "application/pdf" if filename.endswith(".pdf") else "image/png"
            picker.set_input_files({"name": filename, "mimeType": media_type, "buffer": content})

    def _enter(self, field: Locator, value: str) -> None:
        kind = field.first.evaluate("element => element.type")
        if kind == "radio":
            self.tick(field.and_(self.page.locator(f"[value='{value}']")))
        elif kind == "checkbox":
            self._reach(field)
            if not field.is_checked():
                self.page.keyboard.press("Space")
        elif kind == "select-one":
            self._choose(field, value)
        elif field.input_value() != value:
            self.type(field, value)

    def _choose(self, dropdown: Locator, value: str) -> None:
        self._reach(dropdown)
        for _ in range(dropdown.locator("option").count()):
            if dropdown.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert dropdown.input_value() == value

    def send(self) -> None:
        self.press(self.page.locator("form button:not([formnovalidate])").last)


class Pages:
    """Checks every page of a form that a reader comes to.

    Attributes:
        sent: The last page, as the server sent it.
    """

    def __init__(self, page: Page, html_errors: HtmlErrors, *, scripted: bool) -> None:
        self.page, self._html_errors, self._scripted = page, html_errors, scripted
        self.sent: Any = None
        page.on("response", self._remember)

    def _remember(self, response: Any) -> None:
        if response.request.resource_type == "document" and not 300 <= response.status < 400:
            self.sent = response

    def check(self, *windows: Window) -> None:
        """The page is valid HTML. In each window it has no barrier and does not scroll sideways."""
        self.page.wait_for_load_state()
        assert self._html_errors(self.sent.text()) == []
        if self._scripted:
            assert self._html_errors(self.page.content()) == []
        for window in windows:
            self.page.set_viewport_size({"width": window.width, "height": window.height})
            self.page.emulate_media(forced_colors=window.forced_colors)
            assert self.page.evaluate("document.documentElement.scrollWidth") <= window.width
            assert self.page.evaluate(HAS_EDGES)
            assert self.page.evaluate(HAS_GAPS)
            if self._scripted:  # axe-core waits for promises
                assert violations(self.page) == [], window


def wait_for_rejection(page: Page, example: Example, language: str) -> None:
    """The summary has the focus, and its link leads to the field."""
    summary = page.locator("[data-summary]")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_contain_text([example.sentences[language]])
    assert page.title().startswith({"nb": "Feil: ", "nn": "Feil: ", "en": "Error: "}[language])


def wait_for_thanks(page: Page, example: Example) -> None:
    """The page shows that the form was accepted; a message has the focus, since HTMX shows it in place of the form."""
    expect(page.get_by_text(example.thanks["nb"])).to_be_visible()
    if (message := page.locator(".ds-alert")).count():
        expect(message).to_be_focused()

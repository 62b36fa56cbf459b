"""Actions on a page, with the mouse or with the keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: A visitor to a host, with the options of a browser context.
Visit = Callable[..., Page]

_MANY = 60


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        self.page.wait_for_load_state()  # only then have all scripts run
        target.click()

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, dropdown: Locator, option: str) -> None:
        dropdown.select_option(label=option)

    def tick(self, radio: Locator) -> None:
        radio.check()


class Keyboard(Mouse):
    """Uses Tab, Enter, arrows and letters."""

    def press(self, target: Locator) -> None:
        self.page.wait_for_load_state()
        self._reach(target)
        self.page.keyboard.press("Enter")

    def type(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, dropdown: Locator, option: str) -> None:
        self._reach(dropdown)
        self.page.keyboard.type(option.split()[0])

    def tick(self, radio: Locator) -> None:
        name = radio.get_attribute("name")
        group = self.page.locator(f"[name='{name}']")
        chosen = self.page.locator(f"[name='{name}']:checked")
        self._reach(chosen if chosen.count() else group.first)
        for _ in range(_MANY):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("no arrow leads to the choice")

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(_MANY):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("no Tab leads there")


#: Ways to use a page: who acts, and the options of the browser context.
WAYS: dict[str, tuple[type[Mouse], dict[str, Any]]] = {
    "mouse": (Mouse, {}),
    "keyboard": (Keyboard, {}),
    "no script": (Mouse, {"java_script_enabled": False}),
    "narrow": (Mouse, {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}),
}
_LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}


def locale_of(language: str) -> str:
    """Return the locale of a browser of somebody who reads a language."""
    return _LOCALES.get(language, language)

"""Every state that a page can be in, by name: how a person gets there."""

from __future__ import annotations

import threading
from collections.abc import Callable

from playwright.sync_api import Page, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Host
from nofields.altinn import AltinnSettings, Outcome

SETTINGS = f"/altinn/settings/{ORGNR}"
OTHER_PASSWORD = "Kanarifugl8"


def type_settings(page: Page, system_id: str = "12345", password: str = PASSWORD, language: str = "") -> None:
    """The language chosen is that of the page unless another is named, so that a state has one."""
    language = language or page.locator("html").get_attribute("lang") or ""
    page.fill("#system_id", system_id)
    page.fill("#password", password)
    page.check(f"[name=language][value={language}]")


def type_registration(page: Page, password: str = PASSWORD) -> None:
    page.fill("#description", "Regnskapsprogram")
    page.select_option("#system_type", "accounting")
    page.fill("#password", password)


def save(page: Page) -> None:
    page.click("[value=save]")


def is_told(page: Page, selector: str) -> None:
    """The page has come and told its reader what there is to read first, and its scripts are at work."""
    expect(page.locator(selector)).to_be_focused()
    page.wait_for_load_state()


def _open(path: str) -> Callable[[Page, Host], None]:
    def go(page: Page, host: Host) -> None:
        page.goto(path)

    return go


def _refused(path: str, selector: str) -> Callable[[Page, Host], None]:
    """A form that was sent as it was, and came back."""

    def go(page: Page, host: Host) -> None:
        page.goto(path)
        page.click(selector)
        is_told(page, "[data-summary]")

    return go


def _try_log_in(page: Page) -> None:
    page.goto(SETTINGS)
    type_settings(page)
    page.click("[data-test]")


def _tested(check: Callable[[AltinnSettings], Outcome]) -> Callable[[Page, Host], None]:
    def go(page: Page, host: Host) -> None:
        host.check = check
        _try_log_in(page)
        expect(page.locator("[data-result] h2")).to_be_visible()

    return go


def requirements_half_met(page: Page, host: Host) -> None:
    page.goto("/altinn/register")
    page.fill("#password", "kanarifugl")
    expect(page.locator("[data-fits]").first).to_be_visible()


def password_shown(page: Page, host: Host) -> None:
    page.goto("/altinn/register")
    page.fill("#password", PASSWORD)
    page.click("[data-show]")


def one_of_two_mended(page: Page, host: Host) -> None:
    _refused("/altinn/register", "[type=submit]")(page, host)
    page.fill("#description", "Regnskapsprogram")
    page.press("#description", "Tab")
    expect(page.locator("#description-error")).to_have_count(0)


def _wrong(path: str, values: dict[str, str], button: str = "[type=submit]") -> Callable[[Page, Host], None]:
    def go(page: Page, host: Host) -> None:
        page.goto(path)
        for name, value in values.items():
            page.fill(f"#{name}", value)
        page.click(button)
        is_told(page, "[data-summary]")

    return go


def _stale(path: str, fill: Callable[[Page], None], button: str = "[type=submit]") -> Callable[[Page, Host], None]:
    """A form whose cookie is gone."""

    def go(page: Page, host: Host) -> None:
        page.goto(path)
        page.context.clear_cookies()
        fill(page)
        page.click(button)
        is_told(page, "[data-notice]")

    return go


def registered(page: Page, host: Host) -> None:
    page.goto("/altinn/register")
    type_registration(page)
    page.click("[type=submit]")
    expect(page.locator("[data-system-id]")).to_be_visible()


def saved(page: Page, host: Host) -> None:
    page.goto(SETTINGS)
    type_settings(page)
    save(page)
    is_told(page, "[data-notice]")


def opened_again(page: Page, host: Host) -> None:
    saved(page, host)
    page.goto(SETTINGS)


def id_changed_alone(page: Page, host: Host) -> None:
    opened_again(page, host)
    page.fill("#system_id", "54321")
    save(page)
    is_told(page, "[data-summary]")


def _conflict(system_id: str) -> Callable[[Page, Host], None]:
    """Somebody else has saved the ID 12345 in the meantime."""

    def go(page: Page, host: Host) -> None:
        page.goto(SETTINGS)
        other = page.context.new_page()
        saved(other, host)
        other.close()
        type_settings(page, system_id, OTHER_PASSWORD)
        save(page)
        is_told(page, "[data-notice]")

    return go


def testing(page: Page, host: Host) -> None:
    host.check = lambda settings: threading.Event().wait(3)
    _try_log_in(page)
    expect(page.locator("[data-test][aria-busy=true]")).to_be_visible()


def slow(page: Page, host: Host) -> None:
    testing(page, host)
    expect(page.locator("[data-result] h2")).to_be_visible()


def limited(page: Page, host: Host) -> None:
    page.goto(SETTINGS)
    type_settings(page)
    for _ in range(4):
        page.click("[data-test]")
        expect(page.locator("[data-test][aria-busy=true]")).to_have_count(0)
    expect(page.locator("[data-result] [data-color=warning]")).to_be_visible()


def contact_filled_in(page: Page, host: Host) -> None:
    page.goto("/contact")
    page.fill("#postal_code", "0357")
    expect(page.locator("#postal_code-place")).to_have_text("OSLO")
    page.check("#agreed")


STATES: dict[str, Callable[[Page, Host], None]] = {
    "start": _open("/altinn/"),
    "register": _open("/altinn/register"),
    "register, refused": _refused("/altinn/register", "[type=submit]"),
    "register, one error of several mended": one_of_two_mended,
    "register, some requirements met": requirements_half_met,
    "register, password shown": password_shown,
    "register, wrong": _wrong("/altinn/register", {"description": "x" * 300, "password": "fjell!"}),
    "register, stale": _stale("/altinn/register", type_registration),
    "registered": registered,
    "company": _open("/altinn/settings"),
    "company, refused": _wrong("/altinn/settings", {"orgnr": "974760674"}),
    "company, stale": _stale("/altinn/settings", lambda page: page.fill("#orgnr", ORGNR)),
    "settings": _open(SETTINGS),
    "settings, refused": _refused(SETTINGS, "[value=save]"),
    "settings, saved": saved,
    "settings, opened again": opened_again,
    "settings, wrong": _wrong(SETTINGS, {"system_id": "ab cæ", "password": "æøå"}, "[value=save]"),
    "settings, ID changed without its password": id_changed_alone,
    "settings, stale": _stale(SETTINGS, type_settings, "[value=save]"),
    "settings, conflict": _conflict("54321"),
    "settings, conflict over one ID": _conflict("12345"),
    "settings, testing": testing,
    "test, not tried": _tested(lambda settings: Outcome.NOT_TRIED),
    "test, works": _tested(lambda settings: Outcome.WORKS),
    "test, refused": _tested(lambda settings: Outcome.REFUSED),
    "test, slow": slow,
    "test, failed": _tested(lambda settings: Outcome[settings.password]),
    "test, limited": limited,
    "no such page": _open("/altinn/nothing"),
    "contact": _open("/contact"),
    "contact, filled in": contact_filled_in,
    "contact, refused": _refused("/contact", "[type=submit]"),
}

"""Every state of every page, by name, and the actions that lead to it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from playwright.sync_api import Page, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Host
from helpers.loan import RIGHT
from nofields.altinn import AltinnSettings, Outcome

SETTINGS = f"/altinn/settings/{ORGNR}"
OTHER_PASSWORD = "Kanarifugl8"


def type_settings(page: Page, system_id: str = "12345", password: str = PASSWORD, language: str = "") -> None:
    """Type the settings. The chosen language is that of the page unless another is given."""
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


def wait_for_focus(page: Page, selector: str) -> None:
    """Wait until the page has loaded and the element has the focus."""
    expect(page.locator(selector)).to_be_focused()
    page.wait_for_load_state()


def opened(path: str) -> Callable[[Page, Host], None]:
    def go(page: Page, host: Host) -> None:
        page.goto(path)

    return go


def _rejected(path: str, selector: str) -> Callable[[Page, Host], None]:
    """A form that was sent empty, and rejected."""

    def go(page: Page, host: Host) -> None:
        page.goto(path)
        page.click(selector)
        wait_for_focus(page, "[data-summary]")

    return go


def _try_log_in(page: Page) -> None:
    page.goto(SETTINGS)
    type_settings(page)
    page.click("[data-test]")


def _login_test(check: Callable[[AltinnSettings], Outcome]) -> Callable[[Page, Host], None]:
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


def one_of_two_corrected(page: Page, host: Host) -> None:
    _rejected("/altinn/register", "[type=submit]")(page, host)
    page.fill("#description", "Regnskapsprogram")
    page.press("#description", "Tab")
    expect(page.locator("#description-error")).to_have_count(0)


def wrong(path: str, values: dict[str, str], button: str = "[type=submit]") -> Callable[[Page, Host], None]:
    def go(page: Page, host: Host) -> None:
        page.goto(path)
        for name, value in values.items():
            page.fill(f"#{name}", value)
        page.click(button)
        wait_for_focus(page, "[data-summary]")

    return go


def _stale(path: str, fill: Callable[[Page], None], button: str = "[type=submit]") -> Callable[[Page, Host], None]:
    """A form whose cookie is deleted."""

    def go(page: Page, host: Host) -> None:
        page.goto(path)
        page.context.clear_cookies()
        fill(page)
        page.click(button)
        wait_for_focus(page, "[data-notice]")

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
    wait_for_focus(page, "[data-notice]")


def opened_again(page: Page, host: Host) -> None:
    saved(page, host)
    page.goto(SETTINGS)


def id_changed_alone(page: Page, host: Host) -> None:
    opened_again(page, host)
    page.fill("#system_id", "54321")
    save(page)
    wait_for_focus(page, "[data-summary]")


def _conflict(system_id: str) -> Callable[[Page, Host], None]:
    """Another tab has saved the ID 12345 in the meantime."""

    def go(page: Page, host: Host) -> None:
        page.goto(SETTINGS)
        other = page.context.new_page()
        saved(other, host)
        other.close()
        type_settings(page, system_id, OTHER_PASSWORD)
        save(page)
        wait_for_focus(page, "[data-notice]")

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


def loan_until(step: str) -> Callable[[Page, Host], None]:
    """An application for a loan, answered rightly until a step."""

    def go(page: Page, host: Host) -> None:
        page.goto("/loan")
        while page.locator("[name='nofields.step']").get_attribute("value") != step:
            now = page.locator("[name='nofields.step']").get_attribute("value") or ""
            for name, value in RIGHT[now].items():
                fields = page.locator(f"[name='{name}']")
                if fields.first.get_attribute("type") in ("radio", "checkbox"):
                    page.locator(f"[name='{name}'][value={value}]").check() if fields.count() > 1 else fields.check()
                else:
                    fields.fill(value)
            page.click("[name='nofields.next']")
            expect(page.locator("[name='nofields.step']")).not_to_have_value(now)
            page.wait_for_load_state()

    return go


def loan_rejected(page: Page, host: Host) -> None:
    loan_until("loan")(page, host)
    page.click("[name='nofields.next']")
    wait_for_focus(page, "[data-summary]")


def loan_changed_elsewhere(page: Page, host: Host) -> None:
    loan_until("summary")(page, host)
    page.evaluate("document.querySelector('[name=\"nofields.answers\"]').value = 'older'")
    page.fill("#password", PASSWORD)
    page.click("[name='nofields.next']")
    wait_for_focus(page, "[data-summary]")


def loan_sent(page: Page, host: Host) -> None:
    loan_until("summary")(page, host)
    page.fill("#password", PASSWORD)
    page.click("[name='nofields.next']")
    expect(page.locator(".nofields-receipt")).to_be_visible()


STATES: dict[str, Callable[[Page, Host], None]] = {
    "start": opened("/altinn/"),
    "register": opened("/altinn/register"),
    "register, rejected": _rejected("/altinn/register", "[type=submit]"),
    "register, one error of several corrected": one_of_two_corrected,
    "register, some requirements met": requirements_half_met,
    "register, password shown": password_shown,
    "register, wrong": wrong("/altinn/register", {"description": "x" * 300, "password": "fjell!"}),
    "register, stale": _stale("/altinn/register", type_registration),
    "registered": registered,
    "company": opened("/altinn/settings"),
    "company, rejected": wrong("/altinn/settings", {"orgnr": "974760674"}),
    "company, stale": _stale("/altinn/settings", lambda page: page.fill("#orgnr", ORGNR)),
    "settings": opened(SETTINGS),
    "settings, rejected": _rejected(SETTINGS, "[value=save]"),
    "settings, saved": saved,
    "settings, opened again": opened_again,
    "settings, wrong": wrong(SETTINGS, {"system_id": "ab cæ", "password": "æøå"}, "[value=save]"),
    "settings, ID changed without its password": id_changed_alone,
    "settings, stale": _stale(SETTINGS, type_settings, "[value=save]"),
    "settings, conflict": _conflict("54321"),
    "settings, conflict over one ID": _conflict("12345"),
    "settings, testing": testing,
    "test, not tried": _login_test(lambda settings: Outcome.NOT_TRIED),
    "test, works": _login_test(lambda settings: Outcome.WORKS),
    "test, rejected": _login_test(lambda settings: Outcome.REFUSED),
    "test, slow": slow,
    "test, failed": _login_test(lambda settings: Outcome[settings.password]),
    "test, limited": limited,
    "no such page": opened("/altinn/nothing"),
    "loan": opened("/loan"),
    "loan, a list": loan_until("loan"),
    "loan, rejected": loan_rejected,
    "loan, answers": loan_until("summary"),
    "loan, changed elsewhere": loan_changed_elsewhere,
    "loan, sent": loan_sent,
    "contact": opened("/contact"),
    "contact, filled in": contact_filled_in,
    "contact, rejected": _rejected("/contact", "[type=submit]"),
}

"""The states of the pages of a connection to Altinn 3, by name, and the actions that lead to them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from helpers.altinn3 import COMPANY
from helpers.browser_host import Host
from helpers.page_states import opened, wait_for_focus, wrong

CONNECTION = f"/altinn3/connections/{COMPANY}"


def press_at_altinn3(page: Page, button: str) -> None:
    """Press a button of the connection's page, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.click(f"[value={button}]")


def _asked(page: Page, host: Host) -> None:
    page.goto(CONNECTION)
    press_at_altinn3(page, "ask")
    wait_for_focus(page, "[data-notice]")


def _answered(answer: str) -> Callable[[Page, Host], None]:
    """A connection that the company has answered: ``approve``, ``reject``, ``deny`` or ``time_out``."""

    def go(page: Page, host: Host) -> None:
        _asked(page, host)
        getattr(host.altinn3.register, answer)(COMPANY)
        page.goto(CONNECTION)

    return go


def _tested(*changes: str) -> Callable[[Page, Host], None]:
    """A connection that was tested after it was approved, and again after each change to what Altinn knows."""

    def go(page: Page, host: Host) -> None:
        _answered("approve")(page, host)
        press_at_altinn3(page, "test")
        for change in changes:
            host.altinn3.register.withdraw(COMPANY) if change == "withdraw" else host.altinn3.register.client_ids.clear()
            press_at_altinn3(page, "test")
        wait_for_focus(page, "[data-notice]")

    return go


def _out_of_reach(page: Page, host: Host) -> None:
    _asked(page, host)
    host.altinn3.altinn.fail("500", times=50)
    page.goto(CONNECTION)


def _too_often(page: Page, host: Host) -> None:
    page.goto(CONNECTION)
    for _ in range(6):
        press_at_altinn3(page, "test")
    wait_for_focus(page, "[data-notice]")


def _stale_connection(page: Page, host: Host) -> None:
    page.goto(CONNECTION)
    page.context.clear_cookies()
    press_at_altinn3(page, "ask")
    wait_for_focus(page, "[data-notice]")


CONNECTION_STATES: dict[str, Callable[[Page, Host], None]] = {
    "start, both": opened("/altinn3/"),
    "connection, company": opened("/altinn3/connections"),
    "connection, company rejected": wrong("/altinn3/connections", {"orgnr": "310926834"}),
    "connection, none": opened(CONNECTION),
    "connection, waiting": _asked,
    "connection, Altinn out of reach": _out_of_reach,
    "connection, approved": _answered("approve"),
    "connection, rejected": _answered("reject"),
    "connection, denied": _answered("deny"),
    "connection, timed out": _answered("time_out"),
    "connection, connected": _tested(),
    "connection, withdrawn": _tested("withdraw"),
    "connection, wrong client": _tested("client"),
    "connection, limited": _too_often,
    "connection, stale": _stale_connection,
    "connection, back from Altinn": opened("/altinn3/returned"),
}

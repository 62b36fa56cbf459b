"""The journey to Altinn and back, in every language: by mouse, by keyboard, without script, in a narrow window."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from helpers.altinn3 import COMPANY, CONFIRM_PAGE_TITLE
from helpers.browser_host import Host
from helpers.connection_states import CONNECTION, press_at_altinn3
from helpers.page_actions import WAYS, Visit, locale_of
from helpers.values import LANGUAGES
from nofields import message

#: In milliseconds.
MINUTE, STEP = 60_000, 1_000
START = datetime(2026, 11, 27, 6, tzinfo=UTC)


@pytest.mark.parametrize(("language", "way"), list(product(LANGUAGES, WAYS)))
def test_journey(visit: Visit, host: Host, language: str, way: str) -> None:
    """A company is asked, approves in Altinn, and is connected; then it withdraws."""

    def named(key: str, role: Any = "button") -> Any:
        return page.get_by_role(role, name=message(key, language), exact=True)

    kind, options = WAYS[way]
    page = visit(host, locale=locale_of(language), **options)
    user = kind(page)
    page.goto("/altinn3/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    user.press(named("ALTINN3_ASK_BUTTON", "link"))
    for typed in ("310 926 834", "310 926 833"):
        user.type(page.get_by_label(message("LABEL_ORGANISATION_NUMBER", language), exact=True), typed)
        user.press(named("ALTINN3_COMPANY_BUTTON"))
        expect(page.locator("[data-summary], [data-connection]")).to_be_visible()
        expect(page).to_have_url(re.compile(f"/connections/{COMPANY}$" if typed.endswith("3") else "/connections$"))
    expect(named("ALTINN3_APPROVER_TITLE", "heading")).to_be_visible()

    user.press(named("ALTINN3_ASK_BUTTON"))
    expect(named("ALTINN3_WAITING_TITLE", "heading")).to_be_visible()
    expect(page.locator("[data-notice]")).to_be_focused()
    user.press(named("ALTINN3_LINK", "link"))
    expect(page).to_have_title(CONFIRM_PAGE_TITLE)
    user.press(page.get_by_role("button", name="Godkjenn"))

    expect(named("ALTINN3_RETURNED_TITLE", "heading")).to_be_visible()
    user.press(named("ALTINN3_RETURNED_LINK", "link"))
    user.type(page.get_by_label(message("LABEL_ORGANISATION_NUMBER", language), exact=True), COMPANY)
    user.press(named("ALTINN3_COMPANY_BUTTON"))
    expect(named("ALTINN3_ACCEPTED_TITLE", "heading")).to_be_visible()
    user.press(named("ALTINN_TEST_BUTTON"))
    expect(named("ALTINN3_TEST_WORKS_TITLE", "heading")).to_be_visible()
    expect(page.locator("[data-notice]")).to_be_focused()
    expect(named("ALTINN3_CONNECTED_TITLE", "heading")).to_be_visible()

    host.altinn3.register.withdraw(COMPANY)
    user.press(named("ALTINN_TEST_BUTTON"))
    expect(named("ALTINN3_CUSTOMER_TITLE", "heading")).to_be_visible()
    expect(named("ALTINN3_ASK_AGAIN_BUTTON")).to_be_visible()


def wait_for_approval(visit: Visit, host: Host) -> Page:
    """The page of a company that has been asked, with a clock that stands still."""
    page = visit(host)
    page.clock.install(time=START)
    page.clock.pause_at(START + timedelta(hours=1))
    page.goto(CONNECTION)
    press_at_altinn3(page, "ask")
    expect(page.locator("[data-notice]")).to_be_focused()
    return page


def test_status_by_itself(visit: Visit, host: Host) -> None:
    """The status changes without a reload, in a live region; what has the focus keeps it."""
    page = wait_for_approval(visit, host)
    live = page.locator("[role=status][data-live]")
    live.evaluate("element => window.before = element")
    host.altinn3.register.approve(COMPANY)
    page.clock.run_for(4_000)
    expect(live).to_contain_text(message("ALTINN3_WAITING_TITLE"))
    page.clock.run_for(2_000)
    expect(live).to_contain_text(message("ALTINN3_ACCEPTED_TITLE"))
    assert live.evaluate("element => window.before === element"), "a new region would not be read out"
    expect(page.locator("[data-notice]")).to_be_focused()
    expect(page.get_by_role("link", name=message("ALTINN3_LINK"))).to_have_count(0)
    page.get_by_role("link", name=message("ALTINN3_CHANGE_COMPANY")).focus()
    page.clock.run_for(100)
    expect(page.locator("[data-notice]")).to_have_count(0)
    press_at_altinn3(page, "test")
    expect(page.get_by_role("heading", name=message("ALTINN3_CONNECTED_TITLE"))).to_be_visible()


def test_focused_link_stays(visit: Visit, host: Host) -> None:
    """What is focused is replaced only when the focus leaves it; a notice about the former status goes at once."""
    page = wait_for_approval(visit, host)
    link = page.get_by_role("link", name=message("ALTINN3_LINK"))
    link.focus()
    host.altinn3.register.reject(COMPANY)
    page.clock.run_for(6_000)
    expect(page.locator("[data-live]")).to_contain_text(message("ALTINN3_REJECTED_TITLE"))
    expect(page.locator("[data-notice]")).to_have_count(0)
    expect(link).to_be_focused()
    page.get_by_role("link", name=message("ALTINN3_CHANGE_COMPANY")).focus()
    page.clock.run_for(100)
    expect(page.get_by_role("button", name=message("ALTINN3_ASK_AGAIN_BUTTON"))).to_be_visible()
    expect(link).to_have_count(0)


def fetched_in(page: Page, milliseconds: int) -> int:
    """How often the script asks in a while. Its next timer starts when the answer has come, for which the clock waits."""
    begun, ended = list[Request](), list[Request]()

    def begins(request: Request) -> None:
        begun.extend([request] * (request.resource_type == "fetch"))

    def ends(request: Request) -> None:
        ended.append(request)

    page.on("request", begins)
    page.on("requestfinished", ends)
    for _ in range(milliseconds // STEP):
        page.clock.run_for(STEP)
        while set(begun) - set(ended):
            page.wait_for_timeout(5)
    page.remove_listener("request", begins)
    page.remove_listener("requestfinished", ends)
    return len(begun)


def test_asks_politely(visit: Visit, host: Host) -> None:
    """At growing intervals up to a minute, not while the page is hidden, and no more after half an hour."""
    page = wait_for_approval(visit, host)
    assert fetched_in(page, MINUTE) == 4
    assert 4 <= fetched_in(page, 4 * MINUTE) <= 5
    hide(page, hidden=True)
    assert fetched_in(page, 2 * MINUTE) <= 1, "what had begun"
    assert fetched_in(page, 5 * MINUTE) == 0
    with page.expect_response("**/connections/*"):
        hide(page, hidden=False)
    assert fetched_in(page, 30 * MINUTE) <= 20
    assert fetched_in(page, 5 * MINUTE) == 0
    hide(page, hidden=True)
    hide(page, hidden=False)
    assert fetched_in(page, MINUTE) == 0


def hide(page: Page, *, hidden: bool) -> None:
    """Do as the browser does when another tab is chosen."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


@pytest.mark.parametrize("status", [401, 403, 404])
def test_logged_out(visit: Visit, host: Host, status: int) -> None:
    """The page stays as it is, and the script asks no more."""
    page = wait_for_approval(visit, host)
    page.route("**/connections/*", lambda route: route.fulfill(status=status, body="Log in"))
    assert fetched_in(page, MINUTE) == 1
    expect(page.locator("[data-live]")).to_contain_text(message("ALTINN3_WAITING_TITLE"))


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        ("Promise.reject(new TypeError('no connection'))", 4),
        ("Promise.resolve(new Response('', {status: 502}))", 4),
        ("Promise.resolve(new Response('', {status: 429}))", 4),
        ("Promise.resolve(new Response('<h1>Logg inn</h1>'))", 1),
    ],
)
def test_unusable_answer(visit: Visit, host: Host, answer: str, times: int) -> None:
    """After a passing fault it asks again; what is not the page of a connection ends it."""
    page = wait_for_approval(visit, host)
    page.evaluate(f"() => {{ window.asked = 0; window.fetch = () => {{ window.asked++; return {answer}; }}; }}")
    fetched_in(page, MINUTE)
    assert page.evaluate("asked") == times
    expect(page.locator("[data-live]")).to_contain_text(message("ALTINN3_WAITING_TITLE"))


def test_sent_once(visit: Visit, host: Host) -> None:
    """A second press while Altinn is asked sends nothing, and the wait is read out."""
    page = visit(host)
    page.goto(CONNECTION)
    posts = list[str]()

    def stay(route: Route) -> None:
        posts.append(route.request.method)
        route.fulfill(status=204)  # which leaves the page as it is

    page.route("**/connections/*", stay)
    button = page.get_by_role("button", name=message("ALTINN3_ASK_BUTTON"))
    for _ in range(2):
        button.click()
        expect(page.locator("[data-progress]")).to_have_text(message("ALTINN3_ASKING"))
    assert posts == ["POST"]

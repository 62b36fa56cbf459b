"""What the pages do better with script, in the words that the server has without."""

from __future__ import annotations

import json
import re
import threading

import pytest
from playwright.sync_api import Page, Route, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Contact, Host
from helpers.page_actions import Visit
from helpers.page_states import SETTINGS, STATES, is_told, save, type_registration, type_settings
from nofields import OrganisationNumber, message
from nofields.altinn import NOTHING, AltinnSettings
from nofields.forms import Form

COUNT_SENT = """window.sent = 0;
addEventListener("submit", (event) => { window.sent += !event.defaultPrevented; event.preventDefault(); });"""
#: What is typed wrong into the fields of the contact form.
WRONG = {
    "orgnr": "974 760 674",
    "account": "8601 11",
    "person": "03851598731",
    "phone": "123",
    "postal_code": "12",
    "day": "31.02.2020",
    "email": "ola@",
    "amount": "ti",
    "message": "x" * 2001,
}


@pytest.mark.parametrize(
    ("typed", "met"), [("", 0), ("k", 2), ("kanarifugl", 3), ("Kanarifugl", 4), (PASSWORD, 5), ("Kanari-1", 4)]
)
def test_requirements_are_ticked_as_they_are_met_and_told_to_screen_readers(
    visit: Visit, host: Host, typed: str, met: int
) -> None:
    page = visit(host, locale="en-GB")
    page.goto("/altinn/register")
    total = page.locator("[data-requirements] li").count()
    page.locator("#password").press_sequentially(typed)
    expect(page.locator("[data-requirements] li[data-fits]")).to_have_count(met)
    expect(page.locator("[data-requirements] li:not([data-fits])")).to_have_count(total - met)
    if typed:
        said = message("FORM_REQUIREMENTS_STATUS", "en", met=met, all=total)
        expect(page.locator("[data-requirements-status]")).to_have_text(said)


def test_a_password_is_shown_at_a_press_and_hidden_again_when_it_is_sent(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/altinn/register")
    type_registration(page)
    button = page.locator("[data-show]")
    button.click()
    expect(page.locator("#password")).to_have_attribute("type", "text")
    expect(button).to_have_text(message("FORM_HIDE_PASSWORD", "nb"))
    button.click()
    expect(page.locator("#password")).to_have_attribute("type", "password")
    button.click()
    page.evaluate("addEventListener('submit', (event) => { event.preventDefault(); })")
    page.click("[type=submit]")
    expect(page.locator("#password")).to_have_attribute("type", "password")


@pytest.mark.parametrize("with_module", [True, False])
@pytest.mark.parametrize("name", WRONG)
def test_a_field_left_again_is_told_what_the_server_would_tell(visit: Visit, host: Host, name: str, with_module: bool) -> None:
    page = visit(host, locale="nn-NO")
    if not with_module:
        page.route("**/nofields.js", lambda route: route.fulfill(status=404))
    STATES["contact, refused"](page, host)
    page.evaluate("(name) => document.getElementById(name).removeAttribute('maxlength')", name)
    page.fill(f"#{name}", "")
    page.fill(f"#{name}", WRONG[name])
    page.locator(f"#{name}").blur()
    error = page.locator(f"#{name}-error")
    expect(error).not_to_have_text(re.compile(f"^{re.escape(message('TEXT_FIELD_ERROR', 'nn'))}"))
    in_browser = error.inner_text()
    page.click("[type=submit]")
    expect(page.locator("[data-summary]")).to_be_focused()
    assert error.inner_text() == in_browser
    assert in_browser


def test_a_script_that_comes_late_takes_nobody_out_of_a_field(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    late: list[Route] = []
    page.route("**/forms.js", lambda route: late.append(route))
    page.click("[type=submit]")
    expect(page.locator("[data-summary]")).to_be_focused()
    page.locator("#orgnr").press_sequentially("974")
    (script,) = late
    script.continue_()
    page.wait_for_load_state()
    page.keyboard.type("760674")
    expect(page.locator("#orgnr")).to_have_value("974760674")
    page.keyboard.press("Tab")
    expect(page.locator("#orgnr-error")).to_contain_text(message("ORGANISATION_FIELD_ERROR", "nb"))


def test_the_exported_module_asks_the_server_nothing(visit: Visit, host: Host) -> None:
    page = visit(host)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    STATES["contact, refused"](page, host)
    page.fill("#orgnr", "974760674")
    page.press("#orgnr", "Tab")
    expect(page.locator("#orgnr-error")).to_contain_text(message("ORGANISATION_FIELD_ERROR", "nb"))
    assert not [url for url in asked if "/check/" in url]


def test_what_is_put_right_leaves_the_summary_and_the_title(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["company, refused"](page, host)
    title = page.title()
    assert title.startswith("Feil: ")
    page.fill("#orgnr", "974760673")
    page.press("#orgnr", "Tab")
    expect(page.locator("[data-summary]")).to_have_count(0)
    expect(page.locator("#orgnr")).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title(title.removeprefix("Feil: "))


def test_of_a_range_the_end_that_is_wrong_is_marked(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["contact, refused"](page, host)
    page.fill("[name='period.from']", "1.1.2020")
    page.fill("[name='period.to']", "1.13.2020")
    page.locator("[name='period.to']").blur()
    expect(page.locator("[name='period.from']")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='period.to']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#period-error")).to_contain_text(message("DATE_TO_FROM_ERROR", "nb"))


@pytest.mark.parametrize("answer", ["no JSON", ""])
def test_a_test_that_gets_no_answer_says_so_and_nothing_typed_is_lost(visit: Visit, host: Host, answer: str) -> None:
    def answered(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=200, body=answer)
        else:
            route.fallback()

    page = visit(host)
    page.goto(SETTINGS)
    page.route(f"**{SETTINGS}", answered)
    type_settings(page, language="en")
    page.click("[data-test]")
    expect(page.locator("[data-result]")).to_contain_text(message("ALTINN_TEST_FAILED", "nb"))
    _is_still_typed(page)


def test_an_error_of_the_server_is_told_in_its_words_and_what_is_wrong_stays_marked(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["settings, refused"](page, host)
    refused = {"type": "about:blank", "title": "Nei", "status": 403, "detail": "Logg inn igjen."}

    def answered(route: Route) -> None:
        route.fulfill(status=403, body=json.dumps(refused), content_type="application/problem+json")

    page.route(f"**{SETTINGS}", answered)
    page.click("[data-test]")
    result = page.locator("[data-result] [data-color=danger]")
    expect(result.get_by_role("heading")).to_have_text("Nei")
    expect(result).to_contain_text("Logg inn igjen.")
    expect(page.locator("#system_id-error")).to_be_visible()


def test_a_browser_that_knows_no_button_of_a_form_tests_and_saves_nothing(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.add_init_script("window.FormData = class extends FormData { constructor(form) { super(form); } };")
    STATES["test, not tried"](page, host)
    expect(page.locator("[data-result]")).to_contain_text(message("ALTINN_TEST_NOT_TRIED_TITLE", "nb"))
    assert host.store.settings(OrganisationNumber(ORGNR)) is None


@pytest.mark.parametrize("name", ["system_id", "password"])
def test_what_came_of_a_test_goes_when_something_else_is_typed(visit: Visit, host: Host, name: str) -> None:
    page = visit(host)
    STATES["test, works"](page, host)
    page.fill(f"#{name}", "5")
    expect(page.locator("[data-result]")).to_be_empty()
    page.locator("#system_id").fill("12345")
    page.locator("#password").fill(PASSWORD)
    host.check = lambda settings: bool(threading.Event().wait(0.5)) or True
    page.click("[data-test]")
    page.fill(f"#{name}", "6")
    expect(page.locator("[data-test][aria-busy=true]")).to_have_count(0)
    expect(page.locator("[data-result]")).to_be_empty()


def test_a_shown_password_is_hidden_again_by_a_test(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto(SETTINGS)
    type_settings(page)
    page.click("[data-show]")
    page.click("[data-test]")
    expect(page.locator("#password")).to_have_attribute("type", "password")


def test_that_it_is_saved_is_said_once(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["settings, saved"](page, host)
    expect(page).to_have_url(f"{host.url}{SETTINGS}")
    page.reload()
    expect(page.locator("[data-notice]")).to_have_count(0)


def test_a_form_on_its_way_is_not_sent_twice_and_may_be_sent_when_its_page_is_back(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/altinn/register")
    page.evaluate(COUNT_SENT)
    for _ in range(3):
        page.click("[type=submit]")
    assert page.evaluate("window.sent") == 1
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    page.click("[type=submit]")
    assert page.evaluate("window.sent") == 2


def test_of_two_forms_on_a_page_each_has_its_own_summary(visit: Visit, host: Host) -> None:
    page = visit(host)
    forms = [Form(Contact, name="contact", prefix=prefix).bind({}).render() for prefix in ("a-", "b-")]
    script = '<script type="module" src="/nofields/forms.js"></script>'
    page.route("**/two", lambda route: route.fulfill(body="".join([*forms, script]), content_type="text/html; charset=utf-8"))
    page.goto(f"{host.url}/two")
    page.fill("#b-orgnr", ORGNR)
    page.press("#b-orgnr", "Tab")
    expect(page.locator("#b-orgnr-error")).to_have_count(0)
    expect(page.locator("[data-summary] [href='#b-orgnr']")).to_have_count(0)
    expect(page.locator("[data-summary] [href='#a-orgnr']")).to_have_count(1)


def test_texts_that_did_not_come_are_asked_for_again(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.route("**/messages.nb.json", lambda route: route.fulfill(status=404), times=1)
    STATES["contact, refused"](page, host)
    with page.expect_response("**/messages.nb.json"):
        page.fill("#orgnr", "974760674")
        page.press("#orgnr", "Tab")
    page.fill("#account", "1")
    page.press("#account", "Tab")
    expect(page.locator("#account-error")).to_contain_text(message("ACCOUNT_FIELD_ERROR", "nb"))


@pytest.mark.parametrize("state", ["test, slow", "test, failed", "test, limited", "test, not tried", "test, refused"])
def test_whatever_comes_of_a_test_nothing_typed_is_lost(visit: Visit, host: Host, state: str) -> None:
    page = visit(host)
    STATES[state](page, host)
    _is_still_typed(page, "nb")


def _is_still_typed(page: Page, language: str = "en") -> None:
    assert page.input_value("#system_id") == "12345"
    assert page.input_value("#password") == PASSWORD
    assert page.is_checked(f"[name=language][value={language}]")


def test_a_postal_code_gets_its_place(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    place = page.locator("#postal_code-place")
    for typed, said in (("0357", "OSLO"), ("035", ""), ("5003", "BERGEN"), ("x", "")):
        page.fill("#postal_code", typed)
        expect(place).to_have_text(said)


def test_a_postal_code_that_is_there_before_the_script_gets_its_place_too(visit: Visit, host: Host) -> None:
    page = visit(host)
    late: list[Route] = []
    page.route("**/forms.js", lambda route: late.append(route))
    page.goto("/contact", wait_until="commit")
    page.fill("#postal_code", "0357")
    (script,) = late
    script.continue_()
    expect(page.locator("#postal_code-place")).to_have_text("OSLO")


def test_a_language_that_is_chosen_stays_chosen(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/altinn/")
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.goto("/altinn/register")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


@pytest.mark.parametrize("scripted", [True, False])
def test_the_language_changes_with_saving_and_not_before(visit: Visit, host: Host, scripted: bool) -> None:
    """The reader's is English; the company's settings have bokmål."""
    typed = {"orgnr": ORGNR, "system_id": "12345", "password": PASSWORD, "language": "nb"}
    host.store.save(AltinnSettings.model_validate(typed), NOTHING)
    page = visit(host, locale="en-GB", java_script_enabled=scripted)
    page.goto(SETTINGS)
    language = page.locator("html")
    page.click("[data-test]")
    title = message("ALTINN_TEST_NOT_TRIED_TITLE", "en")
    expect(page.locator("[data-result] h2" if scripted else "[data-notice] h2")).to_have_text(title)
    expect(language).to_have_attribute("lang", "en")
    for button in ("[data-test]", "[value=save]"):
        page.fill("#system_id", "x")
        page.click(button)
        is_told(page, "[data-summary]")
        expect(language).to_have_attribute("lang", "en")
        page.goto(SETTINGS)
        expect(language).to_have_attribute("lang", "en")
    save(page)
    is_told(page, "[data-notice]")
    expect(language).to_have_attribute("lang", "nb")

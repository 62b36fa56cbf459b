"""What the script adds to the pages, with the texts of the server."""

from __future__ import annotations

import json
import re
import threading

import pytest
from playwright.sync_api import Page, Route, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Contact, Host
from helpers.page_actions import Visit
from helpers.page_states import SETTINGS, STATES, save, type_registration, type_settings, wait_for_focus
from nofields import AltinnPassword, OrganisationNumber, message
from nofields.altinn import NOTHING, AltinnSettings
from nofields.forms import Form

COUNT_SENT = """window.sent = 0;
addEventListener("submit", (event) => { window.sent += !event.defaultPrevented; event.preventDefault(); });"""
#: An invalid value for each field of the contact form.
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
def test_password_requirements(visit: Visit, host: Host, typed: str, met: int) -> None:
    """Marked as they are met, and announced to screen readers."""
    page = visit(host, locale="en-GB")
    page.goto("/altinn/register")
    total = page.locator("[data-requirements] li").count()
    page.locator("#password").press_sequentially(typed)
    expect(page.locator("[data-requirements] li[data-fits]")).to_have_count(met)
    expect(page.locator("[data-requirements] li:not([data-fits])")).to_have_count(total - met)
    if typed:
        expected = message("FORM_REQUIREMENTS_STATUS", "en", met=met, all=total)
        expect(page.locator("[data-requirements-status]")).to_have_text(expected)


def test_shown_password(visit: Visit, host: Host) -> None:
    """Hidden again when the form is sent."""
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
def test_check_on_blur(visit: Visit, host: Host, name: str, with_module: bool) -> None:
    """The error is the one that the server would give."""
    page = visit(host, locale="nn-NO")
    if not with_module:
        page.route("**/nofields.js", lambda route: route.fulfill(status=404))
    STATES["contact, rejected"](page, host)
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


@pytest.mark.parametrize("locale", ["nb-NO", "nn-NO", "en-GB"])
@pytest.mark.parametrize("password", ["å", "abc", "Fjell", "Fjellene"])
def test_unmet_requirements_on_blur(visit: Visit, host: Host, password: str, locale: str) -> None:
    """The script's list is the one that the server writes, no wider than a phone; the summary has one line."""
    page = visit(host, locale=locale, viewport={"width": 375, "height": 667})
    STATES["register, rejected"](page, host)
    line = page.locator("[data-error=password]")
    error = page.locator("#password-error")

    def shown() -> tuple[str, str]:
        return error.evaluate("(each) => each.outerHTML.replace(/\\s*\\n\\s*/g, '')"), line.inner_text()

    page.fill("#password", password)
    page.locator("#password").blur()
    problem = AltinnPassword.problem(password)
    assert problem is not None
    expect(line).to_contain_text(problem.message(locale))
    in_browser = shown()
    assert in_browser[0].count("<li>") == (0 if password == "Fjellene" else len(problem.params["requirements"]))  # type: ignore[arg-type]
    page.click("[type=submit]")
    expect(page.locator("[data-summary]")).to_be_focused()
    assert shown() == in_browser
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_late_script_keeps_focus(visit: Visit, host: Host) -> None:
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


def test_check_without_server(visit: Visit, host: Host) -> None:
    page = visit(host)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    STATES["contact, rejected"](page, host)
    page.fill("#orgnr", "974760674")
    page.press("#orgnr", "Tab")
    expect(page.locator("#orgnr-error")).to_contain_text(message("ORGANISATION_FIELD_ERROR", "nb"))
    assert not [url for url in requested if "/check/" in url]


def test_corrected_field(visit: Visit, host: Host) -> None:
    """Its error is removed from the summary and the title."""
    page = visit(host)
    STATES["company, rejected"](page, host)
    title = page.title()
    assert title.startswith("Feil: ")
    page.fill("#orgnr", "974760673")
    page.press("#orgnr", "Tab")
    expect(page.locator("[data-summary]")).to_have_count(0)
    expect(page.locator("#orgnr")).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title(title.removeprefix("Feil: "))


def test_wrong_end_of_range(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["contact, rejected"](page, host)
    page.fill("[name='period.from']", "1.1.2020")
    page.fill("[name='period.to']", "1.13.2020")
    page.locator("[name='period.to']").blur()
    expect(page.locator("[name='period.from']")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name='period.to']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#period-error")).to_contain_text(message("DATE_TO_FROM_ERROR", "nb"))


@pytest.mark.parametrize("answer", ["no JSON", ""])
def test_login_test_without_answer(visit: Visit, host: Host, answer: str) -> None:
    """A message, and the typed values stay."""

    def respond(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=200, body=answer)
        else:
            route.fallback()

    page = visit(host)
    page.goto(SETTINGS)
    page.route(f"**{SETTINGS}", respond)
    type_settings(page, language="en")
    page.click("[data-test]")
    expect(page.locator("[data-result]")).to_contain_text(message("ALTINN_TEST_FAILED", "nb"))
    _is_still_typed(page)


def test_server_error(visit: Visit, host: Host) -> None:
    """The server's text is shown, and wrong fields stay marked."""
    page = visit(host)
    STATES["settings, rejected"](page, host)
    rejection = {"type": "about:blank", "title": "Nei", "status": 403, "detail": "Logg inn igjen."}

    def respond(route: Route) -> None:
        route.fulfill(status=403, body=json.dumps(rejection), content_type="application/problem+json")

    page.route(f"**{SETTINGS}", respond)
    page.click("[data-test]")
    result = page.locator("[data-result] [data-color=danger]")
    expect(result.get_by_role("heading")).to_have_text("Nei")
    expect(result).to_contain_text("Logg inn igjen.")
    expect(page.locator("#system_id-error")).to_be_visible()


def test_browser_without_submitter(visit: Visit, host: Host) -> None:
    """It runs the test, and saves nothing."""
    page = visit(host)
    page.add_init_script("window.FormData = class extends FormData { constructor(form) { super(form); } };")
    STATES["test, not tried"](page, host)
    expect(page.locator("[data-result]")).to_contain_text(message("ALTINN_TEST_NOT_TRIED_TITLE", "nb"))
    assert host.store.settings(OrganisationNumber(ORGNR)) is None


@pytest.mark.parametrize("name", ["system_id", "password"])
def test_result_disappears_on_input(visit: Visit, host: Host, name: str) -> None:
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


def test_shown_password_and_login_test(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto(SETTINGS)
    type_settings(page)
    page.click("[data-show]")
    page.click("[data-test]")
    expect(page.locator("#password")).to_have_attribute("type", "password")


def test_saved_notice_appears_once(visit: Visit, host: Host) -> None:
    page = visit(host)
    STATES["settings, saved"](page, host)
    expect(page).to_have_url(f"{host.url}{SETTINGS}")
    page.reload()
    expect(page.locator("[data-notice]")).to_have_count(0)


def test_double_submit(visit: Visit, host: Host) -> None:
    """Prevented, but possible again when the page is restored."""
    page = visit(host)
    page.goto("/altinn/register")
    page.evaluate(COUNT_SENT)
    for _ in range(3):
        page.click("[type=submit]")
    assert page.evaluate("window.sent") == 1
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    page.click("[type=submit]")
    assert page.evaluate("window.sent") == 2


def test_two_forms(visit: Visit, host: Host) -> None:
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


def test_texts_are_requested_again(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.route("**/messages.nb.json", lambda route: route.fulfill(status=404), times=1)
    STATES["contact, rejected"](page, host)
    with page.expect_response("**/messages.nb.json"):
        page.fill("#orgnr", "974760674")
        page.press("#orgnr", "Tab")
    page.fill("#account", "1")
    page.press("#account", "Tab")
    expect(page.locator("#account-error")).to_contain_text(message("ACCOUNT_FIELD_ERROR", "nb"))


@pytest.mark.parametrize("state", ["test, slow", "test, failed", "test, limited", "test, not tried", "test, rejected"])
def test_typed_values_stay(visit: Visit, host: Host, state: str) -> None:
    page = visit(host)
    STATES[state](page, host)
    _is_still_typed(page, "nb")


def _is_still_typed(page: Page, language: str = "en") -> None:
    assert page.input_value("#system_id") == "12345"
    assert page.input_value("#password") == PASSWORD
    assert page.is_checked(f"[name=language][value={language}]")


def test_postal_place(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/contact")
    place = page.locator("#postal_code-place")
    for typed, expected in (("0357", "OSLO"), ("035", ""), ("5003", "BERGEN"), ("x", "")):
        page.fill("#postal_code", typed)
        expect(place).to_have_text(expected)


def test_postal_place_before_script(visit: Visit, host: Host) -> None:
    page = visit(host)
    late: list[Route] = []
    page.route("**/forms.js", lambda route: late.append(route))
    page.goto("/contact", wait_until="commit")
    page.fill("#postal_code", "0357")
    (script,) = late
    script.continue_()
    expect(page.locator("#postal_code-place")).to_have_text("OSLO")


def test_chosen_language_stays(visit: Visit, host: Host) -> None:
    page = visit(host)
    page.goto("/altinn/")
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.goto("/altinn/register")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


@pytest.mark.parametrize("scripted", [True, False])
def test_saving_changes_language(visit: Visit, host: Host, scripted: bool) -> None:
    """The reader uses English; the company's settings are in bokmål."""
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
        wait_for_focus(page, "[data-summary]")
        expect(language).to_have_attribute("lang", "en")
        page.goto(SETTINGS)
        expect(language).to_have_attribute("lang", "en")
    save(page)
    wait_for_focus(page, "[data-notice]")
    expect(language).to_have_attribute("lang", "nb")

"""A whole journey with mistakes in every language: by mouse, by keyboard, without script, in a narrow window."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Host
from helpers.page_actions import WAYS, Mouse, Visit, locale_of
from helpers.values import LANGUAGES
from nofields import OrganisationNumber, message
from nofields.altinn.models import LANGUAGE_NAMES

Translate = Callable[[str], str]
#: The preferred language at the end, by the one that the journey begins in.
NEXT = dict(zip(LANGUAGES, (*LANGUAGES[1:], LANGUAGES[0])))


@pytest.mark.parametrize(("language", "way"), list(product(LANGUAGES, WAYS)))
def test_journey(visit: Visit, host: Host, language: str, way: str) -> None:
    """A data system is registered, and its settings are saved."""

    def translate(key: str) -> str:
        return message(key, language).strip()

    kind, options = WAYS[way]
    page = visit(host, locale=locale_of(language), **options)
    user = kind(page)
    page.goto("/altinn/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    user.press(page.get_by_role("link", name=translate("ALTINN_REGISTER_TITLE"), exact=True))
    system_id = register(page, user, translate)
    user.press(page.get_by_role("link", name=translate("ALTINN_REGISTERED_NEXT")))
    choose_company(page, user, translate)
    type_settings(page, user, translate, system_id, language)
    try_log_in(page, user, translate, scripted=way != "no script")
    save_twice(page, user, translate, NEXT[language])

    saved = host.store.settings(OrganisationNumber(ORGNR))
    assert saved is not None
    settings = saved.settings
    assert (settings.system_id, settings.password, settings.language) == (system_id, PASSWORD, NEXT[language])


def register(page: Page, user: Mouse, translate: Translate) -> str:
    """Send the form empty, then with a weak password; return the ID that the page shows."""
    description = page.get_by_label(translate("ALTINN_DESCRIPTION_LABEL"), exact=True)
    password = page.get_by_label(translate("ALTINN_PASSWORD_LABEL"), exact=True)
    add = page.get_by_role("button", name=translate("ALTINN_REGISTER_BUTTON"), exact=True)
    user.press(add)
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page).to_have_title(re.compile("^" + re.escape(translate("FORM_TITLE_WITH_ERRORS").removesuffix("{title}"))))
    links = page.locator("[data-summary] a")
    expect(links).to_have_count(3)
    user.press(links.first)
    expect(description).to_be_focused()

    user.type(description, "Regnskapsprogram")
    user.choose(page.get_by_label(translate("ALTINN_SYSTEM_TYPE_LABEL"), exact=True), translate("ALTINN_TYPE_ACCOUNTING"))
    user.type(password, "kanari")
    user.press(add)
    expect(links).to_have_count(1)
    expect(page.locator("#password-error")).to_contain_text(translate("PASSWORD_REQUIREMENTS_LEAD"))
    expect(description).to_have_value("Regnskapsprogram")
    expect(page.locator("#system_type")).to_have_value("accounting")
    expect(password).to_have_value("")

    user.type(password, PASSWORD)
    user.press(add)
    expect(page.get_by_role("heading", name=translate("ALTINN_NOTE_BOTH_TITLE"))).to_be_visible()
    return page.locator("[data-system-id]").inner_text()


def choose_company(page: Page, user: Mouse, translate: Translate) -> None:
    """Type one wrong digit first; the address contains no number before it is valid."""
    company = page.get_by_label(translate("LABEL_ORGANISATION_NUMBER"), exact=True)
    show = page.get_by_role("button", name=translate("ALTINN_COMPANY_BUTTON"))
    expect(company).to_be_visible()
    for typed in ("974 760 674", "974 760 673"):
        user.type(company, typed)
        user.press(show)
        expect(page.locator("[data-summary], #system_id")).to_be_visible()
        expect(page).to_have_url(re.compile(f"/settings/{ORGNR}$" if typed.endswith("3") else "/settings$"))


def type_settings(page: Page, user: Mouse, translate: Translate, system_id: str, language: str) -> None:
    expect(page.get_by_role("heading", name=translate("ALTINN_SETTINGS_TITLE"))).to_be_visible()
    user.type(page.locator("#system_id"), system_id)
    user.type(page.get_by_label(translate("ALTINN_PASSWORD_LABEL"), exact=True), PASSWORD)
    user.tick(page.get_by_role("radio", name=LANGUAGE_NAMES[language], exact=True))


def try_log_in(page: Page, user: Mouse, translate: Translate, *, scripted: bool) -> None:
    """With script the password stays; without it, the new page asks for it again."""
    user.press(page.get_by_role("button", name=translate("ALTINN_TEST_BUTTON")))
    expect(page.get_by_role("heading", name=translate("ALTINN_TEST_NOT_TRIED_TITLE"))).to_be_visible()
    password = page.get_by_label(translate("ALTINN_PASSWORD_LABEL"), exact=True)
    expect(password).to_have_value(PASSWORD if scripted else "")
    if not scripted:
        expect(page.get_by_text(translate("ALTINN_PASSWORD_AGAIN"))).to_be_visible()
        user.type(password, PASSWORD)


def save_twice(page: Page, user: Mouse, translate: Translate, other: str) -> None:
    """Save, and then save another language without typing the password again."""
    user.press(page.get_by_role("button", name=translate("ALTINN_SAVE_BUTTON"), exact=True))
    expect(page.get_by_role("heading", name=translate("ALTINN_SAVED_TITLE"))).to_be_visible()
    expect(page.locator("[data-notice]")).to_be_focused()
    expect(page.locator("#password")).to_have_value("")
    expect(page.get_by_text(translate("ALTINN_PASSWORD_KEPT"))).to_be_visible()
    user.tick(page.get_by_role("radio", name=LANGUAGE_NAMES[other], exact=True))
    user.press(page.get_by_role("button", name=translate("ALTINN_SAVE_BUTTON"), exact=True))
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.get_by_role("heading", name=message("ALTINN_SAVED_TITLE", other))).to_be_visible()

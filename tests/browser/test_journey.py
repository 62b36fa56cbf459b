"""The whole journey with mistakes on the way, in three languages and four ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from helpers.altinn_site import ORGNR, PASSWORD
from helpers.browser_host import Host
from helpers.page_actions import Keyboard, Mouse, Visit
from helpers.values import LANGUAGES
from nofields import OrganisationNumber, message
from nofields.altinn.models import LANGUAGE_NAMES

Say = Callable[[str], str]
LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
#: The preferred language at the end, by the one that the journey begins in.
NEXT = dict(zip(LANGUAGES, (*LANGUAGES[1:], LANGUAGES[0])))
WAYS: dict[str, tuple[type[Mouse], dict[str, Any]]] = {
    "mouse": (Mouse, {}),
    "keyboard": (Keyboard, {}),
    "no script": (Mouse, {"java_script_enabled": False}),
    "narrow": (Mouse, {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}),
}


@pytest.mark.parametrize(("language", "way"), list(product(LANGUAGES, WAYS)))
def test_journey(visit: Visit, host: Host, language: str, way: str) -> None:
    """A data system is registered, and its settings are saved."""

    def say(key: str) -> str:
        return message(key, language).strip()

    kind, options = WAYS[way]
    page = visit(host, locale=LOCALES.get(language, language), **options)
    hand = kind(page)
    page.goto("/altinn/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    hand.press(page.get_by_role("link", name=say("ALTINN_REGISTER_TITLE"), exact=True))
    system_id = register(page, hand, say)
    hand.press(page.get_by_role("link", name=say("ALTINN_REGISTERED_NEXT")))
    choose_company(page, hand, say)
    enter(page, hand, say, system_id, language)
    try_log_in(page, hand, say, scripted=way != "no script")
    keep(page, hand, say, NEXT[language])

    saved = host.store.settings(OrganisationNumber(ORGNR))
    assert saved is not None
    kept = saved.settings
    assert (kept.system_id, kept.password, kept.language) == (system_id, PASSWORD, NEXT[language])


def register(page: Page, hand: Mouse, say: Say) -> str:
    """Forgets everything first, then tries a weak password; gives the ID that the page shows."""
    description = page.get_by_label(say("ALTINN_DESCRIPTION_LABEL"), exact=True)
    password = page.get_by_label(say("ALTINN_PASSWORD_LABEL"), exact=True)
    add = page.get_by_role("button", name=say("ALTINN_REGISTER_BUTTON"), exact=True)
    hand.press(add)
    expect(page.locator("[data-summary]")).to_be_focused()
    expect(page).to_have_title(re.compile("^" + re.escape(say("FORM_TITLE_WITH_ERRORS").removesuffix("{title}"))))
    links = page.locator("[data-summary] a")
    expect(links).to_have_count(3)
    hand.press(links.first)
    expect(description).to_be_focused()

    hand.type(description, "Regnskapsprogram")
    hand.choose(page.get_by_label(say("ALTINN_SYSTEM_TYPE_LABEL"), exact=True), say("ALTINN_TYPE_ACCOUNTING"))
    hand.type(password, "kanari")
    hand.press(add)
    expect(links).to_have_count(1)
    expect(page.locator("#password-error")).to_contain_text(say("TEXT_FIELD_CONTENTS_ERROR"))
    expect(description).to_have_value("Regnskapsprogram")
    expect(page.locator("#system_type")).to_have_value("accounting")
    expect(password).to_have_value("")

    hand.type(password, PASSWORD)
    hand.press(add)
    expect(page.get_by_role("heading", name=say("ALTINN_NOTE_BOTH_TITLE"))).to_be_visible()
    return page.locator("[data-system-id]").inner_text()


def choose_company(page: Page, hand: Mouse, say: Say) -> None:
    """Types one digit wrong first; the address has no number before it is right."""
    company = page.get_by_label(say("LABEL_ORGANISATION_NUMBER"), exact=True)
    show = page.get_by_role("button", name=say("ALTINN_COMPANY_BUTTON"))
    expect(company).to_be_visible()
    for typed in ("974 760 674", "974 760 673"):
        hand.type(company, typed)
        hand.press(show)
        expect(page.locator("[data-summary], #system_id")).to_be_visible()
        expect(page).to_have_url(re.compile(f"/settings/{ORGNR}$" if typed.endswith("3") else "/settings$"))


def enter(page: Page, hand: Mouse, say: Say, system_id: str, language: str) -> None:
    expect(page.get_by_role("heading", name=say("ALTINN_SETTINGS_TITLE"))).to_be_visible()
    hand.type(page.locator("#system_id"), system_id)
    hand.type(page.get_by_label(say("ALTINN_PASSWORD_LABEL"), exact=True), PASSWORD)
    hand.tick(page.get_by_role("radio", name=LANGUAGE_NAMES[language], exact=True))


def try_log_in(page: Page, hand: Mouse, say: Say, *, scripted: bool) -> None:
    """The password stays where it is with script; without, the page comes anew and asks for it once more."""
    hand.press(page.get_by_role("button", name=say("ALTINN_TEST_BUTTON")))
    expect(page.get_by_role("heading", name=say("ALTINN_TEST_NOT_TRIED_TITLE"))).to_be_visible()
    password = page.get_by_label(say("ALTINN_PASSWORD_LABEL"), exact=True)
    expect(password).to_have_value(PASSWORD if scripted else "")
    if not scripted:
        expect(page.get_by_text(say("ALTINN_PASSWORD_AGAIN"))).to_be_visible()
        hand.type(password, PASSWORD)


def keep(page: Page, hand: Mouse, say: Say, other: str) -> None:
    """Saves, and then once more with another language, without typing the password again."""
    hand.press(page.get_by_role("button", name=say("ALTINN_SAVE_BUTTON"), exact=True))
    expect(page.get_by_role("heading", name=say("ALTINN_SAVED_TITLE"))).to_be_visible()
    expect(page.locator("[data-notice]")).to_be_focused()
    expect(page.locator("#password")).to_have_value("")
    expect(page.get_by_text(say("FORM_SECRET_KEPT"))).to_be_visible()
    hand.tick(page.get_by_role("radio", name=LANGUAGE_NAMES[other], exact=True))
    hand.press(page.get_by_role("button", name=say("ALTINN_SAVE_BUTTON"), exact=True))
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.get_by_role("heading", name=message("ALTINN_SAVED_TITLE", other))).to_be_visible()

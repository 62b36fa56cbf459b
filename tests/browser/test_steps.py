"""An application for a loan in steps: by mouse, by keyboard, without script, in a narrow window, in every language."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from helpers.axe import violations
from helpers.browser_host import Host
from helpers.loan import FNR, PASSWORD, WRONG_FNR, Loan
from helpers.page_actions import WAYS, Mouse, Visit, locale_of
from helpers.values import LANGUAGES
from nofields import message


class Applicant:
    """A user of the pages, with the texts of a language."""

    def __init__(self, page: Page, user: Mouse, language: str, *, scripted: bool = True) -> None:
        self.page, self.user, self.language, self.scripted = page, user, language, scripted

    def text(self, key: str, **params: object) -> str:
        return message(key, self.language, **params).strip()

    def field(self, id: str) -> Locator:
        return self.page.locator(f'[id="{id}"]')

    def press(self, key: str) -> None:
        self.user.press(self.page.get_by_role("button", name=self.text(key), exact=True))

    def is_at(self, number: int, of: int) -> None:
        """The page shows a step, and has no barrier, nothing that scrolls sideways, and a title that names the step."""
        expect(self.page.locator(".nofields-progress")).to_have_text(self.text("FORM_STEP_PROGRESS", number=number, all=of))
        self.is_accessible()

    def is_accessible(self) -> None:
        if not self.scripted:  # axe-core is a script, too
            return
        assert violations(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.mark.parametrize(("language", "way"), list(product(LANGUAGES, WAYS)))
def test_application(visit: Visit, host: Host, language: str, way: str) -> None:
    """A loan is applied for, with mistakes, a way back, and a change at the end."""
    kind, options = WAYS[way]
    page = visit(host, locale=locale_of(language), **options)
    me = Applicant(page, kind(page), language, scripted=way != "no script")
    page.goto("/loan")
    me.is_at(1, 5)
    say_who(me)
    identify(me)
    ask_for_money(me)
    me.user.type(me.field("income"), "500 000")
    me.press("FORM_STEP_NEXT")
    me.is_at(5, 6)
    me.press("FORM_STEP_NEXT")
    change_and_send(me)

    (sent,) = host.loan.sent
    assert isinstance(sent, Loan)
    assert (sent.fnr, sent.amount, [line.what for line in sent.lines]) == (FNR, 2000, ["Bil", "Hus"])
    assert host.loan.drafts.keys() == set()


def say_who(me: Applicant) -> None:
    """Send the step empty first."""
    me.press("FORM_STEP_NEXT")
    expect(me.page.locator("[data-summary]")).to_be_focused()
    error = me.text("FORM_TITLE_WITH_ERRORS", title="")
    assert me.page.title().startswith(error.strip())
    me.is_at(1, 5)
    me.user.tick(me.field("kind-1"))
    me.press("FORM_STEP_NEXT")
    me.is_at(2, 6)


def identify(me: Applicant) -> None:
    """Go back with a mistake in the address, and send a wrong number."""
    me.user.type(me.field("address.street"), "Storgata 1")
    me.user.type(me.field("address.postal_code"), "35")
    me.press("FORM_STEP_BACK")
    me.is_at(1, 6)
    expect(me.field("kind-1")).to_be_checked()
    me.press("FORM_STEP_NEXT")
    expect(me.page.locator("[data-summary]")).to_have_count(0)
    expect(me.field("address.postal_code")).to_have_value("35")
    me.user.type(me.field("fnr"), WRONG_FNR)
    me.press("FORM_STEP_NEXT")
    expect(me.page.locator("[data-summary] a")).to_have_count(2)
    me.user.type(me.field("fnr"), FNR)
    me.press("FORM_STEP_NEXT")
    expect(me.page.locator("[data-summary] a")).to_have_count(1)
    expect(me.field("fnr-note")).to_have_text(me.text("FORM_SECRET_SEALED"))
    me.user.type(me.field("address.postal_code"), "0357")
    me.press("FORM_STEP_NEXT")


def ask_for_money(me: Applicant) -> None:
    """Add a row, which stays in the step."""
    me.is_at(3, 6)
    me.user.type(me.field("amount"), "1 000")
    me.user.type(me.field("lines.0.what"), "Bil")
    me.user.type(me.field("lines.0.cost"), "900")
    me.user.press(me.page.locator("[data-add]"))
    expect(me.field("lines.1.what")).to_be_visible()
    me.is_at(3, 6)
    me.user.type(me.field("lines.1.what"), "Hus")
    me.user.type(me.field("lines.1.cost"), "100")
    me.press("FORM_STEP_NEXT")
    me.is_at(4, 6)


def change_and_send(me: Applicant) -> None:
    me.is_at(6, 6)
    expect(me.page.locator('[data-answer="lines.1.what"] dd')).to_have_text("Hus")
    expect(me.page.locator('[data-answer="fnr"] dd').first).to_have_text(me.text("FORM_NOT_SHOWN"))
    me.user.press(me.page.get_by_role("link", name=f"{me.text('FORM_CHANGE')} Beløp", exact=True))
    me.is_at(3, 6)
    me.user.type(me.field("amount"), "2 000")
    me.press("FORM_STEP_NEXT")
    me.is_at(6, 6)
    me.press("FORM_SEND")
    expect(me.page.locator("[data-summary] a")).to_have_count(1)
    me.user.type(me.field("password"), PASSWORD)
    me.press("FORM_SEND")
    expect(me.page.get_by_role("heading", name=me.text("FORM_RECEIPT_TITLE"))).to_be_visible()
    expect(me.page.get_by_text("L-1", exact=True)).to_be_visible()
    me.is_accessible()


def test_back_button_of_the_browser(visit: Visit, host: Host) -> None:
    """An older page sends its own step, and nothing that was entered since is lost."""
    page = visit(host)
    me = Applicant(page, Mouse(page), "nb")
    page.goto("/loan")
    me.user.tick(me.field("kind-2"))
    me.press("FORM_STEP_NEXT")
    me.user.type(me.field("orgnr"), "974 760 673")
    me.user.type(me.field("address.street"), "Storgata 1")
    me.user.type(me.field("address.postal_code"), "0357")
    me.press("FORM_STEP_NEXT")
    me.is_at(3, 5)
    page.go_back()
    page.go_back()
    me.is_at(1, 5)
    expect(me.field("kind-2")).to_be_checked()
    me.press("FORM_STEP_NEXT")
    expect(me.field("orgnr")).to_have_value("974 760 673")
    page.reload()
    me.is_at(2, 5)


def test_two_tabs(visit: Visit, host: Host) -> None:
    """Answers that were changed in another tab are not sent unseen."""
    page = visit(host)
    me = Applicant(page, Mouse(page), "nb")
    page.goto("/loan")
    say_who(me)
    identify(me)
    ask_for_money(me)
    me.user.type(me.field("income"), "1")
    me.press("FORM_STEP_NEXT")
    me.press("FORM_STEP_NEXT")
    me.is_at(6, 6)
    other = page.context.new_page()
    there = Applicant(other, Mouse(other), "nb")
    other.goto("/loan?step=loan")
    there.user.type(there.field("amount"), "3 000")
    there.press("FORM_STEP_NEXT")
    there.is_at(6, 6)
    other.close()
    me.user.type(me.field("password"), PASSWORD)
    me.press("FORM_SEND")
    expect(page.locator("[data-summary]")).to_contain_text(me.text("FORM_ANSWERS_CHANGED"))
    expect(page.locator('[data-answer="amount"] dd').first).to_have_text("3 000")
    assert host.loan.sent == []


def test_enter_leads_to_the_next_step(visit: Visit, host: Host) -> None:
    """Not back, and it neither adds nor removes a row."""
    page = visit(host)
    me = Applicant(page, Mouse(page), "nb")
    page.goto("/loan")
    say_who(me)
    identify(me)
    me.user.type(me.field("amount"), "1 000")
    me.user.type(me.field("lines.0.what"), "Bil")
    me.user.type(me.field("lines.0.cost"), "900")
    me.field("lines.0.cost").press("Enter")
    me.is_at(4, 6)
    me.user.type(me.field("income"), "1")
    me.field("income").press("Enter")
    me.is_at(5, 6)

"""The script beside validators of the model's own: it removes no true error, and adds no false one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from markupsafe import Markup
from playwright.sync_api import Page, expect
from pydantic import AfterValidator, BaseModel, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from helpers.browser_host import Host, served
from helpers.page_actions import Visit
from nofields import Ask, EmailAddress, NationalIdentityNumber, OrganisationNumber, PostalCode, message
from nofields.forms import Form
from nofields.web import assets

BLOCKED, FREE, WRONG = "0357", "5003", "12"
REFUSED = "Kunden er sperret."
DIFFERENT = "Adressene er ulike."
INVALID = "Skriv inn et gyldig postnummer (4 siffer)."
OLA, KARI = "ola@example.com", "kari@example.com"


def not_blocked(code: PostalCode) -> PostalCode:
    if code == BLOCKED:
        raise ValueError(REFUSED)
    return code


class Customer(BaseModel):
    code: Annotated[PostalCode, AfterValidator(not_blocked)]
    email: EmailAddress
    email2: Annotated[EmailAddress, Ask(label="E-post igjen")]
    fnr: NationalIdentityNumber

    @field_validator("email2")
    @classmethod
    def equal(cls, email2: EmailAddress, info: ValidationInfo) -> EmailAddress:
        if info.data.get("email", email2) != email2:
            raise ValueError(DIFFERENT)
        return email2


class Pair(BaseModel):
    """A validator of the model links its error to a field."""

    email: EmailAddress
    email2: Annotated[EmailAddress, Ask(label="E-post igjen")]
    orgnr: OrganisationNumber | None = None

    @model_validator(mode="after")
    def equal(self) -> Pair:
        if self.email != self.email2:
            details: Any = [{"type": PydanticCustomError("different", DIFFERENT), "loc": ("email2",), "input": None}]
            raise ValidationError.from_exception_data("Pair", details)
        return self


class Person(BaseModel):
    """A validator of a secret, which is not sent back, reads another field."""

    email: EmailAddress
    fnr: NationalIdentityNumber

    @field_validator("fnr")
    @classmethod
    def belong_together(cls, fnr: NationalIdentityNumber, info: ValidationInfo) -> NationalIdentityNumber:
        if info.data.get("email") == KARI:
            raise ValueError(DIFFERENT)
        return fnr


FORMS = {name: Form(model, name=name) for name, model in (("customer", Customer), ("pair", Pair), ("person", Person))}
SENT = {"code": FREE, "email": OLA, "email2": OLA, "fnr": "30108299920"}
_PAGE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Skjema</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/nofields/nofields.css"><script type="module" src="/nofields/forms.js"></script></head>
<body><main id="main">{form}</main><button id="next">Neste</button></body></html>"""


class Checks(Host):
    """A host whose pages are forms that were sent with the values of the query; ``/part`` has only the form."""

    def app(self) -> Starlette:
        routes = [Route("/{form}/{part}", self._form), Mount("/nofields", assets(FORMS.values()), name="nofields")]
        return Starlette(routes=routes[::-1])

    async def _form(self, request: Request) -> Response:
        bound = FORMS[request.path_params["form"]].bind(request.query_params, "nb")
        if request.path_params["part"] == "empty":
            return HTMLResponse(Markup(_PAGE).format(form=""))
        html = Markup("<form method='post' novalidate>{}</form>").format(bound.render())
        return HTMLResponse(html if request.path_params["part"] == "part" else Markup(_PAGE).format(form=html))


@pytest.fixture
def checks(tmp_path: Path) -> Iterator[Checks]:
    with served(Checks(tmp_path, ())) as running:
        assert isinstance(running, Checks)
        yield running


def query(**values: str) -> str:
    return "&".join(f"{name}={value}" for name, value in (SENT | values).items())


def leave(page: Page, name: str, value: str | None = None) -> None:
    """Go through a field, and type a value if there is one."""
    page.focus(f"#{name}")
    if value is not None:
        page.fill(f"#{name}", value)
    page.press(f"#{name}", "Tab")


@pytest.fixture(params=[True, False], ids=["with server", "without server"])
def answering(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def opened(visit: Visit, checks: Checks, answering: bool) -> Callable[..., Page]:
    def go(form: str = "customer", **values: str) -> Page:
        page = visit(checks)
        if not answering:
            page.route("**/check/**", lambda route: route.fulfill(status=404))
        page.goto(f"/{form}/page?{query(**values)}")
        return page

    return go


def settle(page: Page) -> None:
    """Wait until every check that has begun has ended."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)


def test_error_of_a_validator_stays(opened: Callable[..., Page], answering: bool) -> None:
    page = opened(code=BLOCKED)
    error = page.locator("#code-error")
    leave(page, "code")
    settle(page)
    expect(error).to_have_text(REFUSED)
    expect(page.locator("[data-summary]")).to_have_count(1)
    leave(page, "code", WRONG)
    expect(error).to_have_text(INVALID)
    leave(page, "code", BLOCKED)
    expect(error).to_have_text(REFUSED)
    leave(page, "code", FREE)
    settle(page)
    expect(error).to_have_count(0 if answering else 1)


def test_rule_error_before_a_validator(opened: Callable[..., Page], answering: bool) -> None:
    """Without an answer the rule's error is removed, and the validator's comes on submit."""
    page = opened(code=WRONG)
    leave(page, "code", BLOCKED)
    settle(page)
    expect(page.locator("#code-error")).to_have_text([REFUSED] if answering else [])


@pytest.mark.parametrize("form", ["customer", "pair"])
def test_equal_addresses(opened: Callable[..., Page], answering: bool, form: str) -> None:
    page = opened(form, email2=KARI)
    error = page.locator("#email2-error")
    for name in ("email", "email2"):
        leave(page, name)
        settle(page)
        expect(error).to_have_text(DIFFERENT)
    leave(page, "email2", "per@example.com")
    settle(page)
    expect(error).to_have_text(DIFFERENT)
    leave(page, "email2", OLA)
    settle(page)
    expect(error).to_have_count(0 if answering else 1)
    leave(page, "email2", KARI)
    settle(page)
    expect(error).to_have_text(DIFFERENT)
    leave(page, "email", KARI)  # its error stands at the other field
    settle(page)
    expect(error).to_have_count(0 if answering else 1)


def test_error_of_the_model_beside_a_wrong_value(opened: Callable[..., Page]) -> None:
    """pydantic does not reach the validator of the model, so its last verdict stands."""
    page = opened("pair", email2=KARI)
    leave(page, "orgnr", "1")
    expect(page.locator("#orgnr-error")).to_be_visible()
    leave(page, "email2", OLA)
    settle(page)
    expect(page.locator("#email2-error")).to_have_text(DIFFERENT)


def test_error_of_a_hidden_secret_stays(opened: Callable[..., Page]) -> None:
    page = opened(fnr="30108299921")
    text = page.locator("#fnr-error").inner_text()
    leave(page, "fnr")
    settle(page)
    expect(page.locator("#fnr-error")).to_have_text(text)
    leave(page, "fnr", "30108299920")
    expect(page.locator("#fnr-error")).to_have_count(0)
    leave(page, "fnr", "")
    expect(page.locator("#fnr-error")).to_have_text(message("TEXT_FIELD_ERROR", "nb"))


def test_error_of_a_secret_beside_another_field(opened: Callable[..., Page], answering: bool) -> None:
    page = opened("person", email=KARI)
    leave(page, "email", OLA)
    settle(page)
    expect(page.locator("#fnr-error")).to_have_text(DIFFERENT)
    leave(page, "fnr", "30108299920")
    settle(page)
    expect(page.locator("#fnr-error")).to_have_count(0 if answering else 1)


def test_inserted_form(visit: Visit, checks: Checks) -> None:
    """As HTMX does: the page has no form as it loads, and its form is replaced."""
    page = visit(checks)
    page.goto("/customer/empty")
    page.wait_for_load_state("networkidle")
    for _ in range(2):
        page.evaluate(
            "async (url) => document.querySelector('#main').innerHTML = await (await fetch(url)).text()",
            f"/customer/part?{query(code=WRONG)}",
        )
        expect(page.locator("#code-error")).to_have_count(1)
        page.click("[data-summary] a")
        expect(page.locator("#code")).to_be_focused()
        leave(page, "code", FREE)
        expect(page.locator("#code-error")).to_have_count(0)
        expect(page.locator("#code-place")).to_have_text("BERGEN")


def test_announcement(visit: Visit, checks: Checks) -> None:
    """Once, in one live region; not for what the page had from the start, nor for an error that stays."""
    page = visit(checks)
    page.goto(f"/customer/page?{query(code=BLOCKED)}")
    page.evaluate(
        """() => {
            window.heard = [];
            new MutationObserver(() => {
                for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]"))
                    if (region.textContent && region.textContent !== heard.at(-1)) heard.push(region.textContent);
            }).observe(document, { childList: true, subtree: true, characterData: true });
        }"""
    )
    leave(page, "code")
    settle(page)
    leave(page, "email", "ola@")
    expect(page.locator("#email-error")).to_have_count(1)
    settle(page)
    leave(page, "email")
    settle(page)
    spoken = f"E-postadresse: {page.locator('#email-error').inner_text()}"
    page.wait_for_function("heard.length")
    assert page.evaluate("heard") == [spoken]
    leave(page, "email", OLA)
    settle(page)
    assert page.evaluate("heard") == [spoken]
    assert page.locator("[role=status]").get_attribute("lang") == "nb"


def test_announcement_in_a_dialog(visit: Visit, checks: Checks) -> None:
    """What is outside an open dialog is not read out."""
    page = visit(checks)
    page.goto(f"/customer/page?{query(code=WRONG)}")
    page.evaluate(
        """() => {
            const dialog = document.body.appendChild(document.createElement("dialog"));
            dialog.append(document.querySelector("#main"));
            dialog.showModal();
        }"""
    )
    leave(page, "email", "ola@")
    expect(page.locator("dialog [role=status]")).to_contain_text("E-postadresse")

"""A host app: the Altinn app mounted in it, a form of its own, Designsystemet's style sheets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from markupsafe import Markup
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from helpers.altinn3 import Counterpart
from helpers.altinn_site import new_store
from helpers.loan import LOAN
from helpers.loan_pages import LoanPages
from helpers.node import package
from nofields import fields
from nofields.altinn import AltinnSettings, Outcome, SQLiteStore, app, documented_check
from nofields.forms import Bound, Form
from nofields.web import assets

DESIGNSYSTEMET = package("@digdir/designsystemet-css") / "dist"
#: Its theme and its components, as this host serves them.
STYLESHEETS = ("/ds/theme/designsystemet.css", "/ds/src/index.css")


class Days(fields.CheckboxGroup, choices={"mon": "Mandag", "tue": "Tirsdag"}): ...


class Payment(fields.Radio, choices={"invoice": "Faktura", "card": "Kort"}): ...


class Reason(fields.Dropdown, choices=["Spørsmål", "Klage"]): ...


class Contact(BaseModel):
    """Every kind of control."""

    orgnr: fields.OrganisationNumber
    account: fields.AccountNumber
    person: fields.NationalIdentityNumber
    phone: fields.PhoneNumber | None = None
    postal_code: fields.PostalCode
    country: fields.Country
    day: fields.NorwegianDate
    period: fields.DateRange
    email: fields.EmailAddress
    amount: fields.Number
    days: Days
    payment: Payment
    reason: Reason
    message: fields.TextArea
    agreed: fields.Checkbox


CONTACT = Form(Contact, name="contact")
_PAGE = """<!DOCTYPE html>
<html lang="{lang}" data-color-scheme="auto"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{links}
<link rel="icon" href="data:,"><script type="module" src="/nofields/forms.js"></script></head>
<body><main><h1>Contact</h1><form method="post" novalidate>{form}
<p><button class="ds-button" data-variant="primary" type="submit">Send</button></p></form></main></body></html>"""


class Host:
    """A served host; ``check`` is the login check of "Test innlogging", and may be changed at any time.

    ``altinn3`` is what the Altinn app at ``/altinn3`` connects companies to; that at ``/altinn`` has the password form alone.
    """

    def __init__(self, folder: Path, stylesheets: tuple[str, ...]) -> None:
        self.url = ""
        self.check: Callable[[AltinnSettings], bool | Outcome] = documented_check
        self.store: SQLiteStore = new_store(folder)
        self.altinn3 = Counterpart()
        self._stylesheets = stylesheets
        self.loan = LoanPages(self._links())

    @property
    def others(self) -> tuple[str, ...]:
        """The hosts that its pages lead to."""
        return (self.altinn3.altinn.url,)

    def app(self) -> Starlette:
        altinn = app(
            store=self.store,
            check_login=lambda settings: self.check(settings),
            stylesheet=self._stylesheets,
            check_seconds=1,
            tests_per_minute=3,
        )
        returned = f"{self.url}/altinn3/returned"
        self.altinn3.register.redirect_urls.add(returned)
        altinn3 = app(
            store=self.store,
            altinn3=self.altinn3.system_users(redirect_url=returned),
            altinn2=True,
            stylesheet=self._stylesheets,
            tests_per_minute=5,
        )
        return Starlette(
            routes=[
                Route("/contact", self._contact, methods=["GET", "POST"]),
                *self.loan.routes(),
                Mount("/nofields", assets([CONTACT, LOAN])),
                Mount("/ds", StaticFiles(directory=DESIGNSYSTEMET)),
                Mount("/altinn", altinn),
                Mount("/altinn3", altinn3),
            ]
        )

    async def _contact(self, request: Request) -> Response:
        sent = await request.form() if request.method == "POST" else None
        bound: Bound[Contact] = CONTACT.bind(sent, request.headers.get("accept-language"))
        parts: dict[str, Any] = {"lang": bound.locale, "title": bound.title("Contact"), "form": bound.render()}
        return HTMLResponse(Markup(_PAGE).format(**parts, links=self._links()), 422 if bound.errors else 200)

    def _links(self) -> Markup:
        sheets = (*self._stylesheets, "/nofields/extras.css") if self._stylesheets else ("/nofields/nofields.css",)
        return Markup("").join(Markup('<link rel="stylesheet" href="{}">').format(sheet) for sheet in sheets)


@contextmanager
def served(host: Host) -> Iterator[Host]:
    """Serve the host in a thread, on a free port. Early requests wait at the socket."""
    with ExitStack() as services, socket.create_server(("127.0.0.1", 0)) as listening:
        for service in (host.altinn3.maskinporten, host.altinn3.altinn):
            services.enter_context(service)
        host.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(host.app(), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield host
        finally:
            server.should_exit = True
            thread.join(20)

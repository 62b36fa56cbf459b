"""What all pages share: their set-up, the layout, notices, and the check that a form is the app's own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from nofields import messages
from nofields.altinn.access import Access
from nofields.altinn.login import CheckRunner
from nofields.altinn.models import LANGUAGE_NAMES, DataSystemRegistration
from nofields.altinn.pages.guard import ROOT
from nofields.altinn.pages.language import remember
from nofields.altinn.pages.tokens import FIELD, Tokens, is_same_origin
from nofields.altinn.rate_limit import RateLimit
from nofields.altinn.stores.store import Store
from nofields.fields import OrganisationNumber
from nofields.forms import Bound
from nofields.forms.render import environment
from nofields.forms.seal import Seal
from nofields.keys import Phrase
from nofields.web.bodies import read_form
from nofields.web.headers import listed

#: Whether a user may see and change a company's settings. It is called before every page of the
#: company, in a thread unless it is async.
MayEdit = Callable[[Request, OrganisationNumber], "bool | Awaitable[bool]"]

#: The fields of a submitted form, each with all its values.
Sent = Mapping[str, list[str]]

#: The documentation of what has replaced Altinn 2's login.
_SUCCESSOR = "https://docs.altinn.studio/nb/authorization/what-do-you-get/systemuser/"
_SUCCESSORS = {"en": "https://docs.altinn.studio/en/authorization/getting-started/systemuser/"}


@dataclass(frozen=True)
class Notice:
    """A message above a form, which gets the focus when the page loads."""

    color: str
    title: str
    text: str


@dataclass(frozen=True)
class Altinn2:
    """What the pages of Altinn 2's ID and password work with."""

    store: Store
    checks: CheckRunner
    registration: type[DataSystemRegistration]


@dataclass(frozen=True)
class Altinn3:
    """What the pages of a connection to Altinn 3 work with."""

    access: Access
    asks: tuple[messages.LocalText, ...]


@dataclass(frozen=True)
class Setup:
    """What all pages work with, from the arguments of :func:`nofields.altinn.app`."""

    altinn2: Altinn2 | None
    altinn3: Altinn3 | None
    stylesheets: tuple[str, ...]
    tokens: Tokens
    seal: Seal
    limit: RateLimit
    largest_body: int
    may_edit: MayEdit | None


class Pages:
    """Base class of pages, whose public methods turn a request into a response."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    async def _sent(self, request: Request) -> dict[str, list[str]]:
        """Return the submitted fields; raise ``HTTPException`` if the form is another site's or too large."""
        if not is_same_origin(request):
            raise HTTPException(403)
        return await read_form(request, self._setup.largest_body)

    def _has_token(self, request: Request, data: Sent) -> bool:
        return self._setup.tokens.is_valid(request, first(data, FIELD))

    def _page(
        self,
        request: Request,
        template: str,
        language: str,
        status: int = 200,
        *,
        title: str,
        bound: Bound[Any] | None = None,
        has_token: bool = False,
        notice: Notice | None = None,
        **values: object,
    ) -> Response:
        heading = messages.message(title, language)
        # Only a form needs a token; an error page neither reads the cookie nor replaces it.
        nonce, token = self._setup.tokens.token(request) if has_token or bound is not None else ("", "")
        page = _templates().get_template(f"nofields/altinn/{template}.html")
        html = page.render(
            root=root_path(request),
            language=language,
            languages=LANGUAGE_NAMES,
            stylesheets=self._setup.stylesheets,
            heading=heading,
            page_title=_page_title(heading, bound, notice, language),
            token=token,
            token_field=FIELD,
            bound=bound,
            notice=notice,
            altinn2=self._setup.altinn2,
            altinn3=self._setup.altinn3,
            successor=_SUCCESSORS.get(language, _SUCCESSOR),
            translate=lambda key, **params: messages.message(key, language, **params),
            **values,
        )
        response = HTMLResponse(html, status)
        if nonce:
            self._setup.tokens.set_cookie(request, response, nonce)
        remember(request, response, language)
        return response


def notice_of(key: Phrase, color: str, language: str, **params: object) -> Notice:
    """Return the notice with a text and the title that belongs to it, whose key ends in ``_TITLE``."""
    title, text = (messages.message(each, language, **params) for each in (Phrase[f"{key}_TITLE"], key))
    return Notice(color, title, text)


def unbroken(orgnr: OrganisationNumber) -> str:
    """Return the formatted number with no-break spaces."""
    return orgnr.formatted.replace(" ", "\u00a0")


def root_path(request: Request) -> str:
    """Return the path that the app is mounted at."""
    return str(request.scope[ROOT])


def first(data: Sent, name: str) -> str:
    """Return the first value of a field, or an empty text."""
    return data.get(name, [""])[0]


def wants_json(request: Request) -> bool:
    """Return whether to answer with JSON: by the headers, and below ``/assets`` unless HTML is accepted."""
    accepted = listed(request, "accept")
    if request.scope.get("root_path") != root_path(request) and "text/html" not in accepted:
        return True
    return "application/json" in (accepted, request.headers.get("content-type", ""))


@cache
def _templates() -> Environment:
    return environment(PackageLoader("nofields.altinn", "templates"))


def _page_title(heading: str, bound: Bound[Any] | None, notice: Notice | None, language: str) -> str:
    """Return the title. Errors and notices come first in it, since screen readers read it from the start."""
    site = messages.message(Phrase.ALTINN_SITE, language)
    parts = [notice.title] if notice else []
    title = " – ".join([*parts, heading, *([site] if site != heading else [])])
    return bound.title(title) if bound is not None else title

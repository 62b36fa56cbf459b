"""The pages: each is a form that is shown, sent, and shown again with what is wrong."""

from __future__ import annotations

import inspect
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import PackageLoader
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from nofields import messages
from nofields.altinn.cookies import cookie, set_cookie
from nofields.altinn.guard import ROOT
from nofields.altinn.language import language_of, remember
from nofields.altinn.limits import Limit
from nofields.altinn.login import Checks, Outcome, is_async
from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings, DataSystemRegistration
from nofields.altinn.seal import Seal
from nofields.altinn.store import NOTHING, ConflictError, Saved, Store
from nofields.altinn.tokens import FIELD, Tokens, is_same_origin
from nofields.fields import OrganisationNumber
from nofields.forms import BoundForm, Form
from nofields.forms.render import environment
from nofields.keys import Phrase
from nofields.web.bodies import read_form
from nofields.web.headers import listed
from nofields.web.problems import MEDIA_TYPE

#: Who may see and change a company's settings: asked before every page of the company; in a thread unless it is async.
MayEdit = Callable[[Request, OrganisationNumber], "bool | Awaitable[bool]"]

#: The fields of a form that was sent, each with all its values.
Sent = Mapping[str, list[str]]

_REGISTERED = "nofields-registered"
_SHOWN_MINUTES = 15
#: Where to read of what has taken Altinn 2's place.
_SUCCESSOR = "https://docs.altinn.studio/nb/authorization/what-do-you-get/systemuser/"
_SUCCESSORS = {"en": "https://docs.altinn.studio/en/authorization/getting-started/systemuser/"}
_COLORS = {Outcome.WORKS: "success", Outcome.NOT_TRIED: "info", Outcome.LIMITED: "warning", Outcome.SLOW: "warning"}
_ERROR_PAGES = {400: 400, 401: 403, 403: 403, 404: 404, 405: 405, 413: 413, 431: 431}


class Company(BaseModel):
    """The question for a company, before its settings are shown."""

    orgnr: OrganisationNumber


@dataclass(frozen=True)
class Notice:
    """A message above a form: it takes the focus when the page comes."""

    color: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What the pages work with: what a host gave to :func:`nofields.altinn.app`."""

    store: Store
    checks: Checks
    registration: type[DataSystemRegistration]
    stylesheets: tuple[str, ...]
    tokens: Tokens
    seal: Seal
    tests: Limit
    largest_body: int
    may_edit: MayEdit | None


class Pages:
    """The pages: functions from a request to a response."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._register_form = Form(setup.registration, name="registration")
        self._company_form = Form(Company, name="company")
        self._settings_form = Form(AltinnSettings, name="settings", without={"orgnr"})
        self._templates = environment(PackageLoader("nofields.altinn", "templates"))

    @property
    def forms(self) -> list[Form[Any]]:
        return [self._register_form, self._company_form, self._settings_form]

    async def start(self, request: Request) -> Response:
        return self._page(request, "start", language_of(request), title=Phrase.ALTINN_SITE)

    async def register(self, request: Request) -> Response:
        language = language_of(request)
        if request.method != "POST":
            return self._register(request, self._register_form.bind(None, language))
        data = await self._sent(request)
        if not self._is_ours(request, data):
            again = self._register_form.bind(None, language, initial=data)
            return self._register(request, again, 403, self._notice("danger", "STALE", language))
        bound = self._register_form.bind(data, language)
        if bound.value is None:
            return self._register(request, bound, 422)
        system_id = await run_in_threadpool(self._setup.store.register, bound.value)
        response = RedirectResponse(f"{_root(request)}/registered", 303)
        set_cookie(request, response, _REGISTERED, self._setup.seal.close(str(system_id)), 60 * _SHOWN_MINUTES)
        return response

    async def registered(self, request: Request) -> Response:
        """The new ID, which only the browser that registered it is shown, for a while."""
        system_id = self._setup.seal.open(cookie(request, _REGISTERED), 60 * _SHOWN_MINUTES)
        if system_id is None:
            return RedirectResponse(f"{_root(request)}/register", 303)
        language = language_of(request)
        title = Phrase.ALTINN_REGISTERED_TITLE
        return self._page(request, "registered", language, title=title, system_id=system_id, minutes=_SHOWN_MINUTES)

    async def company(self, request: Request) -> Response:
        language = language_of(request)
        if request.method != "POST":
            return self._asking(request, self._company_form.bind(None, language))
        data = await self._sent(request)
        if not self._is_ours(request, data):
            again = self._company_form.bind(None, language, initial=data)
            return self._asking(request, again, 403, self._notice("danger", "STALE", language))
        bound = self._company_form.bind(data, language)
        if bound.value is None:
            return self._asking(request, bound, 422)
        return RedirectResponse(f"{_root(request)}/settings/{bound.value.orgnr}", 303)

    async def settings(self, request: Request) -> Response:
        orgnr = await self._company(request)
        saved = await run_in_threadpool(self._setup.store.settings, orgnr)
        if request.method != "POST":
            return self._shown(request, orgnr, saved)
        data = await self._sent(request)
        press = _first(data, "press")
        if press not in ("save", "test"):
            raise HTTPException(400)
        language = language_of(request)
        version = _first(data, "version")
        if not self._is_ours(request, data):
            again = self._bound(None, language, orgnr, saved, typed=data)
            return self._settings(request, again, version, 403, self._notice("danger", "STALE", language))
        if press == "save" and version != (saved.version if saved else NOTHING):
            return self._conflict(request, data, language, orgnr, saved)
        bound = self._bound(data, language, orgnr, saved)
        if bound.value is None:
            return self._settings(request, bound, version, 422)
        if press == "test":
            return await self._test(request, bound, version, typed_password=bool(_first(data, "password")))
        return await self._save(request, bound, version, data)

    async def error(self, request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
        """The page for an error, which says no more than its number does; as JSON to a script."""
        language = language_of(request)
        known = _ERROR_PAGES.get(status, 500 if status >= 500 else 400)
        title, text = Phrase[f"HTTP_{known}_TITLE"], Phrase[f"HTTP_{known}"]
        if _wants_json(request):
            said: dict[str, str | int] = {"type": "about:blank", "title": messages.message(title, language), "status": status}
            said["detail"] = messages.message(text, language)
            response: Response = JSONResponse(said, status, media_type=MEDIA_TYPE)
            remember(request, response, language)
        else:
            response = self._page(request, "error", language, status, title=title, text=text)
        response.headers.update(headers or {})
        return response

    async def _sent(self, request: Request) -> dict[str, list[str]]:
        """What was sent; raises ``HTTPException`` for a form of another site, or one too large."""
        if not is_same_origin(request):
            raise HTTPException(403)
        return await read_form(request, self._setup.largest_body)

    def _is_ours(self, request: Request, data: Sent) -> bool:
        return self._setup.tokens.fits(request, _first(data, FIELD))

    async def _company(self, request: Request) -> OrganisationNumber:
        number = request.path_params["orgnr"]
        if not OrganisationNumber.is_valid(number):
            raise HTTPException(404)
        orgnr = OrganisationNumber(number)
        if not await self._may_edit(request, orgnr):
            raise HTTPException(403)
        return orgnr

    async def _may_edit(self, request: Request, orgnr: OrganisationNumber) -> bool:
        ask = self._setup.may_edit
        if ask is None:
            return True
        may = ask(request, orgnr) if is_async(ask) else await run_in_threadpool(ask, request, orgnr)
        return await may if inspect.isawaitable(may) else may

    def _bound(
        self, data: Sent | None, language: str, orgnr: OrganisationNumber, saved: Saved | None, typed: Sent | None = None
    ) -> BoundForm[AltinnSettings]:
        """The form; a password that is kept need not be typed again unless the ID that it belongs to is another.

        What was ``typed`` is shown as it is, not judged: below a notice that says what is to be done first.
        """
        given: dict[str, object] = {"orgnr": orgnr}
        sent = data or typed
        if saved and (sent is None or _first(sent, "system_id").strip() == saved.settings.system_id):
            given["password"] = saved.settings.password
        initial = saved.settings if saved else {"language": language if language in LANGUAGE_NAMES else "nb"}
        return self._settings_form.bind(data, language, initial=typed or initial, given=given)

    def _shown(self, request: Request, orgnr: OrganisationNumber, saved: Saved | None) -> Response:
        language = language_of(request)
        bound = self._bound(None, language, orgnr, saved)
        notice = self._notice("success", "SAVED", language) if saved and "saved" in request.query_params else None
        return self._settings(request, bound, saved.version if saved else NOTHING, notice=notice)

    async def _save(self, request: Request, bound: BoundForm[AltinnSettings], version: str, data: Sent) -> Response:
        assert bound.value is not None
        orgnr, language = bound.value.orgnr, bound.value.language
        try:
            await run_in_threadpool(self._setup.store.save, bound.value, version)
        except ConflictError:
            saved = await run_in_threadpool(self._setup.store.settings, orgnr)
            return self._conflict(request, data, bound.locale, orgnr, saved)
        response = RedirectResponse(f"{_root(request)}/settings/{orgnr}?saved=1", 303)
        remember(request, response, language, saved=True)
        return response

    def _conflict(
        self, request: Request, data: Sent, language: str, orgnr: OrganisationNumber, saved: Saved | None
    ) -> Response:
        again = self._bound(None, language, orgnr, saved, typed=data)
        notice = (
            self._notice("danger", "CONFLICT", language, id=saved.settings.system_id)
            if saved
            else self._notice("danger", "GONE", language)
        )
        return self._settings(request, again, saved.version if saved else NOTHING, 409, notice)

    async def _test(
        self, request: Request, bound: BoundForm[AltinnSettings], version: str, *, typed_password: bool
    ) -> Response:
        assert bound.value is not None
        orgnr = bound.value.orgnr
        # Else an ID and a password could be tried under one company after the other.
        wait = math.ceil(self._setup.tests.wait(f"company {orgnr}", f"ID {bound.value.system_id}"))
        outcome = Outcome.LIMITED if wait else await self._setup.checks.outcome(bound.value)
        params = {"company": _unbroken(orgnr), "seconds": 10 * math.ceil(wait / 10)}
        notice = self._notice(_COLORS.get(outcome, "danger"), f"TEST_{outcome.upper()}", bound.locale, **params)
        status = 429 if wait else 200
        if _wants_json(request):
            said = {"outcome": outcome, "color": notice.color, "title": notice.title, "text": notice.text}
            response: Response = JSONResponse(said, status)
            remember(request, response, bound.locale)
        else:
            again = messages.message(Phrase.ALTINN_PASSWORD_AGAIN, bound.locale) if typed_password else ""
            notice = Notice(notice.color, notice.title, f"{notice.text} {again}".strip())
            response = self._settings(request, bound, version, status, notice)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    def _register(
        self, request: Request, bound: BoundForm[DataSystemRegistration], status: int = 200, notice: Notice | None = None
    ) -> Response:
        title = Phrase.ALTINN_REGISTER_TITLE
        return self._page(request, "register", bound.locale, status, title=title, bound=bound, notice=notice)

    def _asking(self, request: Request, bound: BoundForm[Company], status: int = 200, notice: Notice | None = None) -> Response:
        title = Phrase.ALTINN_COMPANY_TITLE
        return self._page(request, "company", bound.locale, status, title=title, bound=bound, notice=notice)

    def _settings(
        self,
        request: Request,
        bound: BoundForm[AltinnSettings],
        version: str,
        status: int = 200,
        notice: Notice | None = None,
    ) -> Response:
        if _wants_json(request):  # the script sends the form once more, as a page
            return JSONResponse({"outcome": "page"}, status)
        return self._page(
            request,
            "settings",
            bound.locale,
            status,
            title=Phrase.ALTINN_SETTINGS_TITLE,
            bound=bound,
            notice=notice,
            version=version,
            orgnr=bound.given["orgnr"],
            company=_unbroken(bound.given["orgnr"]),
        )

    def _notice(self, color: str, name: str, language: str, **params: object) -> Notice:
        title, text = (messages.message(Phrase[f"ALTINN_{name}{part}"], language, **params) for part in ("_TITLE", ""))
        return Notice(color, title, text)

    def _page(
        self,
        request: Request,
        template: str,
        language: str,
        status: int = 200,
        *,
        title: str,
        bound: BoundForm[Any] | None = None,
        notice: Notice | None = None,
        **values: Any,
    ) -> Response:
        said = messages.message(title, language)
        # Only a form needs a token; the page for an error neither reads the cookie nor replaces it.
        nonce, token = self._setup.tokens.token(request) if bound is not None else ("", "")
        html = self._templates.get_template(f"nofields/altinn/{template}.html").render(
            root=_root(request),
            language=language,
            languages=LANGUAGE_NAMES,
            stylesheets=self._setup.stylesheets,
            heading=said,
            page_title=_page_title(said, bound, notice, language),
            token=token,
            token_field=FIELD,
            bound=bound,
            notice=notice,
            logs_in=self._setup.checks.logs_in,
            successor=_SUCCESSORS.get(language, _SUCCESSOR),
            say=lambda key, **params: messages.message(key, language, **params),
            **values,
        )
        response = HTMLResponse(html, status)
        if nonce:
            self._setup.tokens.set_cookie(request, response, nonce)
        remember(request, response, language)
        return response


def _page_title(title: str, bound: BoundForm[Any] | None, notice: Notice | None, language: str) -> str:
    """What is wrong or new stands first, where a screen reader begins."""
    site = messages.message(Phrase.ALTINN_SITE, language)
    said = [notice.title] if notice else []
    whole = " – ".join([*said, title, *([site] if site != title else [])])
    return bound.title(whole) if bound is not None else whole


def _root(request: Request) -> str:
    return str(request.scope[ROOT])


def _unbroken(orgnr: OrganisationNumber) -> str:
    """The number as it is written, never parted by the end of a line."""
    return orgnr.formatted.replace(" ", "\u00a0")


def _first(data: Sent, name: str) -> str:
    return data.get(name, [""])[0]


def _wants_json(request: Request) -> bool:
    """Whether a script asks: it says so, or it asks for what stands beside the pages, as nobody who reads HTML does."""
    accepted = listed(request, "accept")
    if request.scope.get("root_path") != _root(request) and "text/html" not in accepted:
        return True
    return "application/json" in (accepted, request.headers.get("content-type", ""))

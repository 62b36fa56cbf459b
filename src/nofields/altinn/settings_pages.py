"""The pages of a company's settings: choose the company, change and save its settings, test the login."""

from __future__ import annotations

import inspect

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from nofields import messages
from nofields.altinn.calls import is_async
from nofields.altinn.language import language_of, remember
from nofields.altinn.login_test_report import report_login_test, unbroken
from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings
from nofields.altinn.pages import Notice, Pages, Sent, Setup, first, notice_of, root_path, wants_json
from nofields.altinn.store import NOTHING, ConflictError, Saved
from nofields.catalogs import DEFAULT
from nofields.fields import OrganisationNumber
from nofields.forms import Bound, Form
from nofields.keys import Phrase


class Company(BaseModel):
    """The form that asks for a company before its settings are shown."""

    orgnr: OrganisationNumber


class SettingsPages(Pages):
    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self._company_form = Form(Company, name="company")
        self._form = Form(AltinnSettings, name="settings", without={"orgnr"})
        self.forms = (self._company_form, self._form)

    async def company(self, request: Request) -> Response:
        language = language_of(request)
        if request.method != "POST":
            return self._company_page(request, self._company_form.bind(None, language))
        data = await self._sent(request)
        if not self._has_token(request, data):
            unsaved = self._company_form.bind(None, language, initial=data)
            return self._company_page(request, unsaved, 403, notice_of("STALE", "danger", language))
        bound = self._company_form.bind(data, language)
        if bound.value is None:
            return self._company_page(request, bound, 422)
        return RedirectResponse(f"{root_path(request)}/settings/{bound.value.orgnr}", 303)

    async def settings(self, request: Request) -> Response:
        orgnr = await self._allowed_company(request)
        language = language_of(request)
        saved = await run_in_threadpool(self._setup.store.settings, orgnr)
        if request.method != "POST":
            notice = notice_of("SAVED", "success", language) if saved and "saved" in request.query_params else None
            return self._settings_page(request, self._bind(None, language, orgnr, saved), _version(saved), notice=notice)
        data = await self._sent(request)
        action, version = first(data, "press"), first(data, "version")
        if action not in ("save", "test"):
            raise HTTPException(400)
        if not self._has_token(request, data):
            unsaved = self._bind(None, language, orgnr, saved, unsaved=data)
            return self._settings_page(request, unsaved, version, 403, notice_of("STALE", "danger", language))
        if action == "save" and version != _version(saved):
            return self._conflict(request, data, language, orgnr, saved)
        bound = self._bind(data, language, orgnr, saved)
        if bound.value is None:
            return self._settings_page(request, bound, version, 422)
        if action == "test":
            return await self._test(request, bound, bound.value, version, typed_password=bool(first(data, "password")))
        return await self._save(request, bound.value, version, data, language)

    async def _allowed_company(self, request: Request) -> OrganisationNumber:
        """Return the company in the path; raise ``HTTPException`` 404 or 403."""
        number = request.path_params["orgnr"]
        if not OrganisationNumber.is_valid(number):
            raise HTTPException(404)
        orgnr = OrganisationNumber(number)
        if not await self._may_edit(request, orgnr):
            raise HTTPException(403)
        return orgnr

    async def _may_edit(self, request: Request, orgnr: OrganisationNumber) -> bool:
        may_edit = self._setup.may_edit
        if may_edit is None:
            return True
        answer = may_edit(request, orgnr) if is_async(may_edit) else await run_in_threadpool(may_edit, request, orgnr)
        return await answer if inspect.isawaitable(answer) else answer

    def _bind(
        self, data: Sent | None, language: str, orgnr: OrganisationNumber, saved: Saved | None, unsaved: Sent | None = None
    ) -> Bound[AltinnSettings]:
        """Bind the form to submitted data, or, without validation, to what was ``unsaved`` or is saved.

        A saved password need not be typed again unless the ID changes.
        """
        given: dict[str, object] = {"orgnr": orgnr}
        sent = data or unsaved
        if saved and (sent is None or first(sent, "system_id").strip() == saved.settings.system_id):
            given["password"] = saved.settings.password
        initial = saved.settings if saved else {"language": language if language in LANGUAGE_NAMES else DEFAULT}
        return self._form.bind(data, language, initial=unsaved or initial, given=given)

    async def _save(self, request: Request, settings: AltinnSettings, version: str, data: Sent, language: str) -> Response:
        try:
            await run_in_threadpool(self._setup.store.save, settings, version)
        except ConflictError:
            saved = await run_in_threadpool(self._setup.store.settings, settings.orgnr)
            return self._conflict(request, data, language, settings.orgnr, saved)
        response = RedirectResponse(f"{root_path(request)}/settings/{settings.orgnr}?saved=1", 303)
        remember(request, response, settings.language, saved=True)
        return response

    def _conflict(
        self, request: Request, data: Sent, language: str, orgnr: OrganisationNumber, saved: Saved | None
    ) -> Response:
        notice = (
            notice_of("CONFLICT", "danger", language, id=saved.settings.system_id)
            if saved
            else notice_of("GONE", "danger", language)
        )
        bound = self._bind(None, language, orgnr, saved, unsaved=data)
        return self._settings_page(request, bound, _version(saved), 409, notice)

    async def _test(
        self,
        request: Request,
        bound: Bound[AltinnSettings],
        settings: AltinnSettings,
        version: str,
        *,
        typed_password: bool,
    ) -> Response:
        report = await report_login_test(self._setup, settings, bound.locale)
        notice, status = report.notice, 429 if report.wait else 200
        if wants_json(request):
            content = {"outcome": report.outcome, "color": notice.color, "title": notice.title, "text": notice.text}
            response: Response = JSONResponse(content, status)
            remember(request, response, bound.locale)
        else:
            again = messages.message(Phrase.ALTINN_PASSWORD_AGAIN, bound.locale) if typed_password else ""
            notice = Notice(notice.color, notice.title, f"{notice.text} {again}".strip())
            response = self._settings_page(request, bound, version, status, notice)
        if report.wait:
            response.headers["Retry-After"] = str(report.wait)
        return response

    def _company_page(
        self, request: Request, bound: Bound[Company], status: int = 200, notice: Notice | None = None
    ) -> Response:
        title = Phrase.ALTINN_COMPANY_TITLE
        return self._page(request, "company", bound.locale, status, title=title, bound=bound, notice=notice)

    def _settings_page(
        self,
        request: Request,
        bound: Bound[AltinnSettings],
        version: str,
        status: int = 200,
        notice: Notice | None = None,
    ) -> Response:
        if wants_json(request):  # the script then submits the form as a page
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
            company=unbroken(bound.given["orgnr"]),
        )


def _version(saved: Saved | None) -> str:
    return saved.version if saved else NOTHING

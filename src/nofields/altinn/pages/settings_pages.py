"""The pages of a company's settings: choose the company, change and save its settings, test the login."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from nofields import messages
from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings
from nofields.altinn.pages.company_pages import CompanyPages, CompanyTexts
from nofields.altinn.pages.language import language_of, remember
from nofields.altinn.pages.login_test_report import report_login_test
from nofields.altinn.pages.pages import Altinn2, Notice, Sent, Setup, first, notice_of, root_path, unbroken, wants_json
from nofields.altinn.stores.store import NOTHING, ConflictError, Saved
from nofields.catalogs import DEFAULT
from nofields.fields import OrganisationNumber
from nofields.forms import Bound, Form
from nofields.keys import Phrase


class SettingsPages(CompanyPages):
    path = "settings"
    form_name = "company"
    choice = CompanyTexts(Phrase.ALTINN_COMPANY_TITLE, Phrase.ALTINN_COMPANY_BUTTON)

    def __init__(self, setup: Setup, altinn2: Altinn2) -> None:
        super().__init__(setup, OrganisationNumber)
        self._store, self._checks = altinn2.store, altinn2.checks
        self._form = Form(AltinnSettings, name="settings", without={"orgnr"})
        self.forms = (self.company_form, self._form)

    async def settings(self, request: Request) -> Response:
        orgnr = await self._allowed_company(request)
        language = language_of(request)
        saved = await run_in_threadpool(self._store.settings, orgnr)
        if request.method != "POST":
            notice = notice_of(Phrase.ALTINN_SAVED, "success", language) if saved and "saved" in request.query_params else None
            return self._settings_page(request, self._bind(None, language, orgnr, saved), _version(saved), notice=notice)
        data = await self._sent(request)
        action, version = first(data, "press"), first(data, "version")
        if action not in ("save", "test"):
            raise HTTPException(400)
        if not self._has_token(request, data):
            unsaved = self._bind(None, language, orgnr, saved, unsaved=data)
            return self._settings_page(request, unsaved, version, 403, notice_of(Phrase.ALTINN_STALE, "danger", language))
        if action == "save" and version != _version(saved):
            return self._conflict(request, data, language, orgnr, saved)
        bound = self._bind(data, language, orgnr, saved)
        if bound.value is None:
            return self._settings_page(request, bound, version, 422)
        if action == "test":
            return await self._test(request, bound, bound.value, version, typed_password=bool(first(data, "password")))
        return await self._save(request, bound.value, version, data, language)

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
            await run_in_threadpool(self._store.save, settings, version)
        except ConflictError:
            saved = await run_in_threadpool(self._store.settings, settings.orgnr)
            return self._conflict(request, data, language, settings.orgnr, saved)
        response = RedirectResponse(f"{root_path(request)}/settings/{settings.orgnr}?saved=1", 303)
        remember(request, response, settings.language, saved=True)
        return response

    def _conflict(
        self, request: Request, data: Sent, language: str, orgnr: OrganisationNumber, saved: Saved | None
    ) -> Response:
        notice = (
            notice_of(Phrase.ALTINN_CONFLICT, "danger", language, id=saved.settings.system_id)
            if saved
            else notice_of(Phrase.ALTINN_GONE, "danger", language)
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
        report = await report_login_test(self._setup.limit, self._checks, settings, bound.locale)
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

"""The pages that register a data system and show its ID."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nofields.altinn.models import DataSystemRegistration
from nofields.altinn.pages.cookies import cookie, set_cookie
from nofields.altinn.pages.language import language_of
from nofields.altinn.pages.pages import Altinn2, Notice, Pages, Setup, notice_of, root_path
from nofields.forms import Bound, Form
from nofields.keys import Phrase

_COOKIE = "nofields-registered"
#: How long a new ID is shown.
_MINUTES = 15


class RegistrationPages(Pages):
    def __init__(self, setup: Setup, altinn2: Altinn2) -> None:
        super().__init__(setup)
        self._store = altinn2.store
        self._form = Form(altinn2.registration, name="registration")
        self.forms = [self._form]

    async def register(self, request: Request) -> Response:
        language = language_of(request)
        if request.method != "POST":
            return self._registration_page(request, self._form.bind(None, language))
        data = await self._sent(request)
        if not self._has_token(request, data):
            unsaved = self._form.bind(None, language, initial=data)
            return self._registration_page(request, unsaved, 403, notice_of(Phrase.ALTINN_STALE, "danger", language))
        bound = self._form.bind(data, language)
        if bound.value is None:
            return self._registration_page(request, bound, 422)
        system_id = await run_in_threadpool(self._store.register, bound.value)
        response = RedirectResponse(f"{root_path(request)}/registered", 303)
        set_cookie(request, response, _COOKIE, self._setup.seal.close(str(system_id)), 60 * _MINUTES)
        return response

    async def registered(self, request: Request) -> Response:
        """Show the new ID, for a limited time and only in the browser that registered it."""
        system_id = self._setup.seal.open(cookie(request, _COOKIE), 60 * _MINUTES)
        if system_id is None:
            return RedirectResponse(f"{root_path(request)}/register", 303)
        title = Phrase.ALTINN_REGISTERED_TITLE
        return self._page(request, "registered", language_of(request), title=title, system_id=system_id, minutes=_MINUTES)

    def _registration_page(
        self, request: Request, bound: Bound[DataSystemRegistration], status: int = 200, notice: Notice | None = None
    ) -> Response:
        title = Phrase.ALTINN_REGISTER_TITLE
        return self._page(request, "register", bound.locale, status, title=title, bound=bound, notice=notice)

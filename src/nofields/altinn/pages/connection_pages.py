"""The pages of a company's connection to Altinn 3: ask for access, follow the request, test the connection."""

from __future__ import annotations

import math

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nofields import messages
from nofields.altinn.access import Answer, State
from nofields.altinn.pages.company_pages import CompanyPages, CompanyTexts
from nofields.altinn.pages.connection_texts import approval_link, failure_notice, failure_text, state_notice, state_times
from nofields.altinn.pages.language import language_of
from nofields.altinn.pages.pages import Altinn3, Notice, Setup, first, notice_of, root_path, unbroken
from nofields.fields import OrganisationNumber
from nofields.keys import Phrase


class ConnectionPages(CompanyPages):
    path = "connections"
    form_name = "connection"
    choice = CompanyTexts(Phrase.ALTINN3_COMPANY_TITLE, Phrase.ALTINN3_COMPANY_BUTTON)

    def __init__(self, setup: Setup, altinn3: Altinn3) -> None:
        super().__init__(setup, altinn3.access.system_users.maskinporten.organisation_number)
        self._access, self._asks = altinn3.access, altinn3.asks
        self.forms = (self.company_form,)

    async def connection(self, request: Request) -> Response:
        orgnr = await self._allowed_company(request)
        language = language_of(request)
        if request.method != "POST":
            answer = await self._access.follow(orgnr)
            sent = "asked" in request.query_params and answer.state is State.WAITING
            notice = notice_of(Phrase.ALTINN3_SENT, "success", language) if sent else None
            return self._connection_page(request, orgnr, language, answer, notice=notice)
        data = await self._sent(request)
        action = first(data, "press")
        if action not in ("ask", "test"):
            raise HTTPException(400)
        if not self._has_token(request, data):
            notice = notice_of(Phrase.ALTINN3_STALE, "danger", language)
            return self._connection_page(request, orgnr, language, await self._access.follow(orgnr), 403, notice)
        if wait := math.ceil(self._setup.limit.hit(f"connection {orgnr}")):
            return await self._limited(request, orgnr, language, wait)
        return await (self._ask if action == "ask" else self._test)(request, orgnr, language)

    async def returned(self, request: Request) -> Response:
        """Where Altinn sends the user who has approved or rejected a request, who may be somebody else.

        The page needs no session, shows no company and reads no parameter but the language.
        """
        return self._page(request, "returned", language_of(request), title=Phrase.ALTINN3_RETURNED_TITLE)

    async def _ask(self, request: Request, orgnr: OrganisationNumber, language: str) -> Response:
        answer = await self._access.ask(orgnr)
        if answer.failure is None:
            return RedirectResponse(f"{root_path(request)}/{self.path}/{orgnr}?asked=1", 303)
        return self._connection_page(request, orgnr, language, answer, notice=failure_notice(answer.failure, language))

    async def _test(self, request: Request, orgnr: OrganisationNumber, language: str) -> Response:
        answer = await self._access.test(orgnr)
        if answer.failure is None:
            notice = notice_of(Phrase.ALTINN3_TEST_WORKS, "success", language, company=unbroken(orgnr))
        else:
            notice = failure_notice(answer.failure, language)
        return self._connection_page(request, orgnr, language, Answer(answer.connection), notice=notice)

    async def _limited(self, request: Request, orgnr: OrganisationNumber, language: str, wait: int) -> Response:
        notice = notice_of(Phrase.ALTINN3_LIMITED, "warning", language)
        response = self._connection_page(request, orgnr, language, await self._access.follow(orgnr), 429, notice)
        response.headers["Retry-After"] = str(wait)
        return response

    def _connection_page(
        self,
        request: Request,
        orgnr: OrganisationNumber,
        language: str,
        answer: Answer,
        status: int = 200,
        notice: Notice | None = None,
    ) -> Response:
        return self._page(
            request,
            "connection",
            language,
            status,
            title=Phrase.ALTINN3_TITLE,
            has_token=True,
            notice=notice,
            orgnr=orgnr,
            company=unbroken(orgnr),
            state=answer.state,
            state_notice=state_notice(answer.state, language),
            times=state_times(answer.connection, language),
            unchecked=failure_text(answer.failure, language) if answer.failure and notice is None else "",
            link=approval_link(answer.connection),
            asks=[messages.local_text(ask, {}, language) for ask in self._asks],
            system=self._access.system_users.system_id,
        )

"""What the pages of a company share: a form that asks which company, and the check of who may see it."""

from __future__ import annotations

import inspect
from typing import ClassVar, NamedTuple

from pydantic import BaseModel, create_model
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from nofields.altinn.calls import is_async
from nofields.altinn.pages.language import language_of
from nofields.altinn.pages.pages import Notice, Pages, Setup, notice_of, root_path
from nofields.fields import OrganisationNumber
from nofields.forms import Bound, Form
from nofields.keys import Phrase


class Company(BaseModel):
    """The form that asks for a company before its pages are shown."""

    orgnr: OrganisationNumber


class CompanyTexts(NamedTuple):
    """The texts of the form that asks for a company."""

    title: Phrase
    button: Phrase


class CompanyPages(Pages):
    """Base class of the pages of a company, at ``/{path}/{organisation number}``.

    Args:
        setup: What all pages work with.
        field: The field of the organisation number, in the form and in the path.
    """

    path: ClassVar[str]
    form_name: ClassVar[str]
    choice: ClassVar[CompanyTexts]

    def __init__(self, setup: Setup, field: type[OrganisationNumber]) -> None:
        super().__init__(setup)
        self._field = field
        model = create_model(Company.__name__, __base__=Company, __module__=__name__, orgnr=(field, ...))
        self.company_form: Form[Company] = Form(model, name=self.form_name)

    async def company(self, request: Request) -> Response:
        """Ask which company; the number is sent by POST, so that a mistyped one is in no address."""
        language = language_of(request)
        if request.method != "POST":
            return self._company_page(request, self.company_form.bind(None, language))
        data = await self._sent(request)
        if not self._has_token(request, data):
            unsaved = self.company_form.bind(None, language, initial=data)
            return self._company_page(request, unsaved, 403, notice_of(Phrase.ALTINN_STALE, "danger", language))
        bound = self.company_form.bind(data, language)
        if bound.value is None:
            return self._company_page(request, bound, 422)
        return RedirectResponse(f"{root_path(request)}/{self.path}/{bound.value.orgnr}", 303)

    async def _allowed_company(self, request: Request) -> OrganisationNumber:
        """Return the company in the path; raise ``HTTPException`` 404 or 403."""
        number = request.path_params["orgnr"]
        if not self._field.is_valid(number):
            raise HTTPException(404)
        orgnr = self._field(number)
        if not await self._may_edit(request, orgnr):
            raise HTTPException(403)
        return orgnr

    async def _may_edit(self, request: Request, orgnr: OrganisationNumber) -> bool:
        may_edit = self._setup.may_edit
        if may_edit is None:
            return True
        answer = may_edit(request, orgnr) if is_async(may_edit) else await run_in_threadpool(may_edit, request, orgnr)
        return await answer if inspect.isawaitable(answer) else answer

    def _company_page(
        self, request: Request, bound: Bound[Company], status: int = 200, notice: Notice | None = None
    ) -> Response:
        return self._page(
            request,
            "company",
            bound.locale,
            status,
            title=self.choice.title,
            bound=bound,
            notice=notice,
            path=self.path,
            button=self.choice.button,
        )

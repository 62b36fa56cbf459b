"""The pages without a form: the start page and the error pages."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from nofields import messages
from nofields.altinn.pages.language import language_of, remember
from nofields.altinn.pages.pages import Pages, wants_json
from nofields.keys import Phrase
from nofields.web.openapi import MEDIA_TYPE

#: The error page by status; other statuses share that of 400 or 500.
_ERROR_PAGES = {400: 400, 401: 403, 403: 403, 404: 404, 405: 405, 413: 413, 431: 431}


class InformationPages(Pages):
    async def start(self, request: Request) -> Response:
        return self._page(request, "start", language_of(request), title=Phrase.ALTINN_SITE)

    async def error(self, request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
        """Answer an error with a page, or with JSON to a script. Both depend on the status alone."""
        language = language_of(request)
        known = _ERROR_PAGES.get(status, 500 if status >= 500 else 400)
        title, text = Phrase[f"HTTP_{known}_TITLE"], Phrase[f"HTTP_{known}"]
        if wants_json(request):
            content = {
                "type": "about:blank",
                "title": messages.message(title, language),
                "status": status,
                "detail": messages.message(text, language),
            }
            response: Response = JSONResponse(content, status, media_type=MEDIA_TYPE)
            remember(request, response, language)
        else:
            response = self._page(request, "error", language, status, title=title, text=text)
        response.headers.update(headers or {})
        return response

"""The pages of a host with an application for a loan in steps."""

from __future__ import annotations

import datetime
import json
import secrets
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from helpers.loan import LOAN
from nofields.forms import Bound, Form

_PAGE = Markup("""<!DOCTYPE html>
<html lang="{lang}" data-color-scheme="auto"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{links}
<link rel="icon" href="data:,"><script type="module" src="/nofields/forms.js"></script></head>
<body><main><h1>Lån</h1>{content}</main></body></html>""")
_FORM = Markup('<form method="post" action="/loan" novalidate>{form}{buttons}</form>')


class LoanPages:
    """The pages, each user's draft by a cookie, and what was sent.

    Args:
        links: The links to the style sheets.
    """

    form: Form[Any] = LOAN

    def __init__(self, links: Markup) -> None:
        self._links = links
        self.drafts: dict[str, str] = {}
        self.sent: list[object] = []

    def routes(self) -> list[Route]:
        return [Route("/loan", self._loan, methods=["GET", "POST"]), Route("/loan/receipt", self._receipt)]

    async def _loan(self, request: Request) -> Response:
        """Show a step. Each has its address, so that the browser goes back to it, and a reload sends nothing again."""
        data = await request.form() if request.method == "POST" else None
        user = request.cookies.get("user") or secrets.token_hex()
        draft = json.loads(self.drafts.get(user, "null"))
        step = request.query_params.get("step")
        bound = self.form.bind(data, request.headers.get("accept-language"), draft=draft, step=step)
        self.drafts[user] = json.dumps(bound.draft)
        if bound.value is not None:
            self.sent.append(bound.value)
            del self.drafts[user]
            return RedirectResponse("/loan/receipt", 303)
        is_elsewhere = step != bound.step.name if data is None else not bound.errors and not bound.is_edit
        response = RedirectResponse(f"/loan{bound.step.url}", 303) if is_elsewhere else self._page(bound)
        response.set_cookie("user", user)
        return response

    def _page(self, bound: Bound[Any]) -> Response:
        content = _FORM.format(form=bound.render(), buttons=bound.buttons())
        page = _PAGE.format(lang=bound.locale, title=bound.title("Lån"), links=self._links, content=content)
        return HTMLResponse(page, 422 if bound.errors else 200, {"Cache-Control": "no-store"})

    async def _receipt(self, request: Request) -> Response:
        receipt = self.form.receipt(
            self.sent[-1],
            request.headers.get("accept-language"),
            reference="L-1",
            sent_at=datetime.datetime(2026, 1, 2, 13, 4),
        )
        return HTMLResponse(_PAGE.format(lang="nb", title="Kvittering", links=self._links, content=receipt))

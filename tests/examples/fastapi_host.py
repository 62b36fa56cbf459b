"""The forms in FastAPI: ``uvicorn examples.fastapi_host:app``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import save
from nofields.forms import Bound, Form
from nofields.web import assets

app = FastAPI()
app.mount("/nofields", assets(FORMS.values()))
TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates" / "jinja")


def same_origin(request: Request) -> None:
    """Reject forms that other sites send in the user's name (CSRF)."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise HTTPException(403)


def form(name: str) -> Form[Any]:
    if name not in FORMS:
        raise HTTPException(404)
    return FORMS[name]


def page(request: Request, name: str, part: str, bound: Bound[Any], **context: object) -> Response:
    """Answer with a page, or with the part of it that HTMX replaces."""
    template = "part.html" if "hx-request" in request.headers else "page.html"
    context |= {"name": name, "part": part, "bound": bound, "title": TITLES[name][bound.locale]}
    return TEMPLATES.TemplateResponse(request, template, context, 422 if bound.errors else 200)


@app.get("/{name}")
async def show(request: Request, name: str) -> Response:
    return page(request, name, "form.html", form(name).bind(None, request.headers.get("accept-language")))


@app.post("/{name}", dependencies=[Depends(same_origin)])
async def send(request: Request, name: str) -> Response:
    async with request.form() as data:
        bound = form(name).bind(data, request.headers.get("accept-language"))
        if bound.value is None:
            return page(request, name, "form.html", bound)
        await run_in_threadpool(save, bound.value)
    return RedirectResponse(f"/{name}/thanks", 303)


@app.get("/{name}/thanks")
async def thanks(request: Request, name: str) -> Response:
    bound = form(name).bind(None, request.headers.get("accept-language"))
    return page(request, name, "thanks.html", bound, thanks=THANKS[bound.locale])

"""The forms in FastAPI: ``uvicorn examples.fastapi_host:app``."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from starlette.middleware.sessions import SessionMiddleware

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import load, save
from nofields.forms import Bound, Form
from nofields.web import assets

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=secrets.token_hex())
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
    headers = {"Cache-Control": "no-store"}
    return TEMPLATES.TemplateResponse(request, template, context, 422 if bound.errors else 200, headers)


def step_page(request: Request, data: Mapping[str, Any] | None, step: str | None = None) -> Response:
    """Answer with a step of the application, whose draft is in the session."""
    session, form = request.session, FORMS["application"]
    bound = form.bind(data, request.headers.get("accept-language"), draft=session.get("draft"), step=step)
    session["draft"] = bound.draft
    if bound.value is not None:
        del session["draft"]
        session["reference"] = save(bound.value)
        return RedirectResponse("/application/thanks", 303)
    if data is not None and not bound.errors and not bound.is_edit:
        return RedirectResponse(f"/application{bound.step.url}", 303)
    return page(request, "application", "form.html", bound)


@app.get("/application")
async def show_step(request: Request, step: str | None = None) -> Response:
    return step_page(request, None, step)


@app.post("/application", dependencies=[Depends(same_origin)])
async def send_step(request: Request) -> Response:
    return step_page(request, await request.form())


@app.get("/application/thanks")
async def receipt(request: Request) -> Response:
    if (reference := request.session.get("reference")) is None:
        return RedirectResponse("/application")
    bound = FORMS["application"].bind(None, request.headers.get("accept-language"))
    receipt = bound.form.receipt(load(reference), bound.locale, reference=reference)
    return page(request, "application", "receipt.html", bound, receipt=receipt)


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

"""The forms in Flask: ``flask --app examples.flask_host run``."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import load, save
from nofields.flask import assets
from nofields.forms import Bound, Form

Page = tuple[str, int, dict[str, str]]

app = Flask(__name__, template_folder="templates/jinja")
app.config.update(SECRET_KEY=secrets.token_bytes(), SESSION_COOKIE_SAMESITE="Lax", MAX_CONTENT_LENGTH=25_000_000)
app.register_blueprint(assets(FORMS.values()))  # below /nofields


def token() -> str:
    """Return the token of the user's forms, which other sites do not know (CSRF)."""
    return str(session.setdefault("token", secrets.token_urlsafe()))


def form(name: str) -> Form[Any]:
    return FORMS[name] if name in FORMS else abort(404)


def check_token() -> None:
    if not secrets.compare_digest(token().encode(), request.form.get("token", "").encode()):
        abort(403)


def page(name: str, part: str, bound: Bound[Any], **context: object) -> Page:
    """Return a page, or the part of it that HTMX replaces."""
    template = "part.html" if "HX-Request" in request.headers else "page.html"
    context |= {"name": name, "part": part, "bound": bound, "title": TITLES[name][bound.locale], "token": token()}
    return render_template(template, **context), 422 if bound.errors else 200, {"Cache-Control": "no-store"}


@app.route("/application", methods=["GET", "POST"])
def step() -> Page | Response:
    """Answer with a step of the application, whose draft is in the session."""
    data = request.form if request.method == "POST" else None
    if data is not None:
        check_token()
    language, draft = request.headers.get("Accept-Language"), session.get("draft")
    bound = FORMS["application"].bind(data, language, draft=draft, step=request.args.get("step"))
    session["draft"] = bound.draft
    if bound.value is not None:
        del session["draft"]
        session["reference"] = save(bound.value)
        return redirect("/application/thanks", 303)
    if data is not None and not bound.errors and not bound.is_edit:
        return redirect(f"/application{bound.step.url}", 303)
    return page("application", "form.html", bound)


@app.get("/application/thanks")
def receipt() -> Page | Response:
    if "reference" not in session:
        return redirect("/application")
    bound = FORMS["application"].bind(None, request.headers.get("Accept-Language"))
    receipt = bound.form.receipt(load(session["reference"]), bound.locale, reference=session["reference"])
    return page("application", "receipt.html", bound, receipt=receipt)


@app.get("/<name>")
def show(name: str) -> Page:
    return page(name, "form.html", form(name).bind(None, request.headers.get("Accept-Language")))


@app.post("/<name>")
def send(name: str) -> Page | Response:
    check_token()
    bound = form(name).bind(request.form, request.headers.get("Accept-Language"), files=request.files)
    if bound.value is None:
        return page(name, "form.html", bound)
    save(bound.value)
    return redirect(f"/{name}/thanks", 303)


@app.get("/<name>/thanks")
def thanks(name: str) -> Page:
    bound = form(name).bind(None, request.headers.get("Accept-Language"))
    return page(name, "thanks.html", bound, thanks=THANKS[bound.locale])

"""The forms in Flask: ``flask --app examples.flask_host run``."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from werkzeug.wrappers import Response

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import save
from nofields.flask import assets
from nofields.forms import Bound, Form

app = Flask(__name__, template_folder="templates/jinja")
app.config.update(SECRET_KEY=secrets.token_bytes(), SESSION_COOKIE_SAMESITE="Lax", MAX_CONTENT_LENGTH=25_000_000)
app.register_blueprint(assets(FORMS.values()))  # below /nofields


def token() -> str:
    """Return the token of the user's forms, which other sites do not know (CSRF)."""
    return str(session.setdefault("token", secrets.token_urlsafe()))


def form(name: str) -> Form[Any]:
    return FORMS[name] if name in FORMS else abort(404)


def page(name: str, part: str, bound: Bound[Any], **context: object) -> tuple[str, int]:
    """Return a page, or the part of it that HTMX replaces."""
    template = "part.html" if "HX-Request" in request.headers else "page.html"
    context |= {"name": name, "part": part, "bound": bound, "title": TITLES[name][bound.locale], "token": token()}
    return render_template(template, **context), 422 if bound.errors else 200


@app.get("/<name>")
def show(name: str) -> tuple[str, int]:
    return page(name, "form.html", form(name).bind(None, request.headers.get("Accept-Language")))


@app.post("/<name>")
def send(name: str) -> tuple[str, int] | Response:
    if not secrets.compare_digest(token().encode(), request.form.get("token", "").encode()):
        abort(403)
    bound = form(name).bind(request.form, request.headers.get("Accept-Language"), files=request.files)
    if bound.value is None:
        return page(name, "form.html", bound)
    save(bound.value)
    return redirect(f"/{name}/thanks", 303)


@app.get("/<name>/thanks")
def thanks(name: str) -> tuple[str, int]:
    bound = form(name).bind(None, request.headers.get("Accept-Language"))
    return page(name, "thanks.html", bound, thanks=THANKS[bound.locale])

"""The forms in Django: ``python -m examples.django_host runserver``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import load, save
from nofields.django import assets
from nofields.forms import Bound, Form

SETTINGS = {
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1"],
    "INSTALLED_APPS": ["nofields.django"],
    "MIDDLEWARE": ["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    "ROOT_URLCONF": "examples.django_host",
    "SECRET_KEY": "only for this example",
    "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates" / "django"],
        }
    ],
}


def form(name: str) -> Form[Any]:
    if name not in FORMS:
        raise Http404
    return FORMS[name]


def page(request: HttpRequest, name: str, part: str, bound: Bound[Any], **context: object) -> HttpResponse:
    """Answer with a page, or with the part of it that HTMX replaces."""
    template = "part.html" if "HX-Request" in request.headers else "page.html"
    title = TITLES[name][bound.locale]
    context |= {"name": name, "part": part, "bound": bound, "title": title, "page_title": bound.title(title)}
    response = render(request, template, context, status=422 if bound.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def show(request: HttpRequest, name: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    bound = form(name).bind(sent, request.headers.get("Accept-Language"), files=request.FILES)
    if bound.value is None:
        return page(request, name, "form.html", bound)
    save(bound.value)
    return redirect(f"/{name}/thanks")


def thanks(request: HttpRequest, name: str) -> HttpResponse:
    bound = form(name).bind(None, request.headers.get("Accept-Language"))
    return page(request, name, "thanks.html", bound, thanks=THANKS[bound.locale])


def step(request: HttpRequest) -> HttpResponse:
    """Answer with a step of the application, whose draft is in the session."""
    data = request.POST if request.method == "POST" else None
    language, draft = request.headers.get("Accept-Language"), request.session.get("draft")
    bound = FORMS["application"].bind(data, language, draft=draft, step=request.GET.get("step"))
    request.session["draft"] = bound.draft
    if bound.value is not None:
        del request.session["draft"]
        request.session["reference"] = save(bound.value)
        return redirect("/application/thanks")
    if data is not None and not bound.errors and not bound.is_edit:
        return redirect(f"/application{bound.step.url}")
    return page(request, "application", "form.html", bound)


def receipt(request: HttpRequest) -> HttpResponse:
    if (reference := request.session.get("reference")) is None:
        return redirect("/application")
    bound = FORMS["application"].bind(None, request.headers.get("Accept-Language"))
    receipt = bound.form.receipt(load(reference), bound.locale, reference=reference)
    return page(request, "application", "receipt.html", bound, receipt=receipt)


urlpatterns = [
    path("nofields/", include(assets(FORMS.values()))),
    path("application", step),
    path("application/thanks", receipt),
    path("<name>", show),
    path("<name>/thanks", thanks),
]

if __name__ == "__main__":
    from django.conf import settings
    from django.core.management import execute_from_command_line

    settings.configure(**SETTINGS)
    execute_from_command_line(sys.argv)

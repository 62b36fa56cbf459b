"""The forms in Django: ``python -m examples.django_host runserver``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from examples.pages import FORMS, THANKS, TITLES
from examples.saving import save
from nofields.django import assets
from nofields.forms import Bound, Form

SETTINGS = {
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1"],
    "INSTALLED_APPS": ["nofields.django"],
    "MIDDLEWARE": ["django.middleware.csrf.CsrfViewMiddleware"],
    "ROOT_URLCONF": "examples.django_host",
    "SECRET_KEY": "only for this example",
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
    return render(request, template, context, status=422 if bound.errors else 200)


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


urlpatterns = [
    path("nofields/", include(assets(FORMS.values()))),
    path("<name>", show),
    path("<name>/thanks", thanks),
]

if __name__ == "__main__":
    from django.conf import settings
    from django.core.management import execute_from_command_line

    settings.configure(**SETTINGS)
    execute_from_command_line(sys.argv)

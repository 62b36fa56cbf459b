"""Django without a project: settings are made once for all tests, and changed for one by ``override_settings``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import django
from django.conf import settings
from django.test import override_settings

TEMPLATES = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True}


def configure() -> None:
    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8", LANGUAGE_CODE="nb", SECRET_KEY="of tests", ALLOWED_HOSTS=["*"])
        django.setup()


@contextmanager
def serving(urlpatterns: list[Any], **changed: Any) -> Iterator[None]:
    """Serve URL patterns, as a project whose middleware checks tokens against forged requests."""
    configure()
    csrf = ["django.middleware.csrf.CsrfViewMiddleware"]
    site = ModuleType("site_of_tests")
    vars(site)["urlpatterns"] = urlpatterns
    with override_settings(**{"ROOT_URLCONF": site, "MIDDLEWARE": csrf, "TEMPLATES": [TEMPLATES], **changed}):
        yield

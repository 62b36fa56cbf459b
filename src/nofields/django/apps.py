"""The app of ``INSTALLED_APPS``, for its template tags."""

from django.apps import AppConfig


class NofieldsConfig(AppConfig):  # type: ignore[misc]
    """An app without models."""

    name = "nofields.django"
    label = "nofields"  # by default it would be "django"

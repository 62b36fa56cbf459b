"""Django: URL patterns with what the pages of forms load, and template tags. Needs Django and the extra ``web``.

``path("nofields/", include(assets([FORM])))`` serves the files. ``"nofields.django"`` in ``INSTALLED_APPS`` adds the tags
that ``{% load nofields %}`` loads; see :mod:`nofields.django.templatetags.nofields`.
"""

from nofields.django.urls import assets

__all__ = ["assets"]

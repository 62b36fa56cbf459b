"""Starlette and FastAPI: errors as problem+json, and the files that forms load. Needs the extra ``web``.

``install(app)`` answers rejected values with ``422 application/problem+json`` in the caller's
language. ``assets(forms)`` is an app to mount, with the files of :mod:`nofields.forms`, the check of
one field and the postal places.
"""

from __future__ import annotations

from nofields.extras import importing

with importing("web", __name__):
    from nofields.web.assets import assets
    from nofields.web.problems import RESPONSES, install, problem_response

__all__ = ["RESPONSES", "assets", "install", "problem_response"]

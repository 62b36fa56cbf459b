"""For Starlette and FastAPI: errors as problem+json, and what forms load. Needs the extra ``web``.

``install(app)`` answers refused values with ``422 application/problem+json`` in the caller's language;
``assets(forms)`` is an app with the files of :mod:`nofields.forms`, its checks and postal places, to be mounted.
"""

from __future__ import annotations

from nofields.web.assets import assets
from nofields.web.problems import RESPONSES, install, problem_response

__all__ = ["RESPONSES", "assets", "install", "problem_response"]

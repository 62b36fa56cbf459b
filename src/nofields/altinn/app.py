"""The app: pages and assets under whatever path it is mounted at."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from nofields.altinn.guard import LOOPBACK, Guard, names
from nofields.altinn.limits import Limit
from nofields.altinn.login import CheckLogin, Checks, documented_check
from nofields.altinn.models import registration_of
from nofields.altinn.pages import MayEdit, Pages, Setup
from nofields.altinn.seal import Seal
from nofields.altinn.store import Store
from nofields.altinn.tokens import Tokens
from nofields.forms.assets import compact, files
from nofields.keys import Phrase
from nofields.web.assets import assets
from nofields.web.bodies import LARGEST

_STATIC = Path(__file__).parent / "static"
_MINUTE = 60
#: In bytes: a secret that is shorter could be guessed.
_SHORTEST_SECRET = 16
#: Types of data system where a host gives none.
SYSTEM_TYPES: Mapping[str, str] = {
    "accounting": Phrase.ALTINN_TYPE_ACCOUNTING,
    "payroll": Phrase.ALTINN_TYPE_PAYROLL,
    "year_end": Phrase.ALTINN_TYPE_YEAR_END,
    "other": Phrase.ALTINN_TYPE_OTHER,
}


def app(
    *,
    store: Store,
    check_login: CheckLogin = documented_check,
    system_types: Mapping[str, str] | Iterable[str] = SYSTEM_TYPES,
    stylesheet: str | Sequence[str] | None = None,
    allowed_hosts: Sequence[str] = LOOPBACK,
    may_edit: MayEdit | None = None,
    secret: bytes | None = None,
    check_seconds: float = 10,
    tests_per_minute: int = 10,
    largest_body: int = LARGEST,
) -> Starlette:
    """The Altinn forms as an ASGI app, to be served by itself or mounted in one of Starlette or FastAPI.

    There is no log-in here: a host mounts the app behind its own, and ``may_edit(request, orgnr)`` says whose settings
    a user may see and change (by default: everybody's). ``check_login(settings)`` is what "Test innlogging" does; it may
    be async and may take ``check_seconds``; it is asked ``tests_per_minute`` times for a company, and for an ID.
    ``system_types`` are texts, or values with their labels (texts or keys).
    ``stylesheet`` is the path of Designsystemet on the same host, or several, in the place of nofields' own look.
    ``allowed_hosts`` are the names in the address; ``*.example.com`` is any below it. ``secret`` signs the forms; several
    processes that serve the same pages need the same one. Raises ``ValueError`` for what makes no sense.
    """
    numbers = {"tests_per_minute": tests_per_minute, "check_seconds": check_seconds, "largest_body": largest_body}
    if nonsense := [name for name, number in numbers.items() if not number > 0]:
        raise ValueError(f"{nonsense[0]} must be more than 0")
    key = _long_enough(secrets.token_bytes(32) if secret is None else secret)
    setup = Setup(
        store=store,
        checks=Checks(check_login, check_seconds),
        registration=registration_of(system_types),
        stylesheets=(stylesheet,) if isinstance(stylesheet, str) else tuple(stylesheet or ()),
        tokens=Tokens(_derived(key, b"tokens")),
        seal=Seal(base64.urlsafe_b64encode(_derived(key, b"seal"))),
        tests=Limit(tests_per_minute, _MINUTE),
        largest_body=largest_body,
        may_edit=may_edit,
    )
    return _site(Pages(setup), names([allowed_hosts] if isinstance(allowed_hosts, str) else allowed_hosts))


def _site(pages: Pages, allowed_hosts: Sequence[str]) -> Starlette:
    """The pages at their paths, and the guard in front of them."""

    async def error(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, HTTPException)
        return await pages.error(request, raised.status_code, raised.headers)

    made = Starlette(
        routes=[
            Route("/", pages.start),
            Route("/register", pages.register, methods=["GET", "POST"]),
            Route("/registered", pages.registered),
            Route("/settings", pages.company, methods=["GET", "POST"]),
            Route("/settings/{orgnr}", pages.settings, methods=["GET", "POST"]),
            Mount("/assets", assets(pages.forms, _own_files())),
        ],
        middleware=[Middleware(Guard, allowed_hosts=allowed_hosts, error_page=pages.error)],
        exception_handlers={HTTPException: error},
    )
    made.router.redirect_slashes = False  # it would redirect to whole URLs
    return made


@cache
def _own_files() -> Mapping[str, str]:
    """The script; the page around the forms; and that with nofields' own look, as one style sheet."""
    page, script = ((_STATIC / name).read_text("utf-8") for name in ("page.css", "altinn.js"))
    return {"altinn.js": script, "page.css": compact(page), "altinn.css": files()["nofields.css"] + compact(page)}


def _long_enough(secret: bytes) -> bytes:
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError(f"secret must have {_SHORTEST_SECRET} bytes or more, not {len(secret)}")
    return secret


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, b"nofields " + purpose, hashlib.sha256).digest()

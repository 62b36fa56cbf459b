"""The ASGI app: its pages and assets, under any mount path."""

from __future__ import annotations

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

from nofields.altinn.guard import LOOPBACK, Guard, normalise_hosts
from nofields.altinn.information_pages import InformationPages
from nofields.altinn.login import CheckLogin, CheckRunner, documented_check
from nofields.altinn.models import registration_of
from nofields.altinn.pages import MayEdit, Setup
from nofields.altinn.rate_limit import RateLimit
from nofields.altinn.registration_pages import RegistrationPages
from nofields.altinn.settings_pages import SettingsPages
from nofields.altinn.store import Store
from nofields.altinn.tokens import Tokens
from nofields.forms.assets import compact, style_sheet
from nofields.forms.endpoints import LARGEST
from nofields.forms.seal import Seal, derived_key
from nofields.keys import Phrase
from nofields.web.assets import assets

_STATIC = Path(__file__).parent / "static"
_MINUTE = 60
#: In bytes: a shorter secret could be guessed.
_MIN_SECRET = 16
#: The default types of data system.
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
    """Return the Altinn forms as an ASGI app. It has no login: mount it behind the host's own.

    Args:
        store: Keeps registrations and settings.
        check_login: What "Test innlogging" calls with the settings; sync or async.
        system_types: Types of data system: texts, or values with their labels (texts or keys).
        stylesheet: Path or paths of Designsystemet on the same host, instead of nofields' own.
        allowed_hosts: Hosts of the app; ``*.example.com`` matches any subdomain.
        may_edit: Whether a user may see and change a company's settings; by default all may.
        secret: Signs the forms; the same for all processes that serve the same pages.
        check_seconds: Timeout of ``check_login``.
        tests_per_minute: Limit of login tests for each company and each ID.
        largest_body: Limit of a request's body in bytes.

    Raises:
        ValueError: A number is not positive, ``secret`` is too short, or a host is malformed.
    """
    _check_positive(tests_per_minute=tests_per_minute, check_seconds=check_seconds, largest_body=largest_body)
    key = _checked_secret(secrets.token_bytes(32) if secret is None else secret)
    tokens, seal = Tokens(derived_key(key, b"tokens")), Seal(derived_key(key, b"seal"))
    checks, limit = CheckRunner(check_login, check_seconds), RateLimit(tests_per_minute, _MINUTE)
    stylesheets = (stylesheet,) if isinstance(stylesheet, str) else tuple(stylesheet or ())
    registration = registration_of(system_types)
    setup = Setup(store, checks, registration, stylesheets, tokens, seal, limit, largest_body, may_edit)
    return _site(setup, normalise_hosts([allowed_hosts] if isinstance(allowed_hosts, str) else allowed_hosts))


def _site(setup: Setup, allowed_hosts: Sequence[str]) -> Starlette:
    information, registration, settings = InformationPages(setup), RegistrationPages(setup), SettingsPages(setup)

    async def error(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, HTTPException)
        return await information.error(request, raised.status_code, raised.headers)

    site = Starlette(
        routes=[
            Route("/", information.start),
            Route("/register", registration.register, methods=["GET", "POST"]),
            Route("/registered", registration.registered),
            Route("/settings", settings.company, methods=["GET", "POST"]),
            Route("/settings/{orgnr}", settings.settings, methods=["GET", "POST"]),
            Mount("/assets", assets([*registration.forms, *settings.forms], _own_files())),
        ],
        middleware=[Middleware(Guard, allowed_hosts=allowed_hosts, error_page=information.error)],
        exception_handlers={HTTPException: error},
    )
    site.router.redirect_slashes = False  # it would redirect to absolute URLs
    return site


@cache
def _own_files() -> Mapping[str, str]:
    """Return the script, the page style sheet, and the latter combined with nofields' own."""
    page, script = ((_STATIC / name).read_text("utf-8") for name in ("page.css", "altinn.js"))
    return {"altinn.js": script, "page.css": compact(page), "altinn.css": style_sheet("nofields", "extras") + compact(page)}


def _check_positive(**numbers: float) -> None:
    for name, number in numbers.items():
        if not number > 0:
            raise ValueError(f"{name} must be more than 0")


def _checked_secret(secret: bytes) -> bytes:
    if len(secret) < _MIN_SECRET:
        raise ValueError(f"secret must have {_MIN_SECRET} bytes or more, not {len(secret)}")
    return secret

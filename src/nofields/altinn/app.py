"""The ASGI app: its pages and assets, under any mount path."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from nofields.altinn.access import Access
from nofields.altinn.login import CheckLogin, CheckRunner, documented_check
from nofields.altinn.models import registration_of
from nofields.altinn.pages.connection_pages import ConnectionPages
from nofields.altinn.pages.guard import LOOPBACK, Guard, normalise_hosts
from nofields.altinn.pages.information_pages import InformationPages
from nofields.altinn.pages.pages import Altinn2, Altinn3, MayEdit, Setup
from nofields.altinn.pages.registration_pages import RegistrationPages
from nofields.altinn.pages.settings_pages import SettingsPages
from nofields.altinn.pages.tokens import Tokens
from nofields.altinn.rate_limit import RateLimit
from nofields.altinn.stores.connections import ConnectionStore
from nofields.altinn.stores.store import Store
from nofields.forms import Form
from nofields.forms.assets import compact, style_sheet
from nofields.forms.endpoints import LARGEST
from nofields.forms.seal import Seal, derived_key
from nofields.keys import Phrase
from nofields.messages import LocalText
from nofields.web.assets import assets

if TYPE_CHECKING:  # it needs the extra `maskinporten`
    from nofields.altinn.system_users import SystemUsers

_STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("altinn.js", "connection.js")
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


class Limits(TypedDict, total=False):
    """Limits of the app, each with a default."""

    #: Timeout of ``check_login``, and of each call to Altinn 3. Default: 10.
    check_seconds: float
    #: Login tests for each company and each ID, and calls to Altinn 3 for each company. Default: 10.
    tests_per_minute: int
    #: Limit of a request's body in bytes. Default: 64 KiB.
    largest_body: int


def app(
    *,
    store: Store | ConnectionStore,
    altinn3: SystemUsers | None = None,
    altinn3_asks: Sequence[LocalText] = (),
    altinn2: bool | None = None,
    check_login: CheckLogin = documented_check,
    system_types: Mapping[str, str] | Iterable[str] = SYSTEM_TYPES,
    stylesheet: str | Sequence[str] | None = None,
    allowed_hosts: Sequence[str] = LOOPBACK,
    may_edit: MayEdit | None = None,
    secret: bytes | None = None,
    **limits: Unpack[Limits],
) -> Starlette:
    """Return the Altinn forms as an ASGI app. It has no login: mount it behind the host's own.

    Args:
        store: Keeps what is saved: a :class:`ConnectionStore` for Altinn 3, a :class:`Store` for Altinn 2, or both.
        altinn3: Asks companies for access to Altinn 3, and tests it.
        altinn3_asks: What is asked for in plain words, texts or keys; by default the page names the system.
        altinn2: Whether to show the form of Altinn 2's ID and password; by default only without ``altinn3``.
        check_login: What "Test innlogging" of Altinn 2 calls with the settings; sync or async.
        system_types: Types of data system: texts, or values with their labels (texts or keys).
        stylesheet: Path or paths of Designsystemet on the same host, instead of nofields' own.
        allowed_hosts: Hosts of the app; ``*.example.com`` matches any subdomain.
        may_edit: Whether a user may see and change what belongs to a company; by default all may.
        secret: Signs the forms; the same for all processes that serve the same pages.
        limits: Limits of time, number and size; see :class:`Limits`.

    Raises:
        ValueError: A limit is not positive, ``secret`` is too short, a host is malformed, the store lacks a method, or
            no form is left.
    """
    bounds = _checked_limits(limits)
    hosts = normalise_hosts([allowed_hosts] if isinstance(allowed_hosts, str) else allowed_hosts)
    old = _altinn2(store, check_login, system_types, bounds) if (altinn3 is None if altinn2 is None else altinn2) else None
    new = _altinn3(store, altinn3, altinn3_asks, bounds) if altinn3 else None
    sheets = (stylesheet,) if isinstance(stylesheet, str) else tuple(stylesheet or ())
    limit, (tokens, seal) = RateLimit(bounds["tests_per_minute"], _MINUTE), _signers(secret)
    return _site(Setup(old, new, sheets, tokens, seal, limit, bounds["largest_body"], may_edit), hosts)


def _site(setup: Setup, allowed_hosts: Sequence[str]) -> Starlette:
    information = InformationPages(setup)
    routes, forms = [Route("/", information.start)], list[Form[Any]]()
    for add in (_altinn2_pages, _altinn3_pages):
        more_routes, more_forms = add(setup)
        routes, forms = [*routes, *more_routes], [*forms, *more_forms]
    if not forms:
        raise ValueError("no form is left: altinn2 is False, and there is no altinn3")

    async def error(request: Request, raised: Exception) -> Response:
        assert isinstance(raised, HTTPException)
        return await information.error(request, raised.status_code, raised.headers)

    site = Starlette(
        routes=[*routes, Mount("/assets", assets(forms, _own_files()))],
        middleware=[Middleware(Guard, allowed_hosts=allowed_hosts, error_page=information.error)],
        exception_handlers={HTTPException: error},
    )
    site.router.redirect_slashes = False  # it would redirect to absolute URLs
    return site


def _altinn2_pages(setup: Setup) -> tuple[list[Route], list[Form[Any]]]:
    if setup.altinn2 is None:
        return [], []
    registration, settings = RegistrationPages(setup, setup.altinn2), SettingsPages(setup, setup.altinn2)
    routes = [
        Route("/register", registration.register, methods=["GET", "POST"]),
        Route("/registered", registration.registered),
        Route("/settings", settings.company, methods=["GET", "POST"]),
        Route("/settings/{orgnr}", settings.settings, methods=["GET", "POST"]),
    ]
    return routes, [*registration.forms, *settings.forms]


def _altinn3_pages(setup: Setup) -> tuple[list[Route], list[Form[Any]]]:
    if setup.altinn3 is None:
        return [], []
    connection = ConnectionPages(setup, setup.altinn3)
    routes = [
        Route("/connections", connection.company, methods=["GET", "POST"]),
        Route("/connections/{orgnr}", connection.connection, methods=["GET", "POST"]),
        Route("/returned", connection.returned),
    ]
    return routes, [*connection.forms]


def _altinn2(
    store: Store | ConnectionStore,
    check_login: CheckLogin,
    system_types: Mapping[str, str] | Iterable[str],
    bounds: Limits,
) -> Altinn2:
    _check_store(store, Store)
    return Altinn2(cast(Store, store), CheckRunner(check_login, bounds["check_seconds"]), registration_of(system_types))


def _altinn3(store: Store | ConnectionStore, system_users: SystemUsers, asks: Sequence[LocalText], bounds: Limits) -> Altinn3:
    _check_store(store, ConnectionStore)
    if not system_users.may_ask:
        raise ValueError("altinn3 asks for nothing: give its SystemUsers rights or access_packages")
    access = Access(system_users, cast(ConnectionStore, store), bounds["check_seconds"])
    return Altinn3(access, (asks,) if isinstance(asks, str | Mapping) else tuple(asks))


def _check_store(store: object, protocol: type) -> None:
    """Raise ``ValueError`` for a store without a method. ``isinstance`` would not see the methods of a proxy."""
    methods = [name for name in vars(protocol) if not name.startswith("_")]
    if missing := [name for name in methods if not callable(getattr(store, name, None))]:
        raise ValueError(f"the store lacks {', '.join(missing)}: see nofields.altinn.{protocol.__name__}")


@cache
def _own_files() -> Mapping[str, str]:
    """Return the scripts, the page style sheet, and the latter combined with nofields' own."""
    page, *scripts = ((_STATIC / name).read_text("utf-8") for name in ("page.css", *_SCRIPTS))
    sheets = {"page.css": compact(page), "altinn.css": style_sheet("nofields", "extras") + compact(page)}
    return sheets | dict(zip(_SCRIPTS, scripts, strict=True))


def _checked_limits(limits: Limits) -> Limits:
    bounds: Limits = {"check_seconds": 10, "tests_per_minute": 10, "largest_body": LARGEST, **limits}
    for name, number in bounds.items():
        if not isinstance(number, int | float) or not number > 0:
            raise ValueError(f"{name} must be more than 0")
    return bounds


def _signers(secret: bytes | None) -> tuple[Tokens, Seal]:
    key = secrets.token_bytes(32) if secret is None else secret
    if len(key) < _MIN_SECRET:
        raise ValueError(f"secret must have {_MIN_SECRET} bytes or more, not {len(key)}")
    return Tokens(derived_key(key, b"tokens")), Seal(derived_key(key, b"seal"))

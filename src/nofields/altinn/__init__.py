"""The Altinn settings of an accounting system: register a data system, save its ID and password.

``app(store=...)`` is an ASGI app; ``nofields serve`` serves it. Needs the extra ``web``. The ID and
password belong to Altinn 2's login, which closed on 19 June 2026: nothing here logs in anywhere.
"""

from __future__ import annotations

from nofields.extras import importing

with importing("web", __name__):
    from nofields.altinn.access_request import AccessRequest, RequestStatus
    from nofields.altinn.app import SYSTEM_TYPES, app
    from nofields.altinn.connections import Connection, ConnectionOutcome, ConnectionStore, SavedConnection
    from nofields.altinn.login import CheckLogin, Outcome, documented_check
    from nofields.altinn.models import AltinnSettings, DataSystemRegistration, PreferredLanguage
    from nofields.altinn.secret_files import KeyFileError
    from nofields.altinn.sqlite import SQLiteStore
    from nofields.altinn.store import NOTHING, ConflictError, Saved, Store, StoreError
    from nofields.altinn.vault import load_key, new_key

__all__ = [
    "NOTHING",
    "SYSTEM_TYPES",
    "AccessRequest",
    "AltinnSettings",
    "CheckLogin",
    "ConflictError",
    "Connection",
    "ConnectionOutcome",
    "ConnectionStore",
    "DataSystemRegistration",
    "KeyFileError",
    "Outcome",
    "PreferredLanguage",
    "RequestStatus",
    "SQLiteStore",
    "Saved",
    "SavedConnection",
    "Store",
    "StoreError",
    "app",
    "documented_check",
    "load_key",
    "new_key",
]

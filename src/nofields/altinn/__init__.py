"""The Altinn settings form of an accounting system: a data system is registered, its ID and password are kept.

``app(store=...)`` is an ASGI app; ``nofields serve`` serves it. Needs the extra ``web``. Altinn 2's log-in, which ID and
password belong to, closed on 19 June 2026: nothing here logs in anywhere.
"""

from __future__ import annotations

from nofields.altinn.app import SYSTEM_TYPES, app
from nofields.altinn.login import CheckLogin, Outcome, documented_check
from nofields.altinn.models import AltinnSettings, DataSystemRegistration, PreferredLanguage
from nofields.altinn.sqlite import SQLiteStore
from nofields.altinn.store import NOTHING, ConflictError, Saved, Store, StoreError
from nofields.altinn.vault import KeyFileError, load_key, new_key

__all__ = [
    "NOTHING",
    "SYSTEM_TYPES",
    "AltinnSettings",
    "CheckLogin",
    "ConflictError",
    "DataSystemRegistration",
    "KeyFileError",
    "Outcome",
    "PreferredLanguage",
    "SQLiteStore",
    "Saved",
    "Store",
    "StoreError",
    "app",
    "documented_check",
    "load_key",
    "new_key",
]

"""Connect an accounting system to Altinn: the forms in which a company gives it access.

``app(store=...)`` is an ASGI app; ``nofields serve`` serves it. Needs the extra ``web``. With ``altinn3`` a
company approves a system user in Altinn 3; see :mod:`nofields.altinn.system_users`, which needs the extra
``maskinporten``. Without it the form is that of Altinn 2, for the ID and password of a data system. They belong
to a login that closed on 19 June 2026: nothing logs in with them.
"""

from __future__ import annotations

from nofields.extras import importing

with importing("web", __name__):
    from nofields.altinn.app import SYSTEM_TYPES, Limits, app
    from nofields.altinn.client.access_request import AccessRequest, RequestStatus
    from nofields.altinn.client.connection_error import ConnectionFault
    from nofields.altinn.login import CheckLogin, Outcome, documented_check
    from nofields.altinn.models import AltinnSettings, DataSystemRegistration, PreferredLanguage
    from nofields.altinn.secret_files import KeyFileError
    from nofields.altinn.stores.connections import Connection, ConnectionOutcome, ConnectionStore, SavedConnection
    from nofields.altinn.stores.sqlite import SQLiteStore
    from nofields.altinn.stores.store import NOTHING, ConflictError, Saved, Store, StoreError
    from nofields.altinn.stores.vault import load_key, new_key

__all__ = [
    "NOTHING",
    "SYSTEM_TYPES",
    "AccessRequest",
    "AltinnSettings",
    "CheckLogin",
    "ConflictError",
    "Connection",
    "ConnectionFault",
    "ConnectionOutcome",
    "ConnectionStore",
    "DataSystemRegistration",
    "KeyFileError",
    "Limits",
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

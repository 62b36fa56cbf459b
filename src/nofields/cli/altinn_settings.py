"""The settings of ``nofields altinn`` from the environment alone, for ``nofields serve --altinn3``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from nofields.cli import altinn_options as options
from nofields.extras import importing

if TYPE_CHECKING:
    from nofields.altinn.system_users import SystemUsers


def system_users() -> SystemUsers:
    """Return the client that the environment variables of ``nofields altinn`` describe.

    Raises:
        ValueError: A setting is missing or malformed.
        KeyFileError: The key cannot be read.
    """
    with importing("maskinporten", "`nofields serve --altinn3`"):
        from nofields.altinn.maskinporten import Maskinporten, load_signing_key
        from nofields.altinn.system_users import SystemUsers
    key_file = _value(options.KeyFile)
    client = Maskinporten(
        client_id=_needed(options.ClientId),
        key=load_signing_key(Path(key_file) if key_file else None),
        kid=_value(options.Kid),
        scopes=_needed(options.Scopes).split(),
        environment=_needed(options.Environment),
    )
    return SystemUsers(
        client,
        system_id=_needed(options.SystemId),
        rights=(_value(options.Rights) or "").split(),
        access_packages=(_value(options.AccessPackages) or "").split(),
        redirect_url=_value(options.RedirectUrl),
        agent=(_value(options.Agent) or "").lower() in ("1", "true", "t", "yes", "y", "on"),
        platform=_value(options.Platform),
    )


def _needed(option: Any) -> str:
    value = _value(option)
    if not value:
        raise ValueError(f"{_variable(option)} is not set")
    return value


def _value(option: Any) -> str | None:
    """Return the value of an option's variable, or ``None`` if it is unset or empty."""
    return os.environ.get(_variable(option)) or None


def _variable(option: Any) -> str:
    return str(get_args(option)[-1].envvar)

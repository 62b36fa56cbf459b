"""The clients of Altinn 3 that settings describe: options, or for ``nofields serve --altinn3`` the environment alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from nofields.cli import altinn_options as options
from nofields.extras import importing

if TYPE_CHECKING:
    from nofields.altinn.maskinporten import Maskinporten
    from nofields.altinn.system_users import SystemUsers


def client_of(client_id: str, key_file: Path | None, kid: str | None, scopes: list[str], environment: str) -> Maskinporten:
    """Return the vendor's client in Maskinporten; the key is that of the environment, or else in a file."""
    from nofields.altinn.maskinporten import Maskinporten, load_signing_key

    key = load_signing_key(key_file)
    return Maskinporten(client_id=client_id, key=key, kid=kid, scopes=scopes, environment=environment)


def system_users() -> SystemUsers:
    """Return the client that the environment variables of ``nofields altinn`` describe.

    Raises:
        ValueError: A setting is missing or malformed.
        KeyFileError: The key cannot be read.
    """
    with importing("maskinporten", "`nofields serve --altinn3`"):
        from nofields.altinn.system_users import SystemUsers
    key_file = _value(options.KeyFile)
    return SystemUsers(
        client_of(
            _needed(options.ClientId),
            Path(key_file) if key_file else None,
            _value(options.Kid),
            _needed(options.Scopes).split(),
            _needed(options.Environment),
        ),
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

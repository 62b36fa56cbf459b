"""The settings of ``nofields altinn`` for the tests' own services."""

from __future__ import annotations

from helpers.altinn3.counterpart import CLIENT_ID, KID, RIGHT, SCOPE, SYSTEM_ID, Counterpart

SETTINGS = {
    "NOFIELDS_MASKINPORTEN_CLIENT_ID": CLIENT_ID,
    "NOFIELDS_MASKINPORTEN_KID": KID,
    "NOFIELDS_MASKINPORTEN_SCOPES": SCOPE,
    "NOFIELDS_ALTINN_SYSTEM_ID": SYSTEM_ID,
    "NOFIELDS_ALTINN_RIGHTS": RIGHT,
}


def settings(altinn3: Counterpart) -> dict[str, str]:
    """Every environment variable that the commands need."""
    addresses = {
        "NOFIELDS_MASKINPORTEN_ENVIRONMENT": altinn3.maskinporten.issuer,
        "NOFIELDS_ALTINN_PLATFORM": altinn3.altinn.url,
        "NOFIELDS_MASKINPORTEN_KEY": altinn3.pem,
    }
    return SETTINGS | addresses

"""The environments of Maskinporten and Altinn."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from nofields.fields import OrganisationNumber

#: A label of a host name; others cannot be looked up. Source: RFC 1035, section 2.3.1, with the underscore that occurs.
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


class RealOrganisationNumber(OrganisationNumber, accept={"organisation"}):
    """Organisation number of a real organisation, whatever ``NOFIELDS_SYNTHETIC`` is.

    >>> RealOrganisationNumber.is_valid("974760673"), RealOrganisationNumber.is_valid("310926833")
    (True, False)
    """

    __slots__ = ()


class AnyOrganisationNumber(OrganisationNumber, accept={"organisation", "synthetic_organisation"}):
    """Organisation number of a real or a synthetic organisation, whatever ``NOFIELDS_SYNTHETIC`` is.

    >>> AnyOrganisationNumber.is_valid("974760673"), AnyOrganisationNumber.is_valid("310926833")
    (True, True)
    """

    __slots__ = ()


class Environment(NamedTuple):
    """Addresses of an environment, and the organisations in it.

    Attributes:
        issuer: Maskinporten's issuer URL.
        platform: The URL of Altinn's platform, or ``None`` where there is no default.
        organisation_number: The field that organisation numbers are checked by.
    """

    issuer: str
    platform: str | None
    organisation_number: type[OrganisationNumber]


#: Source: docs.digdir.no, "Maskinporten: well-known"; docs.altinn.studio, "Create System User".
ENVIRONMENTS: Final = {
    "test": Environment("https://test.maskinporten.no/", "https://platform.tt02.altinn.no", AnyOrganisationNumber),
    "production": Environment("https://maskinporten.no/", "https://platform.altinn.no", RealOrganisationNumber),
}


def environment_of(name: str) -> Environment:
    """Return the environment with a name or an issuer URL.

    Raises:
        ValueError: It is neither a name nor an issuer URL.
    """
    if found := ENVIRONMENTS.get(name):
        return found
    issuer = checked_url(name, f"environment must be {', '.join(ENVIRONMENTS)} or an issuer URL").rstrip("/") + "/"
    known = (each for each in ENVIRONMENTS.values() if each.issuer == issuer)
    return next(known, Environment(issuer, None, AnyOrganisationNumber))


def checked_url(url: str, problem: str) -> str:
    """Return a URL that may be sent secrets: HTTPS, or HTTP on this machine, without a user, a query or a fragment.

    Its host must be a name or an address. The HTTP client and the resolver raise errors of their own for others.

    Raises:
        ValueError: The URL is another one. The text begins with ``problem``.
    """
    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
        plain = not (parts.query or parts.fragment or "@" in parts.netloc)
        valid = secure and plain and parts.port != 0 and _is_host(parts.hostname or "")
    except (ValueError, AttributeError, TypeError):
        valid = False
    if not valid or not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError(f"{problem}: https://, or http:// on this machine")
    return url


def _is_host(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        labels = host.removesuffix(".").split(".")
        return all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

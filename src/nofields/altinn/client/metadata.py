"""Maskinporten's metadata (RFC 8414): where to ask for tokens, and the audience of grants."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlsplit

from nofields.altinn.client.connection_error import MaskinportenError
from nofields.altinn.client.environments import checked_url
from nofields.altinn.client.http_calls import Answer
from nofields.altinn.client.maskinporten_faults import unreachable, unreadable
from nofields.keys import Phrase

_WELL_KNOWN: Final = "/.well-known/oauth-authorization-server"


class Metadata(NamedTuple):
    """What is needed of the metadata.

    Attributes:
        issuer: The issuer as Maskinporten writes it.
        token_endpoint: The URL that grants are posted to.
    """

    issuer: str
    token_endpoint: str


def metadata_url(issuer: str) -> str:
    """Return the URL of an issuer's metadata: its path follows the well-known one (RFC 8414, section 3.1).

    >>> metadata_url("https://test.maskinporten.no/")
    'https://test.maskinporten.no/.well-known/oauth-authorization-server'
    """
    parts = urlsplit(issuer)
    return parts._replace(path=_WELL_KNOWN + parts.path.rstrip("/")).geturl()


def metadata_of(answer: Answer | None, issuer: str) -> Metadata | MaskinportenError:
    """Return the metadata in an answer, or why it cannot be used.

    Args:
        answer: The answer, if there was one.
        issuer: The issuer that was asked. Metadata of another issuer is rejected.
    """
    if answer is None or answer.is_passing:
        return unreachable()
    stated, endpoint = answer.get("issuer"), answer.get("token_endpoint")
    if answer.status != 200 or not isinstance(stated, str) or not isinstance(endpoint, str):
        return unreadable()
    if stated.rstrip("/") != issuer.rstrip("/"):
        return MaskinportenError(Phrase.FAULT_ISSUER, "vendor")
    try:
        checked_url(endpoint, "token_endpoint")
    except ValueError:
        return unreadable()
    return Metadata(stated, endpoint) if urlsplit(endpoint).scheme == urlsplit(issuer).scheme else unreadable()

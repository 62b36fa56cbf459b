"""Tokens from Maskinporten, for the vendor itself or for a company's system user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nofields.altinn.connection_error import MaskinportenError
from nofields.fields import OrganisationNumber

__all__ = ["Maskinporten", "MaskinportenError", "Token"]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. It is a secret: ``repr`` masks it.

    Attributes:
        value: The token, for the header ``Authorization: Bearer …``.
        expires_at: When it ends, in UTC.
    """

    value: str = field(repr=False)
    expires_at: datetime


class Maskinporten:
    """A vendor's client in Maskinporten. Its methods may be called from several threads at once.

    Args:
        client_id: The client's ID in Samarbeidsportalen.
        key: The client's private RSA key: PEM, or a JWK as text or dictionary.
        kid: The key's ID in Maskinporten. Default: the JWK's own.
        scopes: The scopes that :meth:`token` asks for by default, at least one.
        environment: ``"test"``, ``"production"``, or the issuer URL of another Maskinporten.
        timeout: Seconds that one call may take.

    Attributes:
        environment: The environment, as given.
        organisation_number: The field that a company's organisation number is checked by: real
            numbers in production, real and synthetic ones elsewhere, whatever ``NOFIELDS_SYNTHETIC`` is.

    Raises:
        ValueError: An argument is malformed. The text does not show the key.
    """

    environment: str
    organisation_number: type[OrganisationNumber]

    def __init__(
        self,
        *,
        client_id: str,
        key: str | Mapping[str, object],
        kid: str | None = None,
        scopes: Sequence[str],
        environment: str,
        timeout: float = 10,
    ) -> None:
        raise NotImplementedError

    def token(self, orgnr: str | None = None, *, scopes: Sequence[str] | None = None, fresh: bool = False) -> Token:
        """Return a token for a company's system user, or the vendor's own.

        A token is kept until shortly before it ends. Calls block; an async app makes them in a thread.

        Args:
            orgnr: The company's organisation number; ``None`` for the vendor's own token.
            scopes: The scopes. Default: those of the client.
            fresh: Ask Maskinporten even if a token is kept. A kept one works after the company has
                withdrawn its approval.

        Raises:
            FieldError: ``orgnr`` is not an organisation number of the environment.
            MaskinportenError: There is no token. MP-303 counts as the customer's fault here; see
                :meth:`nofields.altinn.system_users.SystemUsers.test`.
        """
        raise NotImplementedError

"""The state of a company's connection to Altinn 3, and the interface of a store of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from nofields.altinn.client.access_request import RequestStatus
from nofields.fields import OrganisationNumber


class ConnectionOutcome(StrEnum):
    """The outcome of a test of the connection: it works, or who must act."""

    WORKS = "works"
    CUSTOMER = "customer"
    VENDOR = "vendor"
    NOBODY = "nobody"  #: a service did not answer; try later


@dataclass(frozen=True)
class Connection:
    """What is known about a company's connection. It holds no token, no key and no password.

    Attributes:
        orgnr: The company.
        request_id: Altinn's ID of the request for access; empty if the company was found connected without one.
        status: The request's status when Altinn was last asked.
        confirm_url: The page in Altinn where the company approves the request, as Altinn gave it.
        asked_at: When access was asked for, in UTC; ``None`` without a request.
        tested_at: When the connection was last tested, in UTC, or ``None``.
        outcome: The outcome of that test, or ``None``.
    """

    orgnr: OrganisationNumber
    status: RequestStatus
    request_id: str = ""
    confirm_url: str = ""
    asked_at: datetime | None = None
    tested_at: datetime | None = None
    outcome: ConnectionOutcome | None = None


class SavedConnection(NamedTuple):
    """A saved connection with its version, an opaque text to pass to ``save_connection``."""

    connection: Connection
    version: str


class ConnectionStore(Protocol):
    """A store of connections, which a host may implement itself. Methods are called from several threads at once.

    A method that cannot do its work raises :class:`StoreError`.
    """

    def connection(self, orgnr: OrganisationNumber) -> SavedConnection | None:
        """Return the connection of a company, or ``None``."""
        ...

    def save_connection(self, connection: Connection, version: str) -> str:
        """Save all of a connection or nothing.

        Args:
            connection: The connection; its ``orgnr`` is the key.
            version: The version that was changed, or ``NOTHING`` if there was none.

        Returns:
            The new version.

        Raises:
            ConflictError: ``version`` is not the current one.
        """
        ...

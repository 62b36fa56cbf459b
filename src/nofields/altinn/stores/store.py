"""The interface of a store of registrations and settings."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from nofields.altinn.models import AltinnSettings, DataSystemRegistration
from nofields.fields import AltinnSystemId, OrganisationNumber


class StoreError(Exception):
    """The store cannot be used: a wrong key, or a damaged, locked or altered file. The text holds no secret."""


class ConflictError(Exception):
    """The settings were saved by someone else since they were read; nothing was written."""


class Saved(NamedTuple):
    """Saved settings with their version, an opaque text to pass to ``save``."""

    settings: AltinnSettings
    version: str


#: The version where a company has no settings yet.
NOTHING = "0"


class Store(Protocol):
    """A store, which a host may implement itself. Methods are called from several threads at once.

    A method that cannot do its work raises :class:`StoreError`.
    """

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        """Store a new data system and return its ID, which is unique."""
        ...

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        """Return the data system with an ID, or ``None``."""
        ...

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        """Return what a company has saved, or ``None``."""
        ...

    def save(self, settings: AltinnSettings, version: str) -> str:
        """Save all of the settings or nothing.

        Args:
            settings: The settings; their ``orgnr`` is the key.
            version: The version that was changed, or ``NOTHING`` if there was none.

        Returns:
            The new version.

        Raises:
            ConflictError: ``version`` is not the current one.
        """
        ...

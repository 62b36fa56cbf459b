"""Where registrations and settings are kept: what any store must do."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from nofields.altinn.models import AltinnSettings, DataSystemRegistration
from nofields.fields import AltinnSystemId, OrganisationNumber


class StoreError(Exception):
    """The store cannot be used: a wrong key, a file that is damaged, locked or changed by others. Its text holds no secret."""


class ConflictError(Exception):
    """Other settings were saved since the version that was changed; nothing was written."""


class Saved(NamedTuple):
    """Settings with their version, an opaque text: whoever saves says which version it was that they changed."""

    settings: AltinnSettings
    version: str


#: The version of a company that has no settings yet.
NOTHING = "0"


class Store(Protocol):
    """A host may keep registrations and settings itself. Methods are called in threads, several at a time.

    A method that cannot do its work raises :class:`StoreError`.
    """

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        """Keeps a new data system; gives it an ID that no other has."""
        ...

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        """The data system with an ID."""
        ...

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        """What a company has saved."""
        ...

    def save(self, settings: AltinnSettings, version: str) -> str:
        """Saves all of the settings or nothing; gives the new version.

        Raises :class:`ConflictError` unless ``version`` is that of the settings kept now (``NOTHING`` where there are none).
        """
        ...

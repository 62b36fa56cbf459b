"""What Altinn knows: systems, requests to companies, and system users."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass, field


@dataclass
class Request:
    """A request to a company. ``status`` is written as Altinn writes it."""

    orgnr: str
    reference: str
    agent: bool
    body: dict[str, object]
    status: str = "New"
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass
class Register:
    """One vendor's system, its requests and its system users.

    Attributes:
        client_ids: The Maskinporten clients of the system.
        rights: Resources that may be asked for.
        packages: Access packages that may be asked for.
        redirect_urls: Where a user may be sent back to.
        system_users: IDs of system users, by organisation number and reference.
    """

    vendor: str
    system_id: str
    client_ids: set[str]
    rights: set[str]
    packages: set[str]
    redirect_urls: set[str] = field(default_factory=set)
    requests: list[Request] = field(default_factory=list)
    system_users: dict[tuple[str, str], str] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def system_user(self, orgnr: str, reference: str | None = None) -> str | None:
        return self.system_users.get((orgnr, reference or orgnr))

    def request(self, orgnr: str, reference: str | None = None) -> Request | None:
        """The request to a company that is not deleted."""
        wanted = (orgnr, reference or orgnr)
        return next((each for each in self.requests if (each.orgnr, each.reference) == wanted), None)

    def by_id(self, id: str) -> Request | None:
        return next((each for each in self.requests if each.id == id), None)

    def approve(self, orgnr: str) -> None:
        """What the company does in Altinn."""
        request = self._answered(orgnr, "Accepted")
        self.system_users[orgnr, request.reference] = str(uuid.uuid4())

    def reject(self, orgnr: str) -> None:
        self._answered(orgnr, "Rejected")

    def deny(self, orgnr: str) -> None:
        self._answered(orgnr, "Denied")

    def time_out(self, orgnr: str) -> None:
        """Ten days pass."""
        self._answered(orgnr, "Timedout")

    def withdraw(self, orgnr: str) -> None:
        """The company deletes its system user; the accepted request stays."""
        with self.lock:
            del self.system_users[orgnr, orgnr]

    def _answered(self, orgnr: str, status: str) -> Request:
        with self.lock:
            request = self.request(orgnr)
            assert request, "there is no request to the company"
            request.status = status
            return request

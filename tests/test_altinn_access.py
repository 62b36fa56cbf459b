"""Two users at once: a change of a connection is made on what is saved now, not on what was read before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from nofields import OrganisationNumber
from nofields.altinn import (
    AccessRequest,
    ConflictError,
    Connection,
    ConnectionOutcome,
    RequestStatus,
    SavedConnection,
)
from nofields.altinn.access import Access

ORGNR = OrganisationNumber("974760673")
NOW = datetime(2026, 11, 27, 5, 25, tzinfo=UTC)
LINK = "https://am.ui.altinn.no/x"
WAITING = Connection(ORGNR, RequestStatus.NEW, "1", LINK, NOW)
ANEW = Connection(ORGNR, RequestStatus.NEW, "2", LINK, NOW)


class Memory:
    """A store in memory, in which another process saves before the first ``conflicts`` saves."""

    def __init__(self, connection: Connection | None = None, conflicts: int = 0) -> None:
        self.saved = SavedConnection(connection, "1") if connection else None
        self.conflicts = conflicts

    def connection(self, orgnr: OrganisationNumber) -> SavedConnection | None:
        return self.saved

    def save_connection(self, connection: Connection, version: str) -> str:
        if self.conflicts:
            self.conflicts -= 1
            raise ConflictError
        assert version == (self.saved.version if self.saved else "0")
        self.saved = SavedConnection(connection, str(int(version) + 1))
        return self.saved.version


class Users:
    """A client whose answers are given; ``meanwhile`` happens while Altinn answers."""

    def __init__(self, answer: AccessRequest | None = None, meanwhile: Callable[[], object] = object) -> None:
        self._answer, self._meanwhile = answer, meanwhile

    def status(self, id: str) -> AccessRequest | None:
        self._meanwhile()
        return self._answer

    request = test = status


def access(store: Memory, users: Users) -> Access:
    unchecked: Any = users
    return Access(unchecked, store, 5, now=lambda: NOW)


def test_asked_anew_meanwhile() -> None:
    """The status of an older request says nothing about the newer one."""
    store = Memory(WAITING)
    users = Users(AccessRequest("1", RequestStatus.REJECTED, LINK), lambda: store.save_connection(ANEW, "1"))
    answer = asyncio.run(access(store, users).follow(ORGNR))
    assert answer.connection == ANEW
    assert store.saved == SavedConnection(ANEW, "2")


def test_deleted_meanwhile() -> None:
    store = Memory(WAITING)
    users = Users(AccessRequest("1", RequestStatus.ACCEPTED, LINK), lambda: setattr(store, "saved", None))
    assert asyncio.run(access(store, users).follow(ORGNR)).connection is None


@pytest.mark.parametrize("conflicts", [0, 1, 9])
def test_change_after_conflict(conflicts: int) -> None:
    """It is made anew."""
    store = Memory(WAITING, conflicts)
    answer = asyncio.run(access(store, Users()).test(ORGNR))
    assert answer.connection == Connection(ORGNR, RequestStatus.ACCEPTED, "1", LINK, NOW, NOW, ConnectionOutcome.WORKS)
    assert store.saved == SavedConnection(answer.connection, "2")


def test_endless_conflict() -> None:
    with pytest.raises(ConflictError):
        asyncio.run(access(Memory(WAITING, 10), Users()).test(ORGNR))


def test_same_request_again() -> None:
    """Asking for what is waiting keeps when it was asked for."""
    earlier = datetime(2026, 11, 20, tzinfo=UTC)
    store = Memory(Connection(ORGNR, RequestStatus.NEW, "1", LINK, earlier))
    answer = asyncio.run(access(store, Users(AccessRequest("1", RequestStatus.NEW, LINK))).ask(ORGNR))
    assert answer.connection is not None
    assert answer.connection.asked_at == earlier
    answer = asyncio.run(access(store, Users(AccessRequest("2", RequestStatus.NEW, LINK))).ask(ORGNR))
    assert answer.connection == ANEW

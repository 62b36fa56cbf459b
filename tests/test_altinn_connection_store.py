"""The store of connections to Altinn 3: versions, damage, and files of the previous and of a later version."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nofields import AltinnPassword, OrganisationNumber
from nofields.altinn import (
    NOTHING,
    ConflictError,
    Connection,
    ConnectionOutcome,
    ConnectionStore,
    RequestStatus,
    SavedConnection,
    SQLiteStore,
    Store,
    StoreError,
)
from nofields.altinn.stores.vault import Vault

ORGNR, OTHER = OrganisationNumber("974760673"), OrganisationNumber("974761076")
KEY = b"c3ludGhldGljLWtleS1mb3ItdGVzdHMtb25seS0xMjM="
ASKED = datetime(2026, 11, 27, 5, 25, tzinfo=UTC)
WAITING = Connection(ORGNR, RequestStatus.NEW, "3fa85f64-5717-4562-b3fc-2c963f66afa6", "https://am.ui.altinn.no/x?id=1", ASKED)
#: The tables of the version before this one, which has no connections and the user version 0.
PREVIOUS = """
PRAGMA journal_mode = WAL;
CREATE TABLE proof (locked BLOB NOT NULL);
CREATE TABLE registrations (
    id INTEGER PRIMARY KEY, description TEXT NOT NULL, system_type TEXT NOT NULL, password BLOB NOT NULL
) STRICT;
CREATE TABLE settings (
    orgnr TEXT PRIMARY KEY, version INTEGER NOT NULL, system_id TEXT NOT NULL, password BLOB NOT NULL, language TEXT NOT NULL
) STRICT;
"""


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    return SQLiteStore(tmp_path / "store.db", KEY)


def test_protocols(store: SQLiteStore) -> None:
    """The embedded store is both; type checkers say so."""
    settings_store: Store = store
    connections: ConnectionStore = store
    assert settings_store is connections


zones = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(minutes=1))])
times = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=zones)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Connection,
        st.just(ORGNR),
        st.sampled_from(RequestStatus),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.text(st.characters(exclude_categories=["Cs"])),
        times,
        times,
        st.none() | st.sampled_from(ConnectionOutcome),
    )
)
def test_save_and_read(tmp_path: Path, connection: Connection) -> None:
    store = SQLiteStore(tmp_path / "store.db", KEY)
    saved = store.connection(ORGNR)
    version = store.save_connection(connection, saved.version if saved else NOTHING)
    assert SQLiteStore(tmp_path / "store.db", KEY).connection(ORGNR) == (connection, version)
    assert store.connection(OTHER) is None


@pytest.mark.parametrize("version", ["0", "2", "x", "", "01", "1 ", "\ud800", "1" * 5000])
def test_conflict(store: SQLiteStore, version: str) -> None:
    """It writes nothing."""
    first = store.save_connection(WAITING, NOTHING)
    with pytest.raises(ConflictError):
        store.save_connection(replace(WAITING, status=RequestStatus.ACCEPTED), version)
    assert store.connection(ORGNR) == SavedConnection(WAITING, first)
    assert store.save_connection(WAITING, first) != first


def test_conflict_without_connection(store: SQLiteStore) -> None:
    with pytest.raises(ConflictError):
        store.save_connection(WAITING, "1")
    assert store.connection(ORGNR) is None


def test_two_threads(store: SQLiteStore) -> None:
    """Of two that save over one version, one succeeds."""
    version, start, saved = store.save_connection(WAITING, NOTHING), threading.Barrier(8), list[str]()

    def save() -> None:
        start.wait()
        with suppress(ConflictError):
            saved.append(store.save_connection(WAITING, version))

    threads = [threading.Thread(target=save) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert saved == ["2"]


def test_previous_version(tmp_path: Path) -> None:
    """Its rows stay, and it gains the table of connections."""
    file, vault = tmp_path / "store.db", Vault(KEY)
    with closing(sqlite3.connect(file, isolation_level=None)) as old:
        old.executescript(PREVIOUS)
        old.execute("INSERT INTO proof VALUES (?)", [vault.encrypt("proof", "")])
        password = vault.encrypt("registration 12345678", "Kanarifugl7")
        old.execute("INSERT INTO registrations VALUES (12345678, 'Regnskap', 'accounting', ?)", [password])
        password = vault.encrypt(f"settings {ORGNR} 12345678", "Fjell2024")
        old.execute("INSERT INTO settings VALUES (?, 7, '12345678', ?, 'nn')", [ORGNR, password])
        assert old.execute("PRAGMA user_version").fetchone() == (0,)
    for connection in (None, SavedConnection(WAITING, "1")):  # opened for the first time, and again
        store = SQLiteStore(file, KEY)
        assert store.connection(ORGNR) == connection
        saved, registration = store.settings(ORGNR), store.registration("12345678")
        assert saved is not None
        assert (saved.version, saved.settings.system_id, saved.settings.language) == ("7", "12345678", "nn")
        assert (type(saved.settings.password), saved.settings.password) == (AltinnPassword, "Fjell2024")
        assert registration is not None
        assert registration.password == "Kanarifugl7"
        if connection is None:
            store.save_connection(WAITING, NOTHING)
    assert store.save(saved.settings, "7") == "8"


def test_later_version(tmp_path: Path) -> None:
    """It is rejected and left as it is."""
    file = tmp_path / "store.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as later:
        later.executescript("CREATE TABLE other (x); PRAGMA user_version = 2")
    content = file.read_bytes()
    with pytest.raises(StoreError, match=r"store\.db was made by a newer version of nofields"):
        SQLiteStore(file, KEY)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


DAMAGE = {
    "an unknown status": "UPDATE connections SET status = 'Approved'",
    "an unknown outcome": "UPDATE connections SET outcome = 'maybe'",
    "a malformed time": "UPDATE connections SET asked_at = 'yesterday'",
    "a time without offset": "UPDATE connections SET tested_at = '2026-11-27T05:25:00'",
    "a time before the first year": "UPDATE connections SET tested_at = '0001-01-01T00:00:00+14:00'",
    "a version of zero": "UPDATE connections SET version = 0",
    "a link that is no text": "UPDATE connections SET confirm_url = CAST(x'ff' AS TEXT)",
    "a missing column": "ALTER TABLE connections DROP COLUMN outcome",
    "a missing table": "DROP TABLE connections",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage(store: SQLiteStore, tmp_path: Path, damage: str) -> None:
    store.save_connection(WAITING, NOTHING)
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as changing:
        changing.executescript(DAMAGE[damage])
    with pytest.raises(StoreError, match=r"store\.db"):
        store.connection(ORGNR)

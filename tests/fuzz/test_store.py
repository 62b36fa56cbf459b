"""After any change to the store's file, its methods return stored data or nothing, or raise their own errors."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nofields import AltinnPassword, AltinnSystemId, OrganisationNumber, Text
from nofields.altinn import (
    NOTHING,
    AltinnSettings,
    ConflictError,
    Connection,
    ConnectionOutcome,
    DataSystemRegistration,
    RequestStatus,
    SQLiteStore,
    StoreError,
)
from nofields.altinn.models import LANGUAGE_NAMES
from nofields.altinn.stores import sqlite_file
from nofields.altinn.stores.sqlite_connections import ConnectionTable
from nofields.altinn.stores.vault import Vault

KEY = b"c3ludGhldGljLWtleS1mb3ItdGVzdHMtb25seS0xMjM="
ORGNR, OTHER = OrganisationNumber("974760673"), OrganisationNumber("974761076")
PASSWORD = "Kanarifugl7"
SETTINGS = AltinnSettings.model_validate({"orgnr": ORGNR, "system_id": "12345", "password": PASSWORD, "language": "nn"})
REGISTRATION = DataSystemRegistration.model_validate({"description": "x", "system_type": "other", "password": PASSWORD})
ASKED = datetime(2026, 11, 26, 12, tzinfo=UTC)
CONNECTION = Connection(ORGNR, RequestStatus.ACCEPTED, "id", "https://altinn.no", ASKED, ASKED, ConnectionOutcome.WORKS)
FOLDER = tempfile.TemporaryDirectory()
FILE = Path(FOLDER.name) / "store.db"
#: A folder with the files of a store as a crash leaves it, its last rows in the -wal file. Copies of it are damaged.
SOUND = Path(FOLDER.name) / "sound"
#: Far less than the store's own limit, so that endless statements are interrupted sooner.
sqlite_file._MAX_STEPS = 100_000

TABLES = {
    "proof": ["locked"],
    "registrations": ["id", "description", "system_type", "password"],
    "settings": ["orgnr", "version", "system_id", "password", "language"],
    "connections": ["orgnr", "version", "status", "request_id", "confirm_url", "asked_at", "tested_at", "outcome"],
}
COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns]
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, -1, 1, 2**63 - 1]),
    st.floats(),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
    st.binary(max_size=200),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-26T12:00:00"]),
    st.sampled_from(["\0", "nb", "1", " 1", "x" * 300, "12345", ORGNR]),
)


def create_sound_store() -> str:
    """Create the sound store; return the ID of its registration."""
    SOUND.mkdir()
    store = SQLiteStore(FILE, KEY)
    with closing(sqlite3.connect(FILE)) as reading:  # keeps the -wal file there
        reading.execute("SELECT * FROM settings").fetchall()
        store.save(SETTINGS, NOTHING)
        store.save_connection(CONNECTION, NOTHING)
        system_id = store.register(REGISTRATION)
        for part in ("", "-wal", "-shm"):
            shutil.copy(f"{FILE}{part}", SOUND)
    return system_id


SYSTEM_ID = create_sound_store()


def change_bytes(part: str, places: list[tuple[int, int]], size: float, more: bytes) -> None:
    """Flip bits of one of the files, cut it and add to it."""
    file = Path(f"{FILE}{part}")
    content = bytearray(file.read_bytes() if file.exists() else b"")
    for place, bits in places:
        if content:
            content[place % len(content)] ^= bits
    file.write_bytes(bytes(content[: round(size * len(content))]) + more)


def change_rows(loosely: bool, statements: list[tuple[str, list[object]]]) -> None:
    """Change values in the tables, of any type if ``loosely``, as far as SQLite accepts them."""
    copies = [
        f"CREATE TABLE copy AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE copy RENAME TO {table};"
        for table in TABLES
    ]
    with closing(sqlite3.connect(FILE, isolation_level=None)) as database, suppress(sqlite3.Error, UnicodeError):
        database.set_progress_handler(lambda: True, sqlite_file._MAX_STEPS)
        database.execute("PRAGMA writable_schema = ON")
        database.executescript("".join(copies) if loosely else "")
        for statement, values in statements:
            with suppress(sqlite3.Error, UnicodeError):
                database.execute(statement, values)


def change_files(what: str) -> None:
    for part in ("-wal", "-shm", ""):
        if what == "all" or part == what:
            Path(f"{FILE}{part}").unlink(missing_ok=True)
    if what == "folder":
        FILE.unlink()
        FILE.mkdir()


def updates(column: tuple[str, str]) -> st.SearchStrategy[tuple[str, list[object]]]:
    return VALUES.map(lambda value: (f"UPDATE {column[0]} SET {column[1]} = ?", [value]))


def swaps(table: str) -> st.SearchStrategy[tuple[str, list[object]]]:
    columns = TABLES[table]
    sound = f"SELECT {', '.join(columns)} FROM old"
    return st.sampled_from(
        [
            f"CREATE VIEW {table} AS {sound}",
            f"CREATE VIEW {table} AS {sound} UNION ALL {sound}",
            f"CREATE VIEW {table} AS {ENDLESS} {', '.join(f'x AS {column}' for column in columns)} FROM n WHERE x < 0",
            f"CREATE VIEW {table} AS SELECT * FROM {table}",
            f"CREATE TABLE {table} ({', '.join(columns[1:])}, more)",
            f"CREATE TABLE {table} ({', '.join(columns)}, more NOT NULL)",
            f"CREATE TABLE {table} ({', '.join(columns)}) STRICT",
        ]
    ).map(lambda statement: (statement, []))


def triggers(table: str) -> st.SearchStrategy[tuple[str, list[object]]]:
    moments = st.sampled_from(["BEFORE INSERT", "AFTER INSERT", "BEFORE UPDATE", "AFTER UPDATE"])
    actions = [
        "SELECT RAISE(IGNORE)",
        "SELECT RAISE(ABORT, 'x')",
        f"DELETE FROM {table}",
        f"SELECT * FROM ({ENDLESS} x FROM n)",
    ]
    return st.builds(
        lambda moment, action: (f"CREATE TRIGGER t {moment} ON {table} BEGIN {action}; END", []),
        moments,
        st.sampled_from(actions),
    )


TABLE = st.sampled_from(sorted(TABLES))
STATEMENTS = st.lists(
    st.one_of(
        st.sampled_from(COLUMNS).flatmap(updates),
        TABLE.map(lambda table: (f"ALTER TABLE {table} RENAME TO old", [])),
        TABLE.flatmap(swaps),
        TABLE.flatmap(triggers),
        TABLE.map(lambda table: (f"DELETE FROM {table}", [])),
        TABLE.map(lambda table: (f"DROP TABLE {table}", [])),
        TABLE.map(lambda table: (f"INSERT INTO {table} SELECT * FROM {table}", [])),
        st.integers(-(2**31), 2**31 - 1).map(lambda number: (f"PRAGMA user_version = {number}", [])),
        st.integers(-(2**31), 2**31 - 1).map(lambda number: (f"PRAGMA schema_version = {number}", [])),
        st.tuples(st.sampled_from(["sql", "name", "tbl_name", "type", "rootpage"]), VALUES).map(
            lambda pair: (f"UPDATE sqlite_schema SET {pair[0]} = ?", [pair[1]])
        ),
        st.sampled_from([("VACUUM", []), ("PRAGMA journal_mode = DELETE", []), ("PRAGMA encoding = 'UTF-16'; VACUUM", [])]),
    ),
    max_size=6,
)
PLACES = st.lists(st.tuples(st.integers(0, 200) | st.integers(0, 2**20), st.integers(1, 255)), max_size=20)
SIZES = st.sampled_from([1.0, 1.0, 1.0, 0.0, 0.5, 0.97]) | st.floats(0, 1)
DAMAGE = st.lists(
    st.one_of(
        st.builds(partial, st.just(change_rows), st.booleans(), STATEMENTS),
        st.builds(
            partial, st.just(change_bytes), st.sampled_from(["", "", "-wal", "-shm"]), PLACES, SIZES, st.binary(max_size=50)
        ),
        st.builds(partial, st.just(change_files), st.sampled_from(["", "-wal", "-shm", "all", "folder"])),
    ),
    min_size=1,
    max_size=3,
)
#: How often each method returned a result, and how often it raised an error of the store's own.
COUNTS: Counter[str] = Counter()


@contextmanager
def own_errors_only(name: str) -> Iterator[None]:
    try:
        yield
        COUNTS[f"{name}: result"] += 1
    except (StoreError, ConflictError) as error:
        if PASSWORD in str(error):
            raise AssertionError("a password is in an error") from error
        COUNTS[f"{name}: {type(error).__name__}"] += 1


def call_every_method(store: SQLiteStore) -> None:
    """Call every method. Values that the key does not authenticate may have changed, but must be valid."""
    with own_errors_only("registration"):
        registered = store.registration(SYSTEM_ID)
        if registered is not None:
            assert (type(registered.password), registered.password) == (AltinnPassword, PASSWORD)
            assert Text.is_valid(registered.description)
            assert isinstance(registered.system_type, str)
    for orgnr in (ORGNR, OTHER):
        with own_errors_only("settings"):
            saved = store.settings(orgnr)
            if saved is not None:
                assert saved.settings.orgnr == orgnr
                assert saved.settings.password == PASSWORD
                assert saved.settings.language in LANGUAGE_NAMES
                assert saved.version != NOTHING
        for version in (NOTHING, "1", "2", str(2**63 - 1), "x"):
            with own_errors_only("save"):
                assert int(store.save(SETTINGS.model_copy(update={"orgnr": orgnr}), version)) > 0
        with own_errors_only("connection"):
            connected = store.connection(orgnr)
            if connected is not None:
                assert connected.connection.orgnr == orgnr
                assert connected.connection.status in RequestStatus
                assert connected.version != NOTHING
        for version in (NOTHING, "1", "x"):
            with own_errors_only("save_connection"):
                assert int(store.save_connection(replace(CONNECTION, orgnr=orgnr), version)) > 0
    with own_errors_only("register"):
        assert AltinnSystemId.is_valid(store.register(REGISTRATION))


@given(DAMAGE)
def test_store(damage: list[Callable[[], object]]) -> None:
    """Whether the store is opened before the damage or after it."""
    shutil.rmtree(FILE) if FILE.is_dir() else FILE.unlink(missing_ok=True)
    for part in ("", "-wal", "-shm"):
        shutil.copy(SOUND / f"{FILE.name}{part}", f"{FILE}{part}")
    store = SQLiteStore.__new__(SQLiteStore)
    store._file, store._vault = sqlite_file.SQLiteFile(FILE), Vault(KEY)
    store._connections = ConnectionTable(store._file)
    for change in damage:
        with suppress(OSError, sqlite3.Error):
            change()
    call_every_method(store)
    with own_errors_only("open"):
        call_every_method(SQLiteStore(FILE, KEY))

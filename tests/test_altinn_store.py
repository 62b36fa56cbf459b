"""The SQLite store: encrypted passwords, versions, file permissions, damage and kills."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from helpers.values import policy
from nofields import AltinnPassword, OrganisationNumber
from nofields.altinn import (
    NOTHING,
    AltinnSettings,
    ConflictError,
    DataSystemRegistration,
    KeyFileError,
    SQLiteStore,
    StoreError,
    load_key,
    new_key,
)

ORGNR = OrganisationNumber("974760673")
KEY = b"c3ludGhldGljLWtleS1mb3ItdGVzdHMtb25seS0xMjM="
#: For each line of input, forks a process that saves settings in a loop, and prints that process's ID. Each password
#: contains the ID and the language, so that a mixture of two saves would show.
SAVER = """
    import itertools, os, sys
    from nofields.altinn import AltinnSettings, SQLiteStore

    def save():
        store = SQLiteStore(sys.argv[1], sys.argv[2].encode())
        print(os.getpid(), flush=True)
        saved = store.settings("974760673")
        version = saved.version if saved else "0"
        for number in itertools.count(int(version)):
            language = ("nb", "nn", "en")[number % 3]
            password = f"Passord{number}{language}"
            values = {"orgnr": "974760673", "system_id": str(number), "password": password, "language": language}
            version = store.save(AltinnSettings.model_validate(values), version)

    for line in sys.stdin:
        child = os.fork()
        if not child:
            save()
        os.waitpid(child, 0)
        print("ended", flush=True)
"""


def settings(system_id: str = "1", password: str = "Fjell2024", language: str = "nb") -> AltinnSettings:
    values = {"orgnr": ORGNR, "system_id": system_id, "password": password, "language": language}
    return AltinnSettings.model_validate(values)


def registration() -> DataSystemRegistration:
    typed = {"description": "Regnskap", "system_type": "accounting", "password": "Kanarifugl7"}
    return DataSystemRegistration.model_validate(typed)


@pytest.fixture
def store(tmp_path: Path) -> SQLiteStore:
    return SQLiteStore(tmp_path / "store.db", KEY)


def test_save_and_read(store: SQLiteStore, tmp_path: Path) -> None:
    version = store.save(settings(), NOTHING)
    again = SQLiteStore(tmp_path / "store.db", KEY).settings(ORGNR)
    assert again is not None
    assert again == (settings(), version)
    assert type(again.settings.password) is AltinnPassword
    assert store.settings(OrganisationNumber("974761076")) is None


def test_registration_by_id(store: SQLiteStore) -> None:
    system_id = store.register(registration())
    assert store.registration(system_id) == registration()
    assert store.registration("1") is None
    assert store.registration("310926833_x") is None


def test_ids_are_unique(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([5, 5, 5, 6])
    monkeypatch.setattr("nofields.altinn.stores.sqlite.secrets.randbelow", lambda below: next(drawn))
    assert [store.register(registration()) for _ in range(2)] == ["10000005", "10000006"]


@pytest.mark.parametrize("version", ["0", "2", "x", "", "01", "1 "])
def test_conflict(store: SQLiteStore, version: str) -> None:
    """It writes nothing."""
    first = store.save(settings(), NOTHING)
    with pytest.raises(ConflictError):
        store.save(settings("2"), version)
    assert store.settings(ORGNR) == (settings(), first)
    assert store.save(settings("3"), first) != first


def test_conflict_without_settings(store: SQLiteStore) -> None:
    with pytest.raises(ConflictError):
        store.save(settings(), "1")
    assert store.settings(ORGNR) is None


def test_files_are_private(store: SQLiteStore, tmp_path: Path) -> None:
    """They contain no password and no key, and only the owner can read them."""
    store.save(settings(password="Kanarifugl7"), NOTHING)
    store.register(registration())
    with sqlite3.connect(tmp_path / "store.db") as reading:  # keeps the -wal and -shm files there
        assert reading.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        for file in tmp_path.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
            for secret in (b"Kanarifugl7", KEY):
                assert secret not in file.read_bytes()
    reading.close()


def test_wrong_key(store: SQLiteStore, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=f"^{re.escape(str(tmp_path / 'store.db'))} was made with another key$"):
        SQLiteStore(tmp_path / "store.db", new_key())


def test_moved_password(store: SQLiteStore, tmp_path: Path) -> None:
    other = OrganisationNumber("974761076")
    store.save(settings(), NOTHING)
    store.save(settings("2").model_copy(update={"orgnr": other}), NOTHING)
    with sqlite3.connect(tmp_path / "store.db") as changing:
        changing.execute("UPDATE settings SET password = (SELECT password FROM settings WHERE orgnr = ?)", [ORGNR])
    changing.close()
    with pytest.raises(StoreError, match="moved"):
        store.settings(other)


def test_synthetic_values_are_read(store: SQLiteStore) -> None:
    """Whatever NOFIELDS_SYNTHETIC is now."""
    synthetic = "310926833"
    with policy("accept"):
        original = settings(f"{synthetic}_regnskap").model_copy(update={"orgnr": OrganisationNumber(synthetic)})
        store.save(original, NOTHING)
    saved = store.settings(original.orgnr)
    assert saved is not None
    assert saved.settings == original


@pytest.mark.parametrize("mode", [0o664, 0o640, 0o604])
def test_permissions_are_tightened(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "store.db"
    file.touch()
    with SQLiteStore(file, KEY)._file.connection() as connection:
        connection.execute("SELECT * FROM settings")
        for each in tmp_path.iterdir():
            each.chmod(mode)
        SQLiteStore(file, KEY).save(settings(), NOTHING)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


@pytest.mark.parametrize("file", [":memory:", Path(":memory:")])
def test_memory_database(file: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=":memory:"):
        SQLiteStore(file, KEY)
    assert not list(tmp_path.iterdir())


def test_not_a_database(tmp_path: Path) -> None:
    """The file is named and left as it is."""
    file = tmp_path / "notes.txt"
    file.write_text("no database" * 100)
    file.chmod(0o644)
    with pytest.raises(StoreError, match=r"notes\.txt: file is not a database"):
        SQLiteStore(file, KEY)
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("no database" * 100, 0o644)


LOOSE = "CREATE TABLE copy AS SELECT * FROM {0}; DROP TABLE {0}; ALTER TABLE copy RENAME TO {0};"
VIEW = "ALTER TABLE settings RENAME TO old; CREATE VIEW settings AS "
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT "
#: SQL that changes a store with one row in each table; and what raises StoreError after it.
DAMAGE: dict[str, tuple[str, set[str]]] = {
    "the proof is a number": ("UPDATE proof SET locked = 5", {"open"}),
    "the proof is a text": ("UPDATE proof SET locked = 'å'", {"open"}),
    "the proof is of another key": ("UPDATE proof SET locked = x'00ff'", {"open"}),
    "a schema that is no text": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = CAST(x'ff00ff' AS TEXT), name = CAST(x'fffe' AS TEXT)",
        {"open", "registration", "settings", "save", "register"},
    ),
    "a description of bytes": (
        LOOSE.format("registrations") + "UPDATE registrations SET description = x'35'",
        {"registration"},
    ),
    "a description of control characters": ("UPDATE registrations SET description = char(0)", {"registration"}),
    "a description that is no text": ("UPDATE registrations SET description = CAST(x'ff' AS TEXT)", {"registration"}),
    "a password that is missing": (
        LOOSE.format("registrations") + "UPDATE registrations SET password = NULL",
        {"registration"},
    ),
    "a password that is text": (LOOSE.format("settings") + "UPDATE settings SET password = 'x'", {"settings"}),
    "an unknown language": ("UPDATE settings SET language = 'xx'", {"settings"}),
    "a version of zero": ("UPDATE settings SET version = 0", {"settings"}),
    "a version that is a text": (LOOSE.format("settings") + "UPDATE settings SET version = 'x'", {"settings"}),
    "a version too high": ("UPDATE settings SET version = 9223372036854775807", {"save"}),
    "another version of the table": ("ALTER TABLE settings DROP COLUMN language", {"open", "settings", "save"}),
    "a missing table": ("DROP TABLE registrations", {"registration", "register"}),
    "an endless view": (
        f"{VIEW}{ENDLESS}x orgnr, x version, x system_id, x password, x language FROM n",
        {"open", "settings", "save"},
    ),
    "a trigger that discards rows": (
        "CREATE TRIGGER t BEFORE INSERT ON registrations BEGIN SELECT RAISE(IGNORE); END",
        {"register"},
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_store(tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every method raises StoreError, or works as on an undamaged store."""
    monkeypatch.setattr("nofields.altinn.stores.sqlite_file._MAX_STEPS", 100_000)  # an endless statement is interrupted sooner
    file = tmp_path / "store.db"
    store = SQLiteStore(file, KEY)
    system_id, version = store.register(registration()), store.save(settings(), NOTHING)
    statements, failing = DAMAGE[damage]
    with closing(sqlite3.connect(file, isolation_level=None)) as changing:
        changing.executescript(statements)
    version = "9223372036854775807" if "version too high" in damage else version
    calls: dict[str, Callable[[], object]] = {
        "registration": lambda: store.registration(system_id),
        "settings": lambda: store.settings(ORGNR),
        "save": lambda: store.save(settings(), version),
        "register": lambda: store.register(registration()),
        "open": lambda: SQLiteStore(file, KEY),
    }
    assert {name for name, call in calls.items() if _raises_store_error(call)} == failing


def _raises_store_error(call: Callable[[], object]) -> bool:
    try:
        call()
    except StoreError as error:
        return "store.db" in str(error)
    except ConflictError:
        pass
    return False


def test_damaged_schema(tmp_path: Path) -> None:
    """SQLite's error message is then not UTF-8."""
    file = tmp_path / "store.db"
    store = SQLiteStore(file, KEY)
    content = file.read_bytes()
    file.write_bytes(
        content.replace(b"CREATE TABLE registrations", b"CREATE TABLE \xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff")
    )
    assert file.read_bytes() != content
    for call in (lambda: store.settings(ORGNR), lambda: store.register(registration()), lambda: SQLiteStore(file, KEY)):
        with pytest.raises(StoreError, match=r"store\.db"):
            call()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("folder", ": Is a directory"),
        ("missing folder", ": No such file or directory"),
        ("fifo", " is not a regular file"),
        ("device", " is not a regular file"),
        ("loop", ": Too many levels of symbolic links"),
    ],
)
def test_unusable_store_path(tmp_path: Path, kind: str, reason: str) -> None:
    file = _of_a_kind(tmp_path, kind)
    with pytest.raises(StoreError, match=f"^{re.escape(str(file))}{reason}$"):
        SQLiteStore(file, KEY)


@pytest.mark.parametrize("kind", ["folder", "missing folder", "fifo", "device", "loop"])
def test_unusable_key_path(tmp_path: Path, kind: str) -> None:
    """Neither a pipe without a writer nor a device without an end blocks."""
    file = _of_a_kind(tmp_path, kind)
    with pytest.raises(KeyFileError, match=re.escape(str(file))):
        load_key(file)


def _of_a_kind(folder: Path, kind: str) -> Path:
    file = folder / "file"
    if kind == "folder":
        file.mkdir()
    elif kind == "fifo":
        os.mkfifo(file, 0o600)
    elif kind == "loop":
        file.symlink_to(file)
    return {"missing folder": file / "in it", "device": Path("/dev/zero")}.get(kind, file)


@pytest.mark.parametrize("system_id", ["\ud800", "", "x", "٣", "1" * 400, "9223372036854775808", "\0"])
def test_impossible_id(store: SQLiteStore, system_id: str) -> None:
    assert store.registration(system_id) is None


@pytest.mark.parametrize("version", ["\ud800", "-1", "1" * 5000, "\0", "1\n", "٣"])
def test_impossible_version(store: SQLiteStore, version: str) -> None:
    store.save(settings(), NOTHING)
    with pytest.raises(ConflictError):
        store.save(settings("2"), version)


@pytest.mark.parametrize(("owner", "user", "trusted"), [(0, 0, True), (0, 7, True), (7, 7, True), (7, 8, False), (7, 0, False)])
def test_key_owner(owner: int, user: int, trusted: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = load_key(file)
    real = os.fstat

    def owned(handle: int) -> os.stat_result:
        return os.stat_result((*real(handle)[:4], owner, *real(handle)[5:]))

    monkeypatch.setattr("nofields.altinn.stores.vault.os.geteuid", lambda: user)
    monkeypatch.setattr("nofields.altinn.stores.vault.os.fstat", owned)
    if trusted:
        assert load_key(file) == key
    else:
        with pytest.raises(KeyFileError, match=r"key belongs to another user"):
            load_key(file)


def test_new_key_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory is synced after the key file has its name."""
    synced: list[tuple[bool, list[str]]] = []

    def fsync(handle: int) -> None:
        synced.append(
            (stat.S_ISDIR(os.fstat(handle).st_mode), [each.name for each in tmp_path.iterdir() if each.name == "key"])
        )

    monkeypatch.setattr("nofields.altinn.stores.vault.os.fsync", fsync)
    load_key(tmp_path / "key")
    assert synced == [(False, []), (True, ["key"])]
    load_key(tmp_path / "key")
    assert len(synced) == 2


def test_key_file_is_directory(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="is a directory"):
        load_key(tmp_path)


def test_new_key_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    assert load_key(file) == load_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_readable_key_file(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    load_key(file)
    file.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_key(file)


def test_key_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOFIELDS_KEY", KEY.decode())
    assert load_key(tmp_path / "key") == load_key() == KEY
    assert not (tmp_path / "key").exists()
    monkeypatch.setenv("NOFIELDS_KEY", "Kanari")
    with pytest.raises(KeyFileError) as raised:
        load_key()
    assert "Kanari" not in str(raised.value)
    monkeypatch.delenv("NOFIELDS_KEY")
    with pytest.raises(KeyFileError, match="NOFIELDS_KEY"):
        load_key()


def test_invalid_key_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.touch(0o600)
    with pytest.raises(KeyFileError, match="no key"):
        load_key(file)


def test_kill_while_saving(tmp_path: Path) -> None:
    """Killed at random moments while saving in a loop, it leaves the old or the new settings."""
    file, moments, versions = tmp_path / "store.db", random.Random(7), [0]
    command = [sys.executable, "-c", textwrap.dedent(SAVER), str(file), KEY.decode()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as saver:
        assert saver.stdin is not None
        assert saver.stdout is not None
        for kill in range(300):
            if kill >= 30 and versions[-1] > 30:
                break
            print(file=saver.stdin, flush=True)
            child = int(saver.stdout.readline())
            time.sleep(moments.uniform(0, 0.05))
            os.kill(child, signal.SIGKILL)
            assert saver.stdout.readline() == "ended\n"
            saved = SQLiteStore(file, KEY).settings(ORGNR)
            if saved is None:
                continue
            number, language = int(saved.version) - 1, saved.settings.language
            assert saved.settings.system_id == str(number)
            assert language == ("nb", "nn", "en")[number % 3]
            assert saved.settings.password == f"Passord{number}{language}"
            versions.append(int(saved.version))
        saver.stdin.close()
    assert versions == sorted(versions), "nothing that was saved is lost"
    assert versions[-1] > 30, "it was killed while saving"
    with sqlite3.connect(file) as reading:
        assert reading.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reading.close()


@pytest.mark.parametrize("typed", ["0{}", " {}", "{}.0", "+{}"])
def test_id_is_case_sensitive(typed: str, tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "store.db", KEY)
    system_id = store.register(registration())
    assert store.registration(system_id) is not None
    assert store.registration(typed.format(system_id)) is None


def test_rejected_row(tmp_path: Path) -> None:
    """A row that SQLite rejects is an error, not an endless search for a free ID."""
    store = SQLiteStore(tmp_path / "store.db", KEY)
    broken = registration().model_copy(update={"description": None})
    with pytest.raises(StoreError, match=r"store\.db: NOT NULL"):
        store.register(broken)

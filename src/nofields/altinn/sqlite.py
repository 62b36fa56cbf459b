"""The embedded store: one SQLite file in WAL mode, its passwords locked."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings, DataSystemRegistration, PreferredLanguage
from nofields.altinn.store import NOTHING, ConflictError, Saved, StoreError
from nofields.altinn.vault import Vault
from nofields.fields import AltinnPassword, AltinnSystemId, Dropdown, OrganisationNumber, Text
from nofields.value import Value

V = TypeVar("V", bound=Value)

_SECONDS = 15
#: So often another number is drawn for an ID that is taken; a row that cannot be kept is no matter of luck.
_DRAWS = 20
#: Instructions of SQLite's, thousands of times what any statement here takes: one that reads a damaged file may never end.
_STEPS = 10_000_000
#: In bytes: a damaged row may say that it is longer than the memory.
_LONGEST = 1_000_000
#: Versions as they are written; no other text is a version.
_VERSION = re.compile("[1-9][0-9]{0,18}")
_REGISTRATION = "SELECT description, system_type, password FROM registrations WHERE id = ? AND CAST(id AS TEXT) = ?"
_SETTINGS = "SELECT version, system_id, password, language FROM settings WHERE orgnr = ?"
_TABLES = """
CREATE TABLE IF NOT EXISTS proof (locked BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS registrations (
    id INTEGER PRIMARY KEY, description TEXT NOT NULL, system_type TEXT NOT NULL, password BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS settings (
    orgnr TEXT PRIMARY KEY, version INTEGER NOT NULL, system_id TEXT NOT NULL, password BLOB NOT NULL, language TEXT NOT NULL
) STRICT;
"""


class SQLiteStore:
    """Registrations and settings in one file, safe for several processes and for being killed at any moment.

    ``key`` is that of :func:`nofields.altinn.load_key`; it is never written. Only the owner reads the file: one that
    others can read is taken from them (mode 0600). Raises :class:`StoreError` where it was made with another key or is no
    database, and ``ValueError`` for ``:memory:``, which no other connection would see. Every method raises
    :class:`StoreError` for a file that is damaged, locked or cannot be read or written.
    """

    def __init__(self, file: str | Path, key: bytes) -> None:
        if str(file) == ":memory:":
            raise ValueError("the store needs a file, not :memory:")
        self._file = Path(file)
        self._vault = Vault(key)
        try:
            self._create()
            with self._connected() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_TABLES)
                self._prove(database)
                for query in (_REGISTRATION, _SETTINGS):  # a table of other columns is an error now, not at the first user
                    database.execute(query, [None] * query.count("?")).fetchone()
                self._keep_from_others()
        except OSError as error:
            raise StoreError(f"{self._file}: {error.strerror or error}") from None

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        """Keeps a new data system; its ID has eight digits and is drawn, so that it tells nothing of the others."""
        with self._connected() as database:
            for draws_left in reversed(range(_DRAWS)):
                number = 10_000_000 + secrets.randbelow(90_000_000)
                locked = self._vault.lock(f"registration {number}", str(registration.password))
                row = (number, registration.description, registration.system_type, locked)
                try:
                    added = database.execute("INSERT INTO registrations VALUES (?, ?, ?, ?)", row).rowcount
                    break
                except sqlite3.IntegrityError:  # the number is taken: draw again
                    if not draws_left:
                        raise
        if added != 1:
            raise self._damaged("it keeps no new row")
        return AltinnSystemId(str(number))

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        """The data system with an ID."""
        if not (system_id.isascii() and system_id.isdigit()):
            return None
        row = self._row(_REGISTRATION, [system_id, system_id], (str, str, bytes))
        if row is None:
            return None
        description, system_type, locked = row
        if not Text.is_valid(description):
            raise self._damaged("a description is not valid")
        password = self._open(f"registration {system_id}", locked)
        return DataSystemRegistration.model_construct(
            description=_as(Text, description), system_type=_as(Dropdown, system_type), password=_as(AltinnPassword, password)
        )

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        """What a company has saved."""
        row = self._row(_SETTINGS, [orgnr], (int, str, bytes, str))
        if row is None:
            return None
        version, system_id, locked, language = row
        if not _VERSION.fullmatch(str(version)) or language not in LANGUAGE_NAMES:
            raise self._damaged("a version or a language is not valid")
        password = self._open(_place(orgnr, system_id), locked)
        kept = AltinnSettings.model_construct(
            orgnr=orgnr,
            system_id=_as(AltinnSystemId, system_id),
            password=_as(AltinnPassword, password),
            language=_as(PreferredLanguage, language),
        )
        return Saved(kept, str(version))

    def save(self, settings: AltinnSettings, version: str) -> str:
        """Saves in one statement, which is there whole after a crash, or not at all."""
        if version != NOTHING and not _VERSION.fullmatch(version):
            raise ConflictError
        locked = self._vault.lock(_place(settings.orgnr, settings.system_id), str(settings.password))
        row = (settings.system_id, locked, settings.language, settings.orgnr)
        with self._connected() as database:
            if version == NOTHING:
                said = "INSERT INTO settings (version, system_id, password, language, orgnr) VALUES (1, ?, ?, ?, ?)"
                changed = database.execute(f"{said} ON CONFLICT DO NOTHING", row).rowcount
            else:
                said = "UPDATE settings SET version = version + 1, system_id = ?, password = ?, language = ? WHERE orgnr = ?"
                changed = database.execute(f"{said} AND CAST(version AS TEXT) = ?", (*row, version)).rowcount
        if not changed:
            raise ConflictError
        return "1" if version == NOTHING else str(int(version) + 1)

    def _create(self) -> None:
        """Create the file if it is missing; SQLite would do so too, but with a mode that lets others read it."""
        handle = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StoreError(f"{self._file} is not a regular file")
        finally:
            os.close(handle)

    def _prove(self, database: sqlite3.Connection) -> None:
        """Open what the key of the first day locked, so that a wrong key is an error now and not at somebody's log-in."""
        database.execute("BEGIN IMMEDIATE")
        row = database.execute("SELECT locked FROM proof").fetchone()
        if row is None:
            database.execute("INSERT INTO proof VALUES (?)", [self._vault.lock("proof", "")])
        database.execute("COMMIT")
        if row is not None and type(row[0]) is not bytes:
            raise self._damaged("its proof of the key is not one")
        try:
            if row is not None:
                self._vault.open("proof", row[0])
        except StoreError:
            raise StoreError(f"{self._file} was made with another key") from None

    def _row(self, query: str, params: list[str], kinds: tuple[type, ...]) -> Any:
        """Return the row that a query finds, its values of these types; ``None`` where it finds none."""
        with self._connected() as database:
            row = database.execute(query, params).fetchone()
        if row is not None and tuple(map(type, row)) != kinds:
            raise self._damaged("a row has values of the wrong types")
        return row

    def _open(self, place: str, locked: bytes) -> str:
        try:
            return self._vault.open(place, locked)
        except StoreError as error:
            raise StoreError(f"{self._file}: {error}") from None

    def _damaged(self, what: str) -> StoreError:
        return StoreError(f"{self._file} is damaged, or no store of this version: {what}")

    def _keep_from_others(self) -> None:
        """SQLite makes its -wal and -shm files with the mode that the database has then."""
        for file in (self._file, *(self._file.with_name(f"{self._file.name}-{part}") for part in ("wal", "shm"))):
            if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
                file.chmod(0o600)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection for one piece of work; every statement is a transaction, on the disk when it is done."""
        try:
            with closing(sqlite3.connect(self._file, timeout=_SECONDS, isolation_level=None)) as database:
                database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
                database.set_progress_handler(lambda: True, _STEPS)  # true: interrupt
                database.execute("PRAGMA synchronous = FULL")
                yield database
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: {error}") from None
        except UnicodeError:  # also of SQLite's own sentences, which quote a damaged schema
            raise self._damaged("its text is not UTF-8") from None


def _as(kind: type[V], kept: str) -> V:
    """A value that was checked when it was kept: what the process lets through today has no say."""
    return str.__new__(kind, kept)


def _place(orgnr: str, system_id: str) -> str:
    """What a password of settings is locked to: beside another company or another ID it does not open."""
    return f"settings {orgnr} {system_id}"

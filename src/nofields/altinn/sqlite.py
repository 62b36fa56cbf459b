"""The embedded store: one SQLite file in WAL mode, with encrypted passwords."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar, get_type_hints

from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings, DataSystemRegistration, PreferredLanguage
from nofields.altinn.store import NOTHING, ConflictError, Saved, StoreError
from nofields.altinn.vault import Vault
from nofields.fields import AltinnPassword, AltinnSystemId, Dropdown, OrganisationNumber, Text
from nofields.value import Value

V = TypeVar("V", bound=Value)
Row = TypeVar("Row", bound=NamedTuple)

_TIMEOUT_SECONDS = 15
#: How often another number is drawn for an ID that is in use.
_MAX_DRAWS = 20
#: In SQLite instructions, thousands of times what any statement here needs: a statement on a
#: damaged file may never end.
_MAX_STEPS = 10_000_000
#: In bytes: a damaged row may claim to be larger than memory.
_MAX_ROW = 1_000_000
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


class _RegistrationRow(NamedTuple):
    description: str
    system_type: str
    password: bytes


class _SettingsRow(NamedTuple):
    version: int
    system_id: str
    password: bytes
    language: str


class SQLiteStore:
    """A store in one file, safe for several processes and for a process killed at any moment.

    Every method raises :class:`StoreError` for a file that is damaged, locked, or cannot be read or
    written.

    Args:
        file: The database. It is created if it is missing, and its mode is set to 0600.
        key: The key of :func:`nofields.altinn.load_key`. It is never written to the file.

    Raises:
        StoreError: The file was made with another key, or is not such a database.
        ValueError: The file is ``:memory:``, which other connections could not see.
    """

    def __init__(self, file: str | Path, key: bytes) -> None:
        if str(file) == ":memory:":
            raise ValueError("the store needs a file, not :memory:")
        self._file = Path(file)
        self._vault = Vault(key)
        try:
            self._create()
            with self._connection() as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_TABLES)
                self._check_key(database)
                for query in (_REGISTRATION, _SETTINGS):  # report tables with other columns at start-up
                    database.execute(query, [None] * query.count("?")).fetchone()
                self._restrict_modes()
        except OSError as error:
            raise StoreError(f"{self._file}: {error.strerror or error}") from None

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        """Store a new data system and return its ID: eight random digits, which reveal no other ID."""
        with self._connection() as database:
            for draws_left in reversed(range(_MAX_DRAWS)):
                number = 10_000_000 + secrets.randbelow(90_000_000)
                password = self._vault.encrypt(f"registration {number}", str(registration.password))
                row = (number, registration.description, registration.system_type, password)
                try:
                    added = database.execute("INSERT INTO registrations VALUES (?, ?, ?, ?)", row).rowcount
                    break
                except sqlite3.IntegrityError:  # the number is in use
                    if not draws_left:
                        raise
        if added != 1:
            raise self._damaged("a new row was not stored")
        return AltinnSystemId(str(number))

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        """Return the data system with an ID, or ``None``."""
        if not (system_id.isascii() and system_id.isdigit()):
            return None
        row = self._row(_REGISTRATION, [system_id, system_id], _RegistrationRow)
        if row is None:
            return None
        if not Text.is_valid(row.description):
            raise self._damaged("a description is not valid")
        password = self._decrypt(f"registration {system_id}", row.password)
        return DataSystemRegistration.model_construct(
            description=_unchecked(Text, row.description),
            system_type=_unchecked(Dropdown, row.system_type),
            password=_unchecked(AltinnPassword, password),
        )

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        """Return what a company has saved, or ``None``."""
        row = self._row(_SETTINGS, [orgnr], _SettingsRow)
        if row is None:
            return None
        if not _VERSION.fullmatch(str(row.version)) or row.language not in LANGUAGE_NAMES:
            raise self._damaged("a version or a language is not valid")
        password = self._decrypt(_settings_context(orgnr, row.system_id), row.password)
        settings = AltinnSettings.model_construct(
            orgnr=orgnr,
            system_id=_unchecked(AltinnSystemId, row.system_id),
            password=_unchecked(AltinnPassword, password),
            language=_unchecked(PreferredLanguage, row.language),
        )
        return Saved(settings, str(row.version))

    def save(self, settings: AltinnSettings, version: str) -> str:
        """Save all of the settings or nothing, also in a crash; see :meth:`Store.save`."""
        if version != NOTHING and not _VERSION.fullmatch(version):
            raise ConflictError
        password = self._vault.encrypt(_settings_context(settings.orgnr, settings.system_id), str(settings.password))
        row = (settings.system_id, password, settings.language, settings.orgnr)
        with self._connection() as database:
            if version == NOTHING:
                insert = "INSERT INTO settings (version, system_id, password, language, orgnr) VALUES (1, ?, ?, ?, ?)"
                changed = database.execute(f"{insert} ON CONFLICT DO NOTHING", row).rowcount
            else:
                update = "UPDATE settings SET version = version + 1, system_id = ?, password = ?, language = ? WHERE orgnr = ?"
                changed = database.execute(f"{update} AND CAST(version AS TEXT) = ?", (*row, version)).rowcount
        if not changed:
            raise ConflictError
        return "1" if version == NOTHING else str(int(version) + 1)

    def _create(self) -> None:
        """Create the file if it is missing, with a mode that does not let others read it, as SQLite's would."""
        handle = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StoreError(f"{self._file} is not a regular file")
        finally:
            os.close(handle)

    def _check_key(self, database: sqlite3.Connection) -> None:
        """Decrypt what the first key encrypted, so that a wrong key is an error at start-up."""
        database.execute("BEGIN IMMEDIATE")
        row = database.execute("SELECT locked FROM proof").fetchone()
        if row is None:
            database.execute("INSERT INTO proof VALUES (?)", [self._vault.encrypt("proof", "")])
        database.execute("COMMIT")
        if row is not None and type(row[0]) is not bytes:
            raise self._damaged("its proof of the key is malformed")
        try:
            if row is not None:
                self._vault.decrypt("proof", row[0])
        except StoreError:
            raise StoreError(f"{self._file} was made with another key") from None

    def _row(self, query: str, params: list[str], kind: type[Row]) -> Row | None:
        """Return the row that a query finds, with the values' types checked."""
        with self._connection() as database:
            values = database.execute(query, params).fetchone()
        if values is None:
            return None
        if [*map(type, values)] != [*get_type_hints(kind).values()]:
            raise self._damaged("a row has values of the wrong types")
        return kind._make(values)

    def _decrypt(self, context: str, ciphertext: bytes) -> str:
        try:
            return self._vault.decrypt(context, ciphertext)
        except StoreError as error:
            raise StoreError(f"{self._file}: {error}") from None

    def _damaged(self, what: str) -> StoreError:
        return StoreError(f"{self._file} is damaged, or not a store of this version: {what}")

    def _restrict_modes(self) -> None:
        """Make the files readable to their owner alone; SQLite creates -wal and -shm with the database's mode."""
        for file in (self._file, *(self._file.with_name(f"{self._file.name}-{suffix}") for suffix in ("wal", "shm"))):
            if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
                file.chmod(0o600)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Connect for one operation; every statement is a transaction, on disk when it returns."""
        try:
            with closing(sqlite3.connect(self._file, timeout=_TIMEOUT_SECONDS, isolation_level=None)) as database:
                database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
                database.set_progress_handler(lambda: True, _MAX_STEPS)  # true: interrupt
                database.execute("PRAGMA synchronous = FULL")
                yield database
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: {error}") from None
        except UnicodeError:  # also in SQLite's own messages, which quote a damaged schema
            raise self._damaged("its text is not UTF-8") from None


def _unchecked(kind: type[V], text: str) -> V:
    """Return a value that was checked when it was saved; the settings of this process do not apply to it."""
    return str.__new__(kind, text)


def _settings_context(orgnr: str, system_id: str) -> str:
    """Return the encryption context of a settings password, which ties it to company and ID."""
    return f"settings {orgnr} {system_id}"

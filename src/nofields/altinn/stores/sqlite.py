"""The embedded store: one SQLite file in WAL mode, with encrypted passwords."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from typing import NamedTuple, TypeVar

from nofields.altinn.models import LANGUAGE_NAMES, AltinnSettings, DataSystemRegistration, PreferredLanguage
from nofields.altinn.stores import sqlite_connections
from nofields.altinn.stores.connections import Connection, SavedConnection
from nofields.altinn.stores.sqlite_file import SQLiteFile, is_version
from nofields.altinn.stores.store import Saved, StoreError
from nofields.altinn.stores.vault import Vault
from nofields.fields import AltinnPassword, AltinnSystemId, Dropdown, OrganisationNumber, Text
from nofields.value import Value

V = TypeVar("V", bound=Value)

#: How often another number is drawn for an ID that is in use.
_MAX_DRAWS = 20
#: ``PRAGMA user_version`` of a file with these tables. Version 0 has no connections.
_TABLES_VERSION = 1
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
        self._file = SQLiteFile(Path(file))
        queries = (_REGISTRATION, _SETTINGS, sqlite_connections.QUERY)
        self._file.set_up(_TABLES + sqlite_connections.TABLE, _TABLES_VERSION, queries)
        self._vault = Vault(key)
        self._check_key()
        self._connections = sqlite_connections.ConnectionTable(self._file)

    def register(self, registration: DataSystemRegistration) -> AltinnSystemId:
        """Store a new data system and return its ID: eight random digits, which reveal no other ID."""
        with self._file.connection() as database:
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
            raise self._file.damaged("a new row was not stored")
        return AltinnSystemId(str(number))

    def registration(self, system_id: str) -> DataSystemRegistration | None:
        """Return the data system with an ID, or ``None``."""
        if not (system_id.isascii() and system_id.isdigit()):
            return None
        row = self._file.row(_REGISTRATION, [system_id, system_id], _RegistrationRow)
        if row is None:
            return None
        if not Text.is_valid(row.description):
            raise self._file.damaged("a description is not valid")
        password = self._decrypt(f"registration {system_id}", row.password)
        return DataSystemRegistration.model_construct(
            description=_unchecked(Text, row.description),
            system_type=_unchecked(Dropdown, row.system_type),
            password=_unchecked(AltinnPassword, password),
        )

    def settings(self, orgnr: OrganisationNumber) -> Saved | None:
        """Return what a company has saved, or ``None``."""
        row = self._file.row(_SETTINGS, [orgnr], _SettingsRow)
        if row is None:
            return None
        if not is_version(str(row.version)) or row.language not in LANGUAGE_NAMES:
            raise self._file.damaged("a version or a language is not valid")
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
        password = self._vault.encrypt(_settings_context(settings.orgnr, settings.system_id), str(settings.password))
        values: dict[str, str | bytes] = {"system_id": settings.system_id, "password": password, "language": settings.language}
        return self._file.save("settings", settings.orgnr, values, version)

    def connection(self, orgnr: OrganisationNumber) -> SavedConnection | None:
        """Return the connection of a company to Altinn 3, or ``None``."""
        return self._connections.connection(orgnr)

    def save_connection(self, connection: Connection, version: str) -> str:
        """Save all of a connection or nothing; see :meth:`ConnectionStore.save_connection`."""
        return self._connections.save(connection, version)

    def _check_key(self) -> None:
        """Decrypt what the first key encrypted, so that a wrong key is an error at start-up."""
        with self._file.connection() as database:
            database.execute("BEGIN IMMEDIATE")
            row = database.execute("SELECT locked FROM proof").fetchone()
            if row is None:
                database.execute("INSERT INTO proof VALUES (?)", [self._vault.encrypt("proof", "")])
            database.execute("COMMIT")
        if row is not None and type(row[0]) is not bytes:
            raise self._file.damaged("its proof of the key is malformed")
        try:
            if row is not None:
                self._vault.decrypt("proof", row[0])
        except StoreError:
            raise StoreError(f"{self._file.name} was made with another key") from None

    def _decrypt(self, context: str, ciphertext: bytes) -> str:
        try:
            return self._vault.decrypt(context, ciphertext)
        except StoreError as error:
            raise StoreError(f"{self._file.name}: {error}") from None


def _unchecked(kind: type[V], text: str) -> V:
    """Return a value that was checked when it was saved; the settings of this process do not apply to it."""
    return str.__new__(kind, text)


def _settings_context(orgnr: str, system_id: str) -> str:
    """Return the encryption context of a settings password, which ties it to company and ID."""
    return f"settings {orgnr} {system_id}"

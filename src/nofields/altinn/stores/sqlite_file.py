"""A SQLite file in WAL mode: its creation, its modes, its version, and reading it although it may be damaged."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar, get_type_hints

from nofields.altinn.stores.store import NOTHING, ConflictError, StoreError

Row = TypeVar("Row", bound=NamedTuple)

_TIMEOUT_SECONDS = 15
#: In SQLite instructions, thousands of times what any statement here needs: a statement on a
#: damaged file may never end.
_MAX_STEPS = 10_000_000
#: In bytes: a damaged row may claim to be larger than memory.
_MAX_ROW = 1_000_000
_VERSION = re.compile("[1-9][0-9]{0,18}")


class SQLiteFile:
    """One file, opened anew for each operation. Every method raises :class:`StoreError`.

    Args:
        file: The database. It is created if it is missing, and its mode is set to 0600.
    """

    def __init__(self, file: Path) -> None:
        self.name = file
        try:
            self._create()
        except OSError as error:
            raise StoreError(f"{file}: {error.strerror or error}") from None

    def set_up(self, tables: str, version: int, queries: Sequence[str]) -> None:
        """Create the missing tables, and try the queries: tables with other columns are an error at start-up.

        A file of an older version has fewer tables. One of a newer version is rejected and left as it is.
        """
        with self.connection() as database:
            (found,) = database.execute("PRAGMA user_version").fetchone()
            if found > version:
                raise StoreError(f"{self.name} was made by a newer version of nofields, which this one cannot read")
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(tables)
            for query in queries:
                database.execute(query, [None] * query.count("?")).fetchone()
            if found != version:
                database.execute(f"PRAGMA user_version = {version}")
            self._restrict_modes()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Connect for one operation; every statement is a transaction, on disk when it returns."""
        try:
            with closing(sqlite3.connect(self.name, timeout=_TIMEOUT_SECONDS, isolation_level=None)) as database:
                database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_ROW)
                database.set_progress_handler(lambda: True, _MAX_STEPS)  # true: interrupt
                database.execute("PRAGMA synchronous = FULL")
                yield database
        except sqlite3.Error as error:
            raise StoreError(f"{self.name}: {error}") from None
        except OSError as error:
            raise StoreError(f"{self.name}: {error.strerror or error}") from None
        except UnicodeError:  # also in SQLite's own messages, which quote a damaged schema
            raise self.damaged("its text is not UTF-8") from None

    def row(self, query: str, params: list[str], kind: type[Row]) -> Row | None:
        """Return the row that a query finds, with the values' types checked."""
        with self.connection() as database:
            values = database.execute(query, params).fetchone()
        if values is None:
            return None
        if [*map(type, values)] != [*get_type_hints(kind).values()]:
            raise self.damaged("a row has values of the wrong types")
        return kind._make(values)

    def save(self, table: str, orgnr: str, values: Mapping[str, str | bytes], version: str) -> str:
        """Save a company's row if ``version`` is the current one, and return the new version.

        Raises :class:`ConflictError` otherwise.
        """
        if version != NOTHING and not is_version(version):
            raise ConflictError
        with self.connection() as database:
            if version == NOTHING:
                columns, places = ", ".join(values), ", ?" * len(values)
                insert = f"INSERT INTO {table} (version, orgnr, {columns}) VALUES (1, ?{places}) ON CONFLICT DO NOTHING"
                changed = database.execute(insert, (orgnr, *values.values())).rowcount
            else:
                changes = ", ".join(f"{column} = ?" for column in values)
                update = f"UPDATE {table} SET version = version + 1, {changes} WHERE orgnr = ? AND CAST(version AS TEXT) = ?"
                changed = database.execute(update, (*values.values(), orgnr, version)).rowcount
        if not changed:
            raise ConflictError
        return "1" if version == NOTHING else str(int(version) + 1)

    def damaged(self, what: str) -> StoreError:
        return StoreError(f"{self.name} is damaged, or not a store of this version: {what}")

    def _create(self) -> None:
        """Create the file if it is missing, with a mode that does not let others read it, as SQLite's would."""
        handle = os.open(self.name, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise StoreError(f"{self.name} is not a regular file")
        finally:
            os.close(handle)

    def _restrict_modes(self) -> None:
        """Make the files readable to their owner alone; SQLite creates -wal and -shm with the database's mode."""
        for file in (self.name, *(self.name.with_name(f"{self.name.name}-{suffix}") for suffix in ("wal", "shm"))):
            if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
                file.chmod(0o600)


def is_version(version: str) -> bool:
    """Return whether a text is the version of a row, in the range of SQLite's integers."""
    return bool(_VERSION.fullmatch(version))

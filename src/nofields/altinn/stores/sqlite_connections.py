"""The table of connections to Altinn 3 in the embedded store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from nofields.altinn.client.access_request import RequestStatus
from nofields.altinn.stores.connections import Connection, ConnectionOutcome, SavedConnection
from nofields.altinn.stores.sqlite_file import SQLiteFile, is_version
from nofields.fields import OrganisationNumber

#: Times are in UTC, by ISO 8601; an empty text stands for none.
TABLE = """
CREATE TABLE IF NOT EXISTS connections (
    orgnr TEXT PRIMARY KEY, version INTEGER NOT NULL, status TEXT NOT NULL, request_id TEXT NOT NULL,
    confirm_url TEXT NOT NULL, asked_at TEXT NOT NULL, tested_at TEXT NOT NULL, outcome TEXT NOT NULL
) STRICT;
"""
QUERY = "SELECT version, status, request_id, confirm_url, asked_at, tested_at, outcome FROM connections WHERE orgnr = ?"


class _Row(NamedTuple):
    version: int
    status: str
    request_id: str
    confirm_url: str
    asked_at: str
    tested_at: str
    outcome: str


class ConnectionTable:
    """Reads and writes the connections in a file."""

    def __init__(self, file: SQLiteFile) -> None:
        self._file = file

    def connection(self, orgnr: OrganisationNumber) -> SavedConnection | None:
        row = self._file.row(QUERY, [orgnr], _Row)
        if row is None:
            return None
        try:
            connection = Connection(
                orgnr=orgnr,
                status=RequestStatus(row.status),
                request_id=row.request_id,
                confirm_url=row.confirm_url,
                asked_at=_time(row.asked_at),
                tested_at=_time(row.tested_at),
                outcome=ConnectionOutcome(row.outcome) if row.outcome else None,
            )
        except (ValueError, OverflowError):
            raise self._file.damaged("a connection has a status, a time or an outcome that does not exist") from None
        if not is_version(str(row.version)):
            raise self._file.damaged("a version is not valid")
        return SavedConnection(connection, str(row.version))

    def save(self, connection: Connection, version: str) -> str:
        values = {
            "status": str(connection.status),
            "request_id": connection.request_id,
            "confirm_url": connection.confirm_url,
            "asked_at": _text(connection.asked_at),
            "tested_at": _text(connection.tested_at),
            "outcome": str(connection.outcome or ""),
        }
        return self._file.save("connections", connection.orgnr, values, version)


def _time(text: str) -> datetime | None:
    """Return the time in UTC; raise ``ValueError`` for another text, or one without an offset."""
    if not text:
        return None
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError
    return time.astimezone(UTC)


def _text(time: datetime | None) -> str:
    return time.astimezone(UTC).isoformat() if time else ""

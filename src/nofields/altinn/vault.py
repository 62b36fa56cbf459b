"""Keeps passwords unreadable at rest: Fernet, with a key from the environment or from a file that only its owner reads."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from nofields.altinn.store import StoreError
from nofields.files import about

VARIABLE = "NOFIELDS_KEY"


class KeyFileError(StoreError):
    """The key is no key, or its file is readable by others than its owner."""


def load_key(file: Path | None = None) -> bytes:
    """The key: from ``NOFIELDS_KEY``, else from a file, which is made (mode 0600) where it is not there.

    Raises :class:`KeyFileError`, which names the variable or the file, never the key.
    """
    if named := os.environ.get(VARIABLE):
        return _sound(named.strip().encode(), VARIABLE)
    if file is None:
        raise KeyFileError(f"no key: set {VARIABLE}, or name a file to keep it in")
    if file.is_dir():
        raise KeyFileError(f"{file} is a directory: name a file to keep the key in")
    if not file.exists():
        _make(file)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise KeyFileError(f"{file} can be read by others than its owner: chmod 600 {file}")
    return _sound(file.read_bytes().strip(), str(file))


def new_key() -> bytes:
    """A new key."""
    return Fernet.generate_key()


def _make(file: Path) -> None:
    """Writes a new key beside the file and links it into place: whoever comes second finds the first one's, whole."""
    with about(file):
        handle, half = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600, O_EXCL
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(new_key() + b"\n")
            writing.flush()
            os.fsync(handle)
        os.link(half, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(half)


def _sound(key: bytes, where: str) -> bytes:
    try:
        Fernet(key)
    except ValueError:
        raise KeyFileError(f"{where} holds no key: 32 bytes in URL-safe base64 are wanted") from None
    return key


class Vault:
    """Locks texts, each to the place it belongs to: a locked text that is moved to another row does not open there."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def lock(self, place: str, text: str) -> bytes:
        return self._fernet.encrypt(json.dumps([place, text]).encode())

    def open(self, place: str, locked: bytes) -> str:
        """The text; raises :class:`StoreError` for another key, a changed text or one of another place."""
        try:
            there, text = json.loads(self._fernet.decrypt(locked))
        except InvalidToken:
            raise StoreError("the key is not the one that this was locked with") from None
        if there != place:
            raise StoreError("a password was moved from one row to another")
        return str(text)

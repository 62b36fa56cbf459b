"""Keeps passwords unreadable at rest: Fernet, with a key from the environment or from a file that only its owner reads."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from nofields.altinn.store import StoreError
from nofields.files import errors_for

VARIABLE = "NOFIELDS_KEY"
#: In bytes: far more than a key has. A file may be anything.
_LONGEST = 1000


class KeyFileError(StoreError):
    """The key is no key, or its file is readable by others than its owner."""


def load_key(file: Path | None = None) -> bytes:
    """The key: from ``NOFIELDS_KEY``, else from a file, which is made (mode 0600) where it is not there.

    Raises :class:`KeyFileError`, which names the variable or the file, never the key: for a file that cannot be read or
    made, that others can read, that another user owns (root may), or that holds no key.
    """
    if named := os.environ.get(VARIABLE):
        return _sound(os.fsencode(named.strip()), VARIABLE)
    if file is None:
        raise KeyFileError(f"no key: set {VARIABLE}, or name a file to keep it in")
    try:
        if not file.exists():
            _make(file)
        return _sound(_read(file), str(file))
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror or error}") from None


def new_key() -> bytes:
    """A new key."""
    return Fernet.generate_key()


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise KeyFileError(f"{file} is a directory: name a file to keep the key in")
    # Without blocking: a pipe may have nobody who writes to it.
    with open(file, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as reading:
        state = os.fstat(reading.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise KeyFileError(f"{file} is not a regular file: name one, or set {VARIABLE}")
        if not _is_trusted(state.st_uid):
            raise KeyFileError(
                f"{file} belongs to another user, who can read and change the key: chown it to the one who runs this"
            )
        if stat.S_IMODE(state.st_mode) & 0o077:
            raise KeyFileError(f"{file} can be read by others than its owner: chmod 600 {file}")
        return reading.read(_LONGEST).strip()


def _is_trusted(owner: int) -> bool:
    """Whether a user may own the key of this process; Windows numbers no users."""
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), 0)


def _make(file: Path) -> None:
    """Write a new key beside the file and link it into place: whoever comes second finds the first one's, whole."""
    with errors_for(file):
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
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Write a folder to the disk, so that a file made in it is there after a crash; Windows opens no folders."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
        except (TypeError, ValueError):
            raise StoreError("what was locked is no password") from None
        if there != place:
            raise StoreError("a password was moved from one row to another")
        return str(text)

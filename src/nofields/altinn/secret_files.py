"""Read a key from a file that only its owner can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from nofields.altinn.stores.store import StoreError


class KeyFileError(StoreError):
    """The key is invalid, or others than its owner can read its file."""


def read_secret(file: Path, variable: str, max_bytes: int) -> bytes:
    """Return the start of a key file, without white space at the ends.

    Args:
        file: The file.
        variable: The environment variable that may hold the key instead.
        max_bytes: The most bytes that are read.

    Raises:
        KeyFileError: The file is not a regular one, can be read by others, or is owned by a user other
            than this one and root.
        OSError: It cannot be read.
    """
    if file.is_dir():
        raise KeyFileError(f"{file} is a directory: name a file to keep the key in")
    # Non-blocking, since a pipe without a writer would block.
    with open(file, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as stream:
        state = os.fstat(stream.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise KeyFileError(f"{file} is not a regular file: name one, or set {variable}")
        if not _is_trusted(state.st_uid):
            raise KeyFileError(
                f"{file} belongs to another user, who can read and change the key: chown it to the user of this process"
            )
        if stat.S_IMODE(state.st_mode) & 0o077:
            raise KeyFileError(f"{file} can be read by others than its owner: chmod 600 {file}")
        return stream.read(max_bytes).strip()


def _is_trusted(owner: int) -> bool:
    """Return whether a user may own the key: this one or root. Windows has no user IDs."""
    return not hasattr(os, "geteuid") or owner in (os.geteuid(), 0)

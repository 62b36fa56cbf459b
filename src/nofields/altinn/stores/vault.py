"""Encrypt passwords at rest.

Fernet is used, with a key from the environment or from a file that only its owner can read.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from nofields.altinn.secret_files import KeyFileError, read_secret
from nofields.altinn.stores.store import StoreError
from nofields.files import errors_for

#: The key that encrypts the passwords of the Altinn forms and, in ``nofields serve``, signs the forms.
#:
#: Values: a Fernet key, as ``nofields.altinn.new_key()`` returns.
#:
#: Default: none; the key file is read then.
#:
#: Read by: ``nofields.altinn.load_key`` and ``nofields serve``, when they start.
VARIABLE = "NOFIELDS_KEY"
#: In bytes: far more than a key has. No more is read of a file.
_MAX_BYTES = 1000


def load_key(file: Path | None = None) -> bytes:
    """Return the key from ``NOFIELDS_KEY``, or else from a file.

    Args:
        file: The key file. It is created, with mode 0600 and a new key, if it is missing.

    Returns:
        A Fernet key: 32 bytes in URL-safe base64.

    Raises:
        KeyFileError: There is no key, it is invalid, or the file cannot be read or created, can be
            read by others, or is owned by a user other than this one and root. The text names the
            variable or the file, never the key.
    """
    if value := os.environ.get(VARIABLE):
        return _checked_key(os.fsencode(value.strip()), VARIABLE)
    if file is None:
        raise KeyFileError(f"no key: set {VARIABLE}, or name a file to keep it in")
    try:
        if not file.exists():
            _create(file)
        return _checked_key(read_secret(file, VARIABLE, _MAX_BYTES), str(file))
    except OSError as error:
        raise KeyFileError(f"{file}: {error.strerror or error}") from None


def new_key() -> bytes:
    """Return a new key, for ``NOFIELDS_KEY`` or a key file."""
    return Fernet.generate_key()


def _create(file: Path) -> None:
    """Write a new key to a temporary file and link it to its name: of two processes, both use the first's."""
    with errors_for(file):
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600, O_EXCL
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(new_key() + b"\n")
            stream.flush()
            os.fsync(handle)
        os.link(temporary, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Flush a folder to disk, so that a file created in it survives a crash. Windows cannot open folders."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _checked_key(key: bytes, source: str) -> bytes:
    try:
        Fernet(key)
    except ValueError:
        raise KeyFileError(f"{source} holds no key: 32 bytes in URL-safe base64 are expected") from None
    return key


class Vault:
    """Encrypt texts, each bound to a context: a ciphertext that is moved to another row cannot be decrypted."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def encrypt(self, context: str, text: str) -> bytes:
        return self._fernet.encrypt(json.dumps([context, text]).encode())

    def decrypt(self, context: str, ciphertext: bytes) -> str:
        """Return the text; raise :class:`StoreError` for another key, an altered text or another context."""
        try:
            encrypted_for, text = json.loads(self._fernet.decrypt(ciphertext))
        except InvalidToken:
            raise StoreError("the key is not the one that this was encrypted with") from None
        except (TypeError, ValueError):
            raise StoreError("the encrypted text is not a password") from None
        if encrypted_for != context:
            raise StoreError("a password was moved from one row to another")
        return str(text)

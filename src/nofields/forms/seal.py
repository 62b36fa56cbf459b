"""Encrypt a text that a browser keeps for a limited time and sends back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken

#: In seconds: how far the clock of the sealing server may be ahead of the opening one's.
_CLOCK_SKEW = 5 * 60


#: In bytes: the shortest secret that keys are derived from.
MIN_SECRET = 32


def derived_key(secret: bytes, purpose: bytes) -> bytes:
    """Return a key of 32 bytes for one purpose."""
    return hmac.new(secret, b"nofields " + purpose, hashlib.sha256).digest()


class Seal:
    """Encrypt and date texts with a key of 32 bytes; servers with the same key open each other's.

    Fernet's own ``ttl`` is not used: it allows a clock skew of only one minute.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._fernet, self._clock = Fernet(base64.urlsafe_b64encode(key)), clock

    def close(self, text: str) -> str:
        """Return the text encrypted and dated."""
        return self._fernet.encrypt_at_time(text.encode(), int(self._clock())).decode()

    def open(self, sealed: str, seconds: float) -> str | None:
        """Return a text sealed in the last ``seconds``, or ``None`` if it is older or was not sealed with this key."""
        token = sealed.encode("utf-8", "replace")
        try:
            text = self._fernet.decrypt(token).decode()
            age = self._clock() - self._fernet.extract_timestamp(token)
        except InvalidToken:
            return None
        return text if -_CLOCK_SKEW <= age <= seconds else None

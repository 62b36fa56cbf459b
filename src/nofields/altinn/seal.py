"""Seal a text that a browser keeps for a while and brings back."""

from __future__ import annotations

import time
from collections.abc import Callable

from cryptography.fernet import Fernet, InvalidToken

#: In seconds: the clock of the server that sealed a text may be this much ahead of the one that opens it.
_AHEAD = 5 * 60


class Seal:
    """Seals texts with a Fernet key; several servers with the same key open each other's.

    Fernet's own limit of time is not used: it refuses what another server sealed if that one's clock is more than a minute
    ahead.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._fernet, self._clock = Fernet(key), clock

    def close(self, text: str) -> str:
        """Return the text, unreadable and dated."""
        return self._fernet.encrypt_at_time(text.encode(), int(self._clock())).decode()

    def open(self, sealed: str, seconds: float) -> str | None:
        """Return a text sealed in the last ``seconds``; ``None`` for an older one and for what was not sealed here."""
        token = sealed.encode()
        try:
            text = self._fernet.decrypt(token).decode()
            age = self._clock() - self._fernet.extract_timestamp(token)
        except InvalidToken:
            return None
        return text if -_AHEAD <= age <= seconds else None

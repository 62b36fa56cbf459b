"""In-memory sliding-window rate limit."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

#: The most keys that are remembered; the least recently used are forgotten first.
_MAX_KEYS = 10_000


class RateLimit:
    """Sliding-window limit of ``times`` calls in ``seconds`` for each key, in this process's memory."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._seconds, self._clock = times, seconds, clock
        self._calls: dict[str, deque[float]] = {}

    def hit(self, *keys: str) -> float:
        """Count a call, unless a key is over its limit.

        Returns:
            0 if the call was counted for every key. Otherwise nothing was counted, and the result
            is the seconds to wait.
        """
        now = self._clock()
        windows = [self._window(key, now) for key in keys]
        if full := [calls[0] for calls in windows if len(calls) >= self._times]:
            return max(full) + self._seconds - now
        for calls in windows:
            calls.append(now)
        return 0

    def _window(self, key: str, now: float) -> deque[float]:
        calls = self._calls.pop(key, deque())
        while calls and calls[0] <= now - self._seconds:
            calls.popleft()
        self._calls[key] = calls  # last in the dictionary: most recently used
        if len(self._calls) > _MAX_KEYS:
            del self._calls[next(iter(self._calls))]
        return calls

"""How often something may be done in a while."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

#: More callers than this are not remembered; those who were quiet longest are forgotten.
_REMEMBERED = 10_000


class Limit:
    """At most ``times`` in ``seconds`` for every caller."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._seconds, self._clock = times, seconds, clock
        self._done: dict[str, deque[float]] = {}

    def wait(self, caller: str) -> float:
        """Counts one more, and gives 0; or counts nothing, and gives the seconds until the next is let through."""
        now = self._clock()
        done = self._done.pop(caller, deque())
        while done and done[0] <= now - self._seconds:
            done.popleft()
        self._done[caller] = done  # behind all the others
        if len(self._done) > _REMEMBERED:
            del self._done[next(iter(self._done))]
        if len(done) >= self._times:
            return done[0] + self._seconds - now
        done.append(now)
        return 0

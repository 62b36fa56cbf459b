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

    def wait(self, *callers: str) -> float:
        """Counts one more for each, and gives 0; or counts nothing, and gives the seconds until all are let through."""
        now = self._clock()
        done = [self._lately(caller, now) for caller in callers]
        if full := [times[0] for times in done if len(times) >= self._times]:
            return max(full) + self._seconds - now
        for times in done:
            times.append(now)
        return 0

    def _lately(self, caller: str, now: float) -> deque[float]:
        done = self._done.pop(caller, deque())
        while done and done[0] <= now - self._seconds:
            done.popleft()
        self._done[caller] = done  # behind all the others
        if len(self._done) > _REMEMBERED:
            del self._done[next(iter(self._done))]
        return done

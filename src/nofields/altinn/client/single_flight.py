"""One call for threads that need the same thing at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

V = TypeVar("V")


class SingleFlight(Generic[V]):
    """Share the result of work between the threads that ask for it while it is done."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[Hashable, Future[V]] = {}

    def result(self, key: Hashable, work: Callable[[], V]) -> V:
        """Do the work for a key, or wait for the thread that does it. Its exception is raised in each thread."""
        with self._lock:
            waiting = self._running.get(key)
            if waiting is None:
                own = self._running[key] = Future()
        if waiting is not None:
            return waiting.result()
        try:
            result = work()
        except BaseException as error:
            own.set_exception(error)
            raise
        else:
            own.set_result(result)
            return result
        finally:
            with self._lock:
                del self._running[key]

"""Run the login check behind "Test innlogging", which may be slow, hang or raise."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from enum import StrEnum

from nofields.altinn.models import AltinnSettings

log = logging.getLogger("nofields.altinn")

#: The most synchronous checks of an app that run at once, each in a thread; one that hangs keeps
#: its thread until it ends.
MAX_THREADS = 20
#: In seconds: how often a free thread is polled for.
_POLL_INTERVAL = 0.05


class Outcome(StrEnum):
    """The outcome of a login test. A check may return one of the first three."""

    NOT_TRIED = "not_tried"  #: no login was attempted; the ID is well-formed
    WORKS = "works"  #: ID and password were accepted
    REFUSED = "refused"  #: ID or password was rejected
    SLOW = "slow"  #: the check timed out
    FAILED = "failed"  #: the check raised an error, or returned something else
    LIMITED = "limited"  #: the rate limit was exceeded


#: A host's login check, sync or async: from valid settings to a ``bool`` or an :class:`Outcome`.
CheckLogin = Callable[[AltinnSettings], "bool | Outcome | Awaitable[bool | Outcome]"]

_RETURNED_BY_CHECKS = (Outcome.NOT_TRIED, Outcome.WORKS, Outcome.REFUSED)


class _CheckError(Exception):
    """A check raised an exception. The text is only its type: its message may hold the password."""


def documented_check(settings: AltinnSettings) -> Outcome:
    """Return ``NOT_TRIED``: the documented test only checks the form of the ID, as the settings do."""
    return Outcome.NOT_TRIED


def is_async(function: Callable[..., object]) -> bool:
    """Return whether a function is a coroutine function, also as an object with ``__call__``."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


class CheckRunner:
    """Run an app's login check, with a timeout and a limited number of threads."""

    def __init__(self, check: CheckLogin, seconds: float) -> None:
        self._check, self._seconds = check, seconds
        #: Whether the check is a host's own, which may log in.
        self.logs_in = check is not documented_check
        self._threads = threading.Semaphore(MAX_THREADS)

    async def outcome(self, settings: AltinnSettings) -> Outcome:
        """Return the check's outcome: ``SLOW`` after its timeout, ``FAILED`` for any exception or other result.

        Only a cancelled request raises. A synchronous check runs in a daemon thread, which is
        abandoned on timeout and does not keep the process alive.
        """
        try:
            return _as_outcome(await asyncio.wait_for(self._result(settings), self._seconds))
        except TimeoutError:
            return Outcome.SLOW
        except _CheckError as error:
            log.error("check_login raised %s", error)
            return Outcome.FAILED

    async def _result(self, settings: AltinnSettings) -> object:
        try:
            result: object = self._check(settings) if is_async(self._check) else await self._in_thread(settings)
            return await result if isinstance(result, Awaitable) else result
        except _CheckError:
            raise
        except BaseException as error:
            task = asyncio.current_task()
            if isinstance(error, KeyboardInterrupt | GeneratorExit) or (task and task.cancelling()):
                raise
            raise _CheckError(type(error).__name__) from None

    async def _in_thread(self, settings: AltinnSettings) -> object:
        # Not in Starlette's thread pool, which the store needs: hanging checks would exhaust it.
        while not self._threads.acquire(blocking=False):
            await asyncio.sleep(_POLL_INTERVAL)
        future: Future[object] = Future()
        future.set_running_or_notify_cancel()
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._work, settings, future), daemon=True).start()
        return await asyncio.wrap_future(future)

    def _work(self, settings: AltinnSettings, future: Future[object]) -> None:
        try:
            future.set_result(self._check(settings))
        except BaseException as error:
            future.set_exception(_CheckError(type(error).__name__))
        finally:
            self._threads.release()


def _as_outcome(result: object) -> Outcome:
    """Convert a check's result. Its exact type is tested first: methods of other objects may raise or lie."""
    if type(result) is bool:
        return Outcome.WORKS if result else Outcome.REFUSED
    if type(result) in (Outcome, str) and result in _RETURNED_BY_CHECKS:
        return Outcome(str(result))
    log.error("check_login returned %s, which is neither bool nor an outcome of a check", type(result).__name__)
    return Outcome.FAILED

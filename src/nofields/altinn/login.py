"""\"Test innlogging": what a check says, and how one is run that may be slow, hang, or fail."""

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

#: So many plain checks of an app run at once, each in a thread; one that hangs has its place until it ends.
AT_ONCE = 20
#: In seconds: how often a free place is looked for.
_PAUSE = 0.05


class Outcome(StrEnum):
    """What came of a test; the first three are a check's own words."""

    NOT_TRIED = "not_tried"  #: the ID is a valid ID, and no more was asked
    WORKS = "works"  #: ID and password were accepted
    REFUSED = "refused"  #: they were not
    SLOW = "slow"  #: the check did not answer in time
    FAILED = "failed"  #: the check raised an error, or said something else
    LIMITED = "limited"  #: too many tests in a short time


#: A host's own check, plain or async: ``True``, ``False`` or an :class:`Outcome` for settings that are valid.
CheckLogin = Callable[[AltinnSettings], "bool | Outcome | Awaitable[bool | Outcome]"]

#: What a check may say.
_WORDS = (Outcome.NOT_TRIED, Outcome.WORKS, Outcome.REFUSED)


class _CheckError(Exception):
    """A check raised something. The text is the name of its type: its own may hold what was checked."""


def documented_check(settings: AltinnSettings) -> Outcome:
    """The documented test: it only looks at whether the ID is a valid one, which settings always have."""
    return Outcome.NOT_TRIED


def is_async(function: Callable[..., object]) -> bool:
    """Whether a host's function may be called in the event loop; any other belongs in a thread."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


class Checks:
    """The check of an app, run as often as it is asked for."""

    def __init__(self, check: CheckLogin, seconds: float) -> None:
        self._check, self._seconds = check, seconds
        #: Whether a host's own check is asked, which may log in.
        self.logs_in = check is not documented_check
        self._places = threading.Semaphore(AT_ONCE)

    async def outcome(self, settings: AltinnSettings) -> Outcome:
        """What the check says; ``SLOW`` after the seconds it has, ``FAILED`` whatever it raises or says besides.

        It never raises itself, unless the request is cancelled. A plain function runs in a thread, which is left behind
        when it is slow, and which keeps no process from ending.
        """
        try:
            return _believed(await asyncio.wait_for(self._said(settings), self._seconds))
        except TimeoutError:
            return Outcome.SLOW
        except _CheckError as error:
            log.error("check_login raised %s", error)
            return Outcome.FAILED

    async def _said(self, settings: AltinnSettings) -> object:
        try:
            said: object = self._check(settings) if is_async(self._check) else await self._in_thread(settings)
            return await said if isinstance(said, Awaitable) else said
        except _CheckError:
            raise
        except BaseException as error:
            task = asyncio.current_task()
            if isinstance(error, KeyboardInterrupt | GeneratorExit) or (task and task.cancelling()):
                raise
            raise _CheckError(type(error).__name__) from None

    async def _in_thread(self, settings: AltinnSettings) -> object:
        # Not in the threads that the store works in: checks that hang must not take them.
        while not self._places.acquire(blocking=False):
            await asyncio.sleep(_PAUSE)
        answer: Future[object] = Future()
        answer.set_running_or_notify_cancel()
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._work, settings, answer), daemon=True).start()
        return await asyncio.wrap_future(answer)

    def _work(self, settings: AltinnSettings, answer: Future[object]) -> None:
        try:
            answer.set_result(self._check(settings))
        except BaseException as error:
            answer.set_exception(_CheckError(type(error).__name__))
        finally:
            self._places.release()


def _believed(said: object) -> Outcome:
    """Looks at no more than the type of what is none of the words: an object may raise, or call itself true, as it likes."""
    if type(said) is bool:
        return Outcome.WORKS if said else Outcome.REFUSED
    if type(said) in (Outcome, str) and said in _WORDS:
        return Outcome(str(said))
    log.error("check_login answered with %s, which is neither bool nor an outcome of its own", type(said).__name__)
    return Outcome.FAILED

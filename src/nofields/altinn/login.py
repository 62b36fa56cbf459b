"""\"Test innlogging": what a check says, and how one is run that may be slow, or fail."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum

import anyio
import anyio.to_thread

from nofields.altinn.models import AltinnSettings

log = logging.getLogger("nofields.altinn")


class Outcome(StrEnum):
    """What came of a test; the first three are a check's own words."""

    NOT_TRIED = "not_tried"  #: the ID is a valid ID, and no more was asked
    WORKS = "works"  #: ID and password were accepted
    REFUSED = "refused"  #: they were not
    SLOW = "slow"  #: the check did not answer in time
    FAILED = "failed"  #: the check raised an error
    LIMITED = "limited"  #: too many tests in a short time


#: A host's own check, plain or async: ``True``, ``False`` or an :class:`Outcome` for settings that are valid.
CheckLogin = Callable[[AltinnSettings], "bool | Outcome | Awaitable[bool | Outcome]"]


def documented_check(settings: AltinnSettings) -> Outcome:
    """The documented test: it only looks at whether the ID is a valid one, which settings always have."""
    return Outcome.NOT_TRIED


async def run(check: CheckLogin, settings: AltinnSettings, seconds: float) -> Outcome:
    """What a check says; ``SLOW`` after ``seconds``, ``FAILED`` whatever it raises. It never raises itself.

    A plain function runs in a thread, which is left behind when it is slow. Of an error only the type is logged: its
    text may hold what was checked.
    """
    try:
        said = await asyncio.wait_for(_called(check, settings), seconds)
    except TimeoutError:
        return Outcome.SLOW
    except Exception as error:
        log.error("check_login raised %s", type(error).__name__)
        return Outcome.FAILED
    return said if isinstance(said, Outcome) else Outcome.WORKS if said else Outcome.REFUSED


async def _called(check: CheckLogin, settings: AltinnSettings) -> bool | Outcome:
    if inspect.iscoroutinefunction(check) or inspect.iscoroutinefunction(getattr(check, "__call__", None)):  # noqa: B004
        said = check(settings)
    else:
        # A limiter of its own: checks that hang must not take the threads that the store works in.
        own = anyio.CapacityLimiter(1)
        said = await anyio.to_thread.run_sync(check, settings, abandon_on_cancel=True, limiter=own)
    return await said if inspect.isawaitable(said) else said

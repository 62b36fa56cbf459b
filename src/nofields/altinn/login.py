"""Run the login check behind "Test innlogging", which may be slow, hang or raise."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum

from nofields.altinn.calls import CallError, CallRunner
from nofields.altinn.models import AltinnSettings

log = logging.getLogger("nofields.altinn")


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


def documented_check(settings: AltinnSettings) -> Outcome:
    """Return ``NOT_TRIED``: the documented test only checks the form of the ID, as the settings do."""
    return Outcome.NOT_TRIED


class CheckRunner:
    """Run an app's login check, with a timeout and a limited number of threads."""

    def __init__(self, check: CheckLogin, seconds: float) -> None:
        self._check, self._calls = check, CallRunner(seconds)
        #: Whether the check is a host's own, which may log in.
        self.logs_in = check is not documented_check

    async def outcome(self, settings: AltinnSettings) -> Outcome:
        """Return the check's outcome: ``SLOW`` after its timeout, ``FAILED`` for any exception or other result.

        Only a cancelled request raises.
        """
        try:
            return _as_outcome(await self._calls.run(self._check, settings))
        except TimeoutError:
            return Outcome.SLOW
        except CallError as error:
            log.error("check_login raised %s", error)
            return Outcome.FAILED


def _as_outcome(result: object) -> Outcome:
    """Convert a check's result. Its exact type is tested first: methods of other objects may raise or lie."""
    if type(result) is bool:
        return Outcome.WORKS if result else Outcome.REFUSED
    if type(result) in (Outcome, str) and result in _RETURNED_BY_CHECKS:
        return Outcome(str(result))
    log.error("check_login returned %s, which is neither bool nor an outcome of a check", type(result).__name__)
    return Outcome.FAILED

"""Ask a company for access to Altinn 3, follow the request, and test the connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from nofields.altinn.calls import CallError, CallRunner
from nofields.altinn.client.access_request import NO_REQUEST, AccessRequest, RequestStatus
from nofields.altinn.client.connection_error import AltinnError, ConnectionFault
from nofields.altinn.rate_limit import RateLimit
from nofields.altinn.stores.connections import Connection, ConnectionOutcome, ConnectionStore
from nofields.altinn.stores.store import NOTHING, ConflictError
from nofields.fields import OrganisationNumber

if TYPE_CHECKING:  # it needs the extra `maskinporten`
    from nofields.altinn.system_users import SystemUsers

log = logging.getLogger("nofields.altinn")

#: How often a page asks Altinn for the status of one company's request; in between it shows the saved one.
_QUESTIONS, _SECONDS = 20, 60
#: How often a change is made anew because another process has saved in between.
_MAX_TRIES = 10
#: What went wrong in a call: a fault of the connection, a timeout, or another error.
Failure = ConnectionFault | TimeoutError | CallError


class State(StrEnum):
    """The state of a connection, as its page shows it."""

    NONE = "none"  #: nothing was asked for
    WAITING = "waiting"
    ACCEPTED = "accepted"  #: approved, and not known to work
    REJECTED = "rejected"
    DENIED = "denied"
    TIMED_OUT = "timed_out"
    CONNECTED = "connected"
    WITHDRAWN = "withdrawn"  #: approved once, but the company has no system user

    @classmethod
    def of_request(cls, status: RequestStatus) -> State:
        """Return the state of a request that was not tested."""
        return cls.WAITING if status is RequestStatus.NEW else cls(status)


@dataclass(frozen=True)
class Answer:
    """A connection, after a call to Altinn and what went wrong in it."""

    connection: Connection | None
    failure: Failure | None = None

    @property
    def state(self) -> State:
        """The state of the connection."""
        if self.connection is None:
            return State.NONE
        state = State.of_request(self.connection.status)
        if state is State.ACCEPTED and self.connection.outcome:
            tested = {ConnectionOutcome.WORKS: State.CONNECTED, ConnectionOutcome.CUSTOMER: State.WITHDRAWN}
            return tested.get(self.connection.outcome, state)
        return state


class Access:
    """The connections of an app's companies.

    Args:
        system_users: The client; its methods block, and are called in threads.
        store: Keeps the connections.
        seconds: The timeout of a call.
        now: The clock, with a time zone.
    """

    def __init__(
        self,
        system_users: SystemUsers,
        store: ConnectionStore,
        seconds: float,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.system_users = system_users
        self._store, self._now = store, now
        self._calls = CallRunner(seconds, (ConnectionFault,))
        self._questions = RateLimit(_QUESTIONS, _SECONDS)

    async def follow(self, orgnr: OrganisationNumber) -> Answer:
        """Return a company's connection; while its request is waiting, with the status that Altinn gives now."""
        saved = await run_in_threadpool(self._store.connection, orgnr)
        connection = saved.connection if saved else None
        if connection is None or connection.status is not RequestStatus.NEW or self._questions.hit(orgnr):
            return Answer(connection)
        request = await self._call(self.system_users.status, connection.request_id)
        if isinstance(request, AltinnError) and request.code in NO_REQUEST:
            request = AccessRequest(connection.request_id, RequestStatus.TIMED_OUT, "")
        if not isinstance(request, AccessRequest):
            return Answer(connection, request)
        return Answer(await self._change(orgnr, partial(_followed, request)))

    async def ask(self, orgnr: OrganisationNumber) -> Answer:
        """Ask a company for access, or return the request that is waiting already."""
        request = await self._call(self.system_users.request, orgnr)
        if not isinstance(request, AccessRequest):
            saved = await run_in_threadpool(self._store.connection, orgnr)
            return Answer(saved.connection if saved else None, request)
        return Answer(await self._change(orgnr, partial(self._asked, orgnr, request)))

    async def test(self, orgnr: OrganisationNumber) -> Answer:
        """Get a fresh token for the company, and drop it."""
        failure = await self._call(self._get_token, orgnr)
        assert not isinstance(failure, AccessRequest)
        outcome = _outcome(failure)
        connection = await self._change(orgnr, partial(self._tested, orgnr, outcome))
        if outcome is ConnectionOutcome.CUSTOMER:  # who may have rejected the request
            connection = (await self.follow(orgnr)).connection
        return Answer(connection, failure)

    def _get_token(self, orgnr: OrganisationNumber) -> None:
        self.system_users.test(orgnr)

    async def _call(self, function: Callable[..., AccessRequest | None], *arguments: str) -> AccessRequest | Failure | None:
        """Return what a call to Altinn returns, or what went wrong."""
        try:
            result = await self._calls.run(function, *arguments)
        except ConnectionFault as fault:
            if fault.who == "vendor":
                log.warning("Altinn 3: %s: %s", type(fault).__name__, fault.code or fault.key)
            return fault
        except TimeoutError as error:
            return error
        except CallError as error:
            log.error("Altinn 3: a call raised %s", error)
            return error
        return result if isinstance(result, AccessRequest) else None

    async def _change(
        self, orgnr: OrganisationNumber, change: Callable[[Connection | None], Connection | None]
    ) -> Connection | None:
        """Save what a change makes of the saved connection, made anew if another has saved in between."""
        return await run_in_threadpool(self._change_now, orgnr, change)

    def _change_now(
        self, orgnr: OrganisationNumber, change: Callable[[Connection | None], Connection | None]
    ) -> Connection | None:
        for tries_left in reversed(range(_MAX_TRIES)):
            saved = self._store.connection(orgnr)
            old = saved.connection if saved else None
            new = change(old)
            try:
                if new is not None and new != old:
                    self._store.save_connection(new, saved.version if saved else NOTHING)
                return new
            except ConflictError:
                if not tries_left:
                    raise
        raise AssertionError

    def _asked(self, orgnr: OrganisationNumber, request: AccessRequest, old: Connection | None) -> Connection | None:
        if old and old.request_id == request.id:
            if old.outcome is ConnectionOutcome.CUSTOMER and request.status is RequestStatus.ACCEPTED:
                old = replace(old, outcome=None, tested_at=None)  # the client has found the system user again
            return _followed(request, old)
        return Connection(orgnr, request.status, request.id, request.confirm_url, asked_at=self._now())

    def _tested(self, orgnr: OrganisationNumber, outcome: ConnectionOutcome, old: Connection | None) -> Connection | None:
        if outcome is ConnectionOutcome.WORKS:  # also where the company has a system user without being asked here
            old = replace(old or Connection(orgnr, RequestStatus.ACCEPTED), status=RequestStatus.ACCEPTED)
        return old and replace(old, outcome=outcome, tested_at=self._now())


def _followed(request: AccessRequest, old: Connection | None) -> Connection | None:
    """Return the connection with its request's present status, unless it has another request by now."""
    if old is None or old.request_id != request.id:
        return old
    new = replace(old, status=request.status, confirm_url=request.confirm_url or old.confirm_url)
    # A test under another status says nothing any more.
    return new if new.status is old.status else replace(new, outcome=None, tested_at=None)


def _outcome(failure: Failure | None) -> ConnectionOutcome:
    if failure is None:
        return ConnectionOutcome.WORKS
    return ConnectionOutcome(failure.who) if isinstance(failure, ConnectionFault) else ConnectionOutcome.NOBODY

"""A host's login check: its answers, its errors, and the limits on checks that hang."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from starlette.concurrency import run_in_threadpool

from helpers.altinn_site import ORGNR, PASSWORD
from nofields.altinn import AltinnSettings, Outcome
from nofields.altinn.calls import MAX_THREADS
from nofields.altinn.login import CheckRunner

SETTINGS = AltinnSettings.model_validate({"orgnr": ORGNR, "system_id": "1", "password": PASSWORD, "language": "nb"})
HANGING = """
import asyncio, threading
from nofields.altinn import AltinnSettings
from nofields.altinn.login import CheckRunner
check = CheckRunner(lambda settings: threading.Event().wait(), 0.1)
print(asyncio.run(check.outcome(AltinnSettings.model_construct())))
"""


def outcome(check: Any, seconds: float = 5) -> Outcome:
    return asyncio.run(CheckRunner(check, seconds).outcome(SETTINGS))


class Raising:
    """Raises when it is compared, awaited or used as a condition."""

    def __init__(self, raised: BaseException) -> None:
        self._raised = raised

    def __bool__(self) -> bool:
        raise self._raised

    def __eq__(self, other: object) -> bool:
        raise self._raised

    def __await__(self) -> Any:
        raise self._raised

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (True, Outcome.WORKS),
        (False, Outcome.REFUSED),
        (Outcome.WORKS, Outcome.WORKS),
        ("refused", Outcome.REFUSED),
        (Outcome.NOT_TRIED, Outcome.NOT_TRIED),
        (Outcome.SLOW, Outcome.FAILED),
        (Outcome.LIMITED, Outcome.FAILED),
        ("Fjell2024", Outcome.FAILED),
        (None, Outcome.FAILED),
        (1, Outcome.FAILED),
        ({"password": PASSWORD}, Outcome.FAILED),
        (Raising(RuntimeError(PASSWORD)), Outcome.FAILED),
        (Raising(SystemExit(PASSWORD)), Outcome.FAILED),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Raising) else repr(each),  # the same in every process
)
def test_check_results(result: Any, expected: Outcome, caplog: pytest.LogCaptureFixture) -> None:
    """Any other result than the documented ones is a failed test."""

    async def check(settings: AltinnSettings) -> Any:
        return result

    assert (outcome(check), outcome(lambda settings: result)) == (expected, expected)
    assert bool(caplog.records) is (expected is Outcome.FAILED)
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(
    "raised", [RuntimeError, SystemExit, asyncio.CancelledError, TimeoutError, StopIteration, StopAsyncIteration, BaseException]
)
def test_check_raises(raised: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    def check(settings: AltinnSettings) -> bool:
        raise raised(PASSWORD)

    async def check_async(settings: AltinnSettings) -> bool:
        await asyncio.sleep(0)
        raise raised(PASSWORD)

    checks: list[Callable[..., Any]] = [check, check_async, lambda settings: check_async(settings)]
    assert [outcome(each) for each in checks] == [Outcome.FAILED] * 3
    assert len(caplog.records) == 3
    assert PASSWORD not in caplog.text


async def never(settings: AltinnSettings) -> bool:
    await asyncio.sleep(60)
    return True


@pytest.mark.parametrize("check", [never, lambda settings: never(settings), lambda settings: time.sleep(1)])
def test_cancelled_request(check: Any) -> None:
    async def cancelled() -> None:
        task = asyncio.create_task(CheckRunner(check, 30).outcome(SETTINGS))
        await asyncio.sleep(0.1)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())


def test_hanging_checks_are_limited() -> None:
    """They leave the threads free that the store needs."""
    ended, running = threading.Event(), threading.Semaphore(0)

    def hanging(settings: AltinnSettings) -> bool:
        running.release()
        return ended.wait(30)

    async def many() -> list[Outcome]:
        checks = CheckRunner(hanging, 20)
        waiting = [asyncio.create_task(checks.outcome(SETTINGS)) for _ in range(60)]
        await asyncio.sleep(0.5)
        await asyncio.wait_for(run_in_threadpool(str), 5)
        assert sum(running.acquire(blocking=False) for _ in range(60)) == MAX_THREADS
        ended.set()
        return await asyncio.gather(*waiting)

    assert set(asyncio.run(many())) == {Outcome.WORKS}


def test_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that the system does not give takes no slot."""

    def start(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def many() -> tuple[set[Outcome], Outcome]:
        checks = CheckRunner(lambda settings: True, 5)
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", start)
            without = {await checks.outcome(SETTINGS) for _ in range(MAX_THREADS)}
        return without, await checks.outcome(SETTINGS)

    assert asyncio.run(many()) == ({Outcome.FAILED}, Outcome.WORKS)


def test_no_free_slot() -> None:
    """A test without a free slot is slow; a slot that becomes free is used again."""
    ended, started = threading.Event(), list[AltinnSettings]()

    def hanging(settings: AltinnSettings) -> bool:
        started.append(settings)
        return ended.wait(30)

    async def many() -> list[Outcome]:
        checks = CheckRunner(hanging, 0.3)
        slow = await asyncio.gather(*(checks.outcome(SETTINGS) for _ in range(MAX_THREADS + 5)))
        assert len(started) == MAX_THREADS
        ended.set()
        return [*slow, await checks.outcome(SETTINGS)]

    assert asyncio.run(many()) == [*[Outcome.SLOW] * (MAX_THREADS + 5), Outcome.WORKS]


def test_hanging_check_at_exit() -> None:
    """It does not keep the process from ending."""
    ended = subprocess.run([sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout == "slow\n"

"""Call what may be slow, hang or raise, such as a login check or Altinn, with a timeout."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import partial

#: The most synchronous calls of a runner that run at once, each in a thread; one that hangs keeps
#: its thread until it ends.
MAX_THREADS = 20
#: In seconds: how often a free thread is polled for.
_POLL_INTERVAL = 0.05


class CallError(Exception):
    """A call raised an exception. The text is only its type: its message may hold a secret."""


def is_async(function: Callable[..., object]) -> bool:
    """Return whether a function is a coroutine function, also as an object with ``__call__``."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


class CallRunner:
    """Run calls with a timeout in seconds and a limited number of threads.

    Args:
        seconds: The timeout of each call.
        passed: Exceptions of a call that are raised as they are.
    """

    def __init__(self, seconds: float, passed: tuple[type[Exception], ...] = ()) -> None:
        self._seconds = seconds
        self._passed: tuple[type[Exception], ...] = (CallError, *passed)
        self._threads = threading.Semaphore(MAX_THREADS)

    async def run(self, function: Callable[..., object], *args: object) -> object:
        """Return what a function returns, sync or async.

        A synchronous one runs in a daemon thread, which is abandoned on timeout and does not keep
        the process alive.

        Raises:
            TimeoutError: The call took too long.
            CallError: The call raised an exception that is not in ``passed``.
        """
        return await asyncio.wait_for(self._result(partial(function, *args), is_async(function)), self._seconds)

    async def _result(self, call: Callable[[], object], in_loop: bool) -> object:
        try:
            result = call() if in_loop else await self._in_thread(call)
            return await result if isinstance(result, Awaitable) else result
        except self._passed:
            raise
        except BaseException as error:
            task = asyncio.current_task()
            if isinstance(error, KeyboardInterrupt | GeneratorExit) or (task and task.cancelling()):
                raise
            raise CallError(type(error).__name__) from None

    async def _in_thread(self, call: Callable[[], object]) -> object:
        # Not in Starlette's thread pool, which the store needs: hanging calls would exhaust it.
        while not self._threads.acquire(blocking=False):
            await asyncio.sleep(_POLL_INTERVAL)
        future: Future[object] = Future()
        future.set_running_or_notify_cancel()
        context = contextvars.copy_context()
        try:
            threading.Thread(target=context.run, args=(self._work, call, future), daemon=True).start()
        except RuntimeError:  # the system gives no thread now
            self._threads.release()
            raise
        return await asyncio.wrap_future(future)

    def _work(self, call: Callable[[], object], future: Future[object]) -> None:
        try:
            future.set_result(call())
        except self._passed as error:
            future.set_exception(error)
        except BaseException as error:
            future.set_exception(CallError(type(error).__name__))
        finally:
            self._threads.release()

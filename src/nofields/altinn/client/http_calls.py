"""HTTP calls with time-outs, a limit of what is read, and a few retries.

A failed call is a value and not an exception, so that no traceback has the frames in which a token or
a signed grant is a local variable.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final, NamedTuple

import httpx2

#: In bytes: far more than an answer of Maskinporten or Altinn has.
MAX_ANSWER: Final = 64 * 1024
#: How often a call is made in all.
ATTEMPTS: Final = 3
#: In seconds: the longest pause before the first retry; it doubles with each.
_PAUSE: Final = 0.5
_CONNECT_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """What a test replaces to depend on no clock and to wait for nothing.

    Attributes:
        clock: Seconds since 1970.
        sleep: Waits for a number of seconds.
        jitter: A random number from 0 to 1.
    """

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random


class Answer(NamedTuple):
    """An answer.

    Attributes:
        status: The HTTP status.
        body: The JSON object in it; ``None`` if it is not one, is cut off or too long.
        skew: By how many seconds this machine's clock is ahead of the header ``Date``; ``None`` without one.
    """

    status: int
    body: Mapping[str, object] | None
    skew: float | None

    def __repr__(self) -> str:
        """Return a text without the body, which may hold a token."""
        return f"Answer(status={self.status})"

    @property
    def is_passing(self) -> bool:
        """Whether the failure may pass by itself: a fault of the server, or too many calls."""
        return self.status >= 500 or self.status in (408, 429)

    def get(self, name: str) -> object:
        """Return a member of the body, its name compared without regard to case."""
        return member(self.body, name)


class Calls:
    """An HTTP client for several threads.

    Args:
        timeout: Seconds to wait for each step of a call, such as the connection, the beginning of the
            answer and all of its body; retries come on top.
        timing: Clock, pauses and chance.
    """

    def __init__(self, timeout: float, timing: Timing) -> None:
        if not timeout > 0:
            raise ValueError("timeout must be more than 0")
        self.timing = timing
        self._seconds = timeout
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            follow_redirects=False,
            # No call depends on an earlier one, which may have been for another company.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            # Plain HTTP is for this machine alone: HTTP_PROXY would take tokens to another one.
            mounts={"http://": None},
        )

    def send(self, method: str, url: str, content: Callable[[], Mapping[str, Any]] = dict) -> Answer | None:
        """Make a call, and again after a server error or a broken connection.

        Args:
            method: The HTTP method.
            url: The URL.
            content: Returns the headers, form or JSON of each attempt, as arguments of ``httpx2``.

        Returns:
            The answer, or ``None`` if there was none.
        """
        for attempt in range(ATTEMPTS):
            if attempt:
                self.timing.sleep(self.timing.jitter() * _PAUSE * 2 ** (attempt - 1))
            answer, again = self._attempt(method, url, content)
            if not again:
                break
        return answer

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def _attempt(self, method: str, url: str, content: Callable[[], Mapping[str, Any]]) -> tuple[Answer | None, bool]:
        """Return the answer of one attempt, and whether another may succeed."""
        try:
            deadline = time.monotonic() + self._seconds
            with self._client.stream(method, url, **content()) as response:
                body = _read(response, deadline)
                skew = _skew(response.headers.get("Date", ""), self.timing.clock())
                return Answer(response.status_code, json_object(body), skew), response.status_code >= 500
        except (httpx2.ReadTimeout, httpx2.WriteTimeout, httpx2.PoolTimeout):
            return None, False
        except (httpx2.HTTPError, httpx2.StreamError, OSError):
            return None, True


def member(value: object, name: str) -> object:
    """Return a member of a JSON object, its name compared without regard to case; ``None`` if there is none."""
    if not isinstance(value, Mapping):
        return None
    return value.get(name, next((each for key, each in value.items() if key.casefold() == name.casefold()), None))


def _read(response: httpx2.Response, deadline: float) -> bytes:
    """Return the body as it comes, not decompressed; nothing if it is too long."""
    body = b""
    for chunk in response.iter_raw(8192):
        body += chunk
        if len(body) > MAX_ANSWER:
            return b""
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout("the answer takes too long")
    return body


def json_object(text: bytes) -> Mapping[str, object] | None:
    """Return the JSON object in a text, or ``None``."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _skew(date: str, now: float) -> float | None:
    try:
        # In UTC, also where the header names no zone (RFC 9110, section 5.6.7); it is cut to whole seconds.
        sent = parsedate_to_datetime(date)
        return now - (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).timestamp() - 0.5
    except (ValueError, TypeError, OverflowError):
        return None

"""No key, no signed grant and no token shows: in a log, an error, a ``repr``, a traceback or a pickle."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from helpers.altinn3 import COMPANY, FAULTS, OTHER_COMPANY, Answer, Counterpart
from helpers.altinn3.counterpart import KID
from nofields.altinn.client.connection_error import ConnectionFault
from nofields.altinn.maskinporten import Maskinporten
from nofields.catalogs import LANGUAGES

SYSTEM_USER = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"


def secrets_of(altinn3: Counterpart) -> list[str]:
    """Parts of the key, of each grant and of each token that was sent or answered."""
    grants = [call.body.decode().rpartition("assertion=")[2] for call in altinn3.maskinporten.calls if call.body]
    tokens = [call.headers.get("Authorization", "").removeprefix("Bearer ") for call in altinn3.altinn.calls]
    # The middle and the end: the beginning of a JWT is the same for all.
    parts = [part[place : place + 40] for part in (*grants, *tokens) if part for place in (len(part) // 2, len(part) - 60)]
    private = altinn3.jwk
    return [*parts, *(private[name][:30] for name in ("d", "p", "q", "dp", "dq", "qi")), altinn3.pem[60:110], "Kanari"]


def shown(error: BaseException) -> str:
    """Everything that is shown of an error, also by a tool that shows local variables."""
    full = traceback.TracebackException.from_exception(error, capture_locals=True)
    plain = "".join(traceback.format_exception(error))
    return "".join([*full.format(), plain, repr(error), str(error), repr(error.args), repr(vars(error))])


def _expire(altinn3: Counterpart) -> None:
    altinn3.client.expired.add(KID)


def _wrong_company(altinn3: Counterpart) -> None:
    altinn3.maskinporten.wrong_company = OTHER_COMPANY


def _clock(altinn3: Counterpart) -> None:
    altinn3.maskinporten.clock_offset = 60


def _echo(altinn3: Counterpart) -> None:
    """An answer that repeats what was sent, and that says more than it should."""
    text = "MP-999: Kanari assertion=Kanari"
    altinn3.maskinporten.fail(Answer(400, {"error": "Kanari", "error_description": text}), 1, "/token")


def _header(altinn3: Counterpart) -> None:
    """A token that cannot stand in a header."""
    body = {"access_token": "Kanari\r\nX-Kanari: 1", "token_type": "Bearer", "expires_in": 9}
    altinn3.maskinporten.fail(Answer(200, body), 1, "/token")


def _without(altinn3: Counterpart) -> None:
    altinn3.register.system_users.clear()


CHANGES: list[Callable[[Counterpart], None]] = [_expire, _wrong_company, _clock, _echo, _header, _without]


def _fail(name: str, service: str) -> Callable[[Counterpart], None]:
    def change(altinn3: Counterpart) -> None:
        getattr(altinn3, service).fail(name, 9, "" if service == "altinn" else "/token")

    change.__name__ = f"{service} {name}"
    return change


CHANGES += [_fail(name, service) for name in FAULTS for service in ("maskinporten", "altinn")]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_errors(altinn3: Counterpart, caplog: pytest.LogCaptureFixture, change: Callable[[Counterpart], None]) -> None:
    altinn3.register.system_users[COMPANY, COMPANY] = SYSTEM_USER
    change(altinn3)
    vendor = altinn3.vendor(timeout=0.3)
    users = altinn3.system_users(vendor)
    calls: list[Callable[[], Any]] = [
        lambda: vendor.token(COMPANY),
        lambda: users.test(COMPANY),
        lambda: users.request(COMPANY),
        lambda: users.find(COMPANY),
        lambda: users.status(SYSTEM_USER),
    ]
    texts: list[str] = []
    with caplog.at_level(logging.DEBUG):
        for call in calls:
            try:
                texts.append(repr(call()))
            except ConnectionFault as error:
                texts += [shown(error), *map(error.message, LANGUAGES), str(pickle.dumps(error))]
    texts += [caplog.text, repr(vendor), repr(users), repr(vars(vendor)), repr(vars(users))]
    assert len(texts) > 10
    assert not [secret for secret in secrets_of(altinn3) for text in texts if secret in text]


#: Wrong settings of a client, made from the right key.
WRONG: dict[str, Callable[[Counterpart], dict[str, Any]]] = {
    "scopes": lambda altinn3: {"scopes": []},
    "timeout": lambda altinn3: {"timeout": 0},
    "client ID": lambda altinn3: {"client_id": ""},
    "environment": lambda altinn3: {"environment": "x"},
    "no kid": lambda altinn3: {"kid": None},
    "other kid": lambda altinn3: {"key": altinn3.jwk, "kid": "other"},
    "cut PEM": lambda altinn3: {"key": altinn3.pem[:-200]},
    "cut JWK": lambda altinn3: {"key": json.dumps(altinn3.jwk)[:-20]},
    "algorithm": lambda altinn3: {"key": altinn3.jwk | {"alg": "ES256"}},
    "damaged JWK": lambda altinn3: {"key": altinn3.jwk | {"n": "AQAB"}},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_settings(altinn3: Counterpart, wrong: str) -> None:
    """A tool that reports errors with local variables does not report the key."""
    right = {"client_id": "1", "kid": KID, "scopes": ["a"], "environment": "test"}
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (any text)
        Maskinporten(**{**right, "key": altinn3.pem, **WRONG[wrong](altinn3)})
    text = shown(caught.value)
    assert not [secret for secret in secrets_of(altinn3) if secret in text or repr(secret)[1:-1] in text]


def test_success(altinn3: Counterpart, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """Logs are read at DEBUG, where httpx2 and httpcore2 are talkative."""
    altinn3.register.system_users[COMPANY, COMPANY] = SYSTEM_USER
    vendor = altinn3.vendor()
    users = altinn3.system_users(vendor)
    with caplog.at_level(logging.DEBUG):
        token = users.test(COMPANY)
        asked = users.request(COMPANY)
        users.delete(asked.id)
    assert {record.name.partition(".")[0] for record in caplog.records} >= {"httpx2", "httpcore2"}
    texts = [caplog.text, repr(token), str(token), f"{token}", repr(vendor.__dict__), repr(asked), *capfd.readouterr()]
    assert not [secret for secret in [*secrets_of(altinn3), token.value] for text in texts if secret in text]

"""Tokens from Maskinporten, for the vendor itself or for a company's system user.

Needs the extra ``maskinporten``. httpx2 makes the calls and PyJWT signs the grants, with RS256. Clients
with a business certificate (``x5c``), ``resource`` and delegated scopes (``consumer_org``) are out of scope.
"""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Final, TypeAlias

from nofields.altinn.client.connection_error import MaskinportenError
from nofields.altinn.client.environments import environment_of
from nofields.extras import importing
from nofields.fields.organisation import ISO_6523
from nofields.keys import Phrase

with importing("maskinporten", __name__):
    from nofields.altinn.client import maskinporten_faults as faults
    from nofields.altinn.client.access_token import (
        SYSTEM_USER_TYPE,
        Token,
        is_for,
        payload,
        scopes_of,
        token_of,
    )
    from nofields.altinn.client.http_calls import Answer, Calls, Timing
    from nofields.altinn.client.metadata import Metadata, metadata_of, metadata_url
    from nofields.altinn.client.signing_key import HiddenKey, SigningKey, load_signing_key
    from nofields.altinn.client.single_flight import SingleFlight

__all__ = ["Maskinporten", "MaskinportenError", "Timing", "Token", "load_signing_key"]

GRANT_TYPE: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: In seconds: the life of a grant; Maskinporten accepts 120.
_GRANT_LIFE: Final = 60
#: In seconds: how long before its end a token is not handed out any more; at most half of its life.
_MARGIN: Final = 10
#: In seconds: how long the metadata is kept.
_METADATA_LIFE: Final = 3600
#: Source: RFC 6749, section 3.3.
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")

#: A company, if any, and scopes.
_Wanted: TypeAlias = tuple[str | None, tuple[str, ...]]


class Maskinporten:
    """A vendor's client in Maskinporten. Its methods may be called from several threads at once.

    Args:
        client_id: The client's ID in Samarbeidsportalen.
        key: The client's private RSA key: PEM, or a JWK as text or dictionary.
        kid: The key's ID in Maskinporten. Default: the JWK's own.
        scopes: The scopes that :meth:`token` asks for by default, at least one.
        environment: ``"test"``, ``"production"``, or the issuer URL of another Maskinporten.
        timeout: Seconds to wait for each step of a call, such as the connection, the beginning of the
            answer and all of its body; up to two retries come on top.
        timing: What a test replaces to depend on no clock.

    Attributes:
        environment: The environment's addresses.
        organisation_number: The field that a company's organisation number is checked by: real
            numbers in production, real and synthetic ones elsewhere, whatever ``NOFIELDS_SYNTHETIC`` is.
        calls: The HTTP client.

    Raises:
        ValueError: An argument is malformed. The text does not show the key.
    """

    def __init__(
        self,
        *,
        client_id: str,
        key: str | Mapping[str, object],
        kid: str | None = None,
        scopes: Sequence[str],
        environment: str,
        timeout: float = 10,
        timing: Timing | None = None,
    ) -> None:
        hidden = HiddenKey(key)
        del key
        if not isinstance(client_id, str) or not client_id.strip():
            raise ValueError("client_id must be text that is not empty")
        self._client_id = client_id.strip()
        self.environment = environment_of(environment)
        self._key = SigningKey(hidden, kid)
        self._scopes = _checked_scopes(scopes)
        self.organisation_number = self.environment.organisation_number
        self.calls = Calls(timeout, timing or Timing())
        self._clock = self.calls.timing.clock
        self._lock = threading.Lock()
        self._tokens: dict[_Wanted, tuple[Token, float]] = {}
        self._metadata: tuple[Metadata, float] | None = None
        self._token_calls: SingleFlight[Token | MaskinportenError] = SingleFlight()
        self._metadata_calls: SingleFlight[Metadata | MaskinportenError] = SingleFlight()

    def __repr__(self) -> str:
        if not hasattr(self, "environment"):  # in the traceback of an error of ``__init__``
            return f"{type(self).__name__}(…)"
        return f"{type(self).__name__}(client_id={self._client_id!r}, environment={self.environment.issuer!r})"

    def token(self, orgnr: str | None = None, *, scopes: Sequence[str] | None = None, fresh: bool = False) -> Token:
        """Return a token for a company's system user, or the vendor's own.

        A token is kept until shortly before it ends. Calls block; an async app makes them in a thread.

        Args:
            orgnr: The company's organisation number; ``None`` for the vendor's own token.
            scopes: The scopes. Default: those of the client.
            fresh: Ask Maskinporten even if a token is kept. A kept one works after the company has
                withdrawn its approval.

        Raises:
            FieldError: ``orgnr`` is not an organisation number of the environment.
            MaskinportenError: There is no token. MP-303 counts as the customer's fault here; see
                :meth:`nofields.altinn.system_users.SystemUsers.test`.
            ValueError: ``scopes`` are malformed.
        """
        company = None if orgnr is None else str(self.organisation_number(orgnr))
        wanted = company, self._scopes if scopes is None else _checked_scopes(scopes)
        if fresh:
            outcome = self._fetch(wanted)
        else:
            outcome = self._kept(wanted) or self._token_calls.result(wanted, lambda: self._kept(wanted) or self._fetch(wanted))
        if isinstance(outcome, MaskinportenError):
            raise copy(outcome)  # other threads raise it too
        return outcome

    def _kept(self, wanted: _Wanted) -> Token | None:
        with self._lock:
            token, until = self._tokens.get(wanted, (None, 0.0))
        return token if self._clock() < until else None

    def _keep(self, wanted: _Wanted, outcome: Token | MaskinportenError) -> None:
        """Keep a token. A rejection ends the life of the one that is kept; a service that is down does not.

        A company that has withdrawn its approval has done so for all scopes.
        """
        now = self._clock()
        with self._lock:
            if isinstance(outcome, Token):
                life = outcome.expires_at.timestamp() - now
                self._tokens[wanted] = outcome, now + life - min(_MARGIN, life / 2)
            elif outcome.who != "nobody":
                self._tokens.pop(wanted, None)
            gone = wanted[0] if isinstance(outcome, MaskinportenError) and outcome.who == "customer" else ""
            self._tokens = {each: kept for each, kept in self._tokens.items() if now < kept[1] and each[0] != gone}

    def _fetch(self, wanted: _Wanted) -> Token | MaskinportenError:
        metadata = self._kept_metadata()
        if isinstance(metadata, MaskinportenError):
            return metadata
        began = self._clock()
        answer = self.calls.send("POST", metadata.token_endpoint, lambda: {"data": self._form(metadata.issuer, wanted)})
        outcome = _outcome(answer, wanted, began)
        self._keep(wanted, outcome)
        return outcome

    def _kept_metadata(self) -> Metadata | MaskinportenError:
        metadata, until = self._metadata or (None, 0.0)
        if metadata and self._clock() < until:
            return metadata
        return self._metadata_calls.result("", self._fetch_metadata)

    def _fetch_metadata(self) -> Metadata | MaskinportenError:
        issuer = self.environment.issuer
        found = metadata_of(self.calls.send("GET", metadata_url(issuer)), issuer)
        if isinstance(found, Metadata):
            self._metadata = found, self._clock() + _METADATA_LIFE
        return found

    def _form(self, audience: str, wanted: _Wanted) -> dict[str, str]:
        """Return the form of one attempt, with a grant of its own: Maskinporten accepts none twice."""
        company, scopes = wanted
        now = int(self._clock())
        claims: dict[str, object] = {
            "aud": audience,
            "iss": self._client_id,
            "scope": " ".join(scopes),
            "iat": now,
            "exp": now + _GRANT_LIFE,
            "jti": str(uuid.uuid4()),
        }
        if company:
            owner = {"authority": "iso6523-actorid-upis", "ID": f"{ISO_6523}{company}"}
            claims["authorization_details"] = [{"type": SYSTEM_USER_TYPE, "systemuser_org": owner}]
        return {"grant_type": GRANT_TYPE, "assertion": self._key.sign(claims)}


def _outcome(answer: Answer | None, wanted: _Wanted, began: float) -> Token | MaskinportenError:
    """Return the token in an answer, or why there is none that can be used."""
    company, scopes = wanted
    if answer is None or answer.status != 200:
        return faults.fault_of(answer, company, scopes)
    token = token_of(answer.body or {}, began)
    if token is None:
        return faults.unreadable()
    claims = payload(token)
    if not is_for(claims, company):
        return MaskinportenError(Phrase.FAULT_OTHER_COMPANY, "vendor")
    granted = [each for each in (scopes_of(answer.get("scope")), scopes_of(claims.get("scope"))) if each is not None]
    missing = [scope for scope in scopes if not all(scope in each for each in granted)]
    return faults.scopes_missing(missing) if missing else token


def _checked_scopes(scopes: Sequence[str]) -> tuple[str, ...]:
    """Return scopes sorted, each once; a text has them separated by white space."""
    names = scopes.split() if isinstance(scopes, str) else list(scopes)
    if not names or not all(isinstance(name, str) and _SCOPE.fullmatch(name) for name in names):
        raise ValueError("scopes must be a list of one or more scopes, without white space in them")
    return tuple(sorted(set(names)))

"""Maskinporten: its metadata and its token endpoint.

From docs.digdir.no: "JWT grant", "/token endpoint", "Systembruker for virksomheter", "Feilsøking i Maskinporten".
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from helpers.altinn3.loopback import Answer, Call, Loopback
from helpers.altinn3.register import Register

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ALGORITHMS = ["RS256", "RS384", "RS512"]
_CLAIMS = {"aud", "iss", "iat", "exp", "jti", "scope", "resource", "pid", "consumer_org", "iss_onbehalfof"}
_DETAILS = {"type", "systemuser_org", "externalRef"}
_INVALID = "Invalid assertion. Client authentication failed."


@dataclass
class Client:
    """A client with its keys by ``kid``. ``expired`` has the ``kid`` of keys older than a year."""

    scopes: set[str]
    keys: dict[str, RSAKey]
    expired: set[str] = field(default_factory=set)


class Refusal(Exception):  # noqa: N818 (an answer of OAuth)
    """An error answer of the token endpoint."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error, description, status)
        self.answer = Answer(status, {"error": error, "error_description": description})


class Maskinporten(Loopback):
    """A Maskinporten.

    Attributes:
        issuer: Its issuer URL.
        clients: Its clients by ID.
        grants: The claims of every grant that came, also of those that were refused.
        life: Seconds that a token lives.
        stated_issuer: The issuer in the metadata.
        wrong_company: The company that tokens are made out for, instead of the one asked for.
        lost_scopes: Scopes that tokens lack.
        id_name: How tokens write the member ``ID``; Altinn's examples have ``id``.
    """

    def __init__(self, register: Register, clients: dict[str, Client], key: RSAKey) -> None:
        super().__init__()
        self.register, self.clients, self.key = register, clients, key
        self.issuer = self.stated_issuer = f"{self.url}/"
        self.grants: list[dict[str, object]] = []
        self.life = 120
        self.wrong_company = ""
        self.lost_scopes: set[str] = set()
        self.id_name = "ID"
        self._used: set[str] = set()

    def answer(self, call: Call) -> Answer:
        if (call.method, call.path) == ("GET", "/.well-known/oauth-authorization-server"):
            return Answer(200, {"issuer": self.stated_issuer, "token_endpoint": f"{self.url}/token"})
        if call.path != "/token":
            return Answer(404, {"error": "not_found"})
        try:
            return self._token(call)
        except Refusal as refusal:
            return refusal.answer

    def _token(self, call: Call) -> Answer:
        form = parse_qs(call.body.decode())
        kind = call.headers.get("Content-Type", "").partition(";")[0]
        if call.method != "POST" or kind != "application/x-www-form-urlencoded":
            raise Refusal("invalid_request", "POST a form")
        if form.get("grant_type") != [GRANT_TYPE]:
            raise Refusal("unsupported_grant_type", "Unsupported grant_type")
        (assertion,) = form.get("assertion") or [""]
        claims = self._verified(assertion)
        client = self.clients[str(claims["iss"])]
        scopes = str(claims.get("scope") or "").split()
        if not scopes or set(scopes) - client.scopes:
            raise Refusal("invalid_scope", "MP-200: Token request contains invalid scopes for client")
        return self._issued(claims, scopes, self._details(claims))

    def _verified(self, assertion: str) -> dict[str, object]:
        try:
            parsed = jws.extract_compact(assertion.encode())
            header, claims = parsed.headers(), json.loads(parsed.payload)
        except (JoseError, ValueError):
            raise Refusal("invalid_request", "MP-011: Invalid assertion. Invalid parameter value") from None
        with self.register.lock:
            self.grants.append(claims)
        client = self.clients.get(str(claims.get("iss")))
        if client is None:
            raise Refusal("invalid_grant", f"MP-100: {_INVALID} Client not found")
        kid = str(header.get("kid"))
        if kid not in client.keys or header.get("alg") not in ALGORITHMS:
            raise Refusal("invalid_grant", f"MP-120: {_INVALID} The JWT is signed with an invalid certificate.")
        if kid in client.expired:
            raise Refusal("invalid_grant", f"MP-121: {_INVALID} Expired key")
        try:
            jwt.decode(assertion, client.keys[kid], algorithms=ALGORITHMS)
        except JoseError:
            raise Refusal("invalid_grant", "MP-124: Validation of JWT failed. Invalid JWT signature") from None
        self._check_claims(claims)
        return claims

    def _check_claims(self, claims: Mapping[str, object]) -> None:
        if set(claims) - _CLAIMS - {"authorization_details"}:
            raise Refusal("invalid_request", "Invalid assertion. Unknown claims")
        if claims.get("aud") != self.issuer:
            raise Refusal("invalid_grant", f"MP-110: {_INVALID} Invalid JWT claim aud")
        iat, exp, now = claims.get("iat"), claims.get("exp"), self.now()
        if type(iat) is not int or type(exp) is not int or exp - iat > 120:
            raise Refusal("invalid_grant", "Validation of JWT Bearer grant failed. Invalid JWT claim exp")
        if iat - now > 10:
            raise Refusal("invalid_grant", "Validation of JWT failed. Issue time is after now")
        if exp <= now:
            raise Refusal("invalid_grant", "MP-130: Authentication of client by JWT failed. JWT is expired")
        if now - iat > 10:
            raise Refusal("invalid_grant", "Validation of JWT Bearer grant failed. Invalid JWT claim iat")
        with self.register.lock:
            jti = claims.get("jti")
            if not isinstance(jti, str) or jti in self._used:
                raise Refusal("invalid_grant", "MP-012: Validation of JWT Bearer grant failed. Grant is used before")
            self._used.add(jti)

    def _details(self, claims: Mapping[str, object]) -> list[dict[str, object]]:
        """The system user that a grant asks for, as a token has it; nothing if it asks for none."""
        details = claims.get("authorization_details")
        if details is None:
            return []
        if not isinstance(details, list) or len(details) != 1 or not isinstance(details[0], dict):
            raise Refusal("invalid_request", "MP-302: Validation of JWT failed. One organisation a grant")
        if details[0].get("type") != "urn:altinn:systemuser":
            raise Refusal("invalid_request", "MP-301: Unknown authorization details type")
        owner = details[0].get("systemuser_org")
        if set(details[0]) - _DETAILS or not isinstance(owner, dict) or set(owner) != {"authority", "ID"}:
            raise Refusal("invalid_request", "MP-302: Unknown fields in the authorization details")
        prefix, _, orgnr = str(owner["ID"]).partition(":")
        id = self.register.system_user(orgnr, details[0].get("externalRef")) if prefix == "0192" else None
        if id is None or claims["iss"] not in self.register.client_ids:
            text = "MP-303: Invalid authorization details values. No system user"
            raise Refusal("invalid_altinn_customer_configuration", text)
        return [self._system_user(self.wrong_company or orgnr, id)]

    def _system_user(self, orgnr: str, id: str) -> dict[str, object]:
        owner = {"authority": "iso6523-actorid-upis", self.id_name: f"0192:{orgnr}"}
        named = {"type": "urn:altinn:systemuser", "systemuser_org": owner, "system_id": self.register.system_id}
        return {**named, "systemuser_id": [id]}

    def _issued(self, claims: Mapping[str, object], scopes: list[str], details: list[dict[str, object]]) -> Answer:
        now, scope = int(self.now()), " ".join(each for each in scopes if each not in self.lost_scopes)
        consumer = {"authority": "iso6523-actorid-upis", "ID": f"0192:{self.register.vendor}"}
        token = {"iss": self.issuer, "client_id": claims["iss"], "client_amr": "private_key_jwt", "consumer": consumer}
        token |= {"scope": scope, "token_type": "Bearer", "iat": now, "exp": now + self.life, "jti": str(uuid.uuid4())}
        token |= {"authorization_details": details} if details else {}
        value = jwt.encode({"alg": "RS256", "kid": "maskinporten"}, token, self.key)
        return Answer(200, {"access_token": value, "token_type": "Bearer", "expires_in": self.life, "scope": scope})


def read_token(value: str, key: RSAKey, now: float | None = None) -> dict[str, object]:
    """The claims of a token that Maskinporten signed and that has not ended; raise ``JoseError`` or ``ValueError``."""
    claims = jwt.decode(value, key, algorithms=ALGORITHMS).claims
    if claims["exp"] <= (time.time() if now is None else now):
        raise ValueError("expired")
    return dict(claims)

"""Ask companies for a system user (*systembruker*) in Altinn, and test that it works.

Needs the extra ``maskinporten``. Requests with an ``externalRef`` of their own and change requests are
out of scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from nofields.altinn.client.connection_error import AltinnError
from nofields.altinn.client.environments import checked_url
from nofields.extras import importing
from nofields.keys import Phrase

with importing("maskinporten", __name__):
    from nofields.altinn.client import altinn_faults as faults
    from nofields.altinn.client.access_request import NO_REQUEST, OVER, AccessRequest, RequestStatus, request_of
    from nofields.altinn.client.http_calls import Answer
    from nofields.altinn.maskinporten import Maskinporten, MaskinportenError, Token

__all__ = ["AccessRequest", "AltinnError", "RequestStatus", "SystemUsers"]

READ: Final = "altinn:authentication/systemuser.request.read"
WRITE: Final = "altinn:authentication/systemuser.request.write"
_REQUESTS: Final = "/authentication/api/v1/systemuser/request/vendor"
_BY_QUERY: Final = "/authentication/api/v1/systemuser/vendor/byquery"
_NOTHING_ASKED: Final = "rights or access_packages must name what to ask for"
_PACKAGE_PREFIX: Final = "urn:altinn:accesspackage:"


class SystemUsers:
    """The system users of one system in Altinn's system register.

    Every method blocks. Where it cannot do its work it raises
    :class:`nofields.altinn.ConnectionFault`, which is a ``MaskinportenError`` or an
    ``AltinnError``, and ``FieldError`` for a number that is not an organisation number of the environment.

    Args:
        maskinporten: The vendor's client. It needs the scopes
            ``altinn:authentication/systemuser.request.read`` and ``….write`` besides those of the APIs.
        system_id: The system's ID, ``{organisation number}_{name}``.
        rights: Resources to ask for, such as ``"ske-krav-og-betalinger"``. Without these and without
            access packages, requests and system users can only be looked up.
        access_packages: Access packages to ask for, such as ``"urn:altinn:accesspackage:skattegrunnlag"``.
        redirect_url: Where Altinn sends the user afterwards; registered on the system.
        agent: Ask for an agent system user, with which an accountant acts for clients. It takes access
            packages only, and the clients are delegated in Altinn afterwards.
        platform: The URL of Altinn's platform. Default: that of the Maskinporten environment.

    Attributes:
        maskinporten: The vendor's client.
        system_id: The system's ID.
        may_ask: Whether there is something to ask for.

    Raises:
        ValueError: What to ask for is empty, an agent asks for ``rights``, or there is no default platform.
    """

    def __init__(
        self,
        maskinporten: Maskinporten,
        *,
        system_id: str,
        rights: Sequence[str | Mapping[str, object]] | None = None,
        access_packages: Sequence[str | Mapping[str, object]] | None = None,
        redirect_url: str | None = None,
        agent: bool = False,
        platform: str | None = None,
    ) -> None:
        if not isinstance(system_id, str) or not system_id.strip():
            raise ValueError("system_id must be text that is not empty")
        self.may_ask = bool(rights or access_packages)
        if not self.may_ask and not (rights is None and access_packages is None):
            raise ValueError(_NOTHING_ASKED)
        if agent and rights:
            raise ValueError("an agent system user takes access_packages only, and no rights")
        platform = platform or maskinporten.environment.platform
        if platform is None:
            raise ValueError("platform must be given for a Maskinporten of your own")
        self.maskinporten = maskinporten
        self.system_id = system_id.strip()
        self._platform = checked_url(platform, "platform must be a URL").rstrip("/")
        self._requests = f"{self._platform}{_REQUESTS}{'/agent' if agent else ''}"
        self._asked = _asked(rights or (), access_packages or (), redirect_url)

    def request(self, orgnr: str) -> AccessRequest:
        """Ask a company for a system user, and return the request that is now current.

        A pending request is returned as it is. One that was rejected, denied or timed out, or that was
        accepted and whose system user is gone, is deleted and made anew.

        Raises:
            ValueError: There are neither ``rights`` nor ``access_packages``.
        """
        if not self.may_ask:
            raise ValueError(_NOTHING_ASKED)
        company = self._company(orgnr)
        current = self._create(company)
        if current.status in OVER or (current.status is RequestStatus.ACCEPTED and self._is_gone(company)):
            deletion = self._delete(current.id)
            over, current = current, self._create(company)
            if current.id == over.id and not _is_done(deletion):
                raise faults.fault_of(deletion)
        return current

    def status(self, id: str) -> AccessRequest:
        """Return a request by its ID, with its present status.

        Raises:
            ValueError: ``id`` is not a UUID.
        """
        return _request(self._call("GET", READ, f"{self._requests}/{_uuid(id)}"))

    def by_reference(self, orgnr: str) -> AccessRequest | None:
        """Return the request to a company, or ``None`` if there is none."""
        company = self._company(orgnr)
        answer = self._call("GET", READ, f"{self._requests}/byexternalref/{quote(self.system_id, '')}/{company}/{company}")
        if answer is not None and answer.status == 404 and faults.code_of(answer) in NO_REQUEST:
            return None
        return _request(answer)

    def delete(self, id: str) -> None:
        """Take a request back.

        Raises:
            ValueError: ``id`` is not a UUID.
        """
        answer = self._delete(_uuid(id))
        if not _is_done(answer):
            raise faults.fault_of(answer)

    def find(self, orgnr: str) -> str | None:
        """Return the ID of the company's system user, or ``None`` if it has none."""
        company = self._company(orgnr)
        query = f"system-id={quote(self.system_id, '')}&orgno={company}"
        answer = self._call("GET", WRITE, f"{self._platform}{_BY_QUERY}?{query}")
        if answer is not None and answer.status == 404 and faults.code_of(answer) in faults.NO_SYSTEM_USER:
            return None
        found = answer and answer.status == 200 and answer.get("id")
        if not answer or not found:
            raise faults.fault_of(answer)
        return None if answer.get("isDeleted") is True else str(found)

    def test(self, orgnr: str) -> Token:
        """Return a fresh token for the company's system user, or raise what is wrong and who must act.

        Raises:
            ConnectionFault: The company has not approved or has withdrawn (``customer``), the system's
                registration or the client is wrong (``vendor``), or a service does not answer (``nobody``).
        """
        outcome = self._fresh_token(orgnr)
        if isinstance(outcome, Token):
            return outcome
        if outcome.key == Phrase.FAULT_NOT_APPROVED and self.find(orgnr):
            raise MaskinportenError(Phrase.FAULT_REGISTRATION, "vendor", outcome.code)
        raise outcome

    def _company(self, orgnr: str) -> str:
        return str(self.maskinporten.organisation_number(orgnr))

    def _create(self, company: str) -> AccessRequest:
        """Ask for a request, and return it or the one that is in its way."""
        body = {"systemId": self.system_id, "partyOrgNo": company, **self._asked}
        answer = self._call("POST", WRITE, self._requests, body)
        if answer is not None and answer.status in (200, 201):
            return _request(answer)  # 200: the one that there was already
        fault = faults.fault_of(answer)
        existing = self.by_reference(company) if fault.code in faults.IN_THE_WAY else None
        if existing is None:
            raise fault
        return existing

    def _delete(self, id: str) -> Answer | None:
        # One path for both kinds: Altinn has none for agents.
        return self._call("DELETE", WRITE, f"{self._platform}{_REQUESTS}/{id}")

    def _fresh_token(self, orgnr: str) -> Token | MaskinportenError:
        try:
            return self.maskinporten.token(orgnr, fresh=True)
        except MaskinportenError as error:
            return error

    def _is_gone(self, company: str) -> bool:
        """Return whether the system user of an accepted request does not exist any more."""
        outcome = self._fresh_token(company)
        rejected = isinstance(outcome, MaskinportenError) and outcome.key == Phrase.FAULT_NOT_APPROVED
        return rejected and self.find(company) is None

    def _call(self, method: str, scope: str, url: str, body: Mapping[str, object] | None = None) -> Answer | None:
        token = self.maskinporten.token(scopes=[scope])

        def content() -> dict[str, Any]:
            return {"headers": {"Authorization": f"Bearer {token.value}"}, **({"json": body} if body else {})}

        return self.maskinporten.calls.send(method, url, content)


def _is_done(deletion: Answer | None) -> bool:
    return deletion is not None and deletion.status < 300


def _request(answer: Answer | None) -> AccessRequest:
    """Return the request in an answer, or raise its fault."""
    request = request_of(answer) if answer is not None and answer.status in (200, 201) else None
    if request is None:
        raise faults.fault_of(answer)
    return request


def _asked(
    rights: Sequence[str | Mapping[str, object]], packages: Sequence[str | Mapping[str, object]], redirect_url: str | None
) -> dict[str, object]:
    """Return the part of a request that is the same for every company. A dictionary is sent as it is."""
    if isinstance(rights, str) or isinstance(packages, str):
        raise ValueError("rights and access_packages must be lists")
    parts = {
        "rights": [each if isinstance(each, Mapping) else _right(each) for each in rights],
        "accessPackages": [each if isinstance(each, Mapping) else {"urn": _package(each)} for each in packages],
        "redirectUrl": redirect_url,
    }
    return {name: part for name, part in parts.items() if part}


def _right(resource: str) -> dict[str, object]:
    return {"resource": [{"id": "urn:altinn:resource", "value": resource}]}


def _package(name: str) -> str:
    return name if name.startswith("urn:") else f"{_PACKAGE_PREFIX}{name}"


def _uuid(id: str) -> str:
    try:
        return str(UUID(id))
    except (ValueError, AttributeError, TypeError):
        raise ValueError("id must be the UUID of a request") from None

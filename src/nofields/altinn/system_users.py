"""Ask companies for a system user (*systembruker*) in Altinn, and test that it works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nofields.altinn.access_request import AccessRequest, RequestStatus
from nofields.altinn.connection_error import AltinnError
from nofields.altinn.maskinporten import Maskinporten, Token

__all__ = ["AccessRequest", "AltinnError", "RequestStatus", "SystemUsers"]


class SystemUsers:
    """The system users of one system in Altinn's system register.

    Every method blocks, and raises :class:`ConnectionFault`, either :class:`MaskinportenError` or
    :class:`AltinnError`, where it cannot do its work, and ``FieldError`` for a number that is not an
    organisation number of the environment.

    Args:
        maskinporten: The vendor's client, with the scopes
            ``altinn:authentication/systemuser.request.read`` and ``….write``.
        system_id: The system's ID, ``{organisation number}_{name}``.
        rights: Resources to ask for, such as ``"ske-krav-og-betalinger"``.
        access_packages: Access packages to ask for, such as ``"urn:altinn:accesspackage:skattegrunnlag"``.
        redirect_url: Where Altinn sends the user afterwards; registered on the system.
        agent: Ask for an agent system user, with which an accountant acts for clients. It takes access
            packages only, and the clients are delegated in Altinn afterwards.
        platform: The URL of Altinn's platform. Default: that of the Maskinporten environment.

    Raises:
        ValueError: Nothing is asked for, an agent asks for ``rights``, or there is no default platform.
    """

    #: The vendor's client.
    maskinporten: Maskinporten

    def __init__(
        self,
        maskinporten: Maskinporten,
        *,
        system_id: str,
        rights: Sequence[str | Mapping[str, object]] = (),
        access_packages: Sequence[str | Mapping[str, object]] = (),
        redirect_url: str | None = None,
        agent: bool = False,
        platform: str | None = None,
    ) -> None:
        raise NotImplementedError

    def request(self, orgnr: str) -> AccessRequest:
        """Ask a company for a system user, and return the request that is now current.

        A pending request is returned as it is. One that was rejected, denied or timed out, or that was
        accepted and whose system user is gone, is deleted and made anew.
        """
        raise NotImplementedError

    def status(self, id: str) -> AccessRequest:
        """Return a request by its ID, with its present status."""
        raise NotImplementedError

    def by_reference(self, orgnr: str) -> AccessRequest | None:
        """Return the request to a company, or ``None`` if there is none."""
        raise NotImplementedError

    def delete(self, id: str) -> None:
        """Take a request back."""
        raise NotImplementedError

    def find(self, orgnr: str) -> str | None:
        """Return the ID of the company's system user, or ``None`` if it has none."""
        raise NotImplementedError

    def test(self, orgnr: str) -> Token:
        """Return a fresh token for the company's system user, or raise what is wrong and who must act.

        Raises:
            ConnectionFault: The company has not approved or has withdrawn (``customer``), the system's
                registration or the client is wrong (``vendor``), or a service does not answer (``nobody``).
        """
        raise NotImplementedError

"""What is wrong with a connection to Maskinporten and Altinn, and who must act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from nofields.catalogs import DEFAULT, PROCESS_WIDE, Catalogs
from nofields.keys import Phrase
from nofields.messages import message_with

#: Who must act: the company that approves access, the vendor of the system, or nobody yet, since it may pass.
Who = Literal["customer", "vendor", "nobody"]


class ConnectionFault(Exception):  # noqa: N818 (a base that is not raised itself)
    """A connection does not work. The text holds no token, no key and no signed grant.

    Args:
        key: The key of the sentence.
        who: Who must act.
        code: The code of Maskinporten or Altinn, such as ``MP-303`` or ``AUTH-00011``; of a failure
            without one, OAuth's ``error``, such as ``invalid_scope``, or the HTTP status.
        params: What the sentence names besides the code: a service, scopes or a number of seconds.

    Attributes:
        key: The key of the sentence.
        who: ``"customer"``, ``"vendor"`` or ``"nobody"``.
        code: The code, or ``None``.

    >>> fault = ConnectionFault(Phrase.FAULT_NOT_APPROVED, "customer", "MP-303")
    >>> fault.who, fault.code
    ('customer', 'MP-303')
    """

    def __init__(self, key: Phrase, who: Who, code: str | None = None, params: Mapping[str, object] | None = None) -> None:
        super().__init__(key, who, code, params)
        self.key = key
        self.who: Who = who
        self.code = code
        self.params: Mapping[str, object] = params or {}

    def message(self, locale: str | None = DEFAULT, catalogs: Catalogs = PROCESS_WIDE) -> str:
        """Return what is wrong and who must act, with the code where the vendor needs it.

        Args:
            locale: A locale name or Accept-Language header; see :func:`nofields.negotiate`.
            catalogs: The catalogs of an app that has its own.
        """
        return message_with({**self.params, "code": self.code or ""}, self.key, locale, catalogs)

    def __str__(self) -> str:
        return self.message()


class MaskinportenError(ConnectionFault):
    """Maskinporten gave no token, or one that cannot be used."""


class AltinnError(ConnectionFault):
    """Altinn rejected a call about a system user, or did not answer it."""

"""Both services with one vendor, and clients of the package that are set up for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from joserfc.jwk import RSAKey

from helpers.altinn3.altinn import READ, WRITE, Altinn
from helpers.altinn3.maskinporten import Client, Maskinporten
from helpers.altinn3.register import Register
from nofields.altinn import maskinporten, system_users

#: Synthetic organisations, and the documentation's own system.
VENDOR, COMPANY, OTHER_COMPANY = "991825827", "310926833", "314248295"
SYSTEM_ID = f"{VENDOR}_smartcloud"
CLIENT_ID, KID = "5a7f4e3c-0b1d-4c55-9a39-6a4f7d0c2b11", "smartcloud-2026"
#: A scope of an API that the vendor calls for companies.
SCOPE = "krr:global/kontaktinformasjon.read"
RIGHT, PACKAGE = "ske-krav-og-betalinger", "urn:altinn:accesspackage:skattegrunnlag"
#: The title of the page where a company answers, with the buttons "Godkjenn" and "Avvis".
CONFIRM_PAGE_TITLE = "Godkjenn systembruker"


@cache
def key(name: str) -> RSAKey:
    """A key that is made once for all tests; it is in no file."""
    return RSAKey.generate_key(2048, {"kid": name})


class Counterpart:
    """A Maskinporten and an Altinn, each at its own port.

    ``register`` has what the company does: ``approve``, ``reject``, ``deny``, ``time_out``, ``withdraw``.
    Both services have ``fail(fault, times, path)`` with :data:`FAULTS`, ``clock_offset`` and ``calls``; see
    the attributes of each for more.
    """

    def __init__(self) -> None:
        self.register = Register(VENDOR, SYSTEM_ID, {CLIENT_ID}, {RIGHT}, {PACKAGE})
        self.client = Client({SCOPE, READ, WRITE}, {KID: key(KID)})
        self.maskinporten = Maskinporten(self.register, {CLIENT_ID: self.client}, key("maskinporten"))
        self.altinn = Altinn(self.register, self.maskinporten)

    @property
    def pem(self) -> str:
        """The vendor's private key."""
        return key(KID).as_pem(private=True).decode()

    @property
    def jwk(self) -> dict[str, Any]:
        """The vendor's private key with its ``kid``."""
        return json.loads(json.dumps(key(KID).as_dict(private=True)))

    def vendor(self, **changes: Any) -> maskinporten.Maskinporten:
        """The package's client, set up for these services. It waits for nothing between attempts."""
        timing = maskinporten.Timing(sleep=lambda _: None)
        settings = {"client_id": CLIENT_ID, "key": self.pem, "kid": KID, "scopes": [SCOPE]}
        return maskinporten.Maskinporten(
            **{**settings, "environment": self.maskinporten.issuer, "timeout": 5, "timing": timing, **changes}
        )

    def system_users(self, vendor: maskinporten.Maskinporten | None = None, **changes: Any) -> system_users.SystemUsers:
        """The package's client of Altinn, set up for these services."""
        settings = {"system_id": SYSTEM_ID, "rights": [RIGHT], "platform": self.altinn.url}
        return system_users.SystemUsers(vendor or self.vendor(), **{**settings, **changes})


@contextmanager
def running() -> Iterator[Counterpart]:
    """Run both services."""
    both = Counterpart()
    with ExitStack() as stack:
        stack.enter_context(both.maskinporten)
        stack.enter_context(both.altinn)
        yield both

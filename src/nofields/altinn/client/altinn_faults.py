"""What Altinn's answer to a call about a system user means, and who must act.

Source: docs.altinn.studio, "System user request: External API"; the problem codes of Altinn/altinn-authentication.
"""

from __future__ import annotations

import re
from typing import Final

from nofields.altinn.client.access_request import UNKNOWN_REQUEST
from nofields.altinn.client.connection_error import AltinnError
from nofields.altinn.client.http_calls import Answer
from nofields.keys import Phrase

SERVICE: Final = {"service": "Altinn"}
_EXISTS: Final = "AUTH-00004"
#: There is a system user, or a request: accepted, pending, denied or rejected. The request is looked up.
IN_THE_WAY: Final = (_EXISTS, "AUTH-00006", "AUTH-00007", "AUTH-00008", "AUTH-00009")
#: The codes of status 404 where there is none, and not something else missing.
NO_SYSTEM_USER: Final = ("404", UNKNOWN_REQUEST, "AUTH-00015")
#: The sentences of the codes; any other has that of ``FAULT_ALTINN``. All are the vendor's.
_BY_CODE: Final = {
    "AUTH-00001": Phrase.FAULT_ALTINN_RIGHTS,
    _EXISTS: Phrase.FAULT_ALTINN_EXISTS,
    UNKNOWN_REQUEST: Phrase.FAULT_ALTINN_REQUEST,
    "AUTH-00011": Phrase.FAULT_ALTINN_SYSTEM,
    "AUTH-00021": Phrase.FAULT_ALTINN_REDIRECT,
    "AUTH-00023": Phrase.FAULT_ALTINN_TOKEN,
    "AUTH-00026": Phrase.FAULT_ALTINN_REDIRECT,
    "AUTH-00052": Phrase.FAULT_ALTINN_RIGHTS,
    "AUTH-00058": Phrase.FAULT_ALTINN_RIGHTS,
    "AUTH-00059": Phrase.FAULT_ALTINN_RIGHTS,
    "AUTH-00063": Phrase.FAULT_ALTINN_RIGHTS,
    "AUTH-00064": Phrase.FAULT_ALTINN_RIGHTS,
    "AUTH-00065": Phrase.FAULT_ALTINN_RIGHTS,
    "401": Phrase.FAULT_ALTINN_TOKEN,
    "403": Phrase.FAULT_ALTINN_SCOPE,
}
_CODE = re.compile(r"[A-Z]{2,10}(?:\.[A-Z]{2,10})?-[0-9]{5}")


def code_of(answer: Answer) -> str:
    """Return Altinn's code, or else the HTTP status."""
    code = answer.get("code")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else str(answer.status)


def fault_of(answer: Answer | None) -> AltinnError:
    """Return the fault of an answer, or of none, that is not what was asked for."""
    if answer is None or answer.is_passing:
        return AltinnError(Phrase.FAULT_UNREACHABLE, "nobody", None, SERVICE)
    if answer.status < 400:
        return AltinnError(Phrase.FAULT_UNREADABLE, "nobody", None, SERVICE)
    code = code_of(answer)
    return AltinnError(_BY_CODE.get(code, Phrase.FAULT_ALTINN), "vendor", code)

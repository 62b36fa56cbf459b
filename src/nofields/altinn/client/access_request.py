"""A request to a company for a system user, as Altinn answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from nofields.altinn.client.environments import checked_url

if TYPE_CHECKING:  # it needs the extra `maskinporten`, which the store does not
    from nofields.altinn.client.http_calls import Answer


class RequestStatus(StrEnum):
    """The status of a request."""

    NEW = "new"  #: the company has not answered yet
    ACCEPTED = "accepted"  #: approved; the approval may have been withdrawn since
    REJECTED = "rejected"  #: the company said no
    DENIED = "denied"  #: Altinn's other word for a request that was turned down
    TIMED_OUT = "timed_out"  #: unanswered for ten days


#: A request with one of these statuses leads nowhere: it is deleted, and the company is asked anew.
OVER = (RequestStatus.REJECTED, RequestStatus.DENIED, RequestStatus.TIMED_OUT)
#: Altinn's code for a request that does not exist, such as one that was taken back.
UNKNOWN_REQUEST: Final = "AUTH-00010"
#: What an answer with status 404 about such a request has: a code, or none.
NO_REQUEST: Final = ("404", UNKNOWN_REQUEST)
_BY_NAME = {status.replace("_", ""): status for status in RequestStatus}


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """A request to a company for a system user.

    Attributes:
        id: Altinn's ID of the request, a UUID.
        status: Its status.
        confirm_url: The page in Altinn where the company approves it, as Altinn gave it.
    """

    id: str
    status: RequestStatus
    confirm_url: str


def request_of(answer: Answer) -> AccessRequest | None:
    """Return the request in an answer, or ``None`` if it is malformed.

    Altinn writes ``Timedout`` or ``TimedOut``, and marks some that timed out by ``timedOut`` alone. A
    link that is neither HTTPS nor on this machine is malformed.
    """
    status = _BY_NAME.get(str(answer.get("status")).casefold().replace("_", ""))
    if status is RequestStatus.NEW and answer.get("timedOut") is True:
        status = RequestStatus.TIMED_OUT
    try:
        id, link = str(UUID(str(answer.get("id")))), _link(answer.get("confirmUrl"))
    except ValueError:
        return None
    return AccessRequest(id, status, link) if status else None


def _link(url: object) -> str:
    """Return a link as given. One with a control character, which a terminal may obey, is malformed."""
    if not isinstance(url, str) or not url.isprintable():
        raise ValueError("no link")
    checked_url(url.partition("?")[0], "confirmUrl")
    return url

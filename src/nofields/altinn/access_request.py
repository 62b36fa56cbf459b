"""A request to a company for a system user (*systembruker*) in Altinn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RequestStatus(StrEnum):
    """The status of a request."""

    NEW = "new"  #: the company has not answered yet
    ACCEPTED = "accepted"  #: approved; the approval may have been withdrawn since
    REJECTED = "rejected"  #: the company said no
    DENIED = "denied"  #: nobody who may approve it did
    TIMED_OUT = "timed_out"  #: unanswered for ten days


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

"""Requests for system users in Altinn, and the test of a connection."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.altinn3 import COMPANY, FAULTS, OTHER_COMPANY, SCOPE, SYSTEM_ID, Answer, Counterpart
from helpers.altinn3.altinn import READ, REQUESTS, WRITE
from helpers.altinn3.counterpart import PACKAGE, RIGHT
from helpers.altinn3.maskinporten import read_token
from nofields import FieldError
from nofields.altinn.client.access_request import AccessRequest, RequestStatus, request_of
from nofields.altinn.client.altinn_faults import fault_of
from nofields.altinn.client.connection_error import ConnectionFault
from nofields.altinn.client.http_calls import Answer as Read
from nofields.altinn.system_users import AltinnError, SystemUsers
from nofields.keys import Phrase

BACK = "https://regnskap.example.com/altinn/tilbake"
SYSTEM_USER = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"


@pytest.fixture(params=["codes", "requests"])
def both_manners(request: pytest.FixtureRequest, altinn3: Counterpart) -> Counterpart:
    """A request that is in the way is answered by its code, as documented, or by itself, as the service does."""
    altinn3.altinn.returns_existing = request.param == "requests"
    return altinn3


def altinn_calls(altinn3: Counterpart) -> list[tuple[str, str]]:
    return [(call.method, call.path.removeprefix(REQUESTS)) for call in altinn3.altinn.calls]


def test_request(altinn3: Counterpart) -> None:
    """What is asked for, and the link as given."""
    altinn3.register.redirect_urls.add(BACK)
    asked = altinn3.system_users(access_packages=[PACKAGE], redirect_url=BACK).request("310 926 833")
    (made,) = altinn3.register.requests
    assert json.loads(altinn3.altinn.calls[0].body) == {
        "systemId": SYSTEM_ID,
        "partyOrgNo": COMPANY,
        "rights": [{"resource": [{"id": "urn:altinn:resource", "value": RIGHT}]}],
        "accessPackages": [{"urn": PACKAGE}],
        "redirectUrl": BACK,
    }
    assert (asked.id, asked.status) == (made.id, RequestStatus.NEW)
    assert (
        asked.confirm_url == f"{altinn3.altinn.url}/accessmanagement/ui/systemuser/request?id={made.id}&DONTCHOOSEREPORTEE=true"
    )


def test_agent(altinn3: Counterpart) -> None:
    """It has paths and a page of its own, but no path to delete a request."""
    users = altinn3.system_users(agent=True, rights=(), access_packages=["skattegrunnlag"])
    asked = users.request(COMPANY)
    assert "/agentrequest?id=" in asked.confirm_url
    assert users.by_reference(COMPANY) == users.status(asked.id) == asked
    altinn3.register.approve(COMPANY)
    assert users.test(COMPANY).value
    users.delete(asked.id)
    assert altinn_calls(altinn3)[0] == ("POST", "/agent")
    assert altinn_calls(altinn3)[-1] == ("DELETE", f"/{asked.id}")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (["a"], [{"resource": [{"id": "urn:altinn:resource", "value": "a"}]}]),
        ([{"resource": [{"id": "x", "value": "y"}]}], [{"resource": [{"id": "x", "value": "y"}]}]),
    ],
)
def test_forms_of_rights(altinn3: Counterpart, given: Any, sent: object) -> None:
    with pytest.raises(AltinnError, match="AUTH-00001"):
        altinn3.system_users(rights=given).request(COMPANY)
    assert json.loads(altinn3.altinn.calls[0].body)["rights"] == sent


def test_scopes(altinn3: Counterpart) -> None:
    """Each call has a token with the one scope that it needs."""
    users = altinn3.system_users()
    asked = users.request(COMPANY)
    users.status(asked.id)
    users.by_reference(COMPANY)
    users.find(COMPANY)
    users.delete(asked.id)
    tokens = [call.headers["Authorization"].removeprefix("Bearer ") for call in altinn3.altinn.calls]
    scopes = [read_token(token, altinn3.maskinporten.key)["scope"] for token in tokens]
    assert scopes == [WRITE, READ, READ, WRITE, WRITE]


def test_pending(both_manners: Counterpart) -> None:
    users = both_manners.system_users()
    assert users.request(COMPANY) == users.request(COMPANY)
    assert len(both_manners.register.requests) == 1


@pytest.mark.parametrize("end", ["reject", "deny", "time_out"])
def test_new_request_after_an_end(both_manners: Counterpart, end: str) -> None:
    users = both_manners.system_users()
    first = users.request(COMPANY)
    getattr(both_manners.register, end)(COMPANY)
    assert users.status(first.id).status == {"reject": "rejected", "deny": "denied", "time_out": "timed_out"}[end]
    second = users.request(COMPANY)
    assert (second.status, second.id != first.id) == (RequestStatus.NEW, True)
    assert users.by_reference(COMPANY) == second


@pytest.mark.parametrize("code", [7, 8, 9])
@pytest.mark.parametrize("status", ["Timedout", "TimedOut", "timed_out", "REJECTED", "denied"])
def test_ended_request_behind_a_code(altinn3: Counterpart, code: int, status: str) -> None:
    """The request decides, not the code: one that timed out may count as pending."""
    users = altinn3.system_users()
    first = users.request(COMPANY)
    altinn3.register.requests[0].status = status
    altinn3.altinn.next_code = code
    altinn3.register.requests[0].body["timedOut"] = False
    assert users.request(COMPANY).id != first.id


@pytest.mark.parametrize(
    ("fault", "who", "code"),
    [
        (Answer(403), "vendor", "403"),
        (Answer(400, {"code": "AUTH-99999"}), "vendor", "AUTH-99999"),
        ("500", "nobody", None),
    ],
)
@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_request_that_cannot_be_deleted(both_manners: Counterpart, end: str, fault: Any, who: str, code: str | None) -> None:
    """Its old status would say that the company must act, and asking anew would never help."""
    users = both_manners.system_users()
    first = users.request(COMPANY)
    if end == "withdraw":
        both_manners.register.approve(COMPANY)
    getattr(both_manners.register, end)(COMPANY)
    both_manners.altinn.fail(fault, 3 if fault == "500" else 1, first.id)
    with pytest.raises(AltinnError) as caught:
        users.request(COMPANY)
    assert (caught.value.who, caught.value.code) == (who, code)
    assert users.request(COMPANY).id != first.id


def test_request_that_is_deleted_meanwhile(both_manners: Counterpart) -> None:
    """It is in the way of none."""
    users = both_manners.system_users()
    first = users.request(COMPANY)
    both_manners.register.reject(COMPANY)
    both_manners.altinn.fail(Answer(404, {"code": "AUTH-00010"}), 1, first.id)
    both_manners.register.requests[0].status = "Timedout"
    assert users.request(COMPANY).id != first.id


def test_marked_as_timed_out(altinn3: Counterpart) -> None:
    users = altinn3.system_users()
    asked = users.request(COMPANY)
    altinn3.register.requests[0].body["timedOut"] = True
    assert users.status(asked.id).status is RequestStatus.TIMED_OUT


def test_accepted(both_manners: Counterpart) -> None:
    users = both_manners.system_users()
    first = users.request(COMPANY)
    both_manners.register.approve(COMPANY)
    second = users.request(COMPANY)
    assert (second.id, second.status) == (first.id, RequestStatus.ACCEPTED)


def test_accepted_and_withdrawn(both_manners: Counterpart) -> None:
    """Maskinporten still says MP-303: the request is deleted and the company asked anew."""
    users = both_manners.system_users()
    first = users.request(COMPANY)
    both_manners.register.approve(COMPANY)
    assert users.test(COMPANY).value
    both_manners.register.withdraw(COMPANY)
    second = users.request(COMPANY)
    assert (second.status, second.id != first.id) == (RequestStatus.NEW, True)


def test_accepted_and_misregistered(both_manners: Counterpart) -> None:
    """Where there is a system user, a new request would not help: the vendor must act."""
    users = both_manners.system_users()
    first = users.request(COMPANY)
    both_manners.register.approve(COMPANY)
    both_manners.register.client_ids.clear()
    assert users.request(COMPANY).id == first.id
    with pytest.raises(ConnectionFault) as caught:
        users.test(COMPANY)
    assert (caught.value.who, caught.value.code, caught.value.key) == ("vendor", "MP-303", Phrase.FAULT_REGISTRATION)


#: Codes that a request to a company is answered with, and the vendor's sentence.
CODES = [
    (0, Phrase.FAULT_ALTINN),
    (1, Phrase.FAULT_ALTINN_RIGHTS),
    (4, Phrase.FAULT_ALTINN_EXISTS),
    (6, Phrase.FAULT_ALTINN),
    (7, Phrase.FAULT_ALTINN),
    (8, Phrase.FAULT_ALTINN),
    (9, Phrase.FAULT_ALTINN),
    (10, Phrase.FAULT_ALTINN_REQUEST),
    (11, Phrase.FAULT_ALTINN_SYSTEM),
    (12, Phrase.FAULT_ALTINN),
    (21, Phrase.FAULT_ALTINN_REDIRECT),
    (23, Phrase.FAULT_ALTINN_TOKEN),
    (26, Phrase.FAULT_ALTINN_REDIRECT),
    (63, Phrase.FAULT_ALTINN_RIGHTS),
    (99999, Phrase.FAULT_ALTINN),
]


@pytest.mark.parametrize(("number", "phrase"), CODES)
def test_codes(altinn3: Counterpart, number: int, phrase: str) -> None:
    """Also those of a request in the way that cannot be found."""
    altinn3.altinn.next_code = number
    with pytest.raises(AltinnError) as caught:
        altinn3.system_users().request(COMPANY)
    assert (caught.value.who, caught.value.code, caught.value.key) == ("vendor", f"AUTH-{number:05}", phrase)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"system_id": "991825827_other"}, "AUTH-00011"),
        ({"rights": ["other"]}, "AUTH-00001"),
        ({"access_packages": ["other"]}, "AUTH-00063"),
        ({"redirect_url": BACK}, "AUTH-00026"),
    ],
)
def test_causes(altinn3: Counterpart, settings: dict[str, Any], code: str) -> None:
    with pytest.raises(AltinnError) as caught:
        altinn3.system_users(**settings).request(COMPANY)
    assert (caught.value.who, caught.value.code) == ("vendor", code)


CALLS: list[Callable[[SystemUsers], object]] = [
    lambda users: users.request(COMPANY),
    lambda users: users.status(SYSTEM_USER),
    lambda users: users.by_reference(COMPANY),
    lambda users: users.delete(SYSTEM_USER),
    lambda users: users.find(COMPANY),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("status", "phrase"), [(401, Phrase.FAULT_ALTINN_TOKEN), (403, Phrase.FAULT_ALTINN_SCOPE)])
def test_token_or_scope_is_rejected(altinn3: Counterpart, call: Any, status: int, phrase: str) -> None:
    """Without a code of Altinn, the HTTP status is it."""
    altinn3.altinn.fail(Answer(status, {"title": "No"}))
    with pytest.raises(AltinnError) as caught:
        call(altinn3.system_users())
    assert (caught.value.who, caught.value.code, caught.value.key) == ("vendor", str(status), phrase)


@pytest.mark.parametrize("call", CALLS)
def test_client_without_the_scope(altinn3: Counterpart, call: Any) -> None:
    altinn3.client.scopes = {SCOPE}
    with pytest.raises(ConnectionFault) as caught:
        call(altinn3.system_users())
    assert (caught.value.who, caught.value.key) == ("vendor", Phrase.FAULT_SCOPE)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("call", [CALLS[0], CALLS[1], CALLS[2], CALLS[4]])
def test_faults_of_the_service(altinn3: Counterpart, call: Any, name: str) -> None:
    altinn3.altinn.fail(name, 3)
    with pytest.raises(AltinnError) as caught:
        call(altinn3.system_users(altinn3.vendor(timeout=0.5)))
    assert caught.value.who == ("vendor" if name == "error page" else "nobody")


@pytest.mark.parametrize("name", ["500", "503 page", "cut off", "redirect", "too many"])
def test_faults_of_a_deletion(altinn3: Counterpart, name: str) -> None:
    altinn3.altinn.fail(name, 3)
    with pytest.raises(AltinnError) as caught:
        altinn3.system_users().delete(SYSTEM_USER)
    assert caught.value.who == "nobody"


def test_unknown_request(altinn3: Counterpart) -> None:
    users = altinn3.system_users()
    for call in (users.status, users.delete):
        with pytest.raises(AltinnError, match="AUTH-00010"):
            call(str(uuid.uuid4()))
    assert users.by_reference(OTHER_COMPANY) is None


@pytest.mark.parametrize("id", ["", "x", "../vendor", "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001/../x", None])
def test_id_that_is_none(altinn3: Counterpart, id: Any) -> None:
    users = altinn3.system_users()
    for call in (users.status, users.delete):
        with pytest.raises(ValueError, match="UUID"):
            call(id)
    assert not altinn3.altinn.calls


def test_find(altinn3: Counterpart) -> None:
    users = altinn3.system_users()
    assert users.find(COMPANY) is None
    altinn3.register.system_users[COMPANY, COMPANY] = SYSTEM_USER
    assert (users.find(COMPANY), users.find(OTHER_COMPANY)) == (SYSTEM_USER, None)
    altinn3.altinn.fail(Answer(200, {"id": SYSTEM_USER, "isDeleted": True}))
    assert users.find(COMPANY) is None


@pytest.mark.parametrize("code", ["AUTH-00011", "AUTH-00023"])
def test_find_in_an_unknown_system(altinn3: Counterpart, code: str) -> None:
    """Not the company's fault."""
    altinn3.altinn.fail(Answer(404, {"code": code}))
    with pytest.raises(AltinnError, match=code):
        altinn3.system_users().find(COMPANY)


def test_test(altinn3: Counterpart) -> None:
    """It always asks for a fresh token: a kept one would work after the company has withdrawn."""
    users = altinn3.system_users()
    for change in ("request", "approve", "withdraw"):
        users.request(COMPANY) if change == "request" else getattr(altinn3.register, change)(COMPANY)
        if change == "approve":
            assert altinn3.vendor().token(COMPANY).expires_at <= users.test(COMPANY).expires_at
        else:
            with pytest.raises(ConnectionFault) as caught:
                users.test(COMPANY)
            assert (caught.value.who, caught.value.code, caught.value.key) == ("customer", "MP-303", Phrase.FAULT_NOT_APPROVED)


def test_test_without_altinn(altinn3: Counterpart) -> None:
    """Whether the company or the vendor must act is not known then."""
    altinn3.altinn.fail("500", 3)
    with pytest.raises(AltinnError) as caught:
        altinn3.system_users().test(COMPANY)
    assert caught.value.who == "nobody"


@pytest.mark.parametrize("name", FAULTS)
def test_test_without_maskinporten(altinn3: Counterpart, name: str) -> None:
    altinn3.maskinporten.fail(name, 3, "/token")
    with pytest.raises(ConnectionFault) as caught:
        altinn3.system_users(altinn3.vendor(timeout=0.5)).test(COMPANY)
    assert (caught.value.who, altinn3.altinn.calls) == ("nobody", [])


@pytest.mark.parametrize("call", ["request", "by_reference", "find", "test"])
def test_wrong_organisation_number(altinn3: Counterpart, call: str) -> None:
    with pytest.raises(FieldError):
        getattr(altinn3.system_users(), call)("310926834")
    assert not altinn3.altinn.calls + altinn3.maskinporten.calls


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"system_id": ""}, "system_id"),
        ({"rights": ()}, "rights or access_packages"),
        ({"rights": None, "access_packages": []}, "rights or access_packages"),
        ({"rights": "a"}, "must be lists"),
        ({"agent": True}, "no rights"),
        ({"platform": None}, "platform must be given"),
        ({"platform": "http://altinn.example"}, "platform must be a URL"),
    ],
)
def test_wrong_arguments(altinn3: Counterpart, wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        altinn3.system_users(**wrong)


@pytest.mark.parametrize(("environment", "host"), [("test", "platform.tt02.altinn.no"), ("production", "platform.altinn.no")])
def test_platform(altinn3: Counterpart, environment: str, host: str) -> None:
    vendor = altinn3.vendor(environment=environment)
    assert vendor.environment.platform == f"https://{host}"
    assert altinn3.system_users(vendor, platform=None)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://altinn.example/", "", "//a.example/", "https://a.example/?\x1b[2J", None, 7]
)
def test_dangerous_link(link: Any) -> None:
    """The link stands on a page of the vendor's, and in a terminal."""
    assert request_of(Read(200, {"id": SYSTEM_USER, "status": "New", "confirmUrl": link}, None)) is None


LINK = "https://am.ui.altinn.no/accessmanagement/ui/systemuser/request?id=1"


@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
@pytest.mark.parametrize("status", ["New", "Accepted", "Rejected", "Denied", "TimedOut", "Timedout", "Timed_Out"])
def test_names_and_statuses_in_any_case(status: str, case: Callable[[str], str]) -> None:
    body = {case("id"): SYSTEM_USER.upper(), case("status"): case(status), case("confirmurl"): LINK}
    found = request_of(Read(200, body, None))
    assert found == AccessRequest(SYSTEM_USER, RequestStatus(status.lower().replace("timedout", "timed_out")), LINK)


MEMBERS = st.sampled_from(["id", "status", "confirmUrl", "code", "timedOut"]) | st.text(max_size=3)
BODIES = st.none() | st.dictionaries(MEMBERS, st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.text()))


@given(st.integers(100, 599), BODIES)
def test_any_answer(status: int, body: dict[str, object] | None) -> None:
    """Nothing but a fault comes of it."""
    answer = Read(status, body, None)
    assert fault_of(answer).who in ("vendor", "nobody")
    assert request_of(answer) is None or request_of(answer)

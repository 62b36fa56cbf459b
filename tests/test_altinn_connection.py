"""The pages of a connection to Altinn 3, against a Maskinporten and an Altinn on loopback."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from helpers.altinn3 import COMPANY, OTHER_COMPANY, SYSTEM_ID, Answer, Counterpart
from helpers.altinn3_site import PATH, connected_site, press, state
from helpers.altinn_site import LOCAL, ORGNR, hidden, new_store, send, site, text_of
from helpers.values import LANGUAGES, policy
from nofields import message
from nofields.altinn import NOTHING, Connection, ConnectionOutcome, RequestStatus, app
from nofields.altinn.client.environments import AnyOrganisationNumber


@pytest.fixture
def visitor(tmp_path: Path, altinn3: Counterpart) -> TestClient:
    return connected_site(tmp_path, altinn3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_journey(tmp_path: Path, altinn3: Counterpart, language: str) -> None:
    """From the start page to a connection that works, is withdrawn, and is approved again."""
    visitor = connected_site(tmp_path, altinn3)
    visitor.headers["Accept-Language"] = language

    def shows(answer: Any, *keys: str) -> bool:
        return answer.status_code == 200 and all(message(key, language) in text_of(answer) for key in keys)

    assert shows(visitor.get("/"), "ALTINN3_START", "ALTINN3_ASK_BUTTON")
    chosen = send(visitor, "/connections", {"orgnr": "310 926 833"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, PATH)
    page = visitor.get(PATH)
    assert shows(page, "ALTINN3_NONE_TITLE", "ALTINN3_ASK_BUTTON", "ALTINN3_APPROVER")
    assert message("ALTINN3_ASKS", language, system=SYSTEM_ID) in text_of(page)

    waiting = press(visitor, "ask")
    assert shows(waiting, "ALTINN3_SENT_TITLE", "ALTINN3_WAITING_TITLE", "ALTINN3_REFRESH")
    request = altinn3.register.request(COMPANY)
    assert request is not None
    assert re.search(rf'href="{altinn3.altinn.url}/[^"]*\?id={request.id}&amp;DONTCHOOSEREPORTEE=true"', waiting.text)
    assert shows(press(visitor, "test"), "ALTINN3_CUSTOMER_TITLE", "FAULT_NOT_APPROVED", "ALTINN3_WAITING_TITLE")

    altinn3.register.approve(COMPANY)
    assert shows(visitor.get(PATH), "ALTINN3_ACCEPTED_TITLE")
    connected = press(visitor, "test")
    assert shows(connected, "ALTINN3_TEST_WORKS_TITLE", "ALTINN3_CONNECTED_TITLE")
    assert message("ALTINN3_TEST_WORKS", language, company="310\u00a0926\u00a0833") in text_of(connected)

    altinn3.register.withdraw(COMPANY)
    assert state(visitor.get(PATH)) == "connected", "nobody has asked since"
    assert shows(press(visitor, "test"), "ALTINN3_CUSTOMER_TITLE", "ALTINN3_WITHDRAWN_TITLE", "ALTINN3_ASK_AGAIN_BUTTON")
    assert shows(press(visitor, "ask"), "ALTINN3_WAITING_TITLE")
    assert altinn3.register.request(COMPANY) is not request, "the accepted request was deleted"
    altinn3.register.approve(COMPANY)
    assert shows(press(visitor, "test"), "ALTINN3_CONNECTED_TITLE")


@pytest.mark.parametrize(("answer", "expected"), [("reject", "rejected"), ("deny", "denied"), ("time_out", "timed_out")])
def test_turned_down(visitor: TestClient, altinn3: Counterpart, answer: str, expected: str) -> None:
    """A new request is offered, and takes the place of the old one."""
    press(visitor, "ask")
    old = altinn3.register.request(COMPANY)
    getattr(altinn3.register, answer)(COMPANY)
    page = visitor.get(PATH)
    assert state(page) == expected
    assert message("ALTINN3_ASK_AGAIN_BUTTON") in text_of(page)
    assert state(press(visitor, "ask")) == "waiting"
    assert [each.status for each in altinn3.register.requests] == ["New"]
    assert altinn3.register.request(COMPANY) is not old


@pytest.mark.parametrize("body", [{"code": "AUTH-00010"}, {"title": "Not Found"}, b""])
def test_unknown_request(visitor: TestClient, altinn3: Counterpart, body: object) -> None:
    """Altinn documents status 404 with a code and without: access can be asked for again, and nothing is lost by it."""
    press(visitor, "ask")
    altinn3.altinn.fail(Answer(404, body))
    assert state(visitor.get(PATH)) == "timed_out"
    assert state(press(visitor, "ask")) == "waiting"
    assert len(altinn3.register.requests) == 1


def test_system_user_made_in_altinn(visitor: TestClient, altinn3: Counterpart) -> None:
    """Asking anew finds that the access has come back: the company need not approve again."""
    press(visitor, "ask")
    altinn3.register.approve(COMPANY)
    press(visitor, "test")
    altinn3.register.withdraw(COMPANY)
    assert state(press(visitor, "test")) == "withdrawn"
    altinn3.register.system_users[COMPANY, COMPANY] = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    assert state(press(visitor, "ask")) == "accepted"
    assert state(press(visitor, "test")) == "connected"


def test_request_taken_back(visitor: TestClient, altinn3: Counterpart) -> None:
    """A request that Altinn does not know any more is over."""
    press(visitor, "ask")
    altinn3.register.requests.clear()
    assert state(visitor.get(PATH)) == "timed_out"
    assert state(press(visitor, "ask")) == "waiting"


def test_pending_request_is_reused(tmp_path: Path, altinn3: Counterpart) -> None:
    """By a second store, and by a page on which another user has asked in the meantime."""
    for name in "ab":
        (tmp_path / name).mkdir()
    first, second = (connected_site(tmp_path / name, altinn3) for name in "ab")
    stale = hidden(second.get(PATH).text) | {"press": "ask"}
    press(first, "ask")
    assert second.post(PATH, data=stale).status_code == 303
    assert first.post(PATH, data=hidden(first.get(PATH).text) | {"press": "ask"}).status_code == 303
    assert len(altinn3.register.requests) == 1


def test_approved_without_request(visitor: TestClient, altinn3: Counterpart) -> None:
    """A company that has a system user is connected by a test alone."""
    altinn3.register.system_users[COMPANY, COMPANY] = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    assert state(visitor.get(PATH)) == "none"
    assert state(press(visitor, "test")) == "connected"
    assert state(visitor.get(PATH)) == "connected"


def expire(altinn3: Counterpart) -> None:
    altinn3.client.expired.update(altinn3.client.keys)


#: What goes wrong, who must act, and what the page says.
WRONG: dict[str, tuple[Callable[[Counterpart], None], str, str]] = {
    "an expired key": (expire, "vendor", "MP-121"),
    "an unknown client": (lambda both: both.maskinporten.clients.clear(), "vendor", "MP-100"),
    "a clock a minute off": (lambda both: setattr(both.maskinporten, "clock_offset", -60), "vendor", "invalid_grant"),
    "a token for another company": (lambda both: setattr(both.maskinporten, "wrong_company", OTHER_COMPANY), "vendor", ""),
    "another client in the register": (lambda both: both.register.client_ids.clear(), "vendor", "MP-303"),
    "Maskinporten answers 500": (lambda both: both.maskinporten.fail("500", times=20), "nobody", "Maskinporten"),
    "Maskinporten answers with a page": (lambda both: both.maskinporten.fail("page", times=20), "nobody", "Maskinporten"),
    "no system user": (lambda both: both.register.withdraw(COMPANY), "customer", ""),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_must_act(tmp_path: Path, altinn3: Counterpart, wrong: str, language: str) -> None:
    """The page says so, with the code where the vendor must act; what is saved survives."""
    store = new_store(tmp_path)
    visitor = connected_site(tmp_path, altinn3, store=store)
    visitor.headers["Accept-Language"] = language
    press(visitor, "ask")
    altinn3.register.approve(COMPANY)
    press(visitor, "test")
    change, who, shown = WRONG[wrong]
    change(altinn3)
    answer = press(visitor, "test")
    assert answer.status_code == 200
    assert message(f"ALTINN3_{who.upper()}_TITLE", language) in text_of(answer)
    assert shown in text_of(answer)
    saved = store.connection(AnyOrganisationNumber(COMPANY))
    assert saved is not None
    assert saved.connection.outcome == who
    assert state(visitor.get(PATH)) == ("withdrawn" if who == "customer" else "accepted")


def test_altinn_out_of_reach(visitor: TestClient, altinn3: Counterpart) -> None:
    """The page shows what is saved and says that it may be outdated; asking fails without harm."""
    altinn3.altinn.fail("500", times=20)
    answer = press(visitor, "ask")
    assert message("ALTINN3_NOBODY_TITLE") in text_of(answer)
    assert state(answer) == "none"
    altinn3.altinn._next.clear()
    press(visitor, "ask")
    altinn3.altinn.fail("503 page", times=20, path="")
    page = visitor.get(PATH)
    assert (page.status_code, state(page)) == (200, "waiting")
    assert message("ALTINN3_UNCHECKED") in text_of(page)


def test_two_companies(visitor: TestClient, altinn3: Counterpart) -> None:
    """Neither page shows anything of the other."""
    press(visitor, "ask")
    other = visitor.get(f"/connections/{OTHER_COMPANY}")
    assert state(other) == "none"
    assert altinn3.register.requests[0].id not in other.text
    assert "310" not in text_of(other)
    press(visitor, "ask", f"/connections/{OTHER_COMPANY}")
    altinn3.register.approve(OTHER_COMPANY)
    assert (state(visitor.get(PATH)), state(visitor.get(f"/connections/{OTHER_COMPANY}"))) == ("waiting", "accepted")


@pytest.mark.parametrize("chosen", ["reject", "accept", "only"])
@pytest.mark.parametrize(
    ("environment", "number", "accepted"),
    [("production", ORGNR, True), ("production", COMPANY, False), ("test", ORGNR, True), ("test", COMPANY, True)],
)
def test_series_of_environment(
    tmp_path: Path, altinn3: Counterpart, chosen: str, environment: str, number: str, accepted: bool
) -> None:
    """Real numbers in production, real and synthetic ones in test, whatever NOFIELDS_SYNTHETIC is."""
    users = altinn3.system_users(altinn3.vendor(environment=environment), platform=None)
    visitor = site(tmp_path, altinn3=users)
    with policy(chosen):
        assert visitor.get(f"/connections/{number}").status_code == (200 if accepted else 404)
        answer = send(visitor, "/connections", {"orgnr": number})
        assert answer.status_code == (303 if accepted else 422)
        checked = visitor.post("/assets/check/connection", json={"name": "orgnr", "value": number})
        assert (checked.json()["error"] is None) is accepted


@pytest.mark.parametrize(
    ("time", "language", "shown"),
    [
        (datetime(2026, 11, 27, 5, 5, tzinfo=UTC), "nb", "27. november 2026 kl.\u00a006:05"),
        (datetime(2026, 11, 27, 5, 5, tzinfo=UTC), "nn", "27. november 2026 kl.\u00a006:05"),
        (datetime(2026, 7, 1, 23, 59, tzinfo=UTC), "en", "2 July 2026 at 01:59"),
    ],
)
@pytest.mark.parametrize("outcome", ConnectionOutcome)
def test_times(
    tmp_path: Path, altinn3: Counterpart, time: datetime, language: str, shown: str, outcome: ConnectionOutcome
) -> None:
    """In Norwegian time, as each language writes it."""
    store, orgnr = new_store(tmp_path), AnyOrganisationNumber(COMPANY)
    connection = Connection(orgnr, RequestStatus.ACCEPTED, "1", "", time, time, outcome)
    store.save_connection(connection, NOTHING)
    page = text_of(connected_site(tmp_path, altinn3, store=store).get(PATH, headers={"Accept-Language": language}))
    assert page.count(shown) == 2


@pytest.mark.parametrize(
    ("asks", "shown"),
    [
        (["Sende mva-melding"], "Sende mva-melding"),
        ("Sende mva-melding", "Sende mva-melding"),
        ([{"nb": "Sende", "nn": "Sende på nynorsk"}], "Sende på nynorsk"),
        (["<script>alert(1)</script>"], "&lt;script&gt;"),
    ],
)
def test_what_is_asked_for(tmp_path: Path, altinn3: Counterpart, asks: Any, shown: str) -> None:
    """In the vendor's words, in place of the system's ID."""
    page = connected_site(tmp_path, altinn3, altinn3_asks=asks).get(PATH, headers={"Accept-Language": "nn"})
    assert f"<li>{shown}" in page.text
    assert message("ALTINN3_ASKS_SHOWN", "nn") in text_of(page)
    assert SYSTEM_ID not in page.text


@pytest.mark.parametrize(("altinn2", "statuses"), [(None, (200, 404)), (False, (200, 404)), (True, (200, 200))])
def test_side_by_side(tmp_path: Path, altinn3: Counterpart, altinn2: bool | None, statuses: tuple[int, int]) -> None:
    """Altinn 3 alone, or with the password form, which says what it is."""
    visitor = connected_site(tmp_path, altinn3, altinn2=altinn2)
    assert tuple(visitor.get(path).status_code for path in ("/connections", "/settings")) == statuses
    assert tuple(visitor.get(path).status_code for path in (PATH, "/register")) == statuses
    start = text_of(visitor.get("/"))
    assert message("ALTINN3_START") in start
    assert (message("ALTINN2_TITLE") in start) is (message("ALTINN_CLOSED") in start) is (altinn2 is True)
    if altinn2:
        assert 'href="/connections"' in visitor.get("/settings").text


def test_altinn2_alone(tmp_path: Path) -> None:
    visitor = site(tmp_path)
    assert [visitor.get(path).status_code for path in ("/settings", "/connections", PATH, "/returned")] == [200, 404, 404, 404]
    assert "/connections" not in visitor.get("/").text


class OldStore:
    """A store of the previous version's protocol."""

    register = registration = settings = save = str


def test_missing_methods(tmp_path: Path, altinn3: Counterpart) -> None:
    assert app(store=OldStore())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"the store lacks connection, save_connection: see nofields\.altinn\.ConnectionStore"):
        app(store=OldStore(), altinn3=altinn3.system_users())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"no form is left"):
        app(store=new_store(tmp_path), altinn2=False)


def test_nothing_to_ask_for(tmp_path: Path, altinn3: Counterpart) -> None:
    """The button could not work."""
    with pytest.raises(ValueError, match=r"give its SystemUsers rights or access_packages"):
        app(store=new_store(tmp_path), altinn3=altinn3.system_users(rights=None))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/connections", PATH, "/returned"])
def test_mounted_in_every_language(tmp_path: Path, altinn3: Counterpart, path: str, language: str) -> None:
    """Every link, form and file begins with the path that the app is mounted at."""
    mounted = Starlette(routes=[Mount("/kunde/altinn", app(store=new_store(tmp_path), altinn3=altinn3.system_users()))])
    visitor = TestClient(mounted, base_url=LOCAL, follow_redirects=False)
    page = visitor.get(f"/kunde/altinn{path}", headers={"Accept-Language": language})
    assert page.headers["content-language"] == language
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert links
    assert all(link.startswith("/kunde/altinn/") and visitor.get(link).status_code == 200 for link in links)

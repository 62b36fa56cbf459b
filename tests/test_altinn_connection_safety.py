"""The pages of a connection to Altinn 3 reveal nothing, do nothing unasked, and outlive an Altinn that hangs."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from helpers.altinn3 import COMPANY, OTHER_COMPANY, Answer, Counterpart
from helpers.altinn3_site import PATH, connected_site, press, state
from helpers.altinn_site import hidden, new_store, site, text_of
from nofields import OrganisationNumber, message
from nofields.altinn import Connection, RequestStatus
from nofields.altinn.client.environments import AnyOrganisationNumber
from nofields.altinn.pages.connection_texts import approval_link
from nofields.altinn.rate_limit import RateLimit


@pytest.fixture
def visitor(tmp_path: Path, altinn3: Counterpart) -> TestClient:
    return connected_site(tmp_path, altinn3)


def test_slow_altinn(tmp_path: Path, altinn3: Counterpart) -> None:
    """The page comes after the timeout, and the store's threads are free in the meantime."""
    visitor = connected_site(tmp_path, altinn3, check_seconds=0.2)
    altinn3.maskinporten.fail("slow", times=20)
    for button in ("ask", "test"):
        answer = press(visitor, button)
        assert (answer.status_code, state(answer)) == (200, "none")
        assert message("ALTINN3_SLOW") in text_of(answer)


class Crashing:
    """A client with an error of its own, whose text is secret."""

    system_id = "991825827_smartcloud"

    class maskinporten:  # noqa: N801
        organisation_number = AnyOrganisationNumber

    may_ask = True

    def test(self, orgnr: str) -> None:
        raise RuntimeError("Kanarifugl7")

    request = status = test


def test_crashing_client(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    visitor = site(tmp_path, altinn3=Crashing())
    for button in ("ask", "test"):
        answer = press(visitor, button)
        assert message("ALTINN3_FAILED") in text_of(answer)
        assert "Kanarifugl7" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_no_secret_shows(tmp_path: Path, altinn3: Counterpart, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a token, a grant nor the key: in no page, no log at any level, and no file of the store."""
    caplog.set_level(logging.DEBUG)
    visitor, pages = connected_site(tmp_path, altinn3), list[str]()

    def show(answer: Any) -> None:
        pages.append(answer.text + repr(answer.headers) + str(answer.url))

    show(press(visitor, "ask"))
    altinn3.register.approve(COMPANY)
    for wrong in (
        None,
        "500",
        "wrong JSON",
        "cut off",
        "redirect",
        "huge",
        Answer(400, {"error": "x", "error_description": "y"}),
    ):
        if wrong:
            altinn3.maskinporten.fail(wrong, times=20)
        show(press(visitor, "test"))
        altinn3.maskinporten._next.clear()
    altinn3.maskinporten.wrong_company = OTHER_COMPANY
    show(press(visitor, "test"))
    altinn3.register.withdraw(COMPANY)
    show(press(visitor, "test"))
    show(press(visitor, "ask"))
    files = [file.read_bytes().decode("latin-1") for file in tmp_path.iterdir()]
    key = [line for line in altinn3.pem.splitlines() if "KEY" not in line]
    assert altinn3.maskinporten.calls
    for shown in (*pages, *files, caplog.text):
        assert "eyJ" not in shown, "a token, or a grant"
        assert not [line for line in (*key, str(altinn3.jwk["d"])) if line in shown]


def test_vendor_fault_is_logged(visitor: TestClient, altinn3: Counterpart, caplog: pytest.LogCaptureFixture) -> None:
    """By its code, for the vendor's operator."""
    altinn3.maskinporten.clients.clear()
    press(visitor, "test")
    assert "MaskinportenError: MP-100" in caplog.text


def test_rate_limit(tmp_path: Path, altinn3: Counterpart) -> None:
    """Each company has its own."""
    visitor = connected_site(tmp_path, altinn3, tests_per_minute=2)
    assert [press(visitor, "test").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert press(visitor, "ask").headers["retry-after"].isdigit()
    assert press(visitor, "ask", f"/connections/{OTHER_COMPANY}").status_code == 200


def test_status_is_asked_politely(tmp_path: Path, altinn3: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is loaded again and again does not ask Altinn each time."""
    monkeypatch.setattr("nofields.altinn.access.RateLimit", partial(RateLimit, clock=lambda: 0.0))
    visitor = connected_site(tmp_path, altinn3)
    press(visitor, "ask")
    id = altinn3.register.requests[0].id
    for _ in range(50):
        assert state(visitor.get(PATH)) == "waiting"
    assert altinn3.altinn.count(id) == 20


@pytest.mark.parametrize("way", ["GET", "ask", "test", "stale"])
def test_may_edit(tmp_path: Path, altinn3: Counterpart, way: str) -> None:
    """Nothing of a company is shown or done without the host's leave."""
    asked = list[str]()

    def may_edit(request: Request, orgnr: OrganisationNumber) -> bool:
        asked.append(orgnr)
        return orgnr == OTHER_COMPANY

    visitor = connected_site(tmp_path, altinn3, may_edit=may_edit)
    token = hidden(visitor.get(f"/connections/{OTHER_COMPANY}").text)
    if way == "GET":
        answer = visitor.get(PATH)
    else:
        answer = visitor.post(PATH, data={**token, "press": way} if way != "stale" else {"press": "ask"})
    assert answer.status_code == 403
    assert asked == [OTHER_COMPANY, COMPANY]
    assert altinn3.register.requests == []
    assert not any(call.method == "POST" for call in altinn3.altinn.calls)


def test_forged_forms(visitor: TestClient, altinn3: Counterpart) -> None:
    """Without the token, from another site, or without a known button, nothing is asked for."""
    token = hidden(visitor.get(PATH).text)
    for data, headers, status in (
        ({"press": "ask"}, {}, 403),
        ({**token, "press": "ask"}, {"Origin": "https://evil.example"}, 403),
        ({**token, "press": "ask"}, {"Sec-Fetch-Site": "cross-site"}, 403),
        ({**token, "press": "x"}, {}, 400),
        (token, {}, 400),
    ):
        assert visitor.post(PATH, data=data, headers=headers).status_code == status
    stale = visitor.post(PATH, data={"press": "ask"})
    assert message("ALTINN3_STALE") in text_of(stale)
    assert visitor.post(PATH, data=hidden(stale.text) | {"press": "ask"}).status_code == 303
    assert len(altinn3.register.requests) == 1


@pytest.mark.parametrize(
    "number", ["123", "310926834", "x" * 5000, "..%2f310926833", "310926833%00", "%F0%9F%98%80", "-1", "é"]
)
def test_hostile_path(visitor: TestClient, number: str, altinn3: Counterpart) -> None:
    answer = visitor.get(f"/connections/{number}")
    assert answer.status_code == 404
    assert not altinn3.altinn.calls


@pytest.mark.parametrize(
    "query", ["", "?status=Accepted&id=1", f"?orgnr={COMPANY}", "?lang=<script>", "?next=https://evil.example", "?%ff=%00"]
)
def test_return_page(tmp_path: Path, altinn3: Counterpart, query: str) -> None:
    """It needs no session, shows no company, sets nothing and believes no parameter."""
    visitor = connected_site(tmp_path, altinn3, may_edit=lambda request, orgnr: False)
    plain, answer = visitor.get("/returned"), visitor.get(f"/returned{query}")
    assert (answer.status_code, answer.text) == (200, plain.text)
    assert message("ALTINN3_RETURNED") in text_of(answer)
    assert 'href="/connections"' in answer.text
    assert "set-cookie" not in answer.headers
    assert not altinn3.altinn.calls
    assert visitor.get(f"{PATH}{query}").status_code == 403


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://am.ui.altinn.no/accessmanagement/ui/systemuser/request?id=1&x=%20", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://am.ui.altinn.no/x", False),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT://am.ui.altinn.no/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example/x", False),
        ("/x", False),
        ("https://user@am.ui.altinn.no/", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_approval_link(link: str, shown: bool) -> None:
    """As given, and never one that a browser would run."""
    connection = Connection(AnyOrganisationNumber(COMPANY), RequestStatus.NEW, "1", link)
    assert approval_link(connection) == (link if shown else "")


def test_unusable_link(tmp_path: Path, altinn3: Counterpart) -> None:
    """A link in the store that was changed is not shown."""
    store = new_store(tmp_path)
    visitor = connected_site(tmp_path, altinn3, store=store)
    press(visitor, "ask")
    saved = store.connection(AnyOrganisationNumber(COMPANY))
    assert saved is not None
    store.save_connection(replace(saved.connection, confirm_url="javascript:alert(1)"), saved.version)
    altinn3.altinn.fail("500", times=20)
    page = visitor.get(PATH)
    assert "javascript:" not in page.text
    assert message("ALTINN3_NO_LINK") in text_of(page)

"""The Altinn pages without script: registering, saving, testing, languages and conflicts."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import threading
import time
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Mount
from starlette.testclient import TestClient

from helpers.altinn_site import LOCAL, ORGNR, PASSWORD, hidden, new_store, register, send, settings_of, site, text_of
from helpers.values import LANGUAGES
from nofields import OrganisationNumber, message
from nofields.altinn import AltinnSettings, Outcome, app
from nofields.forms.seal import Seal

PATH = f"/settings/{ORGNR}"


@pytest.fixture
def visitor(tmp_path: Path) -> TestClient:
    return site(tmp_path)


def test_journey(visitor: TestClient) -> None:
    system_id = register(visitor)
    assert AltinnSettings.model_fields["system_id"].annotation.is_valid(system_id)
    assert send(visitor, "/settings", {"orgnr": "974 760 673"}).headers["location"] == PATH
    saved = send(visitor, PATH, settings_of(system_id, language="nn"))
    assert (saved.status_code, saved.headers["location"]) == (303, f"{PATH}?saved=1")
    page = visitor.get(saved.headers["location"])
    assert "Innstillingane er lagra" in text_of(page)
    assert page.headers["content-language"] == "nn"
    assert f'value="{system_id}"' in page.text
    tested = send(visitor, PATH, {"system_id": system_id, "password": "", "language": "nn", "press": "test"})
    assert tested.status_code == 200
    assert "passordet er ikkje testa" in text_of(tested)
    assert "at både ID-en og passordet gjeld for selskapet 974\u00a0760\u00a0673" in text_of(tested)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/register", "/settings", PATH])
def test_language_and_link(visitor: TestClient, path: str, language: str) -> None:
    """Every page is in the requested language and links to Altinn 3."""
    page = visitor.get(path, headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert page.headers["content-language"] == language
    assert page.headers["vary"] == "Accept-Language, Cookie"
    assert message("ALTINN_CLOSED", language) in text_of(page)
    assert re.search(r'href="https://docs\.altinn\.studio/[^"]*systemuser/"', page.text)


def test_company_page(visitor: TestClient) -> None:
    """The organisation number is sent by POST only, so that no typed value is in an address."""
    rejected = send(visitor, "/settings", {"orgnr": "038515 98731"})
    assert rejected.status_code == 422
    assert message("ORGANISATION_FIELD_ERROR", "nb") in text_of(rejected)
    assert 'method="get"' not in rejected.text
    assert visitor.get(f"/settings?orgnr={ORGNR}").status_code == 200, "a query is ignored"
    stale = visitor.post("/settings", data={"orgnr": ORGNR})
    assert (stale.status_code, 'value="974 760 673"' in stale.text) == (403, True)


def test_repeated_header(visitor: TestClient) -> None:
    lines = [("Accept-Language", "de"), ("Accept-Language", "nn")]
    assert visitor.get("/register", headers=lines).headers["content-language"] == "nn"
    kinds = [("Accept", "image/png"), ("Accept", "text/html")]
    assert visitor.get("/assets/nothing", headers=kinds).headers["content-type"].startswith("text/html")


def test_chosen_language_stays(visitor: TestClient) -> None:
    visitor.get("/?lang=en", headers={"Accept-Language": "nn"})
    assert '<html lang="en"' in visitor.get("/register", headers={"Accept-Language": "nn"}).text
    assert '<html lang="nb"' in visitor.get("/register?lang=nb").text
    assert '<html lang="nb"' in visitor.get("/register?lang=../x").text
    assert f"Max-Age={365 * 24 * 3600}" in visitor.get("/?lang=nn").headers["set-cookie"]


#: Requests that save nothing: the fields, and the status of the answer.
WITHOUT_SAVING: dict[str, tuple[dict[str, str], int]] = {
    "test": (settings_of("4711", "test"), 200),
    "test with errors": (settings_of("x", "test"), 422),
    "save with errors": (settings_of("4711", password="x"), 422),
    "test with a stale token": (settings_of("4711", "test", token="x"), 403),
    "save with a stale token": (settings_of("4711", token="x"), 403),
    "conflict": (settings_of("4711", version="7"), 409),
    "neither": (settings_of("4711", "x"), 400),
}


@pytest.mark.parametrize("scripted", [False, True], ids=["page", "script"])
@pytest.mark.parametrize("sent", WITHOUT_SAVING)
def test_language_unchanged_without_saving(tmp_path: Path, sent: str, scripted: bool) -> None:
    """The reader's language is the browser's; the company's settings and the form have another."""
    reader, company = "en", "nn"
    store = new_store(tmp_path)
    send(site(tmp_path, store=store), PATH, settings_of(language=company))
    visitor = site(tmp_path, store=store)
    visitor.headers["Accept-Language"] = reader
    fields, status = WITHOUT_SAVING[sent]
    answer = send(visitor, PATH, fields | {"language": company}, {"Accept": "application/json"} if scripted else {})
    assert answer.status_code == status
    assert answer.headers.get("content-language", reader) == reader
    assert "nofields-language" not in visitor.cookies
    assert visitor.get(PATH).headers["content-language"] == reader


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize(("reader", "company"), list(permutations(LANGUAGES, 2)))
def test_saving_changes_language(tmp_path: Path, reader: str, company: str, linked: bool) -> None:
    """Even if the reader had chosen another language by a link."""
    visitor = site(tmp_path)
    visitor.headers["Accept-Language"] = reader
    if linked:
        visitor.get(f"/?lang={reader}")
    saved = send(visitor, PATH, settings_of(language=company))
    assert visitor.get(saved.headers["location"]).headers["content-language"] == company
    assert visitor.get("/").headers["content-language"] == company


def test_registered_id_needs_its_cookie(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    register(site(tmp_path, store=store))
    other = site(tmp_path, store=store)
    assert other.get("/registered").headers["location"] == "/register"
    other.cookies.set("nofields-registered", "gAAAA", domain="localhost.local")
    assert other.get("/registered").status_code == 303


@pytest.mark.parametrize(
    ("later", "shown"), [(0, True), (890, True), (910, False), (-61, True), (-300, True), (-310, False), (-3600, False)]
)
def test_registered_id_expires(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: int, shown: bool) -> None:
    """After 15 minutes, in the browser and on the server, which allows five minutes of clock skew."""
    store, module = new_store(tmp_path), sys.modules["nofields.altinn.app"]  # nofields.altinn.app is the function in it

    def server(now: float) -> TestClient:
        monkeypatch.setattr(module, "Seal", partial(Seal, clock=lambda: now))
        return site(tmp_path, store=store, secret=b"0" * 32)

    first, second = server(1_700_000_000), server(1_700_000_000 + later)
    answer = send(first, "/register", {"description": "x", "system_type": "other", "password": PASSWORD})
    assert "Max-Age=900" in answer.headers["set-cookie"]
    page = second.get("/registered", headers={"Cookie": answer.headers["set-cookie"].partition(";")[0]})
    assert page.status_code == (200 if shown else 303)


def test_error_page(visitor: TestClient) -> None:
    """Title and summary name the errors, and the typed values stay."""
    page = send(visitor, "/register", {"description": "Mitt <program>", "system_type": "payroll", "password": "Kanari"})
    assert page.status_code == 422
    assert "<title>Feil: Registrer datasystem" in page.text
    assert 'value="Mitt &lt;program&gt;"' in page.text
    assert '<option value="payroll" selected>' in page.text
    assert 'href="#password"' in page.text
    assert "Kanari" not in page.text


@pytest.mark.parametrize(
    ("system_types", "expected"),
    [
        (["Regnskapsprogrammet", "Lønn & mer"], "Lønn &amp; mer"),
        ({"a": "Alfa", "b": "LABEL_COUNTRY"}, '<option value="b">Land'),
        ("Regnskap", '<option value="Regnskap">'),
    ],
)
def test_own_system_types(tmp_path: Path, system_types: Any, expected: str) -> None:
    visitor = site(tmp_path, system_types=system_types)
    assert expected in visitor.get("/register").text
    other = {"description": "x", "system_type": "accounting", "password": PASSWORD}
    assert send(visitor, "/register", other).status_code == 422


def slow(settings: AltinnSettings) -> bool:
    time.sleep(0.5)
    return True


async def slow_async(settings: AltinnSettings) -> bool:
    await asyncio.sleep(0.5)
    return True


def failing(settings: AltinnSettings) -> bool:
    raise RuntimeError(f"no log-in for {settings.password}")


async def rejecting(settings: AltinnSettings) -> bool:
    return settings.password != PASSWORD


@pytest.mark.parametrize(
    ("check", "outcome"),
    [
        (lambda settings: True, Outcome.WORKS),
        (rejecting, Outcome.REFUSED),
        (lambda settings: Outcome.NOT_TRIED, Outcome.NOT_TRIED),
        (slow, Outcome.SLOW),
        (slow_async, Outcome.SLOW),
        (failing, Outcome.FAILED),
    ],
)
def test_login_test_result(tmp_path: Path, caplog: pytest.LogCaptureFixture, check: Any, outcome: Outcome) -> None:
    """The page shows the outcome and keeps the typed values."""
    visitor = site(tmp_path, check_login=check, check_seconds=0.1)
    visitor.get("/?lang=en")
    page = send(visitor, PATH, settings_of("4711", "test", language="nn"))
    assert page.status_code == 200
    assert message(f"ALTINN_TEST_{outcome.upper()}_TITLE", "en") in text_of(page)
    assert message("ALTINN_PASSWORD_AGAIN", "en") in text_of(page)
    assert 'value="4711"' in page.text
    assert 'value="nn" checked' in page.text
    assert PASSWORD not in page.text + caplog.text
    assert visitor.get(PATH).text.count('value="4711"') == 0, "a test saves nothing"
    answer = send(visitor, PATH, settings_of("4711", "test", language="nn"), {"Accept": "application/json"})
    assert answer.headers["content-language"] == "en"
    assert (answer.json()["outcome"], answer.json()["title"]) == (
        outcome,
        message(f"ALTINN_TEST_{outcome.upper()}_TITLE", "en"),
    )


def test_login_test_of_invalid_form(visitor: TestClient) -> None:
    """The answer makes the script submit the form, so that the errors are shown."""
    answer = send(visitor, PATH, settings_of("x", "test"), {"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (422, {"outcome": "page"})


def test_login_test_limit(tmp_path: Path) -> None:
    """Too many tests are rejected for a while, and the typed values stay."""
    visitor = site(tmp_path, tests_per_minute=2)
    answers = [send(visitor, PATH, settings_of("4711", "test")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert 'value="4711"' in answers[2].text
    assert "Vent litt før neste test" in text_of(answers[2])
    assert message("ALTINN_TEST_LIMITED", "nb", seconds=60) in text_of(answers[2]), "in tens of seconds"
    assert send(visitor, "/settings/974760673", settings_of()).status_code == 303, "saving is not limited"
    elsewhere = [send(visitor, "/settings/974761076", settings_of(system_id, "test")) for system_id in ("4711", "4712")]
    assert [answer.status_code for answer in elsewhere] == [429, 200], "an ID is not tried under one company after the other"


def test_conflict(tmp_path: Path) -> None:
    """Of two tabs the later one gets a notice, and nothing is overwritten."""
    store = new_store(tmp_path)
    one, other = site(tmp_path, store=store), site(tmp_path, store=store)
    fields_of_page = hidden(other.get(PATH).text)
    assert send(one, PATH, settings_of("111")).status_code == 303
    late = other.post(PATH, data=fields_of_page | settings_of("222"))
    assert late.status_code == 409
    assert "med ID-en 111" in text_of(late)
    assert late.text.count("autofocus") == 1
    assert 'value="222"' in late.text
    assert PASSWORD not in late.text
    saved = store.settings(OrganisationNumber(ORGNR))
    assert saved is not None
    assert saved.settings.system_id == "111"
    again = hidden(late.text) | settings_of("222", password="")
    assert other.post(PATH, data=again).status_code == 422, "the stored password belongs to the other ID"
    assert other.post(PATH, data=again | {"password": PASSWORD}).status_code == 303


def test_stored_password(tmp_path: Path) -> None:
    """It need not be typed again unless the ID changes."""
    store = new_store(tmp_path)
    visitor = site(tmp_path, store=store)
    send(visitor, PATH, settings_of("111"))
    assert "Et passord er lagret og blir ikke vist." in text_of(visitor.get(PATH))
    assert send(visitor, PATH, settings_of("111", password="", language="en")).status_code == 303
    saved = store.settings(OrganisationNumber(ORGNR))
    assert saved is not None
    assert (saved.settings.password, saved.settings.language) == (PASSWORD, "en")
    assert send(visitor, PATH, settings_of("112", password="")).status_code == 422


def test_conflict_with_stored_password(tmp_path: Path) -> None:
    """The same when the later tab leaves the password empty."""
    store = new_store(tmp_path)
    one, other = site(tmp_path, store=store), site(tmp_path, store=store)
    send(one, PATH, settings_of("111"))
    fields_of_page = hidden(other.get(PATH).text)
    send(one, PATH, settings_of("222"))
    late = other.post(PATH, data=fields_of_page | settings_of("111", password="", language="en"))
    assert late.status_code == 409
    assert message("ALTINN_CONFLICT", "nb", id="222") in text_of(late)
    assert late.text.count("autofocus") == 1


def test_conflict_with_deletion(tmp_path: Path) -> None:
    """Settings deleted in the meantime can be saved again."""
    store = new_store(tmp_path)
    visitor = site(tmp_path, store=store)
    fields_of_page = hidden(visitor.get(PATH).text) | {"version": "an older one"}
    late = visitor.post(PATH, data=fields_of_page | settings_of("111"))
    assert (late.status_code, store.settings(OrganisationNumber(ORGNR))) == (409, None)
    assert message("ALTINN_GONE", "nb") in text_of(late)
    assert visitor.post(PATH, data=hidden(late.text) | settings_of("111")).status_code == 303


def test_login_sentence(tmp_path: Path) -> None:
    """The pages say that no login takes place, unless the host has a check of its own."""
    store = new_store(tmp_path)
    visitors = site(tmp_path, store=store), site(tmp_path, store=store, check_login=bool)
    assert [message("ALTINN_NO_LOGIN", "nb") in text_of(visitor.get(PATH)) for visitor in visitors] == [True, False]


@pytest.mark.parametrize("press", ["", "SAVE", "both", None])
def test_unknown_button(tmp_path: Path, press: str | None) -> None:
    checked: list[AltinnSettings] = []
    visitor = site(tmp_path, check_login=checked.append)
    fields = {name: value for name, value in settings_of("4711", press or "").items() if press is not None or name != "press"}
    assert send(visitor, PATH, fields).status_code == 400
    assert 'value="4711"' not in visitor.get(PATH).text
    assert not checked


@pytest.mark.parametrize("host", [Starlette, FastAPI])
@pytest.mark.parametrize("prefix", ["/altinn", "/a/b"])
def test_mounted(tmp_path: Path, host: type[Starlette], prefix: str) -> None:
    outer = host()
    outer.router.routes.append(Mount(prefix, app(store=new_store(tmp_path))))
    visitor = TestClient(outer, base_url=LOCAL, follow_redirects=False)
    page = visitor.get(f"{prefix}/register")
    fields = {"description": "x", "system_type": "other", "password": PASSWORD}
    answer = visitor.post(f"{prefix}/register", data=hidden(page.text) | fields)
    assert answer.headers["location"] == f"{prefix}/registered"
    for path in re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text):
        assert path.startswith(prefix + "/")
        assert visitor.get(path).status_code == 200, path


async def may_edit_others(request: Request, orgnr: OrganisationNumber) -> bool:
    return orgnr != ORGNR


def may_edit_others_in_thread(request: Request, orgnr: OrganisationNumber) -> bool:
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
    return orgnr != ORGNR


@pytest.mark.parametrize(
    "may_edit", [may_edit_others, may_edit_others_in_thread, lambda request, orgnr: may_edit_others(request, orgnr)]
)
def test_may_access(tmp_path: Path, may_edit: Any) -> None:
    visitor = site(tmp_path, may_edit=may_edit)
    assert visitor.get(PATH).status_code == 403
    assert visitor.get("/settings/974761076").status_code == 200


def test_not_logged_in(tmp_path: Path) -> None:
    def denied(request: Request, orgnr: OrganisationNumber) -> bool:
        raise HTTPException(401, headers={"WWW-Authenticate": "Basic"})

    answer = site(tmp_path, may_edit=denied).get(PATH)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Basic")
    assert message("HTTP_403", "nb") in text_of(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tests_per_minute": 0},
        {"tests_per_minute": -1},
        {"check_seconds": 0},
        {"check_seconds": float("nan")},
        {"largest_body": 0},
        {"secret": b"short"},
        {"allowed_hosts": "localhost:8000"},
        {"allowed_hosts": ["[::1]:8000"]},
        {"allowed_hosts": ["https://example.com"]},
    ],
    ids=str,
)
def test_invalid_app_arguments(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong)).replace("allowed_hosts", "allowed host")):
        app(store=new_store(tmp_path), **wrong)


def test_numbers_do_not_wrap(visitor: TestClient) -> None:
    assert "974\u00a0760\u00a0673" in visitor.get(PATH).text


@pytest.mark.parametrize("stylesheet", ["/ds.css", ["/theme.css", "/ds.css"]])
def test_designsystemet_classes(tmp_path: Path, stylesheet: Any) -> None:
    page = site(tmp_path, stylesheet=stylesheet).get("/register").text
    assert '<link rel="stylesheet" href="/ds.css">' in page
    assert "/assets/altinn.css" not in page
    assert "/assets/extras.css" in page


def test_own_style_sheet(visitor: TestClient) -> None:
    (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', visitor.get("/register").text)
    answer = visitor.get(sheet)
    assert answer.headers["content-type"].startswith("text/css")
    assert len(answer.content) < 10_000


def test_concurrent_registrations(tmp_path: Path) -> None:
    """Each gets an ID of its own."""
    store = new_store(tmp_path)
    ids: list[str] = []

    def one() -> None:
        visitor = site(tmp_path, store=store)
        ids.extend(register(visitor) for _ in range(3))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == len(ids) == 24


def test_no_secret_shows(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in a page, a log line, an address nor a file."""
    caplog.set_level(logging.DEBUG)
    visitor = site(tmp_path, check_login=failing)
    system_id = register(visitor)
    answers = [send(visitor, PATH, settings_of(system_id, press)) for press in ("test", "save", "test")]
    answers += [send(visitor, PATH, settings_of("x")), visitor.get(PATH), visitor.get("/registered")]
    answers += [send(visitor, "/register", {"password": PASSWORD}), visitor.post(PATH, data=settings_of())]
    shown = [answer.text + str(answer.headers) + str(answer.url) for answer in answers]
    files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert len(files) >= 1
    assert not any(PASSWORD in each for each in (*shown, caplog.text))
    assert not any(PASSWORD.encode() in each for each in files)

"""``nofields altinn``: what it prints, its exit codes and its settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from helpers.altinn3 import COMPANY, SCOPE, Counterpart
from helpers.altinn3.commands import settings
from helpers.altinn3.maskinporten import read_token
from nofields.catalogs import LANGUAGES
from nofields.cli.app import app
from nofields.keys import Phrase
from nofields.messages import message


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries wait for nothing."""
    monkeypatch.setattr("nofields.altinn.client.http_calls._PAUSE", 0)


def run(altinn3: Counterpart, *words: str, **changes: str) -> Result:
    env = {**settings(altinn3), "COLUMNS": "200", **changes}
    return CliRunner().invoke(app, ["altinn", *words], env=env)


@pytest.mark.parametrize("language", LANGUAGES)
def test_journey(altinn3: Counterpart, language: str) -> None:
    """Asked for, not approved, approved, tested, withdrawn."""
    words = ["--locale", language]
    asked = run(altinn3, "request", COMPANY, *words)
    (request,) = altinn3.register.requests
    assert (asked.exit_code, asked.stderr) == (0, "")
    assert asked.stdout.splitlines()[:3] == [
        message(Phrase.ALTINN3_WAITING_TITLE, language),
        message(Phrase.ALTINN3_WAITING, language),
        request.id,
    ]
    assert asked.stdout.splitlines()[3].startswith(f"{altinn3.altinn.url}/accessmanagement/")
    assert run(altinn3, "request", COMPANY, *words).stdout == asked.stdout

    waiting, refused = run(altinn3, "status", request.id, *words), run(altinn3, "token", COMPANY, *words)
    assert (waiting.exit_code, waiting.stdout) == (1, asked.stdout)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == f"✗ {message(Phrase.FAULT_NOT_APPROVED, language)}\n"

    altinn3.register.approve(COMPANY)
    accepted, tested = run(altinn3, "status", request.id, *words), run(altinn3, "token", COMPANY, *words)
    assert (accepted.exit_code, tested.exit_code) == (0, 0)
    assert accepted.stdout.startswith(message(Phrase.ALTINN3_ACCEPTED_TITLE, language))
    assert tested.stdout == f"✓ {message(Phrase.ALTINN3_CONNECTED_TITLE, language)}\n"

    altinn3.register.withdraw(COMPANY)
    assert run(altinn3, "token", COMPANY, *words).exit_code == 1


@pytest.mark.parametrize("end", ["reject", "deny", "time_out"])
def test_ends(altinn3: Counterpart, end: str) -> None:
    run(altinn3, "request", COMPANY)
    getattr(altinn3.register, end)(COMPANY)
    key = {"reject": "ALTINN3_REJECTED", "deny": "ALTINN3_DENIED", "time_out": "ALTINN3_TIMED_OUT"}[end]
    ended = run(altinn3, "status", altinn3.register.requests[0].id)
    assert (ended.exit_code, message(key, "nb") in ended.stdout) == (1, True)


def test_token_is_shown_on_request(altinn3: Counterpart) -> None:
    """Standard output has it alone, for another program to read."""
    run(altinn3, "request", COMPANY)
    altinn3.register.approve(COMPANY)
    shown = run(altinn3, "token", COMPANY, "--show-token")
    assert read_token(shown.stdout.strip(), altinn3.maskinporten.key)["scope"] == SCOPE
    assert "eyJ" not in run(altinn3, "token", COMPANY).output


def test_json(altinn3: Counterpart) -> None:
    words = ["--format", "json", "--locale", "en"]
    asked = json.loads(run(altinn3, "request", COMPANY, *words).stdout)
    refused = json.loads(run(altinn3, "token", COMPANY, *words).stdout)
    altinn3.register.approve(COMPANY)
    found = json.loads(run(altinn3, "status", asked["id"], *words).stdout)
    works = json.loads(run(altinn3, "token", COMPANY, *words).stdout)
    shown = json.loads(run(altinn3, "token", COMPANY, "--show-token", *words).stdout)
    assert (asked["status"], found["status"], asked["confirm_url"]) == ("new", "accepted", found["confirm_url"])
    assert (refused["works"], refused["who"], refused["code"]) == (False, "customer", "MP-303")
    assert refused["message"] == message(Phrase.FAULT_NOT_APPROVED, "en")
    assert set(works) == {"works", "message", "expires_at"}
    assert set(shown) == {*works, "token"}


@pytest.mark.parametrize("command", ["token", "request"])
@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"NOFIELDS_MASKINPORTEN_CLIENT_ID": "another"}, "MP-100"),
        ({"NOFIELDS_MASKINPORTEN_KID": "another"}, "MP-120"),
        ({"NOFIELDS_MASKINPORTEN_ENVIRONMENT": "prod"}, "environment must be"),
        ({"NOFIELDS_MASKINPORTEN_KEY": "Kanari"}, "neither PEM"),
        ({"NOFIELDS_MASKINPORTEN_KEY": ""}, "NOFIELDS_MASKINPORTEN_KEY"),
        ({"NOFIELDS_ALTINN_SYSTEM_ID": " "}, "system_id"),
        ({"NOFIELDS_ALTINN_PLATFORM": "http://a.example"}, "platform"),
    ],
)
def test_vendor_must_act(altinn3: Counterpart, command: str, changes: dict[str, str], text: str) -> None:
    ended = run(altinn3, command, COMPANY, **changes)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert text in ended.stderr
    assert "Kanari" not in ended.stderr


@pytest.mark.parametrize("service", ["maskinporten", "altinn"])
def test_nobody_must_act(altinn3: Counterpart, service: str) -> None:
    getattr(altinn3, service).fail("500", 3)
    ended = run(altinn3, "request", COMPANY)
    assert (ended.exit_code, "svarer ikke" in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["token", "310926834"], "organisasjonsnummer"),
        (["request", "310926834"], "organisasjonsnummer"),
        (["status", "310926833"], "UUID"),
        (["token"], "ORGNR"),
        (["request", COMPANY, "--right", "other"], "AUTH-00001"),
        (["request", COMPANY, "--access-package", "other"], "AUTH-00063"),
        (["request", COMPANY, "--redirect-url", "https://a.example/"], "AUTH-00026"),
        (["request", COMPANY, "--agent"], "no rights"),
        (["status", "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"], "AUTH-00010"),
    ],
)
def test_wrong_words(altinn3: Counterpart, words: list[str], text: str) -> None:
    ended = run(altinn3, *words)
    assert (ended.exit_code, text in ended.stderr) == (2, True), ended.output


def test_nothing_to_ask_for(altinn3: Counterpart) -> None:
    ended = run(altinn3, "request", COMPANY, NOFIELDS_ALTINN_RIGHTS="")
    assert (ended.exit_code, "rights or access_packages" in ended.stderr) == (2, True)


def test_agent(altinn3: Counterpart) -> None:
    changes = {"NOFIELDS_ALTINN_RIGHTS": "", "NOFIELDS_ALTINN_ACCESS_PACKAGES": "skattegrunnlag", "NOFIELDS_ALTINN_AGENT": "1"}
    asked = run(altinn3, "request", COMPANY, **changes)
    assert (asked.exit_code, "/agentrequest?id=" in asked.stdout) == (0, True), asked.output


def test_several_scopes_in_the_variable(altinn3: Counterpart) -> None:
    altinn3.client.scopes.add("krr:other")
    altinn3.register.system_users[COMPANY, COMPANY] = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"
    assert run(altinn3, "token", COMPANY, NOFIELDS_MASKINPORTEN_SCOPES=f"{SCOPE} krr:other").exit_code == 0
    assert altinn3.maskinporten.grants[-1]["scope"] == f"{SCOPE} krr:other"


@pytest.mark.parametrize(("mode", "code"), [(0o600, 0), (0o644, 2)])
def test_key_file(altinn3: Counterpart, tmp_path: Path, mode: int, code: int) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(altinn3.jwk))
    file.chmod(mode)
    changes = {"NOFIELDS_MASKINPORTEN_KEY": "", "NOFIELDS_MASKINPORTEN_KID": "", "NOFIELDS_MASKINPORTEN_KEY_FILE": str(file)}
    ended = run(altinn3, "request", COMPANY, **changes)
    assert (ended.exit_code, "chmod 600" in ended.stderr) == (code, code == 2), ended.output


@pytest.mark.parametrize("command", ["token", "request", "status"])
def test_help_has_the_exit_codes(altinn3: Counterpart, command: str) -> None:
    assert "2: The vendor must correct something" in run(altinn3, command, "--help").stdout

"""``nofields serve`` listens on this machine only, unless a flag allows more."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from httpx2 import Client
from typer.testing import CliRunner

from helpers.altinn3 import COMPANY, Counterpart
from helpers.altinn3.commands import settings
from helpers.altinn_site import free_port, hidden, text_of, wait_for_page
from nofields import message
from nofields.cli.app import app


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com"])
def test_other_address_needs_flag(host: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--host", host, "--store", str(tmp_path / "db")], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "--expose" in result.output
    assert "no log-in" in result.output
    assert not list(tmp_path.iterdir())


def test_readable_key_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.touch(0o644)
    words = ["serve", "--store", str(tmp_path / "db"), "--key-file", str(key)]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "chmod 600" in result.output


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("no database" * 100)
    result = CliRunner().invoke(app, ["serve", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")])
    assert result.exit_code == 2
    assert "db:fileisnotadatabase" in "".join(result.output.split()), "a narrow terminal breaks a line anywhere"


@pytest.mark.parametrize("name", ["example.com:80", "https://example.com", "example.com/x", "a@example.com", "a b", ""])
def test_invalid_allowed_host(name: str, tmp_path: Path) -> None:
    words = ["serve", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key"), "--allow-host", name]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "without scheme and port" in result.output


@pytest.mark.parametrize("host", ["", "a" * 70, "æ..ø", "host.invalid"])
def test_host_without_address(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, before a key or a store is created."""
    real = socket.getaddrinfo

    def without_network(name: str, *rest: object) -> object:
        if name == "host.invalid":
            raise socket.gaierror(-2, "Name or service not known")
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("nofields.cli.serve.socket.getaddrinfo", without_network)
    words = ["serve", "--expose", "--host", host, "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert f"--host {host!r} has no address" in "".join(result.output.splitlines())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["--store", "--key-file"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "in a file", "in no folder", "loop"])
def test_unusable_file_is_named(option: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    named = {"in a file": "file/x", "in no folder": "none/x"}.get(kind, kind)
    files = {"--store": "db", "--key-file": "key", option: named}
    words = [word for name, file in files.items() for word in (name, str(tmp_path / file))]
    result = CliRunner().invoke(app, ["serve", *words], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert f"Cannot serve: {tmp_path / named}" in result.output
    assert result.output.count("\n") == 1


def test_undecodable_key_variable(tmp_path: Path) -> None:
    words = ["serve", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200", "NOFIELDS_KEY": "\udcff"})
    assert result.exit_code == 2
    assert "NOFIELDS_KEY holds no key" in result.output


def test_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
        command = [sys.executable, "-m", "nofields", "serve", "--port", str(occupied.getsockname()[1]), *files]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "address already in use" in ended.stderr
    assert "http://" not in ended.stderr


EVERYBODY = ["--expose", "--host", "0.0.0.0"]


@pytest.mark.parametrize("words", [[], EVERYBODY, [*EVERYBODY, "--allow-host", "example.com"]])
def test_serves_until_interrupted(words: list[str], tmp_path: Path) -> None:
    port = free_port()
    files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    command = [sys.executable, "-m", "nofields", "serve", "--port", str(port), *files, *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "200"}) as server:
        try:
            page = wait_for_page(f"http://127.0.0.1:{port}/register")
            assert "Registrer datasystem" in page
        finally:
            server.send_signal(signal.SIGINT)
        output = server.communicate(timeout=20)[1]
    assert f":{port}/" in output
    assert ("Other machines can reach this" in output) is bool(words)
    assert ("Add --allow-host" in output) is (words == EVERYBODY)
    assert "Traceback" not in output


def test_port_zero(tmp_path: Path) -> None:
    """The chosen port is printed once the server answers."""
    files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    command = [sys.executable, "-m", "nofields", "serve", "--port", "0", *files]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "200"}) as server:
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split()[3]
            with urlopen(f"{address}register", timeout=20) as answer:
                assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)


def test_altinn3(tmp_path: Path, altinn3: Counterpart) -> None:
    """With the settings of ``nofields altinn``, the form of Altinn 3 is served in place of the other."""
    files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    command = [sys.executable, "-m", "nofields", "serve", "--altinn3", "--port", "0", *files]
    environment = os.environ | settings(altinn3) | {"COLUMNS": "200"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr is not None
            address = server.stderr.readline().split()[3].rstrip("/")
            browser = Client(base_url=address)
            assert browser.get("/register").status_code == 404
            page = browser.get(f"/connections/{COMPANY}")
            asked = browser.post(f"/connections/{COMPANY}", data=hidden(page.text) | {"press": "ask"}, follow_redirects=True)
            assert message("ALTINN3_WAITING_TITLE") in text_of(asked)
        finally:
            server.send_signal(signal.SIGINT)


@pytest.mark.parametrize(
    "name",
    ["MASKINPORTEN_CLIENT_ID", "MASKINPORTEN_SCOPES", "MASKINPORTEN_ENVIRONMENT", "MASKINPORTEN_KEY", "ALTINN_SYSTEM_ID"],
)
def test_missing_setting(name: str, tmp_path: Path, altinn3: Counterpart) -> None:
    """One sentence names it, before a key or a store is created."""
    words = ["serve", "--altinn3", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    environment = {**settings(altinn3), f"NOFIELDS_{name}": ""}
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200", **environment})
    assert result.exit_code == 2
    assert f"NOFIELDS_{name}" in result.output
    assert result.output.count("\n") == 1
    assert altinn3.pem not in result.output
    assert not list(tmp_path.iterdir())

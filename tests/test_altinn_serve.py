"""``nofields serve``: on this machine only, unless told otherwise."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from altinn_site import free_port, when_served
from nofields.cli.app import app


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com"])
def test_another_address_needs_the_flag(host: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--host", host, "--store", str(tmp_path / "db")], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "--expose" in result.output
    assert "no log-in" in result.output
    assert not list(tmp_path.iterdir())


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.touch(0o644)
    words = ["serve", "--store", str(tmp_path / "db"), "--key-file", str(key)]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "chmod 600" in result.output


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("no database" * 100)
    result = CliRunner().invoke(app, ["serve", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")])
    assert result.exit_code == 2
    assert "db:fileisnotadatabase" in "".join(result.output.split()), "a narrow terminal breaks a line anywhere"


def test_an_allowed_host_with_a_port_is_said(tmp_path: Path) -> None:
    words = ["serve", "--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key"), "--allow-host", "example.com:80"]
    result = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "without scheme and port" in result.output


def test_a_port_in_use_ends_with_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
        command = [sys.executable, "-m", "nofields", "serve", "--port", str(taken.getsockname()[1]), *files]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "address already in use" in ended.stderr
    assert "http://" not in ended.stderr


EVERYBODY = ["--expose", "--host", "0.0.0.0"]


@pytest.mark.parametrize("words", [[], EVERYBODY, [*EVERYBODY, "--allow-host", "example.com"]])
def test_it_serves_until_it_is_interrupted(words: list[str], tmp_path: Path) -> None:
    port = free_port()
    files = ["--store", str(tmp_path / "db"), "--key-file", str(tmp_path / "key")]
    command = [sys.executable, "-m", "nofields", "serve", "--port", str(port), *files, *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "200"}) as server:
        try:
            page = when_served(f"http://127.0.0.1:{port}/register")
            assert "Registrer datasystem" in page
        finally:
            server.send_signal(signal.SIGINT)
        said = server.communicate(timeout=20)[1]
    assert f":{port}/" in said
    assert ("Other machines can reach this" in said) is bool(words)
    assert ("Add --allow-host" in said) is (words == EVERYBODY)
    assert "Traceback" not in said


def test_it_says_which_free_port_it_has_once_it_answers_there(tmp_path: Path) -> None:
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

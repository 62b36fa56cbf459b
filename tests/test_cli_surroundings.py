"""The command line with unusual terminals, networks, file systems and catalogs."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread, Timer

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner, Result

from helpers.commands import default_sighup
from nofields import NationalIdentityNumber
from nofields.altinn import KeyFileError, load_key
from nofields.catalogs import CatalogError
from nofields.cli.app import app

ESCAPES = "\x1b]0;hijacked\x07\x1b[31m\x9b2J"
PROGRAM = [sys.executable, "-m", "nofields"]


def run(*words: str, **env: str) -> Result:
    return CliRunner().invoke(app, words, env={"COLUMNS": "200", **env})


def on_a_terminal(words: list[str], cwd: Path, typed: bytes = b"") -> tuple[int, str]:
    """Run the program on a terminal; return its exit code and output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*PROGRAM, *words], cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        (hanging := Timer(60, program.kill)).start()
        os.write(ours, typed)
        output = b""
        try:
            while more := os.read(ours, 4096):
                output += more
        except OSError:  # Linux raises it when the other end is closed
            os.close(ours)
        hanging.cancel()
    return program.returncode, output.decode()


def test_no_escape_sequences(tmp_path: Path) -> None:
    """The name of a column or a file could otherwise hide or forge output."""
    (tmp_path / f"a{ESCAPES}.csv").write_text(f"orgnr ({ESCAPES}),b\n974760674,x\n")
    for words in (["check", f"a{ESCAPES}.csv"], ["check", f"a{ESCAPES}.csv", "--rejected", f"b{ESCAPES}.csv"]):
        output = on_a_terminal(words, tmp_path)[1]
        assert "orgnr" in output
        assert [escape for escape in ("\x1b]0;", "\x1b[31m", "\x9b") if escape in output] == []


def own_texts(folder: Path, texts: dict[str, str]) -> str:
    """Write a project's own bokmål texts; return the folder's name."""
    file = folder / "nb" / "LC_MESSAGES" / "nofields.po"
    file.parent.mkdir(parents=True)
    file.write_text("".join(f'msgid "{key}"\nmsgstr "{text}"\n\n' for key, text in texts.items()))
    return str(folder)


@pytest.mark.usefixtures("fresh_catalogs")
@pytest.mark.parametrize("words", [["fields"], ["explain", "orgnr", "974760673"], ["check", "in.csv"]])
def test_brackets_in_own_texts(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not markup."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("orgnr\n974760673\n")
    keys = ("FACT_VALUE", "AUDIT_ROWS", "AUDIT_COLUMN", "LABEL_ORGANISATION_NUMBER", "VERDICT_VALID")
    result = run(*words, NOFIELDS_LOCALES=own_texts(tmp_path / "own", dict.fromkeys(keys, "Tekst [/b]")))
    assert result.exit_code == 0, result.exception
    assert "Tekst [/b]" in result.stdout


@pytest.mark.usefixtures("fresh_catalogs")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nofields.po", b"\xff\xfe"),
        ("nofields.po", b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n%0;\\n"\n'),
        ("nofields.po", b'msgid ""\nmsgstr "Content-Type: text/plain; charset=xyz\\n"\n\nmsgid "x"\nmsgstr "x"\n'),
        ("nofields.mo", b"no catalog"),
        ("nofields.mo", b""),
    ],
)
def test_unreadable_catalog(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "nn" / "LC_MESSAGES" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    result = run("messages", "lint", "--format", "json", NOFIELDS_LOCALES=str(tmp_path))
    assert (result.exit_code, str(file) in result.stdout) == (1, True), result.exception


@pytest.mark.usefixtures("fresh_catalogs")
def test_unreadable_catalog_in_validation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not a validation error, which would show the value."""
    file = tmp_path / "nb" / "LC_MESSAGES" / "nofields.mo"
    file.parent.mkdir(parents=True)
    file.touch()
    monkeypatch.setenv("NOFIELDS_LOCALES", str(tmp_path))
    with pytest.raises(CatalogError, match="cannot be read"):
        TypeAdapter(NationalIdentityNumber).validate_python("03851598731")


def serve_once(answer: bytes) -> str:
    """Start a server that answers one request and stops; return its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening, listening.accept()[0] as connection:
            connection.recv(4096)
            connection.sendall(answer)

    Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n0001\t", b"gopher\r\n"])
def test_broken_download(answer: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old register stays."""
    monkeypatch.setenv("NOFIELDS_POSTAL_REGISTER", str(tmp_path / "register.tsv"))
    result = run("postal-codes", serve_once(answer))
    assert (result.exit_code, "was not changed" in result.stderr, os.listdir(tmp_path)) == (2, True, [])


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/a b", "http://localhost:abc/", "http://[::1", "http://127.0.0.1:1/\u00f8"]
)
def test_invalid_address(address: str) -> None:
    result = run("postal-codes", address)
    assert (result.exit_code, "was not changed" in result.stderr) == (2, True)


@pytest.mark.parametrize("words", [["check", "in.csv", "--clean"], ["export", "--schema", "--out"]])
def test_link_loop(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("orgnr\n974760673\n")
    Path("one").symlink_to("other")
    Path("other").symlink_to("one")
    result = run(*words, "one")
    assert (result.exit_code, sorted(os.listdir())) == (2, ["in.csv", "one", "other"])
    assert "one" in result.stderr


def test_forced_colour(tmp_path: Path) -> None:
    """No progress bar in a pipe."""
    (tmp_path / "in.csv").write_text("orgnr\n974760673\n")
    command = [*PROGRAM, "check", "in.csv", "-c", "orgnr=orgnr"]
    ended = subprocess.run(command, cwd=tmp_path, env=os.environ | {"FORCE_COLOR": "1"}, capture_output=True, check=True)
    assert ended.stderr == b""


@pytest.mark.parametrize(("more", "code"), [("--rejected /dev/stdout", 1), ("--rejected - --clean /dev/stdout", 2)])
def test_standard_output_by_path(more: str, code: int, tmp_path: Path) -> None:
    """It receives the rows and nothing else, of one output only."""
    (tmp_path / "in.csv").write_text("orgnr,x\n974760674,y\n")
    command = [*PROGRAM, "check", "in.csv", "-c", "orgnr=orgnr", *more.split()]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ended.returncode, len(ended.stdout.splitlines())) == (code, 2 if code == 1 else 0)


def test_broken_pipe(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("orgnr,x\n" + "974760673,y\n" * 100_000)
    command = f"{' '.join(PROGRAM)} check in.csv -c orgnr=orgnr --clean - | head -1"
    ended = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stderr == ""


@pytest.mark.parametrize("device", ["--rejected", "--report"])
def test_full_device(device: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("orgnr\n974760674\n")
    result = run("check", str(tmp_path / "in.csv"), device, "/dev/full")
    assert (result.exit_code, "/dev/full cannot be written" in result.stderr) == (2, True)


def test_undecodable_file_name(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.csv")).write_text("orgnr\n974760673\n")
    ended = subprocess.run([*PROGRAM, "check", b"caf\xe9.csv", "--report", "r.html"], cwd=tmp_path, capture_output=True)
    assert (ended.returncode, (tmp_path / "r.html").exists()) == (0, True), ended.stderr


def test_sighup_stops_server(tmp_path: Path) -> None:
    command = [*PROGRAM, "serve", "--port", "0", "--store", "db", "--key-file", "key"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, preexec_fn=default_sighup) as server:
        try:
            assert server.stderr
            server.stderr.readline()
            server.send_signal(signal.SIGHUP)
            assert server.communicate(timeout=20)[1] == ""
        finally:
            server.kill()
    assert server.returncode == 128 + signal.SIGTERM


def test_key_file_in_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="none/key: No such file or directory"):
        load_key(tmp_path / "none" / "key")


def test_end_of_input_at_prompt(tmp_path: Path) -> None:
    """Ctrl-D at the prompt is no verdict on a value."""
    assert on_a_terminal(["explain", "orgnr"], tmp_path, typed=b"\x04")[0] == 130


def test_zero_columns(tmp_path: Path) -> None:
    """A terminal that claims to have no columns is ignored."""
    command = [*PROGRAM, "explain", "orgnr", "974760673"]
    ended = subprocess.run(command, env=os.environ | {"COLUMNS": "0"}, capture_output=True, text=True, check=True)
    assert "974 760 673" in ended.stdout


def test_unknown_setting() -> None:
    """One sentence without the source line, long numbers masked."""
    env = os.environ | {"NOFIELDS_SYNTHETIC": "24819106475"}
    ended = subprocess.run([*PROGRAM, "explain", "orgnr", "974760673"], env=env, capture_output=True, text=True, check=True)
    assert ended.stderr.splitlines() == ["NOFIELDS_SYNTHETIC='***' is not one of reject, accept, only: using reject"]

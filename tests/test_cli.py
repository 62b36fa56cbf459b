"""The command line: its output, exit codes and languages, and that it never prints a secret."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from rich.console import Console

from helpers.commands import default_sighup, run
from helpers.values import LANGUAGES
from nofields import NationalIdentityNumber, __version__, postal_register
from nofields.cli import main, postal
from nofields.fields import BY_NAME
from nofields.generate import BUILDERS, chooser
from nofields.postal_register import SHIPPED

FNR = "03851598730"
PASSWORD = "Kanarifugl7"


def test_fields() -> None:
    listed = run("fields").stdout
    assert all(name in listed for name in BY_NAME)


@pytest.mark.parametrize(("width", "last"), [(119, "NAME"), (120, "SOURCE")])
def test_fields_with_sources(monkeypatch: pytest.MonkeyPatch, width: int, last: str) -> None:
    """A wide terminal shows the sources too."""
    monkeypatch.setattr("nofields.cli.fields.out", Console(width=width, highlight=False))
    listed = run("fields").stdout
    assert listed.splitlines()[0].split()[-1] == last
    assert (BY_NAME["orgnr"].source in listed) is (last == "SOURCE")


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (
            ("explain", "orgnr", "974 760 673", "--locale", "nn"),
            0,
            ["Gyldig", "974 760 673", "NO 974 760 673 MVA"],
        ),
        (("explain", "orgnr", "974760674", "-l", "en"), 1, ["Not valid", "Enter a valid organisation number (9 digits)."]),
        (("explain", "kontonr", "8601.11.17947"), 0, ["NO93 8601 1117 947", "8601"]),
        (("explain", "kid", "2026 00113-", "-l", "en"), 0, ["202600113-", "Check digit", "mod 11"]),
        (("explain", "kid", "1234567898", "-l", "nn"), 1, ["Skriv inn eit gyldig KID-nummer.", "to har bytt plass"]),
        (("explain", "postnr", "0357", "-l", "en"), 0, ["Town or city", "OSLO"]),
        (("explain", "postnr", "9999", "-l", "en"), 0, ["not in the register"]),
        (("explain", "date", "31.12.2016"), 0, ["2016-12-31", "31.12.2016"]),
        (("explain", "mobile", "21234567", "-l", "nn"), 1, ["Skriv inn eit gyldig norsk mobilnummer (8 siffer)."]),
        (
            ("explain", "altinn-system-id", "991825827_smartcloud", "-l", "en"),
            0,
            ["Vendor", "991 825 827"],
        ),
        (("explain", "email", "ola@"), 1, ["Skriv inn en gyldig e-postadresse."]),
        (("explain", "number", "1 234,50"), 0, ["1234.50", "1 234,50"]),
        (("explain", "orgn", "1"), 2, ["'orgnr'"]),
        (("explain", "orgnr", "1", "-l", "xx"), 2, [", ".join(LANGUAGES)]),
        (("--version",), 0, [__version__]),
    ],
)
def test_explain(words: tuple[str, ...], code: int, expected: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert all(part in result.output for part in expected), result.output


@pytest.mark.parametrize(("typed", "code"), [(FNR, 0), ("03851598731", 1), (f"{FNR}\r\n", 0), ("", 1)])
def test_secret_from_pipe(monkeypatch: pytest.MonkeyPatch, typed: str, code: int) -> None:
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")
    result = run("explain", "fnr", typed=typed)
    assert result.exit_code == code
    assert not typed.strip() or typed.strip() not in result.output


@pytest.mark.parametrize(("field", "value"), [("fnr", FNR), ("altinn-password", PASSWORD), ("altinn-password", PASSWORD + "!")])
@pytest.mark.parametrize("form", ["text", "json"])
def test_secret_as_argument(field: str, value: str, form: str) -> None:
    result = run("explain", field, value, "--format", form)
    assert value not in result.output
    assert "history" in result.stderr


def test_json() -> None:
    valid = json.loads(run("explain", "orgnr", "974760673", "--format", "json", "-l", "nn").stdout)
    assert valid["valid"] is True
    assert valid["vat_number"] == "NO 974 760 673 MVA"
    invalid = json.loads(run("explain", "orgnr", "974760674", "--format", "json", "-l", "en").stdout)
    assert (invalid["valid"], invalid["key"], invalid["reason"]) == (False, "ORGANISATION_FIELD_ERROR", "check_digit")


@pytest.mark.parametrize("name", list(BY_NAME))
def test_generate(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "accept")
    first, again = (run("generate", name, "-n", "20", "--seed", "7").stdout.split() for _ in range(2))
    assert first == again
    assert len(first) == 20
    assert all(map(BY_NAME[name].is_valid, first))


def test_generated_values_are_synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "only")
    for name in ("fnr", "orgnr", "mvanr"):
        generated = run("generate", name, "-n", "50")
        assert all(map(BY_NAME[name].is_valid, generated.stdout.split()))
        assert generated.stderr.startswith("Synthetic: ")


def test_generated_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """On request, all numbers or none are valid only by the 2032 rule."""
    monkeypatch.setenv("NOFIELDS_SYNTHETIC", "only")
    old = type("Old", (NationalIdentityNumber,), {}, issued="before_2032")
    shares = {}
    for issued in ("before_2032", "from_2032", "any"):
        numbers = run("generate", "fnr", "-n", "50", "--seed", "1", "--issued", issued).stdout.split()
        assert all(map(NationalIdentityNumber.is_valid, numbers))
        shares[issued] = sum(map(old.is_valid, numbers))
    assert (shares["before_2032"], shares["from_2032"]) == (50, 0)
    assert 0 < shares["any"] < 50
    assert run("generate", "orgnr", "--issued", "from_2032").exit_code == 2


def test_generate_count() -> None:
    assert run("generate", "postnr", "-n", "0").stdout == ""
    assert run("generate", "postnr", "-n", "-1").exit_code == 2
    assert run("generate", "postnr", "--seed", "-5").exit_code == 2, "it would be the same as 5"


def bring_file(tmp_path: Path, codes: int) -> Path:
    """A register in Bring's form: Windows-1252, five columns, CRLF."""
    lines = [f"{code:04}\tGJØVIK\t3407\tGJØVIK\tG\r\n" for code in range(1000, 1000 + codes)]
    file = tmp_path / "Postnummerregister-ansi.txt"
    file.write_bytes("".join(lines).encode("cp1252"))
    return file


def test_postal_codes_from_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "register.tsv"
    target.write_bytes(SHIPPED.read_bytes())
    monkeypatch.setenv("NOFIELDS_POSTAL_REGISTER", str(target))
    result = run("postal-codes", str(bring_file(tmp_path, 4500)))
    assert result.exit_code == 0, result.output
    assert "4500 postal codes" in result.output
    assert "GJØVIK" in run("explain", "postnr", "2815").output


@pytest.mark.parametrize(("count", "end"), [(20, ""), (21, " …")])
def test_new_postal_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, end: str) -> None:
    """The first twenty are listed."""
    new = [f"{code:04}" for code in range(count)]
    monkeypatch.setattr(postal_register, "replace", lambda data, as_of: postal_register.Change(5000, new, []))
    (tmp_path / "register.txt").touch()
    listed = " ".join(run("postal-codes", str(tmp_path / "register.txt")).stdout.split())
    assert listed.endswith(f"{count} new: {', '.join(new[:20])}{end}")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_register: None) -> Path:
    """The path of a register that does not exist yet, on a day two years after the shipped copy's."""
    target = tmp_path / "register.tsv"
    monkeypatch.setenv("NOFIELDS_POSTAL_REGISTER", str(target))
    monkeypatch.setattr(postal, "_today", lambda: date(2026, 4, 11))
    return target


def test_status_of_shipped_register(register: Path) -> None:
    assert run("postal-codes", "--status").stdout.splitlines() == [
        f"5146 postal codes in {SHIPPED}",
        "The copy that ships with nofields, as of 2024-04-11 (24 months old)",
    ]


def test_status_of_imported_register(register: Path, tmp_path: Path) -> None:
    """The date of a downloaded file is unknown."""
    assert run("postal-codes", str(bring_file(tmp_path, 4500))).exit_code == 0
    assert run("postal-codes", "--status").stdout.splitlines() == [
        f"4500 postal codes in {register}",
        "Imported from Bring's register, date unknown",
    ]


def test_status_after_download(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file downloaded from Bring is of the day of the download, unless the clock has since been set back."""
    monkeypatch.setattr("urllib.request.urlopen", lambda url, timeout: bring_file(tmp_path, 4500).open("rb"))
    assert run("postal-codes").exit_code == 0
    for today, age in ((date(2026, 5, 1), " (20 days old)"), (date(2026, 4, 1), "")):
        monkeypatch.setattr(postal, "_today", lambda today=today: today)
        line = run("postal-codes", "--status").stdout.splitlines()[1]
        assert line == f"Imported from Bring's register, as of 2026-04-11{age}"


def test_status_imports_nothing(register: Path, tmp_path: Path) -> None:
    result = run("postal-codes", str(bring_file(tmp_path, 4500)), "--status")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave out SOURCE" in result.stderr
    assert not register.exists()


def test_status_of_broken_register(tmp_path: Path) -> None:
    broken = tmp_path / "register.tsv"
    broken.write_text("hei")
    ended = run_program(["postal-codes", "--status"], stdout=subprocess.PIPE, env={"NOFIELDS_POSTAL_REGISTER": str(broken)})
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "register.tsv: line 1" in ended.stderr


def test_broken_register(tmp_path: Path) -> None:
    """Reported before anything else, and replaceable."""
    broken = tmp_path / "register.tsv"
    broken.write_text("hei")
    env = {"NOFIELDS_POSTAL_REGISTER": str(broken)}
    ended = run_program(["explain", "postnr", "0357"], stdout=subprocess.PIPE, env=env)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "register.tsv: line 1" in ended.stderr
    assert run_program(["postal-codes", str(bring_file(tmp_path, 4500))], stdout=subprocess.DEVNULL, env=env).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["postal-codes", "no[/]pe.txt"],
        ["export", "--schema", "--out", "[bold]x[/]"],
        ["serve", "--key-file", "nodir/[/]x"],
        ["check", "no[/]pe.csv"],
    ],
)
def test_brackets_in_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """They are not markup."""
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert words[-1].partition("]")[0] in result.stderr
    assert isinstance(result.exception, SystemExit | None), result.exception


@pytest.mark.parametrize("codes", [0, 100])
def test_incomplete_register(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, codes: int) -> None:
    target = tmp_path / "register.tsv"
    target.write_bytes(SHIPPED.read_bytes())
    monkeypatch.setenv("NOFIELDS_POSTAL_REGISTER", str(target))
    result = run("postal-codes", str(bring_file(tmp_path, codes)))
    assert result.exit_code == 2
    assert "was not changed" in result.output
    assert target.read_bytes() == SHIPPED.read_bytes()


def test_postal_codes_from_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From a local server in place of Bring's."""
    monkeypatch.setenv("NOFIELDS_POSTAL_REGISTER", str(tmp_path / "register.tsv"))
    name = bring_file(tmp_path, 4500).name
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        replaced = run("postal-codes", f"http://127.0.0.1:{server.server_port}/{name}")
        missing = run("postal-codes", f"http://127.0.0.1:{server.server_port}/nothing")
        server.shutdown()
    assert (replaced.exit_code, missing.exit_code) == (0, 2), replaced.output + missing.output
    assert "4500 postal codes" in replaced.output
    assert "404" in missing.output


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.mark.parametrize("typed", [b"\xff\n", b"9747606\xe573", b"\xc3"], ids=repr)
@pytest.mark.parametrize("field", ["orgnr", "date", "email"])
def test_undecodable_input(field: str, typed: bytes) -> None:
    ended = subprocess.run([sys.executable, "-m", "nofields", "explain", field], input=typed, capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == b""


@pytest.mark.parametrize("words", [["explain", "fnr"], ["check", "-"]])
def test_closed_standard_input(words: list[str]) -> None:
    command = ["sh", "-c", 'exec "$0" "$@" <&-', sys.executable, "-m", "nofields", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "words",
    [["fields"], ["generate", "orgnr"], ["export"], ["check", "-", "--format", "json"], ["check", "-", "--format", "csv"]],
)
def test_full_disk(words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        ended = run_program(words, stdout=full, input="orgnr\n974760673\n974760674\n")
    assert ended.returncode == 2
    assert "No space left" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr


def run_program(words: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    """In a process of its own whose output is buffered, unlike here if PYTHONUNBUFFERED is set."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-m", "nofields", *words]
    return subprocess.run(
        command, env=environment | more.pop("env", {}), stderr=subprocess.PIPE, text=True, check=False, **more
    )


@pytest.mark.parametrize("locale", ["cp1252", "ascii", "utf-16"])
@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["explain", "orgnr", "974760673"], 0, "✓ Gyldig"),
        (["export"], 0, "fødselsnummer"),
        (["fields"], 0, "Fødselsnummer"),
        (["check", "-", "--report", "-"], 0, "\u00a0%"),
    ],
)
def test_utf_8_in_pipes(locale: str, words: list[str], code: int, expected: str) -> None:
    options = {"env": {"PYTHONIOENCODING": locale}, "input": "orgnr\n974760673\n", "encoding": "utf-8"}
    ended = run_program(words, stdout=subprocess.PIPE, **options)
    assert (ended.returncode, expected in ended.stdout) == (code, True), ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signal_leaves_no_partial_file(tmp_path: Path, number: int) -> None:
    """It could contain unmasked national identity numbers."""
    command = [sys.executable, "-m", "nofields", "check", "-", "-c", "fnr=fnr", "--clean", "clean.csv", "--rejected", "no.csv"]
    options: dict[str, Any] = {"cwd": tmp_path, "preexec_fn": default_sighup}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, **options) as ended:
        assert ended.stdin
        ended.stdin.write(f"fnr\n{FNR}\n".encode() * (1 << 20))
        ended.stdin.flush()
        while len(os.listdir(tmp_path)) < 2:
            assert ended.poll() is None
        ended.send_signal(number)
        assert ended.wait(30) == 128 + number
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("raised", [KeyError(FNR), RecursionError(FNR), UnicodeError(FNR)])
def test_unexpected_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raised: Exception) -> None:
    """Exit code 2, and no value in the message."""

    def broken() -> None:
        raise raised

    monkeypatch.setattr("nofields.cli.app.app", broken)
    monkeypatch.setattr("nofields.cli._raise_on_signals", lambda: None)
    monkeypatch.setattr("nofields.cli._exit_without_flush", sys.exit)
    with pytest.raises(SystemExit, match="2"):
        main()
    output = capsys.readouterr().err
    assert f"{type(raised).__name__} in test_cli.py, line" in output
    assert FNR not in output
    assert output.count("\n") == 1


def test_register_path_is_redacted(tmp_path: Path) -> None:
    broken = tmp_path / f"Postnr2025-{FNR}.tsv"
    broken.write_text("hei")
    env = {"NOFIELDS_POSTAL_REGISTER": str(broken)}
    ended = run_program(["explain", "postnr", "0357"], stdout=subprocess.PIPE, env=env)
    assert (ended.returncode, f"{tmp_path / 'Postnr2025-***.tsv'}: line 1" in ended.stderr) == (2, True)


def test_missing_file() -> None:
    assert run("postal-codes", "no-such-file.txt").exit_code == 2


def test_python_m() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "nofields", "explain", "postnr", "0357"], capture_output=True, text=True, check=True
    )
    assert "OSLO" in answer.stdout


def test_exit_codes_can_be_imported_without_typer() -> None:
    script = (
        "import sys; sys.modules.update(typer=None, rich=None); from nofields.cli.exit_codes import FAILED; sys.exit(FAILED)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 2


def test_every_field_is_generated() -> None:
    assert set(BUILDERS) == set(BY_NAME.values())
    assert BUILDERS[NationalIdentityNumber](chooser(1)) == BUILDERS[NationalIdentityNumber](chooser(1))

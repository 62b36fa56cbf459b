"""No command shows a secret, wherever in its call, its environment or its input the secret is.

The commands and their parameters are read from the program: a new one is tested too, and fails if it shows its arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from typer.testing import CliRunner

from helpers.altinn3 import COMPANY, Counterpart, Request
from helpers.altinn3.commands import SETTINGS, settings
from helpers.altinn_site import ORGNR
from helpers.canaries import INVALID, SECRETS, VALID, LeakDetector, representations
from helpers.commands import COMMANDS
from helpers.values import policy
from nofields import catalogs, postal_register
from nofields.altinn.client import signing_key
from nofields.altinn.stores import vault
from nofields.cli.app import app
from nofields.fields import BY_NAME
from nofields.redact import redact

#: The environment variables, each with a command that reads it. NOFIELDS_SYNTHETIC and NOFIELDS_REQUIRED
#: are left out: a wrong setting is quoted.
VARIABLES = {
    postal_register.VARIABLE: ["explain", "postnr", "0357"],
    catalogs.VARIABLE: ["explain", "orgnr", ORGNR],
    vault.VARIABLE: ["serve", "--port", "0"],
    signing_key.VARIABLE: ["altinn", "token", COMPANY],
    **{name: ["altinn", "token", COMPANY] for name in SETTINGS if name != "NOFIELDS_MASKINPORTEN_SCOPES"},
    "COLUMNS": ["check", "table.csv"],
}
CSV = "table.csv"
#: The ID of a request in Altinn.
REQUEST = "3a1d3b0a-3ad2-4a3c-8c64-0a8f8bf5a001"
#: For every command, arguments with which it succeeds.
ARGUMENTS: dict[str, list[str]] = {
    "fields": [],
    "explain": ["orgnr", ORGNR],
    "check": [CSV],
    "generate": ["fnr"],
    "export": [],
    "messages lint": [],
    "messages template": [],
    "postal-codes": [CSV],
    "serve": ["--port", "0"],
    "altinn token": [COMPANY],
    "altinn request": [COMPANY],
    "altinn status": [REQUEST],
}
#: The parameters that a message repeats: names and addresses, no values.
NAMED = {
    ("check", "file"): "a missing file",
    ("check", "column"): "a missing column",
    ("check", "encoding"): "an unknown encoding",
    ("check", "rejected"): "the output file",
    ("check", "clean"): "the output file",
    ("check", "report"): "the output file",
    ("export", "out"): "the output folder",
    ("export", "check"): "the folder of outputs",
    ("export", "npm"): "the output folder",
    ("generate", "output"): "the output file",
    ("postal-codes", "source"): "a missing file",
    ("serve", "host"): "the address",
    ("serve", "store"): "the new file",
    ("serve", "key_file"): "the new file",
    ("altinn token", "scope"): "a scope that the client lacks",
}
PARAMETERS = {(name, param.name): param for name, command in COMMANDS.items() for param in command.params}


@pytest.fixture
def detector(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, altinn3: Counterpart) -> LeakDetector:
    """A detector in a folder with a table to check. The server ends at once; the shipped postal register stays.

    A company has approved in the tests' own Altinn.
    """
    altinn3.register.requests.append(Request(COMPANY, COMPANY, False, {}, "Accepted", REQUEST))
    altinn3.register.system_users[COMPANY, COMPANY] = REQUEST
    for name, value in settings(altinn3).items():
        monkeypatch.setenv(name, value)
    leak_detector = LeakDetector(request)
    monkeypatch.setattr("uvicorn.Server.main_loop", AsyncMock())
    monkeypatch.setenv(postal_register.VARIABLE, str(leak_detector.inputs / "codes.tsv"))
    Path(CSV).write_text(f"orgnr\n{ORGNR}\n")
    return leak_detector


def run(detector: LeakDetector, words: list[str], typed: str | None = None, env: dict[str, str] | None = None) -> int:
    """Run the program in this process, and keep its output."""
    answer = CliRunner().invoke(app, words, input=typed, env={"COLUMNS": "500", **(env or {})})
    detector.shown += [answer.stdout, answer.stderr]
    if answer.exception and not isinstance(answer.exception, SystemExit):
        detector.shown += representations(answer.exception)
    return answer.exit_code


def with_value(command: str, param: Any, value: str) -> list[str]:
    """A correct call of a command but for the value of one parameter."""
    words = [*ARGUMENTS[command]]
    if param.param_type_name == "option":
        return [*command.split(), *words, param.opts[0], value]
    names = [each.name for each in COMMANDS[command].params if each.param_type_name == "argument"]
    words[names.index(param.name) : names.index(param.name) + 1] = [value]
    return [*command.split(), *words]


def test_every_command_is_called() -> None:
    assert ARGUMENTS.keys() == COMMANDS.keys(), "a new command: add its arguments"
    assert NAMED.keys() <= PARAMETERS.keys()


@pytest.mark.parametrize("command", sorted(ARGUMENTS.keys() - {"postal-codes"}))
def test_arguments_are_correct(detector: LeakDetector, command: str) -> None:
    assert run(detector, [*command.split(), *ARGUMENTS[command]]) == 0
    assert "".join(map(str, detector.shown))


@pytest.mark.parametrize("key", sorted(PARAMETERS), ids=" ".join)
def test_parameter(detector: LeakDetector, key: tuple[str, str]) -> None:
    for secret in SECRETS:
        run(detector, with_value(key[0], PARAMETERS[key], secret))
    if key in NAMED:
        with pytest.raises(AssertionError):
            detector.assert_no_leak()
    else:
        detector.assert_no_leak()


@pytest.mark.parametrize("command", ["", *COMMANDS, "messages"])
def test_usage_error(detector: LeakDetector, command: str) -> None:
    """A superfluous argument, an unknown option or command, a value of a flag.

    The name of an option is shown, with long numbers in it masked.
    """
    for secret in VALID:
        option = [[f"--{secret}"]] if redact(secret) != secret else []
        for wrong in ([secret], *option, [f"-{secret}"], [f"--locale={secret}"], ["--version=" + secret], ["--", secret]):
            run(detector, [*command.split(), *ARGUMENTS.get(command, []), *wrong])
            if (command, wrong[-1]) not in {("check", secret), ("postal-codes", secret)}:  # the name of a file
                run(detector, [*command.split(), *wrong])
    detector.assert_no_leak()


@pytest.mark.parametrize("variable", VARIABLES)
def test_environment(detector: LeakDetector, variable: str) -> None:
    for secret in SECRETS:
        run(detector, VARIABLES[variable], env={variable: secret})
    detector.assert_no_leak(*Path.cwd().glob("nofields.*"))


@pytest.mark.parametrize("field", BY_NAME)
def test_explain(detector: LeakDetector, field: str) -> None:
    """Neither as an argument nor from standard input, except a valid value that is no secret."""
    for secret in SECRETS:
        with policy("accept"):
            if BY_NAME[field].is_valid(secret) and not BY_NAME[field].secret:
                continue
            run(detector, ["explain", field, secret])
            run(detector, ["explain", field, "--format", "json"], typed=f"{secret}\n")
        run(detector, ["explain", field, secret])  # a synthetic number is now rejected
    detector.assert_no_leak()


def tables(number: str, password: str) -> Iterator[bytes]:
    """Tables with secrets in each kind of place: cells, names, rows too long and too short, undecodable files."""
    yield f"orgnr;fnr;passord\n{ORGNR};{number};{password}\n1;{number}x;2\n".encode()
    yield f"orgnr;fnr\n{ORGNR};{number};{password}\n{password}\n".encode()
    yield f"{number}\n{number}\n".encode()  # in place of the names of columns; a word there is a name
    yield f'fnr\n{number}\n"{number}'.encode()
    yield f"fnr\n{number} æ\n{password} ".encode() + b"\xe6\n\xff"
    yield f"fnr\0{number}".encode()
    yield b"PAR1" + number.encode()
    yield b"ARROW1" + password.encode()


TABLES = [table for password, number in (VALID, INVALID) for table in tables(number, password)]
NAMED_COLUMNS = ["-c", "passord=altinn-password", "-c", "fnr=fnr"]
OUTPUTS: dict[str, list[str]] = {
    "summary": [],
    "rejected": ["--rejected", "rejected.csv"],
    "rejected to standard output": ["--rejected", "-"],
    "rejected as Parquet": ["--rejected", "rejected.parquet"],
    "report": ["--report", "report.html"],
    "json": ["--format", "json"],
    "csv": ["--format", "csv", "--empty-ok"],
    "wrong encoding": ["--encoding", "ascii", "--delimiter", ","],
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_check(detector: LeakDetector, output: str) -> None:
    """Neither in its output nor in the files it writes, except the clean rows, which are requested."""
    file = detector.inputs / CSV
    for table in TABLES:
        file.write_bytes(table)
        run(detector, ["check", str(file), *NAMED_COLUMNS, *OUTPUTS[output], "--clean", str(detector.inputs / "clean.csv")])
    detector.assert_no_leak()


@pytest.mark.parametrize("columns", [[], NAMED_COLUMNS], ids=["guessed", "named"])
def test_check_standard_input(detector: LeakDetector, columns: list[str]) -> None:
    for table in TABLES:
        run(detector, ["check", "-", *columns, "--rejected", "rejected.csv"], typed=table.decode("latin-1"))
    detector.assert_no_leak()


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        (INVALID[1], ["explain", "fnr", INVALID[1]]),
        (INVALID[0], ["explain", "altinn-password"]),
        (VALID[1], [VALID[1]]),
        (VALID[1], ["check", "-", "-c", "fnr=fnr", "--rejected", "-"]),
    ],
    ids=["explain", "typed", "no command", "check"],
)
def test_process(detector: LeakDetector, secret: str, words: list[str]) -> None:
    """In a process of its own, with all that the interpreter writes when it ends."""
    command = [sys.executable, "-m", "nofields", *words]
    ended = subprocess.run(command, input=f"fnr\n{secret}\n".encode(), capture_output=True, env=dict(os.environ), check=False)
    assert ended.returncode in (0, 1, 2)
    detector.shown += [ended.stdout, ended.stderr]
    detector.assert_no_leak()

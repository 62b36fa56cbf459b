"""The net over the command line: canaries in every place that a call has, and none in what comes of it.

The commands and their parameters are read from the program: a later one is driven too, and fails if it shows what it is given.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from typer.testing import CliRunner

from helpers.altinn_site import ORGNR
from helpers.canaries import NET, Net, said_by
from helpers.commands import COMMANDS
from helpers.values import LANGUAGES, policy
from nofields import catalogs, postal_register
from nofields.altinn import vault
from nofields.cli.app import app
from nofields.fields import BY_NAME
from nofields.redact import redact

#: NOFIELDS_SYNTHETIC is not among them: a wrong setting of it is quoted.
VARIABLES = (postal_register.VARIABLE, catalogs.VARIABLE, vault.VARIABLE, "COLUMNS")
CSV = "table.csv"
#: For every command, the words that make it do its work.
RIGHT: dict[str, list[str]] = {
    "fields": [],
    "explain": ["orgnr", ORGNR],
    "check": [CSV],
    "generate": ["fnr"],
    "export": [],
    "messages lint": [],
    "postal-codes": [CSV],
    "serve": ["--port", "0"],
}
#: The parameters that are repeated when they name what is not there, or what was written: names and addresses, no values.
NAMED = {
    ("check", "file"): "the file that there is not",
    ("check", "column"): "the column that there is not",
    ("check", "encoding"): "the encoding that there is not",
    ("check", "rejected"): "the file that is written",
    ("check", "clean"): "the file that is written",
    ("check", "report"): "the file that is written",
    ("export", "out"): "the folder that is written to",
    ("postal-codes", "source"): "the file that there is not",
    ("serve", "host"): "the address that is not served",
    ("serve", "store"): "the file that is made",
    ("serve", "key_file"): "the file that is made",
}
PARAMETERS = {(name, param.name): param for name, command in COMMANDS.items() for param in command.params}


@pytest.fixture
def net(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Net:
    """A net in a folder with a table to check; nothing is served for long, or replaced for good."""
    made = Net(request)
    monkeypatch.setattr("uvicorn.Server.main_loop", AsyncMock())
    monkeypatch.setenv(postal_register.VARIABLE, str(made.given / "codes.tsv"))
    Path(CSV).write_text(f"orgnr\n{ORGNR}\n")
    return made


def call(net: Net, words: list[str], typed: str | None = None, env: dict[str, str] | None = None) -> int:
    """Calls the program in this process, and keeps what it says."""
    answer = CliRunner().invoke(app, words, input=typed, env={"COLUMNS": "500", **(env or {})})
    net.shown += [answer.stdout, answer.stderr]
    if answer.exception and not isinstance(answer.exception, SystemExit):
        net.shown += said_by(answer.exception)
    return answer.exit_code


def with_value(command: str, param: Any, value: str) -> list[str]:
    """The words of a command that works, but for the value of one parameter."""
    right = [*RIGHT[command]]
    if param.param_type_name == "option":
        return [*command.split(), *right, param.opts[0], value]
    arguments = [each.name for each in COMMANDS[command].params if each.param_type_name == "argument"]
    right[arguments.index(param.name) : arguments.index(param.name) + 1] = [value]
    return [*command.split(), *right]


def test_every_command_has_its_words() -> None:
    assert RIGHT.keys() == COMMANDS.keys()
    assert NAMED.keys() <= PARAMETERS.keys()


@pytest.mark.parametrize("command", sorted(RIGHT.keys() - {"postal-codes"}))
def test_the_words_are_right(net: Net, command: str) -> None:
    assert call(net, [*command.split(), *RIGHT[command]]) == 0
    assert "".join(map(str, net.shown))


@pytest.mark.parametrize("key", sorted(PARAMETERS), ids=" ".join)
def test_a_parameter_shows_no_canary(net: Net, key: tuple[str, str]) -> None:
    for canary in NET:
        call(net, with_value(key[0], PARAMETERS[key], canary))
    if key in NAMED:
        with pytest.raises(AssertionError):
            net.assert_silent()
    else:
        net.assert_silent()


@pytest.mark.parametrize("command", ["", *COMMANDS, "messages"])
def test_a_wrong_call_shows_no_canary(net: Net, command: str) -> None:
    """One word too many, an option that there is not, a value of a flag, a command that there is not.

    The name of an option is shown, long numbers in it masked.
    """
    for canary in NET:
        option = [[f"--{canary}"]] if redact(canary) != canary else []
        for wrong in ([canary], *option, [f"-{canary}"], [f"--locale={canary}"], ["--version=" + canary], ["--", canary]):
            call(net, [*command.split(), *RIGHT.get(command, []), *wrong])
            if (command, wrong[-1]) not in {("check", canary), ("postal-codes", canary)}:  # a file of that name
                call(net, [*command.split(), *wrong])
    net.assert_silent()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("variable", VARIABLES)
def test_the_environment_shows_no_canary(net: Net, command: str, variable: str) -> None:
    for canary in NET:
        call(net, [*command.split(), *RIGHT[command]], env={variable: canary})
    net.assert_silent(*Path.cwd().glob("nofields.*"))


@pytest.mark.parametrize("setting", ["reject", "accept"])
@pytest.mark.parametrize("field", BY_NAME)
def test_explain_shows_no_canary(net: Net, field: str, setting: str) -> None:
    """Given or typed, in every language and form; but for what a field takes that is no secret."""
    with policy(setting):
        for canary in NET:
            if BY_NAME[field].is_valid(canary) and not BY_NAME[field].secret:
                continue
            for language in LANGUAGES:
                for format in ("text", "json"):
                    options = ["--locale", language, "--format", format]
                    call(net, ["explain", field, canary, *options])
                    call(net, ["explain", field, *options], typed=f"{canary}\n")
    net.assert_silent()


def tables(canary: str) -> Iterator[bytes]:
    """Tables with a canary in every kind of place: cells, names, rows too long and too short, what cannot be read."""
    yield f"orgnr;fnr;passord\n{ORGNR};{canary};{canary}\n1;{canary}x;2\n".encode()
    yield f"orgnr;fnr\n{ORGNR};{canary};{canary}\n{canary}\n".encode()
    if canary[0].isdigit():  # in the place of names; a word is taken for one
        yield f"{canary}\n{canary}\n".encode()
    yield f'fnr\n{canary}\n"{canary}'.encode()
    yield f"fnr\n{canary} æ\n{canary} ".encode() + b"\xe6\n\xff"
    yield f"fnr\0{canary}".encode()
    yield b"PAR1" + canary.encode()
    yield b"ARROW1" + canary.encode()


OUTPUTS: dict[str, list[str]] = {
    "nothing": [],
    "rejected": ["--rejected", "rejected.csv"],
    "rejected to standard output": ["--rejected", "-"],
    "rejected as Parquet": ["--rejected", "rejected.parquet"],
    "report": ["--report", "report.html"],
    "json": ["--format", "json"],
    "csv": ["--format", "csv", "--empty-ok"],
    "wrong encoding": ["--encoding", "ascii", "--delimiter", ","],
}


@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("columns", [[], ["-c", "fnr=fnr"], ["-c", "passord=altinn-password", "-c", "fnr=fnr"]], ids=" ".join)
def test_check_shows_no_canary(net: Net, outputs: str, columns: list[str]) -> None:
    """Neither in what it says nor in the files that it writes, but for the clean rows, which are asked for."""
    table = net.given / CSV
    for canary in NET:
        for content in tables(canary):
            table.write_bytes(content)
            call(net, ["check", str(table), *columns, *OUTPUTS[outputs], "--clean", str(net.given / "clean.csv")])
            call(net, ["check", "-", *columns, *OUTPUTS[outputs]], typed=content.decode("latin-1"))
    net.assert_silent()


@pytest.mark.parametrize(
    "words",
    [
        lambda canary: ["explain", "fnr", canary],
        lambda canary: ["explain", "altinn-password"],
        lambda canary: ["explain", canary],
        lambda canary: [canary],
        lambda canary: ["check", "-", "-c", "fnr=fnr", "--rejected", "-"],
        lambda canary: ["generate", "fnr", "--count", canary],
        lambda canary: ["messages", canary],
    ],
    ids=["explain", "typed", "explain what", "no command", "check", "generate", "messages"],
)
def test_the_program_itself_shows_no_canary(net: Net, words: Callable[[str], list[str]]) -> None:
    """As a process of its own, with all that it writes by itself when it ends."""
    for canary in NET[::2]:
        command = [sys.executable, "-m", "nofields", *words(canary)]
        ended = subprocess.run(
            command, input=f"fnr\n{canary}\n".encode(), capture_output=True, env=dict(os.environ), check=False
        )
        assert ended.returncode in (0, 1, 2)
        net.shown += [ended.stdout, ended.stderr]
    net.assert_silent()

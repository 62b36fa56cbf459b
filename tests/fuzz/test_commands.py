"""Any call of the command line ends with a documented exit code, never with a traceback."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from helpers.commands import COMMANDS
from nofields import postal_register
from nofields.cli.app import app
from nofields.fields import BY_NAME

FILES = {
    "a.csv": b"orgnr;fnr\n974760673;03851598730\n974760674;x;y\n",
    "b.csv": b"\xff\xfe\x00",
    "c.parquet": b"PAR1PAR1",
    "d.arrow": b"ARROW1\0\0",
    "e": b"",
}
OPTIONS = sorted({name for each in COMMANDS.values() for param in each.params for name in (*param.opts, *param.secondary_opts)})
VALUES = [
    *BY_NAME,
    *FILES,
    "orgnr=orgnr",
    "fnr=fnr",
    "orgnr=",
    "=",
    "nb",
    "nn",
    "xx",
    "json",
    "csv",
    "i18next",
    "-",
    "--",
    "",
    ".",
]
NUMBERS = ["0", "1", "-1", "3", "99999999999999999999", "974760673", "974 760 674", "03851598730", "Fjell2024", "1,5", "nan"]
#: No path outside the folder and no address, so that nothing is written or requested elsewhere.
#: Nor NUL, which no operating system accepts in an argument.
WORDS = st.sampled_from([*OPTIONS, *VALUES, *NUMBERS]) | st.text(max_size=8).filter(lambda text: not set("/\\\0") & set(text))


@given(st.sampled_from([*COMMANDS]), st.lists(WORDS, max_size=6), st.none() | st.text(max_size=30) | st.binary(max_size=30))
def test_commands(command: str, words: list[str], typed: str | bytes | None) -> None:
    """Any words after a command, with anything on standard input, end in exit code 0, 1 or 2."""
    # It would generate that many values.
    assume(not (command == "generate" and any(len(word) > 4 and word.isdecimal() for word in words)))
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(postal_register.VARIABLE, f"{folder}/codes.tsv")
        patch.setattr("uvicorn.Server.run", lambda *_, **__: None)
        os.chdir(folder)
        try:
            for name, content in FILES.items():
                with open(name, "wb") as file:
                    file.write(content)
            answer = CliRunner().invoke(app, [*command.split(), *words], input=typed)
        finally:
            os.chdir(before)
    assert answer.exception is None or isinstance(answer.exception, SystemExit), (words, answer.exception)
    assert answer.exit_code in (0, 1, 2)

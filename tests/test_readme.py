"""README shows the real output of its commands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
#: A command and the output below it, indented.
SHOWN = re.findall(r"^    \$ nofields (.+)\n((?:    (?!\$).+\n)+)", README, re.MULTILINE)


def test_commands_are_shown() -> None:
    """README shows the output of ``explain`` and of ``export``."""
    assert {words.split()[0] for words, _ in SHOWN} == {"explain", "export"}


@pytest.mark.parametrize(("words", "shown"), SHOWN, ids=[words for words, _ in SHOWN])
def test_output_of_commands(words: str, shown: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nofields", *shlex.split(words)]
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    )
    assert [line.rstrip() for line in ended.stdout.splitlines()] == [line.strip() for line in shown.splitlines()]

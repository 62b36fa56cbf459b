"""Runs the scripts of tests/frontend under Node, which the development set-up installs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nofields.files import write_all

FRONTEND = Path(__file__).parents[1] / "frontend"
NODE = Path(sys.executable).parent / "node"


def package(name: str) -> Path:
    """The folder of an npm package; raise if it is missing."""
    return _present(FRONTEND / "node_modules" / name, f"The npm package {name}")


def _present(path: Path, what: str) -> Path:
    if not path.exists():
        raise RuntimeError(f"{what} is missing: rm -f .venv/.test && make test")
    return path


def _command(script: str, *arguments: object, folder: Path = FRONTEND) -> list[str]:
    _present(FRONTEND / "node_modules", "The folder of npm packages")
    return [str(_present(NODE, "Node")), str(folder / script), *map(str, arguments)]


def node(script: str, *arguments: object, typed: str = "", folder: Path = FRONTEND) -> str:
    """The output of a script in a folder for ``typed`` on its standard input; raise if it fails or a tool is missing."""
    command = _command(script, *arguments, folder=folder)
    answer = subprocess.run(command, input=typed, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def node_json(script: str, *arguments: object, typed: Any = None, folder: Path = FRONTEND) -> Any:
    """The same with JSON in and out."""
    return json.loads(node(script, *arguments, typed=json.dumps(typed), folder=folder))


@contextmanager
def node_lines(script: str, *arguments: object) -> Iterator[Callable[[Any], Any]]:
    """A function that asks a script, which runs as long as the block, and answers each line of JSON with one."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(_command(script, *arguments), **pipes, encoding="utf-8", cwd=FRONTEND) as process:
        assert process.stdin
        assert process.stdout
        questions, answers = process.stdin, process.stdout

        def ask(question: Any) -> Any:
            questions.write(json.dumps(question) + "\n")
            questions.flush()
            answer = answers.readline()
            assert answer, f"{script} ended; its standard error says why"
            return json.loads(answer)

        yield ask
        questions.close()


def install(folder: Path, files: Mapping[str, str]) -> Path:
    """Install an npm package named nofields with some files, and all of the tests' packages, in a folder."""
    modules = folder / "node_modules"
    write_all(modules / "nofields", files)
    for installed in (FRONTEND / "node_modules").iterdir():
        (modules / installed.name).symlink_to(installed)
    return folder


def type_checks(file: Path, resolution: str = "bundler", *further: str, declarations: bool = True) -> bool:
    """Whether TypeScript accepts a file in strict mode.

    Args:
        file: The file.
        resolution: How modules are found: ``bundler`` or ``nodenext``.
        further: More options.
        declarations: Whether the declarations that it imports must be right too.
    """
    return not type_errors(file, resolution, "--exactOptionalPropertyTypes", *further, declarations=declarations)


def type_errors(file: Path, resolution: str = "bundler", *further: str, declarations: bool = True) -> str:
    """What TypeScript reports about a file in strict mode."""
    module = "esnext" if resolution == "bundler" else resolution
    options = [
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        str(not declarations).lower(),
        "--target",
        "esnext",
        "--types",
        "",
        *further,
    ]
    command = [NODE, package("typescript") / "bin/tsc", *options, "--module", module, "--moduleResolution", resolution, file]
    answer = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=file.parent)
    assert answer.returncode in (0, 1, 2), answer.stderr
    return answer.stdout

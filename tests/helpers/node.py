"""Runs the scripts of tests/frontend under Node, which the development set-up installs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
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


def node(script: str, *arguments: object, typed: str = "", folder: Path = FRONTEND) -> str:
    """The output of a script in a folder for ``typed`` on its standard input; raise if it fails or a tool is missing."""
    _present(FRONTEND / "node_modules", "The folder of npm packages")
    command = [str(_present(NODE, "Node")), str(folder / script), *map(str, arguments)]
    answer = subprocess.run(command, input=typed, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def node_json(script: str, *arguments: object, typed: Any = None, folder: Path = FRONTEND) -> Any:
    """The same with JSON in and out."""
    return json.loads(node(script, *arguments, typed=json.dumps(typed), folder=folder))


def install(folder: Path, files: Mapping[str, str]) -> Path:
    """Install an npm package named nofields with some files, and all of the tests' packages, in a folder."""
    modules = folder / "node_modules"
    write_all(modules / "nofields", files)
    for installed in (FRONTEND / "node_modules").iterdir():
        (modules / installed.name).symlink_to(installed)
    return folder


def type_checks(file: Path, resolution: str = "bundler", *, declarations: bool = True) -> bool:
    """Whether TypeScript accepts a file in strict mode.

    Args:
        file: The file.
        resolution: How modules are found: ``bundler`` or ``nodenext``.
        declarations: Whether the declarations that it imports must be right too.
    """
    module = "esnext" if resolution == "bundler" else resolution
    options = [
        "--noEmit",
        "--strict",
        "--exactOptionalPropertyTypes",
        "--skipLibCheck",
        str(not declarations).lower(),
        "--target",
        "esnext",
        "--types",
        "",
    ]
    command = [NODE, package("typescript") / "bin/tsc", *options, "--module", module, "--moduleResolution", resolution, file]
    answer = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=file.parent)
    assert answer.returncode in (0, 1, 2), answer.stderr
    return answer.returncode == 0

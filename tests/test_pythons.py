"""``make release`` finds the Pythons of a machine, and leaves out those that cannot make environments."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from helpers.pythons import Python, at_hand

#: What stands on a PATH as python3.11: one of pyenv's that is not chosen, and one of Debian's without venv.
BROKEN = {
    "shim": "#!/bin/sh\nexit 127\n",
    "no venv": f"#!/bin/sh\nshift; exec '{sys.executable}' -c 'import sys; sys.modules[\"ensurepip\"] = None\n'\"$1\"\n",
}


def script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    file.chmod(0o755)
    return file


def python_of(release: str) -> str:
    """A script that answers as a Python of this release, with or without a final t."""
    free = release.endswith("t")
    return f"#!/bin/sh\necho {release} {release.rstrip('t')}.9{'t' * free} {not free}\n"


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The PATH has two folders, pyenv another, and the Python that runs the tests is not on them."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'first'}:{tmp_path / 'second'}:/bin:/usr/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_unusable(tmp_path: Path, text: str) -> None:
    assert Python.at(script(tmp_path / "first" / "python3.99", text)) is None


def test_missing(tmp_path: Path) -> None:
    assert Python.at(tmp_path / "python3.99") is None
    assert Python.at("python3.99") is None


def test_running_python() -> None:
    python = Python.at(sys.executable)
    assert python
    assert python.release.startswith(f"3.{sys.version_info.minor}")


def test_found(tmp_path: Path) -> None:
    """The first that works of each release; free-threaded ones are releases of their own."""
    script(tmp_path / "first" / "python3.97", BROKEN["shim"])
    second = script(tmp_path / "second" / "python3.97", python_of("3.97"))
    script(tmp_path / "pyenv" / "versions" / "3.97.1" / "bin" / "python3.97", python_of("3.97"))
    of_pyenv = script(tmp_path / "pyenv" / "versions" / "3.98.0" / "bin" / "python3.98", python_of("3.98"))
    free = script(tmp_path / "first" / "python3.98t", python_of("3.98t"))
    found = at_hand(["3.97", "3.98", "3.99"])
    assert [(python.path, python.version, python.stable_abi) for python in found] == [
        (second, "3.97.9", True),
        (of_pyenv, "3.98.9", True),
        (free, "3.98.9t", False),
    ]

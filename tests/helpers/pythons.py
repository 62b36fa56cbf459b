"""Finds the Pythons of this machine: on the PATH, and those of pyenv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: Fails without venv and pip, which Debian packages separately.
PROBE = """
import ensurepip, platform, sys, sysconfig, venv
threads = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
print("%d.%d%s" % (*sys.version_info[:2], threads), platform.python_version() + threads)
print(sys.implementation.name == "cpython" and not threads)
"""


@dataclass(frozen=True)
class Python:
    """A Python that can make virtual environments."""

    path: Path
    #: Such as "3.13", or "3.13t" if it is free-threaded.
    release: str
    version: str
    #: Whether it loads extensions of the stable ABI.
    stable_abi: bool

    @classmethod
    def at(cls, path: Path | str) -> Python | None:
        """Return the Python at a path, or None if it does not run or cannot make environments."""
        found = shutil.which(path)
        if found is None:
            return None
        ended = subprocess.run([found, "-c", PROBE], capture_output=True, encoding="utf-8", check=False)
        if ended.returncode:
            return None
        release, version, stable_abi = ended.stdout.split()
        return cls(Path(found), release, version, stable_abi == "True")

    def __str__(self) -> str:
        return f"Python {self.version} ({self.path})"


def at_hand(releases: Iterable[str]) -> list[Python]:
    """Return the first Python of each of these releases, such as "3.11", and the free-threaded ones."""
    first: dict[str, Python] = {}
    for release in (name for each in releases for name in (each, f"{each}t")):
        for path in _candidates(release):
            python = Python.at(path)
            if python and python.release == release:
                first[release] = python
                break
    return list(first.values())


def _candidates(release: str) -> Iterator[Path]:
    """The Python that runs this, then those on the PATH, then those of pyenv. Not all of them need to exist."""
    yield Path(sys.executable)
    name = f"python{release}"
    for folder in os.environ["PATH"].split(os.pathsep):
        yield Path(folder) / name
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted((pyenv / "versions").glob(f"*/bin/{name}"), reverse=True)

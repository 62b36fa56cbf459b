"""Builds the sdist and the wheel, here and as somebody else would."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The surroundings of another builder, none of which may change a byte. SOURCE_DATE_EPOCH would.
ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "2032"}
UMASK = 0o077


def build(source: Path, target: Path, *options: str) -> None:
    """Build the sdist of a checkout, and the wheel from the sdist, into a folder."""
    _build(source, target, options, {})


def build_elsewhere(dist: Path, folder: Path, target: Path, *options: str) -> None:
    """Build once more what an sdist contains: in another folder, with newer files, another umask and time zone."""
    (sdist,) = dist.glob("*.tar.gz")
    shutil.unpack_archive(sdist, folder)
    (source,) = folder.iterdir()
    for path in source.rglob("*"):
        os.utime(path)
        path.chmod(path.stat().st_mode & ~UMASK)
    _build(source, target, options, ELSEWHERE, umask=UMASK)


def digests(dist: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(dist.iterdir())}


def _build(source: Path, target: Path, options: tuple[str, ...], changed: dict[str, str], umask: int = -1) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | changed
    command = [sys.executable, "-P", "-m", "build", *options, "--outdir", str(target), str(source)]
    ended = subprocess.run(
        command, cwd=source, env=environment, umask=umask, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{ended.stdout}{ended.stderr}")

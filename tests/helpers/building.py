"""Builds the sdist and the wheels, here and as somebody else would."""

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
    """Build the sdist of a checkout, and both wheels from the sdist, into a folder."""
    _build_both(source, target, options, {})


def build_elsewhere(dist: Path, folder: Path, target: Path, *options: str) -> None:
    """Build once more what an sdist contains: in another folder, with newer files, another umask and time zone."""
    (sdist,) = dist.glob("*.tar.gz")
    shutil.unpack_archive(sdist, folder)
    (source,) = folder.iterdir()
    for path in source.rglob("*"):
        os.utime(path)
        path.chmod(path.stat().st_mode & ~UMASK)
    _build_both(source, target, options, ELSEWHERE, umask=UMASK)


def wheels(dist: Path) -> tuple[Path, Path]:
    """The wheel with the C extension, and the one without."""
    (native,), (plain,) = dist.glob("*-cp311-abi3-*.whl"), dist.glob("*-py3-none-any.whl")
    return native, plain


def digests(dist: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(dist.iterdir())}


def build_with(environment: dict[str, str], source: Path, target: Path, *options: str, umask: int = -1) -> str:
    """Build with these environment variables too, and return what the build prints; raise RuntimeError if it fails."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "NOFIELDS_NATIVE")}
    command = [sys.executable, "-P", "-m", "build", *options, "--outdir", str(target), str(source)]
    ended = subprocess.run(
        command,
        cwd=source,
        env=inherited | environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    output = f"{' '.join(command)}\n{ended.stdout}{ended.stderr}"
    if ended.returncode:
        raise RuntimeError(output)
    return output


def _build_both(source: Path, target: Path, options: tuple[str, ...], changed: dict[str, str], umask: int = -1) -> None:
    for native in ("1", "0"):
        build_with(changed | {"NOFIELDS_NATIVE": native}, source, target, *options, umask=umask)

"""Writes files whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

#: The name of standard input, or standard output, in the place of a file's.
STANDARD: Final = "-"


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of ``file`` in one step when all is written: never is there half of it.

    A link stays one, and who may read the file stays as it was. A pipe or a device cannot be replaced: it is written to.
    """
    if file.exists() and not file.is_file():
        with file.open("wb") as writing:
            yield writing
        return
    named, file = file, file.resolve()
    with _about(named):
        handle, half = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as writing:
            yield writing
            with _about(named):
                writing.flush()
                os.fsync(handle)
        with _about(named):
            os.chmod(half, _mode(file))
            os.replace(half, file)
    except BaseException:
        os.unlink(half)
        raise


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """Has an error name the file, and not the half one, which nobody knows."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(file)) from None


def _mode(file: Path) -> int:
    """Who may read a file: as it is, or as any new one is made here."""
    if file.exists():
        return stat.S_IMODE(file.stat().st_mode)
    os.umask(mask := os.umask(0))
    return 0o666 & ~mask


def write_whole(file: Path, content: str | bytes) -> None:
    """Puts ``content`` in the place of ``file``: a reader sees the old file or the new one."""
    with whole(file) as writing:
        writing.write(content.encode() if isinstance(content, str) else content)


def write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes every file into ``folder``, which is made if it is not there; says where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]

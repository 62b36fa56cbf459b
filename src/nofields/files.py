"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

#: The name of standard input, or standard output, in the place of a file's.
STANDARD: Final = "-"


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of ``file`` in one step when all is written: never is there half of it.

    A link stays one; whose the file is and who may read it stay as they were, where this process may see to it. A pipe or a
    device cannot be replaced: it is written to.
    """
    if file.exists() and not file.is_file():
        with naming(file), file.open("wb") as writing:
            yield writing
        return
    named, file = file, Path(os.path.realpath(file))
    if file.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(named))
    half = file.with_name(f".nofields-{os.urandom(8).hex()}")
    with about(named):
        writing = open(half, "xb", opener=_for_me_alone if file.exists() else None)  # noqa: SIM115 - closed below
    try:
        with naming(named), writing:
            yield writing
            with about(named):
                writing.flush()
                os.fsync(writing.fileno())
        with about(named):
            if file.exists():
                _make_alike(half, file)
            os.replace(half, file)
    except BaseException:
        half.unlink(missing_ok=True)  # a signal may come when it has its place already
        raise


def _for_me_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_alike(new: Path, old: Path) -> None:
    """Gives a file the rights of another, and its group and owner where this process may; no other group gets the old one's."""
    was = old.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, was.st_gid), (was.st_uid, -1)):
            with suppress(PermissionError):
                os.chown(new, owner, group)
    same_group = new.stat().st_gid == was.st_gid
    new.chmod(stat.S_IMODE(was.st_mode) & ~(0 if same_group else stat.S_IRWXG))


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Has an error that names no file name this one: a disk that is full does not say which."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


@contextmanager
def about(file: Path) -> Iterator[None]:
    """Has an error name the file, and not the half one, which nobody knows."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(file)) from None


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

"""Atomic file writes: readers see the old file or the new one, never a part of it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

#: Stands for standard input or standard output where a command expects a path.
STANDARD: Final = "-"


@contextmanager
def open_atomic(path: Path, *, overwrite: bool = True) -> Iterator[BinaryIO]:
    """Open a binary file that replaces ``path`` in one step when the block ends without an error.

    Without ``overwrite`` nothing may be at ``path``, neither when the block begins nor when it ends.
    Symbolic links are followed. Mode, owner and group of an existing file are kept as far as this
    process may set them. Pipes and devices cannot be replaced and are written to directly.

    Raises:
        FileExistsError: Something is at ``path``, and ``overwrite`` is not set.
        OSError: The file cannot be written; ``filename`` is ``path``.
    """
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if path.exists() and not path.is_file():
        with default_filename(path), path.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    temporary = target.with_name(f".nofields-{os.urandom(8).hex()}")
    with errors_for(path):
        stream = open(temporary, "xb", opener=_open_private if target.exists() else None)  # noqa: SIM115 - closed below
    try:
        with default_filename(path), stream:
            yield stream
            with errors_for(path):
                stream.flush()
                os.fsync(stream.fileno())
        with errors_for(path):
            if not overwrite:
                target.open("xb").close()  # fails if another process has written a file of the name by now
            elif target.exists():
                _copy_permissions(target, temporary)
            os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)  # a signal may arrive after the replacement
        raise


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _copy_permissions(source: Path, target: Path) -> None:
    """Copy mode, group and owner if allowed; drop the group's rights if the group differs."""
    old = source.stat()
    if hasattr(os, "chown"):
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(PermissionError):
                os.chown(target, owner, group)
    same_group = target.stat().st_gid == old.st_gid
    target.chmod(stat.S_IMODE(old.st_mode) & ~(0 if same_group else stat.S_IRWXG))


@contextmanager
def default_filename(path: Path) -> Iterator[None]:
    """Add ``path`` to OS errors that name no file, as a write to a full disk does not."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


@contextmanager
def errors_for(path: Path) -> Iterator[None]:
    """Report OS errors under ``path``, not the temporary file's."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def atomic_write(path: Path, content: str | bytes) -> None:
    """Replace ``path`` by a file with ``content``; text is written as UTF-8."""
    with open_atomic(path) as stream:
        stream.write(content.encode() if isinstance(content, str) else content)


def write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files (path to text) into ``folder``, creating it and folders in it if needed, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        atomic_write(folder / name, content)
    return [folder / name for name in files]


def differing(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Return the paths at which ``folder`` lacks one of the files, or has another content. Line ends may be those of Windows.

    Raises:
        OSError: A file cannot be read.
    """
    return [folder / name for name, content in files.items() if _content(folder / name) != content.encode()]


def _content(file: Path) -> bytes | None:
    """Return what is in a file, with the line ends of Unix; ``None`` if there is no file."""
    try:
        return file.read_bytes().replace(b"\r\n", b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return None

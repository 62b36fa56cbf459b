"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> None:
    """Puts ``content`` in the place of ``file`` in one step: a reader sees the old file or the new one, never half."""
    data = content.encode() if isinstance(content, str) else content
    handle, half = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(data)
        os.chmod(half, 0o644)
        os.replace(half, file)
    except BaseException:
        os.unlink(half)
        raise


def write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Writes every file into ``folder``, which is made if it is not there; says where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]

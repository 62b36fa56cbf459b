"""The file in the object of a web framework: its name, and its stream."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, cast

from nofields.forms.files.file_types import HEAD

#: The attributes with the name and with the stream. Werkzeug's object passes ``file`` on to its stream.
_NAMES = ("filename", "name")
_STREAMS = ("stream", "file")


class SentFile(NamedTuple):
    """A file as a browser sent it.

    Attributes:
        name: Its name, as it was sent; empty if it has none.
        stream: Its content.
        size: Its size in bytes.
    """

    name: str
    stream: BinaryIO
    size: int

    @property
    def is_empty(self) -> bool:
        """Whether this is what browsers send for an input in which no file was chosen."""
        return not self.name and not self.size


def source_of(value: object) -> SentFile | None:
    """Return the file in an object of a web framework, or in an open file; ``None`` if there is none that can be read.

    Its size is found by seeking: nothing is read. Afterwards the stream is at its start.
    """
    if value is None or isinstance(value, str | bytes | bytearray | memoryview | os.PathLike):
        return None
    try:
        streams = (*(getattr(value, name, None) for name in _STREAMS), value)
        stream = next((cast(BinaryIO, each) for each in streams if _is_stream(each)), None)
        if stream is None:
            return None
        stream.seek(0, os.SEEK_END)
        size = stream.tell()
        stream.seek(0)
        return SentFile(sent_name(value), stream, size)
    except Exception:  # closed, a pipe, or an object whose methods raise
        return None


def head_of(source: SentFile) -> bytes | None:
    """Return the first bytes of a file, by which its type is recognised; ``None`` if it cannot be read."""
    head = bytearray()
    try:
        part = b"."
        while part and len(head) < HEAD:
            part = source.stream.read(HEAD - len(head))  # a raw stream may return less
            head += part
        source.stream.seek(0)
    except Exception:  # closed, or a network file system that failed
        return None
    return bytes(head)


def sent_name(value: object) -> str:
    """Return the name of a file in an object of a web framework, as it was sent; empty if it has none."""
    if isinstance(value, str):
        return value
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    own = next((name for name in _NAMES if hasattr(value, name)), "")  # beside ``filename``, ``name`` may be that of the field
    name = getattr(value, own, "")
    return str.__str__(name) if isinstance(name, str) else ""  # that of a temporary file is a number


def _is_stream(value: object) -> bool:
    """Return whether an object is a stream of bytes that reads at once, and not by coroutines."""
    read: Callable[[int], object] | None = getattr(value, "read", None)
    others = [getattr(value, name, None) for name in ("seek", "tell")]
    if read is None or not all(map(callable, (read, *others))) or inspect.iscoroutinefunction(read):
        return False
    return isinstance(read(0), bytes)

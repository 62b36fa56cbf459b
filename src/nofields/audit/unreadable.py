"""The error raised for a file that cannot be read."""

from __future__ import annotations

#: A broken file can claim lengths that exceed any memory.
NO_MEMORY = "it holds more than there is memory for, or is broken."


def sentence(error: BaseException) -> str:
    """Return the text of an error from the system or from Arrow, ending with one full stop."""
    return str(getattr(error, "strerror", None) or error).strip().rstrip(".") + "."


class Unreadable(Exception):  # noqa: N818 - an adjective that describes the file
    """A file, or a column of it, cannot be read as requested. The text says where and why."""

"""What an audit says of a file that it cannot read."""

from __future__ import annotations

#: Of what a file says that it holds.
NO_MEMORY = "it holds more than there is memory for, or is broken."


def sentence(error: BaseException) -> str:
    """What an error of the system's or of Arrow's says, with one full stop."""
    return str(getattr(error, "strerror", None) or error).strip().rstrip(".") + "."


class Unreadable(Exception):  # noqa: N818 - it is said of the file
    """A file that cannot be read, or not as what it is taken for; says where and why, to people."""

"""HTML attributes of a control that a host sets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nofields.ask import Attributes

#: What labels, errors, the script and the submitted data depend on, besides ``aria-*``.
_RESERVED = frozenset({"id", "name", "type", "value", "checked", "multiple", "role"})
_NAME = re.compile(r"[^\s\x00-\x1f\x7f\"'<>/=]+")


def own_attributes(attributes: Attributes, where: str) -> Mapping[str, str | None]:
    """Return attributes as they are written: an empty text for ``True``, ``None`` for one that is left out.

    Args:
        attributes: The attributes.
        where: The field, for the message.

    Raises:
        ValueError: An attribute is one that the form sets itself, or its name is none of HTML's.
    """
    own: dict[str, str | None] = {}
    for written, value in attributes.items():
        name = written.lower()
        if not _NAME.fullmatch(name):
            raise ValueError(f"{where}: {written!r} is no name of an HTML attribute")
        if name in _RESERVED or name.startswith("aria-"):
            raise ValueError(f"{where}: the form itself sets {name}, on which labels, errors and data depend")
        own[name] = None if value is None or value is False else "" if value is True else _text(value)
    return own


def _text(value: object) -> str:
    """Return a value as text that a template escapes, even if it is marked as HTML."""
    return str.__str__(value) if isinstance(value, str) else str(value)

"""Babel's way to the keys: ``pybabel extract`` finds the documented ones in their JSON, nofields' own in ``Phrase``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from nofields.messages import PLURALS

#: What Babel wants of an extraction method: line, function name, message(s), comments.
Extracted = tuple[int, str, str | tuple[str, str], list[str]]


def extract_documented(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Extracted]:
    """The keys of a JSON bundle, each with its text as a comment; a singular with its plural is one message."""
    lines = fileobj.read().decode("utf-8")
    texts: dict[str, str] = json.loads(lines)
    for key, text in texts.items():
        if key in PLURALS.values():
            continue
        line = lines[: lines.index(f'"{key}"')].count("\n") + 1
        plural = PLURALS.get(key)  # type: ignore[call-overload]
        comments = [f"nb: {text!r}", *([f"nb, plural: {texts[plural]!r}"] if plural else [])]
        yield (line, "ngettext", (key, str(plural)), comments) if plural else (line, "gettext", key, comments)


def extract_phrases(fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Extracted]:
    """The members of ``Phrase`` in keys.py, with their comments ``#:``.

    One at the head of a group, down to the next blank line, is said of every member; one inside of it of the next alone.
    """
    group: list[str] = []
    own: list[str] = []
    inside = at_head = False
    for number, line in enumerate(fileobj.read().decode("utf-8").splitlines(), start=1):
        if line.startswith("class "):
            inside = line.startswith("class Phrase")
        elif not line.strip():
            group, own, at_head = [], [], True
        elif said := re.fullmatch(r"\s+#: (.*)", line):
            group, own = ([said[1]], []) if at_head else (group, [said[1]])
            at_head = False
        elif inside and (member := re.fullmatch(r"\s+(\w+) = auto\(\)", line)):
            yield number, "gettext", member[1], [*group, *own]
            own = []

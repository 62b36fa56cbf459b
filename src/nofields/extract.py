"""Babel extraction methods: the documented keys from their JSON, nofields' own from ``Phrase``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO

from nofields.plurals import PLURALS

#: What Babel expects of an extraction method: line, function name, message(s), comments.
Extracted = tuple[int, str, str | tuple[str, str], list[str]]


def extract_documented(fileobj: IO[bytes], keywords: object, comment_tags: object, options: object) -> Iterator[Extracted]:
    """Yield the keys of a JSON bundle, each with its text as a comment.

    A singular and its plural are one message.
    """
    content = fileobj.read().decode("utf-8")
    texts: dict[str, str] = json.loads(content)
    for key, text in texts.items():
        plural = PLURALS.get(key)
        if plural is None and key in PLURALS.values():
            continue
        line = content[: content.index(f'"{key}"')].count("\n") + 1
        comments = [f"nb: {text!r}", *([f"nb, plural: {texts[plural]!r}"] if plural and plural != key else [])]
        yield (line, "ngettext", (key, str(plural)), comments) if plural else (line, "gettext", key, comments)


def extract_phrases(fileobj: IO[bytes], keywords: object, comment_tags: object, options: object) -> Iterator[Extracted]:
    """Yield the members of ``Phrase``, each with the ``#:`` comments that apply to it.

    A comment after a blank line applies to every member until the next blank line; any other
    comment applies to the member below it.
    """
    group: list[str] = []
    own: list[str] = []
    at_head = False
    for number, line in enumerate(fileobj.read().decode("utf-8").splitlines(), start=1):
        if not line.strip():
            group, own, at_head = [], [], True
        elif comment := re.fullmatch(r"\s+#: (.*)", line):
            group, own = ([comment[1]], []) if at_head else (group, [comment[1]])
            at_head = False
        elif member := re.fullmatch(r"\s+(\w+) = auto\(\)", line):
            key, comments = member[1], [*group, *own]
            yield (number, "ngettext", (key, PLURALS[key]), comments) if key in PLURALS else (number, "gettext", key, comments)
            own = []

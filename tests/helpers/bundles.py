"""Bundles in their own libraries, and texts of a project's own in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from markdown_it import MarkdownIt

from helpers.node import node_lines
from nofields import catalogs

#: A key with its parameters.
Pair = tuple[str, Mapping[str, object]]
#: Returns the sentences of a bundle in a language.
Reader = Callable[[str, str, Sequence[Pair]], list[str]]


@contextmanager
def reader(form: str) -> Iterator[Reader]:
    """The library of a format, in one process."""
    with node_lines("bundles.mjs", form) as ask:

        def read(bundle: str, language: str, pairs: Sequence[Pair]) -> list[str]:
            texts: list[str] = ask([json.loads(bundle), language, pairs])
            return list(map(shown, texts)) if form == "altinn" else texts

        yield read


def own_texts(folder: Path, language: str, texts: Mapping[str, str | tuple[str, ...]]) -> None:
    """Write a project's catalog, in which a tuple has the plural forms that Babel knows for the language."""
    own: Any = Catalog(locale=language)
    for key, text in texts.items():
        own.add((key, key) if isinstance(text, tuple) else key, text)
    file = folder / language / "LC_MESSAGES" / "nofields.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, own)
    catalogs.PROCESS_WIDE.restore(())


class _Text(HTMLParser):
    """The text of HTML; a link or an element of Markdown's is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "" if tag == "p" else f"<{tag}>"


def shown(markdown: str) -> str:
    """What Markdown shows, with its blanks as HTML has them."""
    parser = _Text()
    parser.feed(_markdown().render(markdown))
    parser.close()
    return one_line(parser.text)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def one_line(text: str) -> str:
    return " ".join(text.split())

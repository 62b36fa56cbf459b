"""Markdown for the generated pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from nofields.fields import ALL

#: The languages of the site's tables, the documented one first.
LANGUAGES = ("nb", "nn", "en")
#: The longest text of a value that is shown whole.
_LONGEST = 60


def page_name(field: type) -> str:
    """The file name of a field's page without its suffix: its class name in kebab case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", field.__name__).lower()


def title(field: type) -> str:
    """The title of a field's page, such as ``Mobile phone number``."""
    return re.sub(r"\bid$", "ID", page_name(field).replace("-", " ").capitalize())


#: The pages of the fields by the name of their class, as a page in another folder links to them.
PAGES = {field.__name__: f"../fields/{page_name(field)}.md" for field in ALL}


def from_rst(text: str) -> str:
    """Docstrings are reStructuredText: return a paragraph of one as Markdown, with links to the fields' pages."""
    text = " ".join(text.split())
    text = re.sub(r":(?:class|func|meth|data):`~?([^`]+)`", _reference, text)
    return re.sub(r"``(.+?)``", lambda code: as_code(code[1]), text)


def _reference(role: re.Match[str]) -> str:
    name = role[1].rpartition(".")[2]
    return f"[{as_code(name)}]({PAGES[name]})" if name in PAGES else as_code(name)


def as_code(text: str) -> str:
    """Return a text as inline code, whatever is in it."""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    blank = " " if "`" in text or not text.strip() else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def as_text(text: str) -> str:
    """Return a text in which only code between backticks is Markdown."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\`*_<>\[\]#])", r"\\\1", part) for part in parts)


def in_languages(texts: Mapping[str, str]) -> str:
    """Return the texts by language, one below the other."""
    return "\n".join(f"{as_text(text)} ({language})" for language, text in texts.items())


def literal(value: object) -> str:
    """Return a value as it is written in code: texts in double quotes."""
    text = repr(value)
    return f'"{text[1:-1]}"' if isinstance(value, str) and '"' not in text else text


def shown(value: object) -> str:
    """Return a value as Python writes it, cut if it is long."""
    text = repr(value)
    return as_code(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}…{text[-1]}") + _length(value)


def _length(value: object) -> str:
    return f" ({len(value)} characters)" if isinstance(value, str) and len(repr(value)) > _LONGEST else ""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table. A line break in a cell is kept."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", "<br>")


def block(language: str, text: str) -> str:
    """Return a fenced block."""
    return f"```{language}\n{text.rstrip()}\n```"


def page(*parts: str) -> str:
    """Join parts of a page with blank lines. Empty ones are skipped."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def write(folder: Path, pages: dict[str, str]) -> None:
    """Write pages by file name, unless they are there already: Sphinx reads again what has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text:
            (folder / name).write_text(text, "utf-8")

"""Catalogs of a project's own texts, written as PO files."""

from __future__ import annotations

from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, language: str, texts: dict[str, str], head: str = HEADER) -> None:
    """Write the catalog of a language."""
    (folder / language / "LC_MESSAGES").mkdir(parents=True)
    lines = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in texts.items()]
    (folder / language / "LC_MESSAGES" / "nofields.po").write_text(head + "\n".join(lines), "utf-8")

"""Modules of the npm package for ``import`` and for ``require``."""

from __future__ import annotations

import re
from pathlib import Path

from nofields.export.notice import NOTICE

_ENTRIES = Path(__file__).parent / "static" / "entries"
_IMPORT = re.compile(r'^import (\{[^}]*\}|\* as \S+) from "([^"]+)";$', re.MULTILINE)
#: Before an exported name.
EXPORT = re.compile(r"^export (?=(?:const|let|function) (\w+))", re.MULTILINE)
#: Imports of what is written in front of a module.
_WRITTEN = re.compile(r'^import \{ .* \} from "\./\w+\.js";\n', re.MULTILINE)


def static(name: str) -> str:
    """Return a module in ``static/entries``, without its imports of what is written in front of it."""
    return without_written_imports((_ENTRIES / f"{name}.js").read_text("utf-8"))


def without_written_imports(source: str) -> str:
    """Return a module without its imports of what is written in front of it."""
    return _WRITTEN.sub("", source)


def twins(name: str, source: str) -> dict[str, str]:
    """Return an ES module and the same for ``require``, by path.

    Args:
        name: The path without its ending.
        source: The ES module. It imports other modules of the package by ``.mjs``, and exports constants and functions.
    """
    exported = "".join(f"exports.{each} = {each};\n" for each in EXPORT.findall(source))
    required = _IMPORT.sub(_required, EXPORT.sub("", source))
    return {f"{name}.mjs": NOTICE + source, f"{name}.cjs": f'{NOTICE}"use strict";\n{required}{exported}'}


def _required(line: re.Match[str]) -> str:
    names = line[1].removeprefix("* as ").replace(" as ", ": ")
    return f'const {names} = require("{re.sub("[.]mjs$", ".cjs", line[2])}");'

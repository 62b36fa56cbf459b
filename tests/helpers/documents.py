"""Runs the code of the documentation: README.md and the pages under docs/.

Each page has a working directory of its own. In it,

- a Python block runs, and a block of ``>>>`` lines must print what it shows;
- a block with a caption is written to the file of that name;
- each ``$`` line of a ``console`` block runs, and must print what is shown below it (``...`` for anything);
- a ``sh`` block is not run. The comment above it, ``<!-- run by: … -->``, names what does.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sybil import Document, Example, Lexeme, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.abstract.doctest import DocTestStringParser

from helpers.node import FRONTEND
from nofields import catalogs

ROOT = Path(__file__).parents[2]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
#: A fenced block: its indentation, fence, language, the options of a ``{code-block}``, and text.
FENCE = re.compile(
    r"(?:<!-- run by: (?P<elsewhere>[^\n]+) -->\n+)?"
    r"^(?P<indent> *)(?P<fence>```+)(?:\{code-block\} )?(?P<language>[\w-]+)\n"
    r"(?P<options>(?: *:[\w-]+:[^\n]*\n)*)(?P<source>.*?)^ *(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
#: A ``$`` line with those that continue it, and what is shown below.
COMMAND = re.compile(r"^\$ (?P<line>(?:[^\n]*\\\n)*[^\n]*)\n(?P<shown>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


def parse(document: Document) -> Iterator[Region]:
    """The regions of a page that run, in order."""
    for block in FENCE.finditer(document.text):
        source, start = block["source"], block.start("source")
        caption = re.search(r":caption: (.+)", block["options"])
        if caption:
            yield Region(block.start(), block.end(), (caption[1].strip(), source), _write)
        elif block["language"] in ("python", "pycon") and source.lstrip().startswith(">>>"):
            for region in DocTestStringParser(DocTestEvaluator(FLAGS))(source, document.path):
                yield Region(start + region.start, start + region.end, region.parsed, region.evaluator)
        elif block["language"] == "python":
            yield Region(block.start(), block.end(), Lexeme(source, start, 0), PythonEvaluator())
        elif block["language"] == "console":
            for command in COMMAND.finditer(source):
                yield Region(start + command.start(), start + command.end(), command.groupdict(), _run)
        elif block["language"] == "sh":
            yield Region(block.start(), block.end(), block["elsewhere"], _is_run_elsewhere)


def _write(example: Example) -> None:
    name, source = example.parsed
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(source, "utf-8")


def _run(example: Example) -> str | None:
    line, shown = example.parsed["line"], example.parsed["shown"]
    ended = subprocess.run(
        ["sh", "-c", line],
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if doctest.OutputChecker().check_output(shown or "\n", ended.stdout or "\n", FLAGS):
        return None
    return f"$ {line}\nexpected:\n{shown}\ngot (exit code {ended.returncode}):\n{ended.stdout}"


def _is_run_elsewhere(example: Example) -> str | None:
    return None if example.parsed else "A `sh` block needs `<!-- run by: … -->` above it; what runs here is `console`."


def _environment() -> dict[str, str]:
    """The environment of a reader who has activated the virtual environment. With CI, Hypothesis has no deadline."""
    path = os.pathsep.join([str(Path(sys.executable).parent), str(FRONTEND / "node_modules" / ".bin"), os.environ["PATH"]])
    return os.environ | {"PATH": path, "COLUMNS": "200", "NO_COLOR": "1", "CI": "1"}


def _set_up(namespace: dict[str, Any]) -> None:
    """Work in a folder of the page's own."""
    folder = tempfile.TemporaryDirectory()
    namespace["__page__"] = (
        folder,
        Path.cwd(),
        set(sys.modules),
        dict(os.environ),
        list(sys.path),
        catalogs.PROCESS_WIDE.added,
    )
    for name in [name for name in os.environ if name.startswith("NOFIELDS_")]:
        del os.environ[name]
    os.chdir(folder.name)
    sys.path.insert(0, folder.name)
    Path("node_modules").mkdir()
    for installed in (FRONTEND / "node_modules").glob("*"):
        Path("node_modules", installed.name).symlink_to(installed)
    Path("node_modules/nofields").symlink_to("../nofields")  # as `npm install ./nofields` does


def _tear_down(namespace: dict[str, Any]) -> None:
    """Undo what the page changed in this process: folder, environment, its own modules, added catalogs."""
    folder, before, modules, environment, path, added = namespace.pop("__page__")
    os.chdir(before)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(folder.name):
            del sys.modules[name]
    catalogs.PROCESS_WIDE.restore(added)
    folder.cleanup()


def run(page: Path) -> int:
    """Run the code of a page that pytest does not collect, and return how many blocks and lines of ``>>>`` there are."""
    document = PAGES.parse(page)
    _set_up(document.namespace)
    try:
        examples = list(document.examples())
        for example in examples:
            example.evaluate()
    finally:
        _tear_down(document.namespace)
    return len(examples)


PAGES = Sybil(
    parsers=[parse],
    patterns=["README.md", "docs/**/*.md"],
    path=str(ROOT),
    setup=_set_up,
    teardown=_tear_down,
)

"""README is short, its pydantic example type-checks, and its table has every field.

The root conftest.py runs its code.
"""

from __future__ import annotations

import re
import subprocess
import sys
from doctest import DocTestParser
from pathlib import Path

from helpers.documents import ROOT
from nofields import __version__
from nofields.fields import ALL, BY_NAME

README = (ROOT / "README.md").read_text("utf-8")


def test_length() -> None:
    assert len(README.splitlines()) <= 150


def test_pydantic_example_type_checks(tmp_path: Path) -> None:
    """mypy --strict accepts the plain code and the session, as one program."""
    section = README.partition("## With pydantic\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    code = [
        "".join(each.source for each in DocTestParser().get_examples(block)) if block.startswith(">>>") else block
        for block in blocks
    ]
    program = tmp_path / "readme.py"
    program.write_text("\n".join(code), "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}", str(program)]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_table_of_fields() -> None:
    """Every field has its class, short name and key in the table."""
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    for field in ALL:
        row = next(row for row in rows if f"`{field.__name__}`" in row)
        assert f"`{field.rule.key}`" in row or field.__name__ in ("TextArea", "Text", "Country"), field
        assert field.name not in BY_NAME or f"| `{field.name}` |" in row, field


def test_links() -> None:
    """Every linked file, and every picture, exists, but for the pages under docs/fields, which are generated."""
    linked = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", README)
    files = {name for pair in linked for name in pair if name and not name.startswith("docs/fields/")}
    assert {name for name in files if not (ROOT / name).exists()} == set()


def test_version_of_the_wheel() -> None:
    """The pages name the wheel of this version."""
    pages = [README, *((ROOT / "docs" / name).read_text("utf-8") for name in ("start/index.md", "guides/spark.md"))]
    assert {version for page in pages for version in re.findall(r"nofields-([0-9.]+)-py3", page)} == {__version__}

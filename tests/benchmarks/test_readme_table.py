"""The table of benchmarks in README.md has the format of a run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "README.md"
LINE = re.compile(r"\| [^|]+ \| [0-9]+\.[0-9]{2} \| at (least|most) [0-9.]+ \| (yes|\*\*no\*\*) \|")


def lines_between(text: str, begins: str, ends: str) -> list[str]:
    assert text.count(begins) == text.count(ends) == 1
    return text.partition(begins)[2].partition(ends)[0].strip("\n").splitlines()


def test_table_in_readme(table: Any) -> None:
    """Between its two marks are the machine and a row for each comparison, or nothing yet."""
    found = lines_between(README.read_text("utf-8"), *table[1:])
    if found:
        about, blank, head, rule, *rows = found
        assert re.search(r" cores, Python [0-9.]+, numpy [0-9.]+, pyarrow ", about)
        assert (blank, head, rule) == ("", "| | times | bar | met |", "|---|---|---|---|")
        assert rows
        assert [row for row in rows if not LINE.fullmatch(row)] == []


def test_table_replaces_the_last(table: Any, tmp_path: Path) -> None:
    """Written twice, the table is there once, and the text around it is unchanged."""
    write, begins, ends = table
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n\n{begins}\n{ends}\n\nbehind: æøå\n", "utf-8")
    for rows in (["| one | 1.00 | at least 2 | **no** |"], ["| two | 2.00 | at most 2.5 | yes |"]):
        write(readme, rows)
        text = readme.read_text("utf-8")
        assert text.startswith(f"before\n\n{begins}\n")
        assert text.endswith(f"\n{ends}\n\nbehind: æøå\n")
        assert lines_between(text, begins, ends)[4:] == rows
        assert LINE.fullmatch(rows[0])


def test_readme_without_marks(table: Any, tmp_path: Path) -> None:
    """Without the marks nothing is written."""
    readme = tmp_path / "README.md"
    readme.write_text("none", "utf-8")
    with pytest.raises(AssertionError, match="no place"):
        table[0](readme, [])
    assert readme.read_text("utf-8") == "none"

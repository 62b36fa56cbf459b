"""CHANGELOG.md: its headings, their order and links, and the version of the package."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from nofields import __version__

TEXT = (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8")
HEADINGS = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
RELEASE = re.compile(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)")
UNRELEASED = "[Unreleased]"
#: The headings inside a release, in the order of Keep a Changelog.
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def releases() -> list[tuple[tuple[int, ...], date]]:
    """The versions and dates of the releases, newest first."""
    matches = [RELEASE.fullmatch(heading) for heading in HEADINGS if heading != UNRELEASED]
    assert None not in matches, "a heading is `## [Unreleased]` or `## [1.2.3] - 2026-12-31`"
    return [(as_numbers(match[1]), date.fromisoformat(match[2])) for match in matches if match]


def as_numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_newest_release_is_the_version() -> None:
    """Below unreleased changes, the newest release is an older version."""
    newest = [version for version, _ in releases()][:1]
    if HEADINGS[0] == UNRELEASED:
        assert [as_numbers(__version__)] > newest
    else:
        assert [as_numbers(__version__)] == newest


def test_order() -> None:
    """Newest first; only the first heading can be of unreleased changes."""
    found = releases()
    assert found == sorted(found, reverse=True)
    assert UNRELEASED not in HEADINGS[1:]


def test_kinds_of_changes() -> None:
    for release in TEXT.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.+)$", release, re.MULTILINE)
        assert kinds == [kind for kind in KINDS if kind in kinds]


def test_links() -> None:
    """Every heading is a link, defined at the end."""
    assert re.findall(r"^(\[.+\]): \S+$", TEXT, re.MULTILINE) == [heading.partition(" ")[0] for heading in HEADINGS]

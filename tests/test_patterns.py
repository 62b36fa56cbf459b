"""``make linear`` measures every regular expression of the package."""

from __future__ import annotations

from benchmarks.patterns import patterns


def test_every_pattern_is_found() -> None:
    """A pattern that is neither reachable from a module nor listed raises ``LookupError``."""
    assert sum(1 for _ in patterns()) > 50

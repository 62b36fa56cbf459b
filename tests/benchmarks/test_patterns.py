"""Every regular expression of the package is measured by ``make linear``."""

from __future__ import annotations

import pytest

from benchmarks import patterns
from nofields import languages


def test_no_pattern_is_forgotten() -> None:
    """A new one inside of a function is entered in ``BUILT``; any other is found."""
    found = {(used.pattern.pattern, used.method) for used in patterns.patterns()}
    assert (languages._RANGE.pattern, "fullmatch") in found, "kept by a module"
    assert ("-?[0-9]+(?:\\.[0-9]+)?", "fullmatch") in found, "kept by the check of a field"
    assert (r"\w+", "findall") in found, "matched where it is written"
    assert ("[A-Z]", "search") in found, "of a JSON Schema"


def test_a_pattern_that_is_not_entered_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "BUILT", {})
    with pytest.raises(LookupError, match=r"check/phone\.py:_numbers"):
        list(patterns.patterns())

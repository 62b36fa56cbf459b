"""Every regular expression of the package is measured by ``make linear``."""

from __future__ import annotations

import pytest

from benchmarks import patterns
from nofields import Number, languages
from nofields.check import compile_rule


def test_every_pattern_is_found() -> None:
    """Except one built inside a function, which must be listed in ``BUILT``."""
    found = {(used.pattern.pattern, used.method) for used in patterns.patterns()}
    assert (languages._RANGE.pattern, "fullmatch") in found, "kept by a module"
    (of_numbers,) = compile_rule(Number.rule).forms  # type: ignore[attr-defined]
    assert (of_numbers.pattern, "fullmatch") in found, "kept by the check of a field"
    assert (r"\w+", "findall") in found, "passed to a function of re"
    assert ("[A-Z]", "search") in found, "of a JSON Schema"


def test_unlisted_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "BUILT", {})
    with pytest.raises(LookupError, match=r"check/phone\.py:_numbers"):
        list(patterns.patterns())

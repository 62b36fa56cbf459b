"""Regular expressions are rewritten for other readers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nofields.check.patterns import ecma, ignoring, replaced_atoms

PATTERNS = ["[0-9]{2}", "(?P<day>[0-9]{1,2})-(?:a|bc)+", r"\d\.[ab]?x*", "(ab|c)*?d", r"[\]\\a][^ab]", "a{2,}b"]


@given(st.sampled_from(PATTERNS), st.text("0123ab.-xcd] ", max_size=8), st.lists(st.sampled_from("~\u200b"), max_size=8))
def test_ignoring(pattern: str, text: str, ignored: list[str]) -> None:
    """Behind any character of a text that matches, and nowhere else, one of the characters changes nothing."""
    mixed = "".join(each + (ignored[place] if place < len(ignored) else "") for place, each in enumerate(text))
    if "[^" not in pattern:
        assert bool(re.fullmatch(ignoring("~\u200b", pattern), mixed)) is bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", [".", "[^a]b", r"\s", "~", r"(a)\1", "a(?=b)", "^a", "(?i)a", "a++", r"\x41", r"[\s]"])
def test_ignoring_at_the_end_only(pattern: str) -> None:
    """Where a pattern matches one of the characters itself, or has parts that are not read."""
    assert ignoring("~", pattern) == f"(?:{pattern})[~]*"


@pytest.mark.parametrize("pattern", ["[]a]", "[^]a]", "a{b", "a]", "(?#x)", "(?<!a)b", r"\N{DIGIT ONE}", r"\b", "a$", "a?+"])
def test_patterns_that_are_not_read(pattern: str) -> None:
    assert replaced_atoms(pattern, str.upper) is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?P<day>a)/b", r"(?:a)\u002fb"),
        (r"a\/b\\/", r"a\u002fb\\\u002f"),
        (r"\(?P<x>", r"\(?P<x>"),
        ("(?:a)(b)[/]", r"(?:a)(b)[\u002f]"),
    ],
)
def test_ecma(pattern: str, expected: str) -> None:
    """Names and slashes are replaced, escaped ones too; what is escaped is no group."""
    assert ecma(pattern) == expected
    assert re.compile(ecma(pattern))

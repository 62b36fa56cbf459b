"""Any Accept-Language header selects an available language, and none that it excludes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from helpers.values import LANGUAGES
from nofields import message, negotiate

PARTS = [
    "nb",
    "nn",
    "en",
    "no",
    "*",
    "NB-no",
    "en_GB",
    "de",
    ",",
    ";",
    "q",
    "=",
    "0",
    "1",
    "0.5",
    ".",
    " ",
    "\t",
    "-",
    "\x00",
    "é",
]
HEADERS = st.lists(st.sampled_from(PARTS), max_size=30).map("".join) | st.text()


@given(st.none() | HEADERS | st.lists(HEADERS, max_size=5).map(",".join), st.sampled_from(["nb", "nn", "en", "", "x"]))
def test_languages(header: str | None, default: str) -> None:
    """The answer is a catalog's language or the default; one with ``q=0`` is not preferred to another."""
    chosen = negotiate(header, default)
    assert chosen in (*LANGUAGES, default)
    assert negotiate(header, default) == chosen
    assert message("SSN_ERROR", header) == message("SSN_ERROR", negotiate(header))
    ranges = [part.strip(" \t").lower() for part in (header or "").split(",")]
    first = {re.split("[-_; ]", part)[0]: part for part in reversed(ranges)}
    if first.get(chosen) == f"{chosen};q=0" and len(header or "") < 500:
        assert {f"{each};q=0" for each in LANGUAGES} <= set(ranges) or default not in LANGUAGES

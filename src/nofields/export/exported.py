"""A rule as data for JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Exported(NamedTuple):
    """A rule for JavaScript.

    Attributes:
        reader: The function in ``static/`` that reads it.
        data: What that reads, without parts that are empty.
    """

    reader: str
    data: Mapping[str, object]


class Script(str):
    """An expression in JavaScript."""


class Pattern(NamedTuple):
    """A regular expression in JavaScript.

    Attributes:
        source: The pattern.
        flags: Its flags.
    """

    source: str
    flags: str = ""


def compact(parts: Mapping[str, object]) -> dict[str, object]:
    """Return the parts that are not empty."""
    return {name: part for name, part in parts.items() if part or type(part) is int}

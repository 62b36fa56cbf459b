"""A rule as data for JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Exported(NamedTuple):
    """A rule for JavaScript.

    Attributes:
        reader: The function in ``static/`` that reads it.
        data: What that reads, without parts that are empty.
        other: The name of the field whose rule this one refers to; empty if it refers to none.
    """

    reader: str
    data: Mapping[str, object]
    other: str = ""


class Script(str):
    """An expression in JavaScript."""


def compact(parts: Mapping[str, object]) -> dict[str, object]:
    """Return the parts that are not empty."""
    return {name: part for name, part in parts.items() if part or type(part) is int}

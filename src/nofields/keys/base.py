"""What both enumerations of keys have in common."""

from __future__ import annotations

from enum import StrEnum


class KeyEnum(StrEnum):
    """An enumeration in which each ``auto()`` is the member's own name, its gettext msgid."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

"""The buttons of lists, which submit a form without a script to add or remove a row."""

from __future__ import annotations

from collections.abc import Mapping

from nofields.forms.entries.entries import Entry, ListEntry, find
from nofields.forms.entries.filling import blank_row, next_index
from nofields.forms.parts.part import Part
from nofields.forms.reserved import Reserved
from nofields.forms.types.submitted import Data, first_value


def edited(entries: Mapping[str, Entry[Part]], data: Data) -> bool:
    """Add or remove the row whose button submitted the form, and return whether one did."""
    added, removed = (first_value(name, data) for name in (Reserved.ADD, Reserved.REMOVE))
    if added and isinstance(rows := find(entries, added), ListEntry):
        _add(rows)
    elif removed:
        name, _, index = removed.rpartition(".")
        if isinstance(rows := find(entries, name), ListEntry):
            _remove(rows, index)
    return bool(added or removed)


def can_add(entry: ListEntry) -> bool:
    """Return whether a list may have one more row."""
    return not entry.part.read_only and (entry.part.most is None or len(entry.rows) < entry.part.most)


def can_remove(entry: ListEntry) -> bool:
    """Return whether a list may have one row less."""
    return not entry.part.read_only and len(entry.rows) > entry.part.least


def _add(entry: ListEntry) -> None:
    if can_add(entry):
        entry.added = next_index(entry)
        entry.rows.append(blank_row(entry, entry.added))


def _remove(entry: ListEntry, index: str) -> None:
    if can_remove(entry):
        entry.rows[:] = [row for row in entry.rows if str(row.index) != index]
        entry.is_shorter = True
